"""How large the canvas draws a node, reckoned without its fonts: each machine reckons the same."""

from graphstudio.diagram.arrange import Size
from graphstudio.studio.canvas.geometry import node_shape
from graphstudio.studio.canvas.node_value import NodeValue

# Pixels of a letter in each font, and of what lies beside and between texts.
_NAME, _CLASS, _PARAMETERS, _SHAPE = 7.4, 6.0, 6.2, 7.3
_MARGINS, _GAP, _LINK = 26.0, 12.0, 16.0


def size_of(value: NodeValue) -> Size:
    """Return about how wide, and exactly how high, a node is, in pixels."""
    head = _NAME * len(value.name) + _CLASS * len(value.class_name) + _GAP
    head += _LINK if value.shared else 0.0
    middle = _PARAMETERS * len(value.parameters)
    foot = _SHAPE * (len(value.shape) + len(value.params)) + (_GAP if value.params else 0.0)
    shape = node_shape(value.ports, max(head, middle, foot) + _MARGINS)
    return shape.width, shape.height
