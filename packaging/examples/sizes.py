"""How large the canvas draws a node, reckoned without its fonts: each machine reckons the same."""

from graphstudio.studio.canvas.geometry import NodeShape, node_shape
from graphstudio.studio.canvas.node_value import NodeValue

# Pixels of a letter in each font, and of what lies beside and between texts.
_NAME, _CLASS, _PARAMETERS, _SHAPE = 7.4, 6.0, 6.2, 7.3
_MARGINS, _GAP, _LINK = 26.0, 12.0, 16.0


def shape_of(value: NodeValue) -> NodeShape:
    """Return a node's shape: about its width, and exactly its height and ports."""
    head = _NAME * len(value.name) + _CLASS * len(value.class_name) + _GAP
    head += _LINK if value.shared else 0.0
    middle = _PARAMETERS * len(value.parameters)
    foot = _SHAPE * (len(value.shape) + len(value.params)) + (_GAP if value.params else 0.0)
    return node_shape(value.ports, max(head, middle, foot) + _MARGINS)
