"""Which function reads the fields of a source, and with what."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any, TypeAlias

from graphstudio.code.data_steps import Argument, Call, Constant, Given
from graphstudio.diagram.data_paths import WORKBOOKS, sqlite_path
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.sources import (
    ArraysSource,
    QuerySource,
    Refused,
    Source,
    TableSource,
)

# What reads a source, and what lists its fields.
_Functions: TypeAlias = tuple[str, str]


def reading(source: Source | None, fields: tuple[str, ...]) -> Call | None:
    """Return the call that reads fields of a source; none where they are generated.

    Args:
        source: where they come from.
        fields: their names.

    Raises:
        ValueError: there is no source, or none that can be read.
    """
    given = Given(fields)
    match source:
        case GeneratedSource():
            return None
        case ArraysSource(path=path) if _ending(path) == ".npy":
            return Call("arrays.read_array", (Constant("DATA", path),))
        case ArraysSource(path=path):
            return Call("arrays.read_arrays", (Constant("DATA", path), given))
        case TableSource():
            functions, arguments = _table(source)
            return Call(functions[0], (*arguments, given), _table_options(source))
        case QuerySource():
            functions, arguments = _query(source)
            return Call(functions[0], (*arguments, given))
    raise ValueError(f"expected a source of data; received {source}")


def listing(source: TableSource | QuerySource) -> Call:
    """Return the call that gives the names of the fields that a source has."""
    if isinstance(source, TableSource):
        functions, arguments = _table(source)
        return Call(functions[1], arguments, _table_options(source))
    functions, arguments = _query(source)
    return Call(functions[1], arguments)


def _table(source: TableSource) -> tuple[_Functions, tuple[Argument, ...]]:
    """Return what reads a table and what lists its columns, and what both take."""
    path = Constant("DATA", source.path)
    if _ending(source.path) in WORKBOOKS:
        return ("workbooks.read_workbook", "workbooks.workbook_fields"), (path,)
    if _is_utf8(source):
        return ("tables.read_table", "tables.table_fields"), (path,)
    functions = ("transcoding.read_encoded_table", "transcoding.encoded_table_fields")
    return functions, (path, Given(source.encoding))


def _query(source: QuerySource) -> tuple[_Functions, tuple[Argument, ...]]:
    """Return what carries a query out and what lists its columns, and what both take."""
    query = Constant("QUERY", source.query)
    if not source.url:
        functions = ("databases.query_files", "databases.files_fields")
        return functions, (Constant("DATA", source.folder), query)
    path = sqlite_path(source.url)
    if path:
        functions = ("databases.query_sqlite", "databases.sqlite_fields")
        return functions, (Constant("DATA", path), query)
    functions = ("databases.query_database", "databases.database_fields")
    return functions, (Constant("URL", source.url), query)


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
        case TableSource(path=path) if _ending(path) not in WORKBOOKS and _is_utf8(source):
            given = (Constant("DATA", path), Given(fields))
            return Call("pieces.table_pieces", given, _table_options(source))
    raise ValueError("expected a .npz file or a table in UTF-8 to keep on disk")


def _table_options(source: TableSource) -> Mapping[str, Any]:
    ending = _ending(source.path)
    if ending in WORKBOOKS:
        options: dict[str, Any] = {
            "sheet": source.sheet or None,
            "header": source.header,
            "missing": source.missing or None,
        }
    elif ending == ".parquet":
        options = {}
    else:
        options = {"skip": source.refused is Refused.SKIP or None}
        if ending not in {".jsonl", ".ndjson"}:
            options |= _csv_options(source)
    return {name: value for name, value in options.items() if value is not None}


def _csv_options(source: TableSource) -> Mapping[str, Any]:
    return {
        "delimiter": source.delimiter or None,
        "header": source.header,
        "null_padding": source.refused is Refused.FILL or None,
        # DuckDB takes these in place of the empty text, which is missing all the same.
        "na_values": ("", *source.missing) if source.missing else None,
    }


def _is_utf8(source: TableSource) -> bool:
    if _ending(source.path) == ".parquet":
        return True
    return source.encoding.lower().replace("_", "-") in {"utf-8", "utf8", "utf-8-sig"}


def _ending(path: str) -> str:
    return PurePath(path).suffix.lower()
