"""Training runs: each in a process of its own, steered at once, and none takes others along."""

import math
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from msgspec.structs import replace
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.diagram.sources import ArraysSource
from graphstudio.resource import resource_path
from graphstudio.studio.run import Run, RunState
from graphstudio.studio.trainer import Trainer
from tests.studio.waiting import alive, engines_of, wait_until

DIGITS = resource_path("examples/digits.gstudio")
ENDLESS = 10_000


@pytest.fixture(scope="module")
def trainer(qapp: QApplication) -> Iterator[Trainer]:
    """One trainer, with a process that is kept warm from run to run."""
    del qapp
    trainer = Trainer()
    trainer.warm_up()
    yield trainer
    trainer.shut_down()
    assert alive(engines_of(os.getpid())) == []


def digits(epochs: int) -> Project:
    project = load_project(DIGITS)
    return replace(project, training=replace(project.training, epochs=epochs))


def train(trainer: Trainer, project: Project, run_dir: Path) -> Run:
    trainer.train(project, DIGITS.parent, run_dir)
    run = trainer.run
    assert run is not None
    return run


def state(run: Run) -> RunState:
    return run.state


def start(trainer: Trainer, tmp_path: Path) -> Run:
    """Start a run that does not end by itself, and wait until it learns."""
    run = train(trainer, digits(ENDLESS), tmp_path / "run")
    wait_until(lambda: len(run.total.training) > 2)
    return run


def wait_for_end(trainer: Trainer) -> float:
    return wait_until(lambda: not trainer.busy)


def wait_for_the_next_process(trainer: Trainer) -> None:
    """Wait until the last run's process is gone and the one for the next run is there."""
    wait_until(lambda: not trainer.process_id and engines_of(os.getpid()))


@pytest.fixture(scope="module")
def finished(trainer: Trainer, tmp_path_factory: pytest.TempPathFactory) -> Run:
    run = train(trainer, digits(2), tmp_path_factory.mktemp("runs") / "run")
    wait_for_end(trainer)
    return run


def test_a_run_goes_to_its_end_and_leaves_its_model(finished: Run) -> None:
    assert state(finished) is RunState.FINISHED, finished.failure
    assert finished.epochs_done == 2
    assert finished.progress == 1.0
    assert finished.ended is not None
    assert finished.ended.model is not None
    assert Path(finished.ended.model).is_file()


def test_it_has_curves_for_the_total_and_for_each_head(finished: Run) -> None:
    assert [(head.name, head.weight) for head in finished.heads] == [
        ("digit", 1.0), ("even", 0.5), ("ink", 10.0),
    ]  # fmt: skip
    for curve in (finished.total, *(head.curve for head in finished.heads)):
        assert len(curve.training) >= 2
        assert list(curve.validation.xs) == [1.0, 2.0]
    weighted = sum(head.weight * finished.logs[head.key] for head in finished.heads)
    assert math.isclose(weighted, finished.logs["loss"], rel_tol=0.02)
    shares = [finished.share(head) or 0.0 for head in finished.heads]
    assert math.isclose(sum(shares), 1.0)


def test_a_paused_run_holds_and_goes_on_and_stop_ends_it_within_a_second(
    trainer: Trainer, tmp_path: Path
) -> None:
    run = start(trainer, tmp_path)
    trainer.pause()
    assert state(run) is RunState.PAUSED
    QTest.qWait(300)
    held = len(run.total.training)
    QTest.qWait(700)
    assert len(run.total.training) == held
    trainer.pause()
    assert state(run) is RunState.RUNNING
    wait_until(lambda: len(run.total.training) > held, 5)
    trainer.stop()
    assert state(run) is RunState.STOPPING
    assert wait_for_end(trainer) < 1.5
    assert state(run) is RunState.STOPPED
    assert run.ended is not None
    assert run.ended.model is not None
    assert Path(run.ended.model).is_file()


def test_a_paused_run_can_be_stopped(trainer: Trainer, tmp_path: Path) -> None:
    run = start(trainer, tmp_path)
    trainer.pause()
    QTest.qWait(200)
    trainer.stop()
    assert wait_for_end(trainer) < 1.5
    assert state(run) is RunState.STOPPED


def test_a_run_that_is_still_starting_can_be_stopped(trainer: Trainer, tmp_path: Path) -> None:
    run = train(trainer, digits(ENDLESS), tmp_path / "run")
    assert state(run) is RunState.STARTING
    trainer.stop()
    assert wait_for_end(trainer) < 1.5
    assert state(run) is RunState.STOPPED


def test_the_next_run_can_begin_the_moment_the_last_one_is_over(
    trainer: Trainer, tmp_path: Path
) -> None:
    first = train(trainer, digits(1), tmp_path / "first")
    second: list[Run] = []

    def go_on(now: RunState) -> None:
        if now.over and not second:
            second.append(train(trainer, digits(1), tmp_path / "second"))

    trainer.state_changed.connect(go_on)
    wait_until(lambda: second)
    trainer.state_changed.disconnect(go_on)
    wait_for_end(trainer)
    assert state(first) is RunState.FINISHED, first.failure
    assert state(second[0]) is RunState.FINISHED, second[0].failure
    assert second[0].number == first.number + 1


def test_there_is_one_run_at_a_time(trainer: Trainer, tmp_path: Path) -> None:
    run = train(trainer, digits(1), tmp_path / "one")
    assert train(trainer, digits(1), tmp_path / "two") is run
    trainer.stop()
    wait_for_end(trainer)


def test_a_killed_run_has_failed_in_words_and_the_next_one_works(
    trainer: Trainer, tmp_path: Path
) -> None:
    run = start(trainer, tmp_path)
    os.kill(trainer.process_id, signal.SIGKILL)
    assert wait_for_end(trainer) < 2
    assert state(run) is RunState.FAILED
    assert run.failure is not None
    assert run.failure.message == (
        "The run's engine ended before the run did (killed by signal 9). "
        "The diagram is unharmed; the log says more."
    )
    following = train(trainer, digits(1), tmp_path / "next")
    wait_for_end(trainer)
    assert state(following) is RunState.FINISHED, following.failure


def test_the_loss_of_the_process_that_waits_does_not_keep_the_next_run_from_working(
    trainer: Trainer, tmp_path: Path
) -> None:
    said: list[str] = []
    trainer.logged.connect(said.append)
    wait_for_the_next_process(trainer)
    for engine in engines_of(os.getpid()):
        os.kill(engine, signal.SIGKILL)
    wait_until(lambda: any("kept for the next run ended" in line for line in said))
    trainer.logged.disconnect(said.append)
    run = train(trainer, digits(1), tmp_path / "run")
    wait_for_end(trainer)
    assert state(run) is RunState.FINISHED, run.failure


def test_data_that_is_not_there_and_a_diagram_that_is_no_model_are_said_in_a_sentence(
    trainer: Trainer, tmp_path: Path
) -> None:
    project = digits(1)
    lost = replace(project, data=replace(project.data, source=ArraysSource(path="lost.npz")))
    run = train(trainer, lost, tmp_path / "lost")
    wait_for_end(trainer)
    assert state(run) is RunState.FAILED
    assert run.failure is not None
    assert "lost.npz" in run.failure.message
    assert "\n" not in run.failure.message
    run = train(trainer, Project(), tmp_path / "empty")
    wait_for_end(trainer)
    assert state(run) is RunState.FAILED
    assert run.failure is not None
    assert run.failure.diagnostics
    assert "Traceback" not in run.failure.message


def test_shutting_down_ends_every_process_at_once(trainer: Trainer, tmp_path: Path) -> None:
    wait_for_the_next_process(trainer)
    before = set(engines_of(os.getpid()))
    other = Trainer()
    run = train(other, digits(ENDLESS), tmp_path / "run")
    other.warm_up()
    wait_until(lambda: len(set(engines_of(os.getpid())) - before) == 2)
    engines = set(engines_of(os.getpid())) - before
    began = monotonic()
    other.shut_down()
    assert monotonic() - began < 1.0
    assert alive(engines) == []
    QTest.qWait(300)
    assert set(engines_of(os.getpid())) <= before
    assert state(run) is RunState.STARTING


def test_the_last_run_is_freed_when_the_next_one_begins_and_a_failure_to_start_is_said(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del qapp
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    trainer = Trainer()
    for number in range(3):
        run = train(trainer, digits(1), tmp_path / str(number))
        wait_for_end(trainer)
        assert state(run) is RunState.FAILED
        assert run.failure is not None
        assert "could not be started" in run.failure.message
    QTest.qWait(50)
    assert len(trainer.findChildren(Run)) == 1
    trainer.shut_down()


def test_a_run_knows_whether_its_data_are_random_numbers(trainer: Trainer, tmp_path: Path) -> None:
    project = digits(1)
    generated = replace(project, data=replace(project.data, source=GeneratedSource()))
    run = train(trainer, generated, tmp_path / "run")
    assert run.generated
    wait_for_end(trainer)
    wait_for_the_next_process(trainer)
    assert not train(trainer, project, tmp_path / "other").generated
    wait_for_end(trainer)
