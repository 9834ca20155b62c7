"""Whatever becomes of a run, it says how it ended."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.project import Project, Training
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.train import Run
from graphstudio.protocol import Event, Failed, RunEnded
from tests.code.projects import layer
from tests.diagrams import chain, linear_project

RUN = "graphstudio.engine.train"


def last_word(project: Project, folder: Path) -> Event:
    """Return the last event of a run."""
    events: list[Event] = []
    run_folder = RunFolder(folder / "run")
    run = Run(project, folder, run_folder, shipped_catalog(), events.append)
    run.start()
    assert run.wait(60)
    return events[-1]


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError(), "Out of memory: try a smaller batch size or less data."),
        (ValueError("Odd shapes"), "Training failed: Odd shapes"),
        (EOFError("nothing that Keras raises"), "Training failed: nothing that Keras raises"),
    ],
)
def test_whatever_goes_wrong_is_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, error: Exception, message: str
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(f"{RUN}.load_split", fail)
    failed = last_word(linear_project(tmp_path), tmp_path)
    assert isinstance(failed, Failed)
    assert failed.message == message
    assert type(error).__name__ in failed.detail


def with_diagram(folder: Path, drawn: Diagram) -> Project:
    return replace(linear_project(folder), diagram=drawn)


@pytest.mark.parametrize(
    ("drawn", "node"),
    [
        (chain(layer("Dense", "d", units=-1)), "d"),
        (chain(layer("Dense", "d", units=10), loss="nope"), "y"),
        (Diagram(), None),
    ],
)
def test_a_model_that_cannot_be_trained_is_told_at_its_node(
    tmp_path: Path, drawn: Diagram, node: str | None
) -> None:
    failed = last_word(with_diagram(tmp_path, drawn), tmp_path)
    assert isinstance(failed, Failed)
    assert failed.diagnostics[0].node == node
    assert not (tmp_path / "run").exists()


def test_a_model_without_a_loss_is_told_in_words_of_the_canvas(tmp_path: Path) -> None:
    drawn = chain(layer("Dense", "d", units=10), loss=None)
    failed = last_word(with_diagram(tmp_path, drawn), tmp_path)
    assert isinstance(failed, Failed)
    assert failed.message == (
        "No head has a loss: choose one for a head, so that there is something to learn."
    )
    assert "compile()" in failed.detail


def test_a_run_that_cannot_begin_leaves_the_one_before(tmp_path: Path) -> None:
    assert isinstance(last_word(linear_project(tmp_path), tmp_path), RunEnded)
    model = (tmp_path / "run" / "model.keras").read_bytes()
    wrong = replace(linear_project(tmp_path), training=Training(optimizer="nope"))
    failed = last_word(wrong, tmp_path)
    assert isinstance(failed, Failed)
    assert failed.message.startswith("optimizer: ")
    assert (tmp_path / "run" / "model.keras").read_bytes() == model


def test_a_run_that_fails_on_its_way_says_so_in_its_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(f"{RUN}.Run._fit", fail)
    assert isinstance(last_word(linear_project(tmp_path), tmp_path), Failed)
    state = RunFolder(tmp_path / "run").state()
    assert (state.outcome, state.epochs_done) == ("failed", 0)
