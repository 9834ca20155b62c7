"""Tables whose letters are not in UTF-8, which is all that DuckDB knows."""

import codecs
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from graphstudio.columns.samples import Columns
from graphstudio.columns.tables import read_table, table_fields


def read_encoded_table(
    path: Path, encoding: str, names: Collection[str], **options: Any
) -> Columns:
    """Return columns of a CSV or JSON lines file in any encoding that Python knows."""
    with in_utf8(path, encoding) as copy:
        return read_table(copy, names, **options)


def encoded_table_fields(path: Path, encoding: str, **options: Any) -> list[str]:
    """Return the names of the columns of such a file."""
    with in_utf8(path, encoding) as copy:
        return table_fields(copy, **options)


@contextmanager
def in_utf8(path: Path, encoding: str) -> Iterator[Path]:
    """Give a copy of a file in UTF-8 for a while, written piece by piece.

    Raises:
        ValueError: Python knows no such encoding, or the file is not in it.
    """
    try:
        decoder = codecs.getincrementaldecoder(encoding)()
    except LookupError as error:
        raise ValueError(f"{path.name}: {encoding!r} is no known encoding") from error
    with TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        with path.open("rb") as source, copy.open("wb") as target:
            line = 1
            while piece := source.read(1 << 20):
                text = decoded(decoder, piece, path, encoding, line)
                line += text.count("\n")
                target.write(text.encode())
            target.write(decoded(decoder, b"", path, encoding, line).encode())
        yield copy


def decoded(
    decoder: codecs.IncrementalDecoder,
    piece: bytes,
    path: Path,
    encoding: str,
    line: int,
) -> str:
    """Return the text of a piece of a file that begins in a line."""
    try:
        return decoder.decode(piece, final=not piece)
    except UnicodeDecodeError as error:
        line += error.object[: error.start].count(b"\n")
        received = error.object[error.start : error.end]
        raise ValueError(
            f"{path.name}, line {line}: expected letters in {encoding}; "
            f"received {received!r}"
        ) from error
