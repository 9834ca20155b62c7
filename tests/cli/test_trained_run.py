"""``graphstudio evaluate`` and ``predict`` ask a trained run."""

import json
from pathlib import Path

import numpy as np
import pytest

from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.protocol import EpochDone, decode_event
from graphstudio.resource import resource_path
from tests.cli.conftest import Command, Trained, graphstudio


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Return a file of the first five digits."""
    with np.load(resource_path("data/digits.npz")) as arrays:
        np.savez(tmp_path / "rows.npz", image=arrays["image"][:5])
    return tmp_path / "rows.npz"


def test_evaluation_repeats_the_numbers_of_the_last_validation(trained: Trained) -> None:
    code, out, err = graphstudio("evaluate", trained.run, "--json")
    assert (code, err) == (0, "")
    told = [decode_event(line.encode()) for line in trained.done.out.splitlines()]
    logs = [event for event in told if isinstance(event, EpochDone)][-1].logs
    results = json.loads(out)
    assert set(results) == {name.removeprefix("val_") for name in logs if name.startswith("val_")}
    for name, value in results.items():
        assert value == pytest.approx(logs[f"val_{name}"], rel=1e-5)


def test_evaluation_in_text_is_a_line_a_number(command: Command, trained: Trained) -> None:
    code, out, err = command("evaluate", trained.run)
    assert (code, err) == (0, "")
    names = [line.partition(": ")[0] for line in out.splitlines()]
    assert names == sorted(names)
    assert {"loss", "digit_loss", "digit_accuracy"} <= set(names)


def test_every_head_predicts_every_row(command: Command, trained: Trained, rows: Path) -> None:
    code, out, err = command("predict", trained.run, "--input", rows, "--json")
    assert (code, err) == (0, "")
    predicted = {name: np.array(values) for name, values in json.loads(out).items()}
    shapes = {name: values.shape for name, values in predicted.items()}
    assert shapes == {"digit": (5, 10), "even": (5, 1), "ink": (5, 1)}
    np.testing.assert_allclose(predicted["digit"].sum(axis=1), 1, atol=1e-5)


def test_predictions_in_text_are_a_line_a_row(
    command: Command, trained: Trained, rows: Path
) -> None:
    code, out, err = command("predict", trained.run, "--input", rows)
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert [line.partition(":")[0] for line in lines] == list("01234")
    assert all("digit [" in line and "  ink [" in line for line in lines)


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        ({"picture": np.zeros((2, 8, 8, 1))}, "has no column 'image' for 'image'; it has picture."),
        ({"image": np.zeros((2, 9, 9, 1))}, "takes samples of shape (8, 8, 1); its data has"),
        ({"image": np.zeros((0, 8, 8, 1))}, "they have image 0."),
    ],
)
def test_rows_that_do_not_fit_are_told(
    command: Command, trained: Trained, rows: Path, columns: dict[str, np.ndarray], reason: str
) -> None:
    named: dict[str, object] = dict(columns)
    np.savez(rows, **named)  # type: ignore[arg-type]
    code, out, err = command("predict", trained.run, "--input", rows)
    assert (code, out) == (1, "")
    assert reason in err
    assert err.count("\n") == 1


def test_missing_rows_are_told(command: Command, trained: Trained, tmp_path: Path) -> None:
    gone = tmp_path / "gone.npz"
    done = command("predict", trained.run, "--input", gone)
    assert done == (1, "", f"graphstudio: The data file {gone} is not there.\n")


@pytest.mark.parametrize("file", ["project.gstudio", "run.json", "model.keras"])
@pytest.mark.parametrize("damage", ["missing", "damaged"])
def test_a_run_that_is_not_whole_is_told(
    command: Command, run_copy: Path, file: str, damage: str
) -> None:
    if damage == "missing":
        (run_copy / file).unlink()
    else:
        (run_copy / file).write_text("nonsense")
    code, out, err = command("evaluate", run_copy, "--json")
    assert (code, out) == (2, "")
    assert file in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


def test_data_that_has_gone_is_told(command: Command, run_copy: Path) -> None:
    state = json.loads((run_copy / "run.json").read_text())
    (run_copy / "run.json").write_text(json.dumps({**state, "folder": "/nowhere/at/all"}))
    code, out, err = command("evaluate", run_copy)
    assert (code, out) == (1, "")
    assert "is not there." in err


@pytest.mark.parametrize("word", ["evaluate", "predict"])
def test_a_run_whose_diagram_is_no_model_is_told(
    command: Command, run_copy: Path, rows: Path, word: str
) -> None:
    save_project(Project(diagram=Diagram()), run_copy / "project.gstudio")
    code, out, err = command(word, run_copy, *(["--input", rows] if word == "predict" else []))
    assert (code, out) == (1, "")
    assert "The diagram has no input" in err
    assert err.count("\n") == 1
