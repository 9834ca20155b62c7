"""Which function reads the fields of a source, and with what."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from graphstudio.code.data_steps import Call, Constant, Given
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.sources import ArraysSource, Refused, Source, TableSource


def reading(source: Source | None, fields: tuple[str, ...]) -> Call | None:
    """Return the call that reads fields of a source; none where they are generated.

    Args:
        source: where they come from.
        fields: their names.

    Raises:
        ValueError: there is no source, or none that can be read.
    """
    match source:
        case GeneratedSource():
            return None
        case ArraysSource(path=path) if _ending(path) == ".npy":
            return Call("arrays.read_array", (Constant("DATA", path),))
        case ArraysSource(path=path):
            return Call("arrays.read_arrays", (Constant("DATA", path), Given(fields)))
        case TableSource(path=path):
            given = (Constant("DATA", path), Given(fields))
            return Call("tables.read_table", given, _table_options(source))
    raise ValueError(f"expected a source of data; received {source}")


def reading_in_pieces(source: Source | None, fields: tuple[str, ...]) -> Call | None:
    """Return the call that yields fields of a source, some rows at a time.

    Args:
        source: where they come from.
        fields: their names.

    Raises:
        ValueError: there is no source, or none that is read in pieces.
    """
    match source:
        case GeneratedSource():
            return None
        case ArraysSource(path=path) if _ending(path) == ".npz":
            return Call("pieces.array_pieces", (Constant("DATA", path), Given(fields)))
        case TableSource(path=path):
            given = (Constant("DATA", path), Given(fields))
            return Call("pieces.table_pieces", given, _table_options(source))
    raise ValueError(f"expected a .npz file or a table to keep on disk; received {source}")


def _table_options(source: TableSource) -> Mapping[str, Any]:
    if _ending(source.path) not in {".csv", ".tsv", ".txt"}:
        return {}
    options = {
        "delimiter": source.delimiter or None,
        "header": source.header,
        "encoding": source.encoding if source.encoding != "utf-8" else None,
        "ignore_errors": source.refused is Refused.SKIP or None,
        "null_padding": source.refused is Refused.FILL or None,
    }
    return {name: value for name, value in options.items() if value is not None}


def _ending(path: str) -> str:
    return PurePath(path).suffix.lower()
