"""A table of named columns, as it goes into a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

# None is a missing value.
Cell: TypeAlias = str | int | float | None


@dataclass(frozen=True)
class Table:
    """Rows of cells under the names of their columns."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def cells(self, *columns: str) -> list[tuple[Cell, ...]]:
        """Return each row's cells of some columns, in this order."""
        places = [self.columns.index(column) for column in columns]
        return [tuple(row[place] for place in places) for row in self.rows]


def read_csv(text: str, missing: str = "") -> Table:
    """Return the table in a text with commas; numbers become numbers, ``missing`` becomes None."""
    header, *rows = csv.reader(io.StringIO(text))
    return Table(header, [[_cell(cell, missing) for cell in row] for row in rows])


def from_columns(names: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """Return a table of values from NumPy, as Python's own."""
    return Table(list(names), [[_cell(f"{value}", "") for value in row] for row in rows])


def _cell(text: str, missing: str) -> Cell:
    if text == missing:
        return None
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number
