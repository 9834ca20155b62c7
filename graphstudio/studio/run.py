"""A training run as the studio sees it: its state, its curves and how it ended."""

import math
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from functools import singledispatchmethod

import msgspec
from PySide6.QtCore import QObject, Signal

from graphstudio.protocol import (
    EpochDone,
    Event,
    Failed,
    Logs,
    RunEnded,
    RunStarted,
    StepDone,
)
from graphstudio.studio.curve import Curve, StepMeans

TOTAL_KEY = "loss"


class RunState(Enum):
    """Where a run is in its life."""

    STARTING = "starting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    STOPPED = "stopped"
    FINISHED = "finished"
    FAILED = "failed"

    @property
    def over(self) -> bool:
        """Whether nothing more will come."""
        return self in {RunState.STOPPED, RunState.FINISHED, RunState.FAILED}


class TrainedHead(msgspec.Struct, frozen=True):
    """A head that the run trains.

    Attributes:
        name: the head's name.
        place: its place among the heads of the diagram, which gives its colour.
        key: the key of its loss in the logs.
        weight: factor of its loss in the total.
        curve: its loss, without the weight.
    """

    name: str
    place: int
    key: str
    weight: float
    curve: Curve


class Run(QObject):
    """One training run, fed with what its engine says.

    Args:
        number: which of the window's runs it is, counted from 1.
        heads: names of the diagram's heads in their order, trained or not.
        parent: what the run lives as long as.
        generated: whether its data are random numbers.

    Signals:
        changed: anything about the run is other than before.
    """

    changed = Signal()

    def __init__(
        self,
        number: int,
        heads: Sequence[str] = (),
        parent: QObject | None = None,
        *,
        generated: bool = False,
    ) -> None:
        super().__init__(parent)
        self.number = number
        self.generated = generated
        self.total = Curve()
        self._diagram_heads = tuple(heads)
        self._state = RunState.STARTING
        self._started: RunStarted | None = None
        self._heads: tuple[TrainedHead, ...] = ()
        self._step: StepDone | None = None
        self._logs: Logs = {}
        self._position = 0.0
        self._means = StepMeans()
        self._last: EpochDone | None = None
        self._best: EpochDone | None = None
        self._ended: RunEnded | None = None
        self._failure: Failed | None = None

    @property
    def state(self) -> RunState:
        """Where the run is in its life."""
        return self._state

    @property
    def started(self) -> RunStarted | None:
        """What the run set out to do; none until its model is built."""
        return self._started

    @property
    def heads(self) -> tuple[TrainedHead, ...]:
        """The heads that it trains; empty until its model is built."""
        return self._heads

    @property
    def logs(self) -> Logs:
        """The latest value of everything that is logged."""
        return self._logs

    @property
    def last(self) -> EpochDone | None:
        """The last epoch that was done."""
        return self._last

    @property
    def best(self) -> EpochDone | None:
        """The epoch with the lowest total loss: of the validation, where there is one."""
        return self._best

    @property
    def ended(self) -> RunEnded | None:
        """How the run ended, unless it failed or goes on."""
        return self._ended

    @property
    def failure(self) -> Failed | None:
        """Why the run failed, if it did."""
        return self._failure

    @property
    def epochs(self) -> int:
        """Passes over the data in all; 0 until the model is built."""
        return self._started.epochs if self._started else 0

    @property
    def epoch(self) -> int:
        """The epoch under way, or the last one once the run is over; counted from 1."""
        return min(math.ceil(self._position) or 1, self.epochs)

    @property
    def epochs_done(self) -> int:
        """The epochs that were done, those before a resumed run included."""
        if self._last:
            return self._last.epoch + 1
        return self._started.first_epoch if self._started else 0

    @property
    def progress(self) -> float:
        """How much of all epochs was done, from 0 to 1."""
        return min(self._position / self.epochs, 1.0) if self.epochs else 0.0

    @property
    def steps_per_second(self) -> float:
        """The latest speed; 0 while none is known."""
        return self._step.steps_per_second if self._step else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Estimated time to the end of the run; none while nothing is known."""
        return self._step.seconds_left if self._step else None

    @property
    def metrics(self) -> Mapping[str, float]:
        """The latest values that are no losses: of the validation, where there is one."""
        logs = self._last.logs if self._last else self._logs
        losses = {TOTAL_KEY, *(head.key for head in self._heads)}
        found = {k: v for k, v in logs.items() if k.removeprefix("val_") not in losses}
        held_out = {key: value for key, value in found.items() if key.startswith("val_")}
        return held_out or found

    def value(self, key: str) -> float | None:
        """Return the latest value under a key of the logs, if there is one."""
        return self._logs.get(key)

    def share(self, head: TrainedHead) -> float | None:
        """Return how much of the heads' weighted losses is this head's, from 0 to 1.

        None where that has no meaning: before the first step, and with a loss below 0.
        """
        parts = {one.name: one.weight * self._logs.get(one.key, math.nan) for one in self._heads}
        whole = sum(parts.values())
        if not 0 < whole < math.inf or min(parts.values()) < 0:
            return None
        return parts[head.name] / whole

    def pause(self) -> None:
        """Note that the engine was asked to hold."""
        self._go(RunState.PAUSED, {RunState.RUNNING})

    def resume(self) -> None:
        """Note that the engine was asked to go on."""
        self._go(RunState.RUNNING, {RunState.PAUSED})

    def stop(self) -> None:
        """Note that the engine was asked to end the run."""
        self._go(RunState.STOPPING, {RunState.STARTING, RunState.RUNNING, RunState.PAUSED})

    def receive(self, event: Event) -> None:
        """Take what the run's engine said; nothing counts once the run is over."""
        if not self._state.over:
            self._take(event)
            self.changed.emit()

    def _go(self, state: RunState, allowed: Iterable[RunState]) -> None:
        if self._state in allowed:
            self._state = state
            self.changed.emit()

    @singledispatchmethod
    def _take(self, event: Event) -> None:
        """Take an event; those that are about no run change nothing."""

    @_take.register
    def _take_start(self, event: RunStarted) -> None:
        self._started = event
        self._position = float(event.first_epoch)
        self._heads = tuple(
            TrainedHead(name, self._place(name, number), key, event.weights[name], Curve())
            for number, (name, key) in enumerate(event.loss_keys.items())
        )
        if self._state is RunState.STARTING:
            self._state = RunState.RUNNING

    @_take.register
    def _take_step(self, event: StepDone) -> None:
        self._step = event
        steps = self._started.steps if self._started else 0
        position = event.epoch + (event.step / steps if steps else 0.0)
        self._advance(event.epoch, position, event.step, event.logs)

    @_take.register
    def _take_epoch(self, event: EpochDone) -> None:
        self._last = event
        if self._best is None or _total(event) < _total(self._best):
            self._best = event
        steps = self._started.steps if self._started else 0
        self._advance(event.epoch, event.epoch + 1.0, steps, event.logs)
        for key, curve in self._curves():
            if f"val_{key}" in event.logs:
                curve.validation.append(event.epoch + 1.0, event.logs[f"val_{key}"])

    @_take.register
    def _take_end(self, event: RunEnded) -> None:
        self._ended = event
        self._state = RunState.STOPPED if event.stopped else RunState.FINISHED

    @_take.register
    def _take_failure(self, event: Failed) -> None:
        self._failure = event
        self._state = RunState.FAILED

    def _advance(self, epoch: int, position: float, step: int, logs: Logs) -> None:
        self._position = position
        self._logs = {**self._logs, **logs}
        for key, curve in self._curves():
            if key in logs:
                loss = self._means.take(epoch, step, key, logs[key])
                curve.training.append(position, loss)

    def _curves(self) -> list[tuple[str, Curve]]:
        return [(TOTAL_KEY, self.total), *((head.key, head.curve) for head in self._heads)]

    def _place(self, name: str, number: int) -> int:
        return self._diagram_heads.index(name) if name in self._diagram_heads else number


def _total(epoch: EpochDone) -> float:
    """Return what epochs are compared by; a loss that is not a number is worst."""
    value = epoch.logs.get(f"val_{TOTAL_KEY}", epoch.logs.get(TOTAL_KEY, math.inf))
    return math.inf if math.isnan(value) else value
