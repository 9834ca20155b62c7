"""The Keras callback that tells how a run goes, and through which it is steered."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

import keras
from msgspec.structs import replace

from graphstudio.engine.run_folder import RunFolder, RunState
from graphstudio.protocol import EpochDone, Event, Logs, StepDone

# Steps are reported this many times a second at most: more than a curve on a screen can show.
_REPORTS_PER_SECOND = 12
# A model is saved between epochs when this many seconds of work would otherwise be lost.
_SAVE_EVERY = 10.0


class RunStoppedError(Exception):
    """Raised inside of ``fit`` to leave it after the step that it is in."""


class Steering:
    """What was asked of a run, from any thread."""

    def __init__(self) -> None:
        self._stop = False
        self._go = threading.Event()
        self._go.set()

    def pause(self) -> None:
        """Hold the run at its next step."""
        self._go.clear()

    def unpause(self) -> None:
        """Let the run go on."""
        self._go.set()

    def stop(self) -> None:
        """End the run at its next step, also a paused one."""
        self._stop = True
        self._go.set()

    def obey(self) -> float:
        """Wait while the run is paused.

        Returns:
            The seconds waited.

        Raises:
            RunStoppedError: the run has to end.
        """
        began = time.monotonic()
        self._go.wait()
        if self._stop:
            raise RunStoppedError
        return time.monotonic() - began


class Reporter(keras.callbacks.Callback):  # type: ignore[misc] # Keras ships no types
    """Reports steps and epochs, records epochs in the run's folder, and obeys the steering.

    Args:
        steering: what was asked of the run.
        run_folder: where epochs are recorded.
        state: how far the run has come before.
        report: called with each event.
    """

    def __init__(
        self,
        steering: Steering,
        run_folder: RunFolder,
        state: RunState,
        report: Callable[[Event], None],
    ) -> None:
        super().__init__()
        self.last_logs: Logs = {}
        self._steering = steering
        self._run_folder = run_folder
        self._state = state
        self._report = report
        self._epochs_done = state.epochs_done
        self._epoch_began = self._test_began = time.monotonic()
        self._saved_at = self._reported_at = time.monotonic()
        self._steps_since = 0
        self._speed = 0.0
        self._first_step: tuple[float, int] | None = None

    def on_epoch_begin(self, epoch: int, logs: Any = None) -> None:
        """Note when the epoch began."""
        del epoch, logs
        self._epoch_began = time.monotonic()

    def on_test_begin(self, logs: Any = None) -> None:
        """Note when validation began."""
        del logs
        self._test_began = time.monotonic()

    def on_test_end(self, logs: Any = None) -> None:
        """Leave validation out of the speed of steps."""
        del logs
        self._reported_at += time.monotonic() - self._test_began

    def on_train_batch_end(self, batch: int, logs: Any = None) -> None:
        """Report the step, if the last report is old enough to be followed by another."""
        self._obey()
        self._steps_since += 1
        now = time.monotonic()
        if now - self._reported_at >= 1 / _REPORTS_PER_SECOND:
            self._speed = self._steps_since / (now - self._reported_at)
            self._reported_at, self._steps_since = now, 0
            self._report(self._step(batch + 1, _numbers(logs)))

    def on_test_batch_end(self, batch: int, logs: Any = None) -> None:
        """Obey in validation too."""
        del batch, logs
        self._obey()

    def on_epoch_end(self, epoch: int, logs: Any = None) -> None:
        """Report and record the epoch, and save the model if that was long ago."""
        now = time.monotonic()
        done = EpochDone(epoch=epoch, logs=_numbers(logs), seconds=now - self._epoch_began)
        self.last_logs = done.logs
        self._epochs_done = epoch + 1
        self._run_folder.add_epoch(done)
        self._report(done)
        if now - self._saved_at >= _SAVE_EVERY:
            self._run_folder.save_model(self.model)
            self.finish("running")
            self._saved_at = time.monotonic()

    def finish(self, outcome: str) -> None:
        """Record that the saved model has learnt from the epochs so far."""
        self._run_folder.write_state(
            replace(self._state, epochs_done=self._epochs_done, outcome=outcome)
        )

    def _obey(self) -> None:
        """Wait while the run is paused, which counts neither for its speed nor for its time."""
        waited = self._steering.obey()
        self._epoch_began += waited
        self._reported_at += waited
        if self._first_step is not None:
            began, before = self._first_step
            self._first_step = (began + waited, before)

    def _step(self, step: int, logs: Logs) -> StepDone:
        return StepDone(
            epoch=self._epochs_done,
            step=step,
            logs=logs,
            steps_per_second=self._speed,
            seconds_left=self._seconds_left(step),
        )

    def _seconds_left(self, step: int) -> float:
        """Return the time that the steps left take at the pace so far, validation included.

        The first step does not count, since it waits for TensorFlow to trace the model.
        """
        now = time.monotonic()
        steps = self.params["steps"] or step
        done = self._epochs_done * steps + step
        if self._first_step is None:
            self._first_step = (now, done)
        began, before = self._first_step
        if done == before:
            return 0.0
        steps_left: int = self.params["epochs"] * steps - done
        return steps_left * (now - began) / (done - before)


def _numbers(logs: Mapping[str, Any] | None) -> Logs:
    return {name: float(value) for name, value in (logs or {}).items()}
