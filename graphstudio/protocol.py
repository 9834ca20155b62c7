"""The messages between the studio and the engine: one JSON object a line, told apart by ``kind``.

The studio sends a :data:`Request`; the engine answers and reports with :data:`Event`. Nothing else
ever stands on these streams.
"""

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from graphstudio.catalog.entries import Entry
from graphstudio.diagram.diagnostics import Diagnostic, Remedy
from graphstudio.diagram.diagram import Diagram, Layer, NodeId
from graphstudio.diagram.project import Project

# Values at one moment by Keras's names: "loss", "digit_loss", "val_loss", …
if TYPE_CHECKING:
    Logs: TypeAlias = Mapping[str, float]
else:
    # JSON has no word for a loss that is no number: it travels as null and arrives as NaN.
    Logs = Mapping[str, float | None]


class Message(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """Anything that is said between the two programs."""


class Inspect(Message, frozen=True, kw_only=True, tag="inspect"):
    """Ask for the shapes, dtypes and parameters of a diagram.

    Attributes:
        id: number that the answer repeats.
        diagram: what to inspect.
        code: the project's own code.
        trusted: whether the user has agreed that it runs.
    """

    id: int
    diagram: Diagram
    code: str = ""
    trusted: bool = False


class Measure(Message, frozen=True, kw_only=True, tag="measure"):
    """Ask what the calls of a diagram compute and hold.

    Attributes:
        id: number that the answer repeats.
        diagram: what to measure.
        size: what to assume for sizes that are unknown, such as the length of a text; without,
            what depends on one is not known.
        code: the project's own code.
        trusted: whether the user has agreed that it runs.
    """

    id: int
    diagram: Diagram
    size: int | None = None
    code: str = ""
    trusted: bool = False


class Unfold(Message, frozen=True, kw_only=True, tag="unfold"):
    """Ask for the layers that a model of ``keras.applications`` is made of.

    Attributes:
        id: number that the answer repeats.
        layer: the application, with its arguments.
        prefix: what the ids of the diagram begin with.
    """

    id: int
    layer: Layer
    prefix: str


class Train(Message, frozen=True, kw_only=True, tag="train"):
    """Train a project. The process that gets this serves one run, and ends with it.

    Attributes:
        project: what to train.
        folder: what relative paths of data start from.
        run_dir: where the run keeps its files.
        resume: whether to go on from the run's last checkpoint.
        trusted: whether the user has agreed that the project's own code runs.
    """

    project: Project
    folder: str
    run_dir: str
    resume: bool = False
    trusted: bool = False


class Pause(Message, frozen=True, kw_only=True, tag="pause"):
    """Hold the run after the step that it is in."""


class Resume(Message, frozen=True, kw_only=True, tag="resume"):
    """Let a paused run go on."""


class Stop(Message, frozen=True, kw_only=True, tag="stop"):
    """End the run after the step that it is in."""


Request: TypeAlias = Inspect | Measure | Unfold | Train | Pause | Resume | Stop


class Device(msgspec.Struct, frozen=True):
    """A device that Keras can train on.

    Attributes:
        kind: ``"CPU"`` or ``"GPU"``.
        name: what people call it, such as ``"CPU · 2 cores"``.
    """

    kind: str
    name: str


class Ready(Message, frozen=True, kw_only=True, tag="ready"):
    """The engine has imported Keras and takes requests.

    Attributes:
        keras_version: the version of Keras.
        tensorflow_version: the version of TensorFlow.
        devices: what it can train on, the best first.
        layers: the layers that installed packages offer, by path.
    """

    keras_version: str
    tensorflow_version: str
    devices: tuple[Device, ...]
    layers: Mapping[str, Entry] = {}


class Tensor(msgspec.Struct, frozen=True):
    """Shape and dtype of a tensor; None is a dimension that is known when data flows."""

    shape: tuple[int | None, ...]
    dtype: str


class NodeInfo(msgspec.Struct, frozen=True, omit_defaults=True):
    """What Keras says about one node.

    Attributes:
        outputs: the tensors that leave it; for a head, the tensor that it takes.
        params: weights of the layer that it calls, counted as scalars.
        trainable_params: those of them that training changes.
        paths: where each of several tensors stands in what the call gives, such as ``(1, 0)`` for
            ``[1][0]``; empty where the call gives one tensor.
    """

    outputs: tuple[Tensor, ...] = ()
    params: int = 0
    trainable_params: int = 0
    paths: tuple[tuple[int | str, ...], ...] = ()


class Inspected(Message, frozen=True, kw_only=True, tag="inspected"):
    """The answer to :class:`Inspect`.

    Attributes:
        id: number of the request.
        nodes: what is known, of nested models too; a node that depends on an error is absent.
        diagnostics: what Keras refuses, each on the call that it refuses.
        total_params: weights of the model, each shared layer counted once.
        trainable_params: those of them that training changes.
    """

    id: int
    nodes: Mapping[NodeId, NodeInfo]
    diagnostics: tuple[Diagnostic, ...] = ()
    total_params: int = 0
    trainable_params: int = 0

    @property
    def paths(self) -> Mapping[NodeId, tuple[tuple[int | str, ...], ...]]:
        """Where each of the tensors of a call stands in what the call gives, by node."""
        return {node: info.paths for node, info in self.nodes.items()}


class Repairs(Message, frozen=True, kw_only=True, tag="repairs"):
    """Follows :class:`Inspected` where ways out were found, unless a newer question came first.

    Attributes:
        id: number of the request.
        remedies: ways out, each tried on a copy, for the findings that have any.
    """

    id: int
    remedies: tuple[Remedy, ...]


class Cost(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a call costs for one sample; None is what is not known.

    Attributes:
        flops: floating point operations of the forward pass; a multiplication that is added
            counts as two.
        weight_bytes: memory of the weights of the layer that is called.
        output_bytes: memory of the tensors that leave it.
    """

    flops: int | None = None
    weight_bytes: int | None = None
    output_bytes: int | None = None


class Measured(Message, frozen=True, kw_only=True, tag="measured"):
    """The answer to :class:`Measure`.

    Attributes:
        id: number of the request.
        nodes: the cost of each call that can be made, in nested models too.
        total: the cost of the model: of the calls that a head depends on, with the weights of a
            shared layer counted once.
    """

    id: int
    nodes: Mapping[NodeId, Cost]
    total: Cost = Cost()


class Unfolded(Message, frozen=True, kw_only=True, tag="unfolded"):
    """The answer to :class:`Unfold`.

    Attributes:
        id: number of the request.
        diagram: the model, layer by layer; none where it cannot be drawn.
        reason: why it cannot, in one sentence.
    """

    id: int
    diagram: Diagram | None = None
    reason: str = ""


class RunStarted(Message, frozen=True, kw_only=True, tag="run_started"):
    """The model is built and the first step follows.

    Attributes:
        epochs: passes over the data in all.
        first_epoch: epochs that were done before, in a resumed run.
        steps: steps of an epoch.
        loss_keys: for each trained head, by name, the key of its loss in the logs.
        weights: each trained head's loss weight.
        device: where it trains.
    """

    epochs: int
    steps: int
    loss_keys: Mapping[str, str]
    weights: Mapping[str, float]
    device: Device
    first_epoch: int = 0


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


class Failed(Message, frozen=True, kw_only=True, tag="failed"):
    """A request could not be carried out.

    Attributes:
        message: why, in one sentence.
        diagnostics: findings that explain it.
        detail: the traceback.
    """

    message: str
    diagnostics: tuple[Diagnostic, ...] = ()
    detail: str = ""


Event: TypeAlias = (
    Ready
    | Inspected
    | Repairs
    | Measured
    | Unfolded
    | RunStarted
    | StepDone
    | EpochDone
    | RunStopping
    | RunEnded
    | Failed
)

_requests: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_events: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_encoder = msgspec.json.Encoder()


class ProtocolError(Exception):
    """A line is not a message of this protocol."""


def encode(message: Request | Event) -> bytes:
    """Return the message's line, with its end."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> Request:
    """Read a line that the studio sent.

    Raises:
        ProtocolError: it is not a request.
    """
    try:
        return _requests.decode(line)
    except msgspec.DecodeError as error:
        raise ProtocolError(f"Expected a request; received {line[:80]!r}: {error}") from error


def decode_event(line: bytes) -> Event:
    """Read a line that the engine sent.

    Raises:
        ProtocolError: it is not an event.
    """
    try:
        event = _events.decode(line)
    except msgspec.DecodeError as error:
        raise ProtocolError(f"Expected an event; received {line[:80]!r}: {error}") from error
    return _with_nan(event) if isinstance(event, StepDone | EpochDone | RunEnded) else event


def _with_nan(event: StepDone | EpochDone | RunEnded) -> StepDone | EpochDone | RunEnded:
    sent: Mapping[str, float | None] = event.logs
    if None not in sent.values():
        return event
    logs = {key: math.nan if value is None else value for key, value in sent.items()}
    return msgspec.structs.replace(event, logs=logs)
