"""Tables in files, read by DuckDB."""

from collections.abc import Collection
from pathlib import Path
from typing import Any, TypeAlias

import duckdb
import numpy as np

from graphstudio.columns.samples import Array, Columns

# The number of a row, the line, the column, the line's text, and what is wrong.
Reject: TypeAlias = tuple[int, int, str, str, str]

# Kinds of numbers of which none can be missing, and what they become.
WITH_MISSING = {"b": "float64", "i": "float64", "u": "float64"}
# What no number, text or time is, and so becomes text.
AS_TEXT = {"time", "time with time zone", "uuid", "struct", "map", "union", "enum"}


def read_table(
    path: Path, names: Collection[str], *, skip: bool = False, **options: Any
) -> Columns:
    """Return columns of a CSV, Parquet or JSON lines file.

    Numbers and truth values come as they are, with NaN for a missing one; decimals as
    float64; dates and times as datetime64, with NaT; lists of one length as one more
    axis; everything else as texts, with None.

    Args:
        path: the file.
        names: the columns to read.
        skip: whether rows that cannot be read are left out.
        options: what DuckDB takes for such a file.

    Raises:
        ValueError: the file is empty, or a row cannot be read.
    """
    with duckdb.connect() as connection:
        table = open_table(connection, path, skip=skip, **options)
        columns = fetch(table, names)
        if not skip:
            expect_all(connection, path)
    return columns


def table_fields(path: Path, *, skip: bool = False, **options: Any) -> list[str]:
    """Return the names of the columns of a CSV, Parquet or JSON lines file."""
    with duckdb.connect() as connection:
        return list(open_table(connection, path, skip=skip, **options).columns)


def open_table(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    skip: bool = False,
    **options: Any,
) -> duckdb.DuckDBPyRelation:
    """Return a CSV, Parquet or JSON lines file as a relation that is yet unread."""
    if not path.stat().st_size:
        raise ValueError(f"{path.name} is empty")
    match path.suffix.lower():
        case ".parquet":
            return connection.read_parquet(str(path))
        case ".jsonl" | ".ndjson":
            table = connection.read_json(str(path), ignore_errors=skip)
            # A line that is skipped leaves a row that holds nothing.
            held = duckdb.CoalesceOperator(
                *(
                    duckdb.ColumnExpression(name).cast("VARCHAR")
                    for name in table.columns
                )
            )
            return table.filter(held.isnotnull()) if skip else table
        case _:
            # Told to stop at a bad row, DuckDB would take the rows for single texts.
            return connection.read_csv(str(path), store_rejects=True, **options)


def fetch(table: duckdb.DuckDBPyRelation, names: Collection[str]) -> Columns:
    """Return columns of a relation as arrays."""
    found = chosen_columns(table, names).fetchnumpy()
    return {name: plain(values) for name, values in found.items()}


def chosen_columns(
    table: duckdb.DuckDBPyRelation, names: Collection[str]
) -> duckdb.DuckDBPyRelation:
    """Return columns of a relation as numbers, times or texts."""
    kinds = dict(zip(table.columns, table.types, strict=True))
    return table.select(*(expression(name, kinds.get(name)) for name in names))


def expression(name: str, kind: Any) -> duckdb.Expression:
    """Return what reads a column as numbers, times or texts."""
    column = duckdb.ColumnExpression(name)
    if str(kind) == "JSON":
        root = duckdb.ConstantExpression("$")
        return duckdb.FunctionExpression("json_extract_string", column, root).alias(
            name
        )
    if kind is not None and kind.id in AS_TEXT:
        return column.cast("VARCHAR").alias(name)
    return column.alias(name)


def plain(values: Any) -> Array:
    """Return what DuckDB gives as an array, with NaN for missing numbers."""
    if isinstance(values, np.ma.MaskedArray):
        missing, values = values.mask, values.data
        if missing.any():
            values = values.astype(WITH_MISSING.get(values.dtype.kind, values.dtype))
            # NaN among numbers, None among objects and NaT among times.
            values[missing] = np.nan if values.dtype.kind == "f" else None
    return stacked_lists(np.asarray(values))


def stacked_lists(values: Array) -> Array:
    """Return lists of one length as an array with one more axis; others as they are."""
    if (
        values.dtype != object
        or not len(values)
        or not isinstance(values[0], np.ndarray)
    ):
        return values
    shapes = {one.shape if one is not None else None for one in values}
    return np.stack(list(values)) if len(shapes) == 1 else values


def expect_all(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Make sure that DuckDB has read every row of a file.

    Raises:
        ValueError: it has not.
    """
    for row, line, column, text, wrong in rejected(connection, path)[:1]:
        raise ValueError(
            f"{path.name}, row {row} (line {line}), column {column!r}: "
            f"{wrong}; received {text!r}"
        )


def rejected(connection: duckdb.DuckDBPyConnection, path: Path) -> list[Reject]:
    """Return the rows of a CSV file that DuckDB has left out, in their order."""
    if path.suffix.lower() in {".parquet", ".jsonl", ".ndjson"}:
        return []
    found = connection.sql(
        "SELECT line - 1 - skip_rows - has_header::INT, line,"
        " coalesce(column_name, ''), csv_line, error_message"
        " FROM reject_errors JOIN reject_scans"
        " USING (scan_id, file_id) ORDER BY line, column_idx"
    )
    return [
        (*row[:4], row[4].partition("\n")[0].rstrip(".")) for row in found.fetchall()
    ]
