"""The colour of a head: the same on the canvas, in the inspector and beside its curve."""

from graphstudio.diagram.diagram import Diagram, NodeId


def head_category(diagram: Diagram, head: NodeId) -> str:
    """Return the name under which a palette has a head's colour, by its place among the heads."""
    return f"head {list(diagram.heads).index(head)}"
