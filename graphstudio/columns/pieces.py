"""Sources that are bigger than memory, some rows at a time."""

import zipfile
from collections.abc import Collection, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

import duckdb
import numpy as np

from graphstudio.columns.samples import Array, Columns
from graphstudio.columns.tables import chosen_columns, expect_all, open_table, plain

# Rows of a piece.
PIECE = 65536


def table_pieces(
    path: Path, names: Collection[str], *, skip: bool = False, **options: Any
) -> Iterator[Columns]:
    """Yield columns of a CSV, Parquet or JSON lines file, some rows at a time.

    Args:
        path: the file.
        names: the columns to read.
        skip: whether rows that cannot be read are left out.
        options: what DuckDB takes for such a file.
    """
    with TemporaryDirectory() as folder, duckdb.connect(f"{folder}/rows") as connection:
        connection.execute("SET memory_limit = '256MB'")
        table = open_table(connection, path, skip=skip, **options)
        chosen_columns(table, names).create("kept")
        if not skip:
            expect_all(connection, path)
        chosen = ", ".join(of_one_type(connection, name) for name in names)
        ((rows,),) = connection.execute("SELECT count(*) FROM kept").fetchall()
        query = f"SELECT {chosen} FROM kept WHERE rowid >= ? AND rowid < ?"  # noqa: S608 - quoted names
        for start in range(0, rows, PIECE):
            piece = connection.execute(query, [start, start + PIECE]).fetchnumpy()
            yield {name: plain(values) for name, values in piece.items()}


def of_one_type(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """Return SQL for a column: whole numbers with gaps are numbers in every piece."""
    quoted = '"' + name.replace('"', '""') + '"'
    column = connection.table("kept").select(duckdb.ColumnExpression(name))
    (kind,) = map(str, column.types)
    if "INT" not in kind and kind != "BOOLEAN":
        return quoted
    gaps = column.filter(duckdb.ColumnExpression(name).isnull()).limit(1).fetchall()
    return f"CAST({quoted} AS DOUBLE) AS {quoted}" if gaps else quoted


def array_pieces(path: Path, names: Collection[str]) -> Iterator[Columns]:
    """Yield the arrays of a .npz file, some rows at a time."""
    with zipfile.ZipFile(path) as archive:
        streams = {name: ArrayStream(archive.open(f"{name}.npy")) for name in names}
        for _ in range(0, next(iter(streams.values())).shape[0], PIECE):
            yield {name: stream.read(PIECE) for name, stream in streams.items()}


class ArrayStream:
    """An array in a .npy file that is read from its beginning to its end.

    Args:
        file: the file.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        version = np.lib.format.read_magic(file)
        read = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }
        self.shape, by_columns, self.dtype = read[version](file)
        if by_columns or self.dtype.hasobject:
            raise ValueError("expected an array of numbers or texts, row by row")
        self.row = int(np.prod(self.shape[1:])) * self.dtype.itemsize

    def read(self, rows: int) -> Array:
        """Return the next rows, or those that are left."""
        content = self.file.read(rows * self.row)
        return np.frombuffer(content, self.dtype).reshape(-1, *self.shape[1:])
