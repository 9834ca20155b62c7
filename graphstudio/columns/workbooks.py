"""Tables in workbooks, read by calamine."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from graphstudio.columns.cells import column_of, distinct
from graphstudio.columns.samples import Columns


def read_workbook(
    path: Path,
    names: Collection[str],
    *,
    sheet: str = "",
    header: bool = True,
    missing: Sequence[str] = (),
) -> Columns:
    """Return columns of a sheet, from its first cell that is not empty.

    Numbers that are all whole come as int64, others as float64, dates as datetime64,
    all else as texts. An empty cell is missing: NaN among numbers, None among texts.

    Args:
        path: the workbook.
        names: the columns to read.
        sheet: the sheet's name; empty for the first.
        header: whether the first row names the columns.
        missing: texts that stand for a missing value.
    """
    rows = sheet_rows(path, sheet)
    places = {name: at for at, name in enumerate(headings(rows, header=header))}
    absent = {"", *missing}
    cells = rows[header:]
    return {
        name: column_of(
            [
                whole(row[places[name]]) if row[places[name]] not in absent else None
                for row in cells
            ]
        )
        for name in names
    }


def workbook_fields(
    path: Path, *, sheet: str = "", header: bool = True, **_: Any
) -> list[str]:
    """Return the names of the columns of a sheet."""
    return headings(sheet_rows(path, sheet), header=header)


def sheet_rows(path: Path, sheet: str) -> list[list[Any]]:
    """Return the rows of a sheet, all of one length.

    Raises:
        ValueError: the file is no workbook, has no such sheet, or the sheet is empty.
    """
    try:
        workbook = CalamineWorkbook.from_path(path)
        if sheet and sheet not in workbook.sheet_names:
            there = ", ".join(workbook.sheet_names)
            raise ValueError(f"{path.name} has no sheet {sheet!r}; it has {there}")
        rows = workbook.get_sheet_by_name(sheet or workbook.sheet_names[0]).to_python()
    except CalamineError as error:
        raise ValueError(f"{path.name} is no workbook: {error}") from error
    if not rows:
        raise ValueError(f"{path.name} is empty")
    return rows


def headings(rows: Sequence[Sequence[Any]], *, header: bool) -> list[str]:
    """Return the names of columns: `column3` without one, `a_1` for the second `a`."""
    given = (str(whole(cell)).strip() if header else "" for cell in rows[0])
    return distinct(name or f"column{place}" for place, name in enumerate(given))


def whole(cell: Any) -> Any:
    """Return a number as it was typed: a workbook has no whole ones of its own."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
