"""Tables in files become arrays: numbers, truth values, times and texts."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from graphstudio.columns.cells import column_of
from graphstudio.columns.tables import read_table, table_fields
from graphstudio.columns.workbooks import read_workbook, sheet_rows, workbook_fields
from graphstudio.resource import resource_path

SURVEY = resource_path("data/penguin_survey.xlsx")
DAY = np.datetime64("2020-01-02T00:00:00.000000")
NOON = np.datetime64("2020-01-02T12:30:00.000000")


def same(found: Any, expected: list[Any]) -> bool:
    """Return whether values are those expected, and missing ones of the same kind."""
    return len(found) == len(expected) and all(
        type(one) is type(other) and (one == other or (one != one and other != other))  # noqa: PLR0124 - NaN
        for one, other in zip(list(found), expected, strict=True)
    )


TYPES = {
    "1::BIGINT": ("int64", np.int64(1), np.float64("nan")),
    "1::UTINYINT": ("uint8", np.uint8(1), np.float64("nan")),
    "1.5::FLOAT": ("float32", np.float32(1.5), np.float32("nan")),
    "1.5::DECIMAL(9, 2)": ("float64", np.float64(1.5), np.float64("nan")),
    "true": ("bool", np.True_, np.float64("nan")),
    "DATE '2020-01-02'": ("datetime64[us]", DAY, np.datetime64("NaT", "us")),
    "TIMESTAMP '2020-01-02 12:30:00'": ("datetime64[us]", NOON, np.datetime64("NaT", "us")),
    "TIME '12:30:00'": ("object", "12:30:00", None),
    "'text'": ("object", "text", None),
    "'a'::ENUM ('a', 'b')": ("object", "a", None),
    "{'a': 1}": ("object", "{'a': 1}", None),
}


@pytest.mark.parametrize("value", TYPES)
def test_each_type_has_one_kind_of_array(value: str, tmp_path: Path) -> None:
    dtype, one, missing = TYPES[value]
    first = f"COPY (SELECT {value} AS x"
    file = tmp_path / "t.parquet"
    duckdb.execute(f"{first}) TO '{file}'")
    whole = read_table(file, ["x"])["x"]
    assert str(whole.dtype) == dtype
    assert whole[0] == one
    duckdb.execute(f"{first} UNION ALL SELECT NULL) TO '{file}'")
    gaps = read_table(file, ["x"])["x"]
    assert same(gaps[1:], [missing])
    assert gaps[0] == one


def test_lists_of_one_length_are_one_more_axis(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    file.write_text('{"x": [1, 2]}\n{"x": [3, 4]}\n')
    assert read_table(file, ["x"])["x"].tolist() == [[1, 2], [3, 4]]


def test_numbers_and_texts_of_json_are_texts_together(tmp_path: Path) -> None:
    file = tmp_path / "t.jsonl"
    file.write_text('{"x": 1}\n{"x": "one"}\n{"y": 2}\n')
    assert read_table(file, ["x"])["x"].tolist() == ["1", "one", None]


def test_a_second_column_of_a_name_has_a_number(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a,a,b\n1,2,3\n")
    assert table_fields(file) == ["a", "a_1", "b"]
    assert read_table(file, ["a_1"])["a_1"].tolist() == [2]


def test_the_names_of_columns_follow_the_options(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("a;b\nc;d\n")
    assert table_fields(file, delimiter=";", header=True) == ["a", "b"]
    assert table_fields(file, delimiter=";", header=False) == ["column0", "column1"]


def test_a_sheet_is_read_with_its_dates_and_its_gaps() -> None:
    names = ["Date Egg", "Sample Number", "Body Mass (g)", "Sex", "Comments"]
    found = read_workbook(SURVEY, names)
    assert {name: str(values.dtype) for name, values in found.items()} == {
        "Date Egg": "datetime64[us]",
        "Sample Number": "int64",
        "Body Mass (g)": "float64",
        "Sex": "object",
        "Comments": "object",
    }
    assert found["Date Egg"][0] == np.datetime64("2007-11-11")
    assert np.isnan(found["Body Mass (g)"][3])
    assert found["Sex"][3] is None
    assert len(found["Sex"]) == 344


def test_a_sheet_without_names_counts_its_columns() -> None:
    assert workbook_fields(SURVEY)[:2] == ["studyName", "Sample Number"]
    assert workbook_fields(SURVEY, header=False)[:2] == ["column0", "column1"]


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"has no sheet 'Seals'; it has Penguins"):
        sheet_rows(SURVEY, "Seals")


def test_a_text_that_is_no_workbook_is_told(tmp_path: Path) -> None:
    file = tmp_path / "t.xlsx"
    file.write_text("x,y\n1,2\n")
    with pytest.raises(ValueError, match=r"t\.xlsx is no workbook: "):
        read_workbook(file, ["x"])


def test_marks_of_a_sheet_can_stand_for_missing_values() -> None:
    with_marks = read_workbook(SURVEY, ["Sex"], missing=["MALE"])["Sex"]
    assert "MALE" not in set(with_marks)


CELLS = [
    ([1, 2], "int64", [1, 2]),
    ([1, 2.5], "float64", [1.0, 2.5]),
    ([1, "a", 2.0, True], "object", ["1", "a", "2", "True"]),
    ([True, False], "bool", [True, False]),
    ([date(2020, 1, 2), datetime(2020, 1, 2, 12, 30)], "datetime64[us]", [DAY, NOON]),
    ([], "object", []),
    ([None, None], "object", [None, None]),
    ([2**70, 1], "float64", [float(2**70), 1.0]),
]


@pytest.mark.parametrize(("cells", "dtype", "expected"), CELLS)
def test_values_of_python_become_a_column(
    cells: list[Any], dtype: str, expected: list[Any]
) -> None:
    found = column_of(cells)
    assert str(found.dtype) == dtype
    assert list(found) == expected
