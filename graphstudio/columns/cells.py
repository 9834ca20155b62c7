"""Columns of Python's values, as workbooks and databases give them."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np

from graphstudio.columns.samples import Array


def column_of(cells: Sequence[Any]) -> Array:
    """Return values as an array of numbers, truth values, times or texts.

    A missing number is NaN, a missing time NaT, a missing text None.
    """
    kinds = {kind_of(cell) for cell in cells if cell is not None}
    missing = None in cells
    if kinds <= {"number"} and kinds:
        return numbers_of(cells, missing=missing)
    if kinds == {"truth"}:
        return (
            np.array(nan_for_none(cells), "float64")
            if missing
            else np.array(cells, bool)
        )
    if kinds == {"time"}:
        return np.array(
            [None if cell is None else without_zone(cell) for cell in cells],
            "datetime64[us]",
        )
    return np.array([None if cell is None else text_of(cell) for cell in cells], object)


def kind_of(cell: Any) -> str:
    """Return what a value is: a truth value, a number, a time or a text."""
    if isinstance(cell, bool):
        return "truth"
    if isinstance(cell, int | float | Decimal):
        return "number"
    return "time" if isinstance(cell, date) else "text"


def numbers_of(cells: Sequence[Any], *, missing: bool) -> Array:
    """Return numbers as int64 where all of them are whole, else as float64."""
    if not missing and all(isinstance(cell, int) for cell in cells):
        largest = max(map(abs, cells))
        return np.array(cells, "int64" if largest < 2**63 else "float64")
    return np.array(nan_for_none(cells), "float64")


def nan_for_none(cells: Iterable[Any]) -> list[float]:
    """Return numbers, with NaN for those that are missing."""
    return [float("nan") if cell is None else float(cell) for cell in cells]


def without_zone(time: date) -> date:
    """Return a time by the clock of Greenwich, if it names its own zone."""
    if isinstance(time, datetime) and time.utcoffset() is not None:
        return time.replace(tzinfo=None) - (time.utcoffset() or time - time)
    return time


def text_of(cell: Any) -> str:
    """Return a value as text; a whole number without a point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell if isinstance(cell, str) else str(cell)


def distinct(names: Iterable[str]) -> list[str]:
    """Return names of which a second `a` is called `a_1`."""
    found: list[str] = []
    for given in names:
        name, count = given, 0
        while name in found:
            count += 1
            name = f"{given}_{count}"
        found.append(name)
    return found
