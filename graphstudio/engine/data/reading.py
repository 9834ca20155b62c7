"""The fields of a source: which there are, and their values."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, is_zipfile
from zlib import error as BadCompression  # noqa: N812 - as Python names its exceptions

import duckdb
import numpy as np

from graphstudio.code.data_steps import Call
from graphstudio.code.reading import listing
from graphstudio.diagram.data_paths import source_path
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.sources import ArraysSource, QuerySource, Source, TableSource
from graphstudio.engine.data.bad_rows import bad_rows, reading_repairs, wrong_encoding
from graphstudio.engine.data.carrying_out import carry_out
from graphstudio.engine.data.errors import DataError, data_error, data_finding
from graphstudio.engine.data.samples import Columns
from graphstudio.engine.generated_data import draw_columns


def field_names(source: Source, folder: Path) -> Collection[str]:
    """Return the names of the fields that a source has.

    Args:
        source: the source.
        folder: what a relative path starts from.

    Raises:
        DataError: the source is missing or cannot be read.
    """
    with _readable(source, folder):
        match source:
            case GeneratedSource():
                return source.columns.keys()
            case ArraysSource(path=path):
                return _array_names(folder / path)
            case TableSource() | QuerySource():
                return list(carry_out(listing(source), folder))
        raise ValueError(f"expected a source of data; received {source}")


def read_fields(source: Source, read: Call | None, folder: Path) -> Columns:
    """Return the fields of a source that a plan reads.

    Args:
        source: where they come from.
        read: what reads them; none where they are generated.
        folder: what a relative path starts from.

    Raises:
        DataError: the source is missing or cannot be read.
    """
    if isinstance(source, GeneratedSource):
        return draw_columns(source)
    with _readable(source, folder, read):
        return dict(carry_out(read, folder)) if read else {}


def fields_in_pieces(source: Source | None, read: Call | None, folder: Path) -> Iterator[Columns]:
    """Yield the fields of a source that a plan reads, some rows at a time.

    Args:
        source: where they come from.
        read: what yields them.
        folder: what a relative path starts from.

    Raises:
        DataError: the source is missing or cannot be read.
    """
    if source is not None and read is not None:
        with _readable(source, folder, read):
            yield from carry_out(read, folder)


@contextmanager
def _readable(source: Source, folder: Path, read: Call | None = None) -> Iterator[None]:
    """Say in a sentence why a source cannot be read."""
    given = source_path(source)
    path = folder / given if given else folder
    if not path.exists():
        message = f"The data file {path} is not there."
        raise data_error("missing-data", message, str(path), "no such file")
    if isinstance(source, TableSource):
        _check_encoding(source, path)
    try:
        yield
    except DataError:
        raise
    except (OSError, ValueError, EOFError, BadZipFile, BadCompression, duckdb.Error) as error:
        bad = bad_rows(source, read, path) if isinstance(source, TableSource) else None
        finding = bad or _unreadable(source, path, error)
        # The reason is told; what led to it may hold a password.
        raise DataError(finding) from (None if isinstance(source, QuerySource) else error)


def _check_encoding(source: TableSource, path: Path) -> None:
    finding = wrong_encoding(source, path) if path.is_file() else None
    if finding is not None:
        raise DataError(finding)


def _unreadable(source: Source, path: Path, error: Exception) -> Diagnostic:
    reason = str(error).split("\n", maxsplit=1)[0].rstrip(".")
    if isinstance(source, QuerySource):
        message, expected = f"The query cannot be carried out: {reason}.", "a query that gives rows"
        return data_finding("unreadable-data", message, expected, reason)
    kind = ".npz arrays" if isinstance(source, ArraysSource) else "a table"
    expected = "named arrays in a .npz file" if isinstance(source, ArraysSource) else kind
    message = f"The data file {path} cannot be read as {kind}: {reason}."
    repairs = reading_repairs(source, path, reason) if isinstance(source, TableSource) else ()
    return data_finding("unreadable-data", message, expected, reason, repairs=tuple(repairs))


def _array_names(path: Path) -> Collection[str]:
    if path.suffix.lower() == ".npy":
        return [path.stem]
    # NumPy would take other files for single arrays, or for pickles.
    if not is_zipfile(path):
        raise ValueError("it is not a zip file, or only a part of one")
    with np.load(path) as arrays:
        return list(arrays.files)
