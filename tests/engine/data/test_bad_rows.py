"""Rows that cannot be read are named by file, row, line and column, each with ways out."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from graphstudio.code.plan import make_plan
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.project_repairs import repair_project
from graphstudio.diagram.sources import QuerySource, Source, TableSource
from graphstudio.engine.data.errors import DataError
from graphstudio.engine.data.loading import load_samples
from graphstudio.engine.data.samples import Samples
from tests.code.projects import layer
from tests.diagrams import chain
from tests.parity import CATALOG, script_data

FEW = 10
# DuckDB looks at as many rows before it decides what kind a column has.
MANY = 30_000


def project(source: Source, dtype: str | None = None) -> Project:
    """Return a project that learns the column y from the column x."""
    if dtype == "string":
        layers = [layer("Hashing", "hashing", num_bins=4), layer("Dense", "dense", units=1)]
    else:
        layers = [layer("Dense", "dense", units=1)]
    drawn = chain(*layers, shape=(), dtype=dtype, loss="mse")
    return Project(diagram=drawn, data=Data(source=source), training=Training(epochs=1))


def table(folder: Path, rows: int, change: str = "", into: str = "", name: str = "t.csv") -> Path:
    """Write a table of two columns x and y, with a row that reads another way."""
    lines = ["x,y", *(f"{row},{row / 2}" for row in range(rows))]
    text = "\n".join(into if line == change else line for line in lines) + "\n"
    file = folder / name
    file.write_text(text)
    return file


def loaded(given: Project, folder: Path) -> Samples:
    return load_samples(given, make_plan(given.diagram, CATALOG), folder)


def refused(given: Project, folder: Path) -> tuple[Diagnostic, ...]:
    with pytest.raises(DataError) as caught:
        loaded(given, folder)
    return caught.value.diagnostics


def titles(finding: Diagnostic) -> list[str]:
    return [repair.title for repair in finding.repairs]


def repaired(given: Project, finding: Diagnostic, title: str) -> Project:
    return repair_project(given, next(one for one in finding.repairs if one.title == title))


@pytest.mark.parametrize("rows", [FEW, MANY])
@pytest.mark.parametrize(
    ("into", "expected", "received"),
    [("7", "2 values", "1 value"), ("7,3.5,9", "2 values", "3 values")],
)
def test_a_ragged_row_is_named_and_can_be_left_out(
    rows: int, into: str, expected: str, received: str, tmp_path: Path
) -> None:
    given = project(TableSource(path="t.csv"))
    table(tmp_path, rows, f"{rows - 3},{(rows - 3) / 2}", into)
    (finding,) = refused(given, tmp_path)
    assert finding.code == "ragged-row"
    place = f"t.csv, row {rows - 3} (line {rows - 1})"
    assert finding.message == (
        f"{place}: expected {expected}; received {received[0]}, in {into!r}."
    )
    assert (finding.expected, finding.received) == (expected, received)
    left = loaded(repaired(given, finding, "Leave out 1 row"), tmp_path)
    assert len(left) == rows - 1


def test_a_short_row_can_be_filled_up(tmp_path: Path) -> None:
    given = project(TableSource(path="t.csv"))
    table(tmp_path, FEW, "7,3.5", "7")
    (finding,) = refused(given, tmp_path)
    given = repaired(given, finding, "Take what is not there as missing")
    (finding,) = refused(given, tmp_path)
    assert finding.message == (
        "The head 'y' needs a value in every row; t.csv, row 7 (line 9), column 'y': received none."
    )
    assert titles(finding) == [
        "Leave out 1 row",
        "Fill 1 row with the mean, 2.11111",
        "Count 1 row for nothing in this head",
    ]
    filled = loaded(repaired(given, finding, "Fill 1 row with the mean, 2.11111"), tmp_path)
    assert filled.y["y"][7] == 2.11111
    counted = loaded(repaired(given, finding, titles(finding)[2]), tmp_path)
    assert counted.weights["y"].tolist() == [1.0] * 7 + [0.0] + [1.0] * 2


@pytest.mark.parametrize("rows", [FEW, MANY])
def test_a_text_among_numbers_is_named_and_can_be_left_out(rows: int, tmp_path: Path) -> None:
    given = project(TableSource(path="t.csv"))
    row = rows - 3
    table(tmp_path, rows, f"{row},{row / 2}", f"{row},broken")
    (finding,) = refused(given, tmp_path)
    assert f"t.csv, row {row} (line {row + 2}), column 'y': " in finding.message
    assert finding.message.endswith("received 'broken'.")
    assert finding.received is not None
    assert "broken" in finding.received
    assert len(loaded(repaired(given, finding, "Leave out 1 row"), tmp_path)) == rows - 1


def test_far_down_a_text_can_be_taken_as_missing(tmp_path: Path) -> None:
    given = project(TableSource(path="t.csv"))
    table(tmp_path, MANY, "29000,14500.0", "29000,broken")
    (finding,) = refused(given, tmp_path)
    given = repaired(given, finding, "Take 'broken' as missing")
    (finding,) = refused(given, tmp_path)
    assert (finding.code, finding.node) == ("missing-values", "y")
    assert "row 29000 (line 29002)" in finding.message


def test_a_script_stops_at_the_row_that_a_run_stops_at(tmp_path: Path) -> None:
    given = project(TableSource(path="t.csv"))
    table(tmp_path, FEW, "7,3.5", "7")
    with pytest.raises(ValueError, match=r"t\.csv, row 7 \(line 9\), column 'y': "):
        script_data(given, tmp_path)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_another_encoding_is_found_and_offered(encoding: str, tmp_path: Path) -> None:
    given = project(TableSource(path="t.csv"), dtype="string")
    lines = ["x,y", "alpha,1", "bête,2", "naïf,3", "zut,4"]
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding=encoding)
    (finding,) = refused(given, tmp_path)
    assert finding.code == "wrong-encoding"
    assert f"Read it as {encoding}" in titles(finding)
    if encoding == "cp1252":
        assert finding.message.startswith("t.csv, row 1 (line 3), column 'x': expected letters")
    read = loaded(repaired(given, finding, f"Read it as {encoding}"), tmp_path)
    assert read.x["x"].tolist() == ["alpha", "bête", "naïf", "zut"]


def test_letters_that_an_encoding_lacks_are_named_by_their_line(tmp_path: Path) -> None:
    given = project(TableSource(path="t.csv", encoding="ascii"), dtype="string")
    (tmp_path / "t.csv").write_text("x,y\na,1\nbête,2\n")
    (finding,) = refused(given, tmp_path)
    assert "t.csv, line 3: expected letters in ascii; received b'\\xc3'" in finding.message


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "t.csv is empty"), ("x,y\n", "There is no row in t.csv, only the names of columns.")],
)
def test_a_table_without_rows_is_told(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(text)
    (finding,) = refused(project(TableSource(path="t.csv")), tmp_path)
    assert said in finding.message


def test_a_mark_at_the_beginning_is_no_part_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("x,y\n1,2\n3,4\n", encoding="utf-8-sig")
    assert len(loaded(project(TableSource(path="t.csv")), tmp_path)) == 2


def test_a_renamed_column_is_found_again(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("X,y_value,other\n1,2,3\n3,4,5\n")
    given = project(TableSource(path="t.csv"))
    first, second = refused(given, tmp_path)
    assert (first.node, second.node) == ("x", "y")
    assert first.message == "The data has no column 'x' for 'x'; it has X, other, y_value."
    bound = repaired(given, first, "Take X instead of x")
    bound = replace(bound, data=replace(bound.data, columns={
        **bound.data.columns, "y": replace(bound.data.columns["x"], fields=("y_value",)),
    }))  # fmt: skip
    assert loaded(bound, tmp_path).x["x"].tolist() == [1, 3]


def test_a_table_without_names_is_told(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("1,2\n3,4\n")
    finding, _ = refused(project(TableSource(path="t.csv")), tmp_path)
    assert titles(finding) == ["Take the first line for the names"]


def test_a_bad_line_of_json_is_named_and_can_be_left_out(tmp_path: Path) -> None:
    given = project(TableSource(path="t.jsonl"))
    lines = ['{"x": 1, "y": 2}', '{"x": 3, oh}', '{"x": 5, "y": 6}']
    (tmp_path / "t.jsonl").write_text("\n".join(lines))
    (finding,) = refused(given, tmp_path)
    assert finding.message == (
        "t.jsonl, row 1 (line 2): expected a JSON object; received '{\"x\": 3, oh}'."
    )
    left = loaded(repaired(given, finding, "Leave out what cannot be read"), tmp_path)
    assert left.x["x"].tolist() == [1, 5]


@pytest.mark.parametrize(
    "query", ["DELETE FROM t", "SELECT 1; SELECT 2", "", "COPY (SELECT 1) TO 'out.csv'", "SELECT"]
)
@pytest.mark.parametrize("url", ["", "sqlite:///t.sqlite", "sqlite://"])
def test_what_is_no_query_is_refused(query: str, url: str, tmp_path: Path) -> None:
    (tmp_path / "t.sqlite").touch()
    (finding,) = refused(project(QuerySource(query=query, url=url)), tmp_path)
    assert finding.message.startswith("The query cannot be carried out: ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["t.sqlite"]


def test_a_password_is_never_told(tmp_path: Path) -> None:
    url = "postgresql://reader:s3cr%2Ft@localhost:1/sales"
    with pytest.raises(DataError) as caught:
        loaded(project(QuerySource(query="SELECT 1", url=url)), tmp_path)
    told = f"{caught.value} {caught.value.__cause__} {caught.value.diagnostics}"
    assert "s3cr" not in told


def test_an_environment_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    given = project(QuerySource(query="SELECT 1", url="postgresql://reader:${NOT_SET}@host/db"))
    (finding,) = refused(given, tmp_path)
    assert "expected the environment variable NOT_SET; it is not set" in finding.message


@pytest.mark.parametrize(
    ("into", "said"),
    [
        ("69000,", "t.csv, row 69000 (line 69002), column 'y': received none."),
        ("69000", "t.csv, row 69000 (line 69002): expected 2 values; received 1, in '69000'."),
    ],
)
def test_what_is_kept_on_disk_is_looked_at_too(
    into: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    given = project(TableSource(path="t.csv"))
    given = replace(given, data=replace(given.data, on_disk=True))
    table(tmp_path, 70_000, "69000,34500.0", into)
    (finding,) = refused(given, tmp_path)
    assert said in finding.message
