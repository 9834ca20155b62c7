"""Tables in files, read by DuckDB."""

from collections.abc import Collection
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from graphstudio.columns.samples import Array, Columns


def read_table(path: Path, names: Collection[str], **options: Any) -> Columns:
    """Return columns of a CSV, Parquet or JSON lines file.

    A missing number is NaN, a missing text None.

    Args:
        path: the file.
        names: the columns to read.
        options: what DuckDB takes for such a file.
    """
    with duckdb.connect() as connection:
        table = open_table(connection, path, **options)
        chosen = table.select(*map(duckdb.ColumnExpression, names))
        return {name: plain(values) for name, values in chosen.fetchnumpy().items()}


def table_fields(path: Path, **options: Any) -> list[str]:
    """Return the names of the columns of a CSV, Parquet or JSON lines file."""
    with duckdb.connect() as connection:
        return list(open_table(connection, path, **options).columns)


def open_table(
    connection: duckdb.DuckDBPyConnection, path: Path, **options: Any
) -> duckdb.DuckDBPyRelation:
    """Return a CSV, Parquet or JSON lines file as a relation that is yet unread."""
    match path.suffix.lower():
        case ".parquet":
            return connection.read_parquet(str(path), **options)
        case ".jsonl" | ".ndjson":
            return connection.read_json(str(path), **options)
        case _:
            return connection.read_csv(str(path), **options)


def plain(values: Any) -> Array:
    """Return what DuckDB gives as an array, with NaN for missing numbers."""
    if not isinstance(values, np.ma.MaskedArray):
        return np.asarray(values)
    if not values.mask.any():
        return np.asarray(values.data)
    if values.dtype.kind in "biu":
        values = values.astype("float64")
    missing = {"M": np.datetime64("NaT"), "O": None}.get(values.dtype.kind, np.nan)
    return np.asarray(np.where(values.mask, missing, values.data))
