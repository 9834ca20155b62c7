"""A run's folder is whole at every moment, and says so in one sentence where it is not."""

import json
from pathlib import Path

import pytest

from graphstudio.engine.run_folder import RunFolder, RunFolderError, RunState
from graphstudio.engine.saved_model import load_saved_model
from graphstudio.protocol import EpochDone
from tests.diagrams import linear_project


class Model:
    """Stands for a model; a saved one is a line of text."""

    def __init__(self, text: str, *, fails: bool = False) -> None:
        self._text = text
        self._fails = fails

    def save(self, path: Path) -> None:
        path.write_text(self._text)
        if self._fails:
            raise OSError("The disk is full")


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    folder = RunFolder(tmp_path / "runs" / "one")
    folder.begin(linear_project(tmp_path), tmp_path)
    return folder


def epoch(number: int) -> EpochDone:
    return EpochDone(epoch=number, logs={"loss": 0.5, "val_loss": 0.25}, seconds=0.123456)


def test_a_new_run_keeps_its_project_and_knows_its_folder(run: RunFolder, tmp_path: Path) -> None:
    assert run.project() == linear_project(tmp_path)
    assert run.state() == RunState(
        folder=str(tmp_path),
        epochs_done=0,
        outcome="running",
        data=run.state().data,
    )
    assert run.changed_data() is None


def test_each_epoch_is_a_line(run: RunFolder) -> None:
    run.add_epoch(epoch(0))
    run.add_epoch(epoch(1))
    lines = (run.path / "metrics.jsonl").read_text().splitlines()
    row = {"epoch": 0, "loss": 0.5, "seconds": 0.1235, "val_loss": 0.25}
    assert [json.loads(line) for line in lines] == [row, row | {"epoch": 1}]


def test_a_resumed_run_forgets_epochs_that_it_does_again(run: RunFolder) -> None:
    for number in range(3):
        run.add_epoch(epoch(number))
    run.keep_epochs(1)
    (line,) = (run.path / "metrics.jsonl").read_text().splitlines()
    assert json.loads(line)["epoch"] == 0


def test_beginning_again_clears_what_an_older_run_left(run: RunFolder, tmp_path: Path) -> None:
    run.add_epoch(epoch(0))
    run.save_model(Model("old"))
    run.begin(linear_project(tmp_path), tmp_path)
    assert (run.path / "metrics.jsonl").read_text() == ""
    assert not run.model_file.exists()


def test_a_model_that_cannot_be_saved_leaves_the_one_before(run: RunFolder) -> None:
    run.save_model(Model("first"))
    with pytest.raises(OSError, match="full"):
        run.save_model(Model("second, but hal", fails=True))
    assert run.model_file.read_text() == "first"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(RunFolderError, match="cannot be written: Not a directory"):
        RunFolder(blocked / "run").begin(linear_project(tmp_path), tmp_path)


def test_what_is_missing_in_a_folder_is_named(tmp_path: Path) -> None:
    empty = RunFolder(tmp_path)
    for ask, file in (
        (empty.project, "project.gstudio"),
        (empty.state, "run.json"),
        (empty.expect_model, "model.keras"),
    ):
        with pytest.raises(RunFolderError, match=f"expected {file} in it; found none"):
            ask()


def test_a_damaged_state_is_told(run: RunFolder) -> None:
    (run.path / "run.json").write_text('{"folder": ')
    with pytest.raises(RunFolderError, match=r"run\.json is damaged"):
        run.state()


def test_a_model_that_keras_cannot_read_is_told(run: RunFolder) -> None:
    run.model_file.write_text("no model")
    with pytest.raises(RunFolderError, match=r"Keras cannot read the run's model .*model\.keras"):
        load_saved_model(run)
