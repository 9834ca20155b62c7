"""What the engine tells about a run."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.protocol.engine_events import Device
from graphstudio.protocol.message import Message

# Values at one moment by Keras's names: "loss", "digit_loss", "val_loss", …
if TYPE_CHECKING:
    Logs: TypeAlias = Mapping[str, float]
else:
    # JSON has no word for a loss that is no number: it travels as null and arrives as NaN.
    Logs = Mapping[str, float | None]


class RunStarted(Message, frozen=True, kw_only=True, tag="run_started"):
    """The model is built and the first step follows.

    Attributes:
        epochs: passes over the data in all.
        first_epoch: epochs that were done before, in a resumed run.
        steps: steps of an epoch.
        loss_keys: for each trained head, by name, the key of its loss in the logs.
        weights: each trained head's loss weight.
        device: where it trains.
        warnings: what may be wrong with the data, though the model can learn from it.
    """

    epochs: int
    steps: int
    loss_keys: Mapping[str, str]
    weights: Mapping[str, float]
    device: Device
    first_epoch: int = 0
    warnings: tuple[Diagnostic, ...] = ()


class StepDone(Message, frozen=True, kw_only=True, tag="step_done"):
    """Some steps were taken. Sent a few times a second, however fast the steps are.

    Attributes:
        epoch: the epoch under way, counted from 0.
        step: steps done in it.
        logs: Keras's running means over the epoch.
        steps_per_second: speed since the message before.
        seconds_left: estimated time to the end of the run.
    """

    epoch: int
    step: int
    logs: Logs
    steps_per_second: float
    seconds_left: float


class EpochDone(Message, frozen=True, kw_only=True, tag="epoch_done"):
    """An epoch was done, validation included.

    Attributes:
        epoch: its number, counted from 0.
        logs: means over the epoch, with those of the validation under ``val_`` names.
        seconds: how long it took.
    """

    epoch: int
    logs: Logs
    seconds: float


class RunStopping(Message, frozen=True, kw_only=True, tag="run_stopping"):
    """The run has heard that it should stop, and saves its model; :class:`RunEnded` follows."""


class RunEnded(Message, frozen=True, kw_only=True, tag="run_ended"):
    """The run is over and its process ends.

    Attributes:
        stopped: whether it was stopped before its last epoch.
        logs: the last epoch's means; empty where none was done.
        seconds: how long it took.
        model: the file of the trained model; none where nothing was trained.
    """

    stopped: bool
    logs: Logs
    seconds: float
    model: str | None = None
