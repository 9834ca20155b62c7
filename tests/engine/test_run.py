"""A run in a process of its own is told step by step, steered at once, and leaves whole files."""

import json
import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import keras
import msgspec
import pytest
from msgspec.structs import replace

from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import ArraysSource
from graphstudio.engine.run_folder import RunFolder
from graphstudio.protocol import (
    EpochDone,
    Event,
    Failed,
    Inspect,
    Inspected,
    Pause,
    Resume,
    RunEnded,
    RunStarted,
    StepDone,
    Stop,
    Train,
)
from tests.code.projects import layer
from tests.diagrams import chain, digits, linear, linear_project
from tests.engine.conversation import Engine, started

HEADS = {"digit": 1.0, "even": 0.5, "ink": 10.0}


def project(epochs: int) -> Project:
    example = digits()
    return replace(example, training=replace(example.training, epochs=epochs))


def train(run_dir: Path, epochs: int) -> Train:
    return Train(project=project(epochs), folder="/", run_dir=str(run_dir))


class Told(NamedTuple):
    """What a whole run said."""

    started: RunStarted
    events: list[Event]
    ended: RunEnded
    run: RunFolder

    @property
    def epochs(self) -> list[EpochDone]:
        return [event for event in self.events if isinstance(event, EpochDone)]

    @property
    def steps(self) -> list[StepDone]:
        return [event for event in self.events if isinstance(event, StepDone)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return what a run of two epochs said, from its start to its end."""
    folder = tmp_path_factory.mktemp("whole")
    with started(folder / "log") as engine:
        engine.send(train(folder / "run", 2))
        begun, before = engine.until(RunStarted)
        assert before == []
        ended, events = engine.until(RunEnded)
        assert engine.close() == 0
        assert engine.foreign == []
    return Told(begun, events, ended, RunFolder(folder / "run"))


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return an engine of the test's own, which is ready."""
    with started(tmp_path / "log") as engine:
        yield engine


def test_the_start_says_what_is_to_come(told: Told) -> None:
    begun = told.started
    assert (begun.epochs, begun.first_epoch, begun.steps) == (2, 0, math.ceil(1438 / 32))
    assert begun.weights == HEADS
    assert begun.loss_keys == {name: f"{name}_loss" for name in HEADS}
    assert begun.device.kind == "CPU"


def test_steps_come_in_order_with_the_losses_of_every_head(told: Told) -> None:
    places = [(step.epoch, step.step) for step in told.steps]
    assert len(places) > 2
    assert places == sorted(set(places))
    keys = {"loss", *told.started.loss_keys.values()}
    for step in told.steps:
        assert keys <= set(step.logs)
        assert 1 <= step.step <= told.started.steps
        assert step.steps_per_second > 0
        assert step.seconds_left >= 0


def test_each_epoch_is_told_once_with_its_validation(told: Told) -> None:
    assert [epoch.epoch for epoch in told.epochs] == [0, 1]
    for epoch in told.epochs:
        assert epoch.seconds > 0
        for key in ("loss", *told.started.loss_keys.values()):
            assert math.isfinite(epoch.logs[key])
            assert math.isfinite(epoch.logs[f"val_{key}"])


def test_the_total_is_the_weighted_sum_of_the_heads(told: Told) -> None:
    logs = told.epochs[-1].logs
    total = sum(weight * logs[f"{name}_loss"] for name, weight in HEADS.items())
    assert logs["loss"] == pytest.approx(total, rel=1e-4)


def test_the_end_repeats_the_last_epoch_and_names_the_model(told: Told) -> None:
    assert not told.ended.stopped
    assert told.ended.logs == told.epochs[-1].logs
    assert told.ended.model == str(told.run.model_file)
    assert told.ended.seconds >= sum(epoch.seconds for epoch in told.epochs)


def test_the_run_leaves_its_project_its_epochs_and_its_model(told: Told) -> None:
    assert sorted(path.name for path in told.run.path.iterdir()) == [
        "metrics.jsonl",
        "model.keras",
        "project.gstudio",
        "run.json",
    ]
    assert told.run.project() == project(2)
    state = told.run.state()
    assert (state.epochs_done, state.outcome) == (2, "finished")
    lines = (told.run.path / "metrics.jsonl").read_text().splitlines()
    assert [json.loads(line)["loss"] for line in lines] == [e.logs["loss"] for e in told.epochs]
    model = keras.saving.load_model(told.run.model_file)
    assert int(model.optimizer.iterations) == 2 * told.started.steps


def test_a_run_pauses_goes_on_and_stops_at_once(engine: Engine, tmp_path: Path) -> None:
    engine.send(train(tmp_path / "run", 500))
    engine.answer(EpochDone)

    engine.send(Pause())
    engine.during(0.5)
    assert engine.during(0.7) == []

    engine.send(Inspect(id=1, diagram=linear()))
    assert engine.answer(Inspected).total_params == 3_466
    engine.send(train(tmp_path / "second", 1))
    assert "one run in a process" in engine.answer(Failed).message

    engine.send(Resume())
    engine.answer(StepDone, 5)
    engine.send(Pause())
    engine.during(0.3)

    asked = time.monotonic()
    engine.send(Stop())
    ended = engine.answer(RunEnded, 5)
    assert time.monotonic() - asked < 1
    assert ended.stopped
    run = RunFolder(tmp_path / "run")
    assert ended.model == str(run.model_file)
    state = run.state()
    assert state.outcome == "stopped"
    assert 1 <= state.epochs_done < 500
    model = keras.saving.load_model(run.model_file)
    assert int(model.optimizer.iterations) >= state.epochs_done * 45
    assert engine.close() == 0


def slow_to_trace(folder: Path) -> Project:
    """Return a project whose first step comes some seconds after its run has started."""
    layers = [layer("Dense", f"dense_{place}", units=64) for place in range(150)]
    drawn = chain(*layers, layer("Dense", "scores", units=10, activation="softmax"))
    return replace(linear_project(folder, epochs=500), diagram=drawn)


@pytest.mark.parametrize("moment", ["at once", "when it has started"])
def test_a_run_that_is_still_building_stops_within_a_second(
    engine: Engine, tmp_path: Path, moment: str
) -> None:
    request = Train(project=slow_to_trace(tmp_path), folder=str(tmp_path), run_dir=str(tmp_path))
    engine.send(request)
    if moment == "when it has started":
        engine.answer(RunStarted)
    asked = time.monotonic()
    engine.send(Stop())
    ended, before = engine.until(RunEnded, 5)
    assert time.monotonic() - asked < 1
    assert ended.stopped
    assert not any(isinstance(event, EpochDone) for event in before)
    engine.close()


def test_a_killed_run_leaves_no_half_written_file(engine: Engine, tmp_path: Path) -> None:
    engine.send(train(tmp_path / "run", 500))
    for _ in range(3):
        engine.answer(EpochDone)
    engine.kill()
    run = RunFolder(tmp_path / "run")
    assert run.project() == project(500)
    assert run.state().outcome == "running"
    lines = (run.path / "metrics.jsonl").read_text().splitlines()
    assert len(lines) >= 3
    assert [json.loads(line)["epoch"] for line in lines] == list(range(len(lines)))
    assert {path.name for path in run.path.iterdir()} <= {
        "metrics.jsonl",
        "model.keras",
        "project.gstudio",
        "run.json",
    }


def test_a_run_ends_with_the_input_of_its_process(engine: Engine, tmp_path: Path) -> None:
    engine.send(train(tmp_path / "run", 500))
    engine.answer(StepDone)
    assert engine.close(seconds=2) == 0


def test_a_run_that_cannot_begin_says_why_and_leaves_nothing(
    engine: Engine, tmp_path: Path
) -> None:
    missing = linear_project(tmp_path)
    missing = replace(missing, data=replace(missing.data, source=ArraysSource(path="gone.npz")))
    engine.send(Train(project=missing, folder=str(tmp_path), run_dir=str(tmp_path / "run")))
    failed = engine.answer(Failed)
    assert failed.message == f"The data file {tmp_path / 'gone.npz'} is not there."
    assert [finding.code for finding in failed.diagnostics] == ["missing-data"]
    assert "Traceback" in failed.detail
    assert not (tmp_path / "run").exists()
    engine.send(Inspect(id=1, diagram=linear()))
    assert engine.answer(Inspected).total_params == 3_466


def test_the_state_of_a_run_is_json_that_others_can_read(told: Told) -> None:
    state = msgspec.json.decode((told.run.path / "run.json").read_bytes())
    data = state.pop("data")
    assert state == {"folder": "/", "epochs_done": 2, "outcome": "finished"}
    assert data.keys() == {"size", "modified", "digest"}
