"""A table as a file of each format; the same table gives the same bytes."""

import csv
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from bundled.table import Cell, Table

_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def write_csv(table: Table, path: Path) -> None:
    """Write a table in UTF-8, with a header, commas and empty cells where values are missing."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.columns)
        writer.writerows(table.rows)


def write_json_lines(table: Table, path: Path) -> None:
    """Write each row of a table as a JSON object on a line of its own."""
    rows = (dict(zip(table.columns, row, strict=True)) for row in table.rows)
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in rows]
    path.write_text("".join(lines), encoding="utf-8")


def write_parquet(table: Table, path: Path) -> None:
    """Write a table with the types that its values have."""
    cells = list(zip(*table.rows, strict=True))
    arrays = [pa.array(column) for column in cells]
    pq.write_table(pa.table(arrays, names=list(table.columns)), path)


def write_excel(table: Table, path: Path, sheet: str, dates: str) -> None:
    """Write a table as a workbook of one sheet, with one column's ISO dates as dates."""
    with xlsxwriter.Workbook(path) as workbook:
        # Else the workbook says when it was made.
        workbook.set_properties({"created": _LONG_AGO})
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        page = workbook.add_worksheet(sheet)
        page.write_row(0, 0, table.columns)
        place = table.columns.index(dates)
        for number, row in enumerate(table.rows, start=1):
            page.write_row(number, 0, row)
            page.write_datetime(number, place, _date(row[place]), day)


def _date(cell: Cell) -> date:
    return date.fromisoformat(str(cell))
