"""What the scene showed of a diagram, kept whole while it shows little of it, for the way back."""

from typing import NamedTuple, TypeVar

from graphstudio.diagram.diagram import Diagram
from graphstudio.studio.canvas.node_value import Known
from graphstudio.studio.canvas.nodes import Nodes
from graphstudio.studio.canvas.wires import Wires

Kind = TypeVar("Kind")

# Fewer nodes are made again in no time.
_MANY = 1000


class Stage(NamedTuple):
    """Items that stand as they stood when a diagram was shown.

    Attributes:
        diagram: the diagram.
        known: what was known about it.
        nodes: the items of its nodes.
        wires: the items of its wires.
    """

    diagram: Diagram
    known: Known
    nodes: Nodes
    wires: Wires


def goes_nearly_whole(before: Diagram, after: Diagram) -> bool:
    """Return whether there are many nodes, of which most go: removed, collapsed, or out of view."""
    return len(before.nodes) > max(_MANY, 2 * len(after.nodes))


def exchange(one: Kind, other: Kind) -> None:
    """Let two holders of items hold what the other one holds."""
    mine, theirs = vars(one), vars(other)
    before = dict(mine)
    mine.update(theirs)
    theirs.update(before)
