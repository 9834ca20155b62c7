"""Values that cannot be learnt from are named before the first step, each with ways out."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.code.plan import make_plan
from graphstudio.diagram.data import Data, Encoding, Missing, Prepared, SplitBy
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.project_repairs import repair_project
from graphstudio.diagram.sources import ArraysSource, TableSource
from graphstudio.engine.data.errors import DataError
from graphstudio.engine.data.loading import load_split
from graphstudio.engine.data.samples import Samples, Split
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.train import Run
from graphstudio.protocol import Event, Failed
from tests.code.projects import layer
from tests.diagrams import chain
from tests.parity import CATALOG, script_data

ROWS = 8


def project(*, loss: str = "mse", units: int = 1, inputs: int = 2, **columns: Prepared) -> Project:
    """Return a project that learns the column y of a file from the column x."""
    last = layer("Dense", "dense", units=units)
    drawn = chain(last, shape=(inputs,), loss=loss)
    data = Data(source=ArraysSource(path="t.npz"), columns=columns, validation=0.25)
    return Project(diagram=drawn, data=data, training=Training(epochs=1))


def write(folder: Path, x: Any = None, y: Any = None) -> None:
    x = np.ones((ROWS, 2)) if x is None else x
    np.savez(folder / "t.npz", x=x, y=np.arange(float(len(x))) if y is None else y)


def split(given: Project, folder: Path, units: int | None = None) -> Split:
    plan = make_plan(given.diagram, CATALOG)
    return load_split(given, plan, folder, {NodeId("y"): units} if units else {})


def refused(given: Project, folder: Path, units: int | None = None) -> Diagnostic:
    with pytest.raises(DataError) as caught:
        split(given, folder, units)
    (finding,) = caught.value.diagnostics
    return finding


def titles(finding: Diagnostic) -> list[str]:
    return [repair.title for repair in finding.repairs]


def rows_after(given: Project, finding: Diagnostic, title: str, folder: Path) -> int:
    """Repair a project, and return how many rows a run and its script then read."""
    repair = next(one for one in finding.repairs if one.title == title)
    repaired = repair_project(given, repair)
    found = split(repaired, folder)
    assert found.validation is not None
    script = script_data(repaired, folder)
    for engine, written in zip((found.train, found.validation), script, strict=True):
        for one, other in zip(engine.for_keras, written, strict=True):
            for name in one:
                np.testing.assert_array_equal(one[name], other[name])
                assert np.isfinite(one[name]).all()
    return len(found.train) + len(found.validation)


def with_value(value: float) -> Any:
    x = np.ones((ROWS, 2))
    x[5, 1] = x[6, 0] = value
    return x


@pytest.mark.parametrize(
    ("value", "code", "sentence"),
    [
        (np.nan, "missing-values", "needs a value in every row"),
        (np.inf, "infinite-values", "takes finite numbers"),
        (-np.inf, "infinite-values", "takes finite numbers"),
    ],
)
def test_numbers_that_are_none_are_named_by_their_row(
    value: float, code: str, sentence: str, tmp_path: Path
) -> None:
    write(tmp_path, x=with_value(value))
    given = project()
    finding = refused(given, tmp_path)
    assert (finding.code, finding.node) == (code, "x")
    assert f"The input 'x' {sentence}; t.npz, row 5, column 'x' and 1 more row" in finding.message
    assert rows_after(given, finding, "Leave out 2 rows", tmp_path) == ROWS - 2


def test_infinite_numbers_can_be_filled(tmp_path: Path) -> None:
    write(tmp_path, y=np.array([1, np.inf, *range(6)]))
    given = project()
    finding = refused(given, tmp_path)
    assert finding.node == "y"
    assert rows_after(given, finding, "Fill 1 row with 0", tmp_path) == ROWS
    count = "Count 1 row for nothing in this head"
    assert rows_after(given, finding, count, tmp_path) == ROWS


def test_missing_numbers_of_several_fields_are_filled_each_with_its_mean(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b,y\n" + ",10,1\n2,,1\n4,20,1\n" * 4)
    given = project(x=Prepared(fields=("a", "b")))
    given = replace(given, data=replace(given.data, source=TableSource(path="t.csv")))
    with pytest.raises(DataError) as caught:
        split(given, tmp_path)
    finding, other = caught.value.diagnostics
    assert "t.csv, row 0 (line 2), column 'a' and 3 more rows" in finding.message
    assert "t.csv, row 1 (line 3), column 'b' and 3 more rows" in other.message
    title = "Fill 4 rows with the mean of each column"
    assert rows_after(given, finding, title, tmp_path) == 12
    repaired = repair_project(given, next(r for r in finding.repairs if r.title == title))
    train = split(repaired, tmp_path).train
    assert isinstance(train, Samples)
    x = train.x["x"]
    assert sorted(map(tuple, np.unique(x, axis=0))) == [(2, 15), (3, 10), (4, 20)]


def classes(*names: str, **more: Any) -> Prepared:
    return Prepared(fields=("y",), encoding=Encoding.INDEX, classes=names, **more)


def labels(*values: str) -> Any:
    return np.array([*values, *["a", "b"] * 4][:ROWS])


def test_a_label_that_is_no_class_is_named(tmp_path: Path) -> None:
    write(tmp_path, y=labels("a", "c", "b", "c"))
    given = project(y=classes("a", "b"))
    finding = refused(given, tmp_path)
    assert (finding.code, finding.node) == ("unknown-class", "y")
    assert finding.message == (
        "The classes of the head 'y' are a, b; t.npz, row 1, column 'y' and 1 more row: "
        "received 'c'."
    )
    assert titles(finding) == ["Add the class c", "Leave out 2 rows"]
    assert rows_after(given, finding, "Add the class c", tmp_path) == ROWS
    assert rows_after(given, finding, "Leave out 2 rows", tmp_path) == ROWS - 2


def test_a_missing_label_is_no_class_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("x,y\n" + "1,a\n2,\n3,b\n4,a\n")
    given = project(inputs=1, y=classes("a", "b"), x=Prepared(fields=("x", "x")))
    given = replace(given, data=replace(given.data, source=TableSource(path="t.csv")))
    given = replace(given, diagram=project(inputs=2).diagram)
    finding = refused(given, tmp_path)
    assert finding.code == "missing-values"
    assert titles(finding)[:2] == ["Leave out 1 row", "Fill 1 row with 'a'"]
    assert rows_after(given, finding, "Fill 1 row with 'a'", tmp_path) == 4


@pytest.mark.parametrize("wrong", [3, -1])
def test_a_label_beyond_the_units_of_the_head_is_named(wrong: int, tmp_path: Path) -> None:
    write(tmp_path, y=np.array([0, 1, 2, wrong, 0, 1, 2, 0]))
    given = project(loss="sparse_categorical_crossentropy", units=3)
    finding = refused(given, tmp_path, units=3)
    assert (finding.code, finding.node) == ("label-out-of-range", "y")
    assert finding.message == (
        "The head 'y' has 3 units, for the classes 0 to 2; t.npz, row 3, column 'y': "
        f"received {wrong}."
    )
    assert rows_after(given, finding, "Leave out 1 row", tmp_path) == ROWS - 1


def test_a_run_knows_the_units_of_its_heads(tmp_path: Path) -> None:
    write(tmp_path, y=np.array([0, 1, 2, 3, 0, 1, 2, 0]))
    given = project(loss="sparse_categorical_crossentropy", units=3)
    events: list[Event] = []
    run = Run(given, tmp_path, RunFolder(tmp_path / "run"), CATALOG, events.append)
    run.start()
    assert run.wait(100)
    (failed,) = events
    assert isinstance(failed, Failed)
    assert [one.code for one in failed.diagnostics] == ["label-out-of-range"]


def test_more_classes_than_units_are_told(tmp_path: Path) -> None:
    write(tmp_path, y=labels())
    given = project(loss="sparse_categorical_crossentropy", units=2, y=classes("a", "b", "c"))
    finding = refused(given, tmp_path, units=2)
    assert finding.message == "The head 'y' has 2 units; its column 'y' has 3 classes."


def test_when_every_row_lacks_a_value_none_is_left(tmp_path: Path) -> None:
    write(tmp_path, x=np.full((ROWS, 2), np.nan))
    finding = refused(project(x=Prepared(fields=("x",), missing=Missing.SKIP)), tmp_path)
    assert finding.message == "No row of t.npz is left: each of them lacks a value."


def test_samples_that_are_all_held_out_leave_none_to_train_on(tmp_path: Path) -> None:
    write(tmp_path, y=np.ones(ROWS))
    given = project()
    data = replace(given.data, split=SplitBy.GIVEN, split_field="y", split_value=1)
    finding = refused(replace(given, data=data), tmp_path)
    assert finding.message == "All 8 samples are held out: none is left to train on."


def test_one_sample_is_enough_to_train_on(tmp_path: Path) -> None:
    write(tmp_path, x=np.ones((1, 2)))
    found = split(project(), tmp_path)
    assert (len(found.train), found.validation) == (1, None)


@pytest.mark.parametrize("texts", [("n/a",), ("n/a", "-")])
def test_texts_among_numbers_can_be_left_out_or_filled(
    texts: Sequence[str], tmp_path: Path
) -> None:
    rows = [f"{row},1,{row}" for row in range(ROWS)] + [f"{text},1,1" for text in texts]
    (tmp_path / "t.csv").write_text("a,b,y\n" + "\n".join(rows))
    given = project(x=Prepared(fields=("a", "b")))
    given = replace(given, data=replace(given.data, source=TableSource(path="t.csv")))
    finding = refused(given, tmp_path)
    assert (finding.code, finding.node) == ("text-among-numbers", "x")
    assert "t.csv, row 8 (line 10), column 'a'" in finding.message
    assert finding.message.endswith("received 'n/a'.")
    count = f"{len(texts)} row{'s' * (len(texts) > 1)}"
    assert rows_after(given, finding, f"Leave out {count}", tmp_path) == ROWS
    assert rows_after(given, finding, f"Fill {count} with 0", tmp_path) == ROWS + len(texts)
