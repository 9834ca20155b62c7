"""What the studio asks about data. An engine process of its own answers, one after the other."""

from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project
from graphstudio.protocol.message import Message


class Survey(Message, frozen=True, kw_only=True, tag="survey"):
    """Ask what a project's data is like.

    Attributes:
        id: number that the answer repeats.
        project: whose source, diagram and columns they are; its code runs if it is trusted.
        folder: what relative paths start from.
        trusted: whether the user has agreed that the project's own code runs.
    """

    id: int
    project: Project
    folder: str
    trusted: bool = False


class ShowRows(Message, frozen=True, kw_only=True, tag="show_rows"):
    """Ask for some rows of a project's data, as they are in the source.

    Attributes:
        id: number that the answer repeats.
        project: whose source it is.
        folder: what relative paths start from.
        first: the first of them, counted from 0.
        count: how many.
        trusted: whether the user has agreed that the project's own code runs.
    """

    id: int
    project: Project
    folder: str
    first: int = 0
    count: int = 100
    trusted: bool = False


class SendRow(Message, frozen=True, kw_only=True, tag="send_row"):
    """Send a row through a diagram, to see what each call makes of it.

    Attributes:
        id: number that the answer repeats.
        project: the project.
        folder: what relative paths start from.
        row: the row, counted from 0.
        run_dir: the run whose weights the model has; empty for fresh ones.
        nodes: the nodes whose values are wanted; empty for all.
        trusted: whether the user has agreed that the project's own code runs.
    """

    id: int
    project: Project
    folder: str
    row: int
    run_dir: str = ""
    nodes: tuple[NodeId, ...] = ()
    trusted: bool = False
