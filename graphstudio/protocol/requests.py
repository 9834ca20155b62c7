"""What the studio asks of the engine."""

from typing import TypeAlias

from graphstudio.diagram.diagram import Diagram, Layer
from graphstudio.diagram.project import Project
from graphstudio.protocol.data_requests import SendRow, ShowRows, Survey
from graphstudio.protocol.message import Message


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


class TimeCalls(Message, frozen=True, kw_only=True, tag="time_calls"):
    """Ask how long the calls of a diagram take. Weights get memory, and the engine is busy with it.

    Attributes:
        id: number that the answer repeats.
        diagram: whose calls are timed.
        batch_size: samples that go through at once, where an input does not say itself how many.
        size: what to assume for sizes that are unknown, such as the length of a text; without,
            one that every call takes.
        code: the project's own code.
        trusted: whether the user has agreed that it runs.
    """

    id: int
    diagram: Diagram
    batch_size: int
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


Request: TypeAlias = (
    Inspect
    | Measure
    | TimeCalls
    | Unfold
    | Survey
    | ShowRows
    | SendRow
    | Train
    | Pause
    | Resume
    | Stop
)
