"""The names of a node's ports, and the places of tensors in the list of one: where they stand."""

from collections.abc import Iterator
from functools import cache

from graphstudio.diagram.direction import Direction
from graphstudio.studio.canvas.faces import Face
from graphstudio.studio.canvas.geometry import NodeShape, label_rows, named_inputs
from graphstudio.studio.canvas.node_value import NodeValue
from graphstudio.studio.canvas.ports import Ports
from graphstudio.studio.canvas.texts import GAP, LEFT, Text, small, text_at
from graphstudio.studio.theme import Palette, sans

_ORDER_LEFT = 7.0
_TINY_LEFT = 6.0
_TINY_REACH = 2.0
# Three digits find no room.
_MOST_ORDERS = 100
_ORDER_BESIDE, _ORDER_ABOVE = 4.0, 7.0
# Of the names of ports, from the upper and from the lower edge.
_UPPER_BASELINE, _LOWER_BASELINE = 20.0, 11.0
# A port's name takes no more of an upper or lower edge.
_LABEL_ROOM = 84.0


def label_pitch(value: NodeValue) -> float:
    """Return the width that the name of a port wants beside others on an upper or lower edge."""
    if value.direction is not Direction.DOWN:
        return 0.0
    ports = value.ports
    labels = [slot.label for slot in named_inputs(ports)]
    labels += [ports.output_label(n) for n in range(ports.outputs)] if ports.outputs > 1 else []
    widths = [small().width(label) for label in labels]
    return min(max(widths, default=0.0), _LABEL_ROOM) + GAP


def labels_width(ports: Ports) -> float:
    """Return the width that the names of the ports want; those of both sides get as much each."""
    if not label_rows(ports):
        return 0.0
    inputs = [slot.label for slot in ports.inputs] if len(ports.inputs) > 1 else []
    outputs = [ports.output_label(n) for n in range(ports.outputs)] if ports.outputs > 1 else []
    widest = max(small().width(label) for label in (*inputs, *outputs))
    return 2 * widest + GAP if inputs and outputs else widest


def port_labels(value: NodeValue, shape: NodeShape, palette: Palette) -> list[Text]:
    """Return the names of the ports on each side that has several."""
    texts: list[Text] = []
    if not shape.rows:
        return texts
    if shape.direction is Direction.DOWN:
        return _labels_down(value.ports, shape, palette)
    both = len(shape.inputs) > 1 and len(shape.outputs) > 1
    room = shape.width / 2 - LEFT if both else shape.width - 2 * LEFT
    if len(shape.inputs) > 1:
        for slot, (_, y) in zip(value.ports.inputs, shape.inputs, strict=True):
            texts.append(text_at(LEFT, y + 4, slot.label, small(), palette.dim, room))
    if len(shape.outputs) > 1:
        for number, (_, y) in enumerate(shape.outputs):
            label = value.ports.output_label(number)
            left = shape.width - LEFT - min(small().width(label), room)
            texts.append(text_at(left, y + 4, label, small(), palette.dim, room))
    return texts


def _labels_down(ports: Ports, shape: NodeShape, palette: Palette) -> list[Text]:
    """Return the names of ports below those on the upper edge and above those on the lower one."""
    named = named_inputs(ports)
    labels = [
        (slot.label, x, _UPPER_BASELINE)
        for slot, (x, _) in zip(ports.inputs, shape.inputs, strict=True)
        if slot in named
    ]
    if ports.outputs > 1:
        lower = shape.height - _LOWER_BASELINE
        labels += [(ports.output_label(n), x, lower) for n, (x, _) in enumerate(shape.outputs)]
    face = small()
    texts = []
    for label, x, y in labels:
        shown = face.cut(label, _LABEL_ROOM)
        left = x - face.width(shown) / 2
        texts.append(text_at(left, y, shown, face, palette.dim, _LABEL_ROOM + GAP))
    return texts


def port_orders(ports: Ports, shape: NodeShape, palette: Palette) -> Iterator[Text]:
    """Yield the place of each tensor in its list, beside its port; two digits are smaller.

    On the upper edge the name of the node is in the way, so it stands over it, beside the wire.
    """
    down = shape.direction is Direction.DOWN
    for slot, (x, y) in zip(ports.inputs, shape.inputs, strict=True):
        if slot.variadic and slot.wired and slot.order < _MOST_ORDERS:
            face, left = (small(), _ORDER_LEFT) if slot.order < 10 else (_tiny(), _TINY_LEFT)
            room = LEFT - left + _TINY_REACH
            place = (x + _ORDER_BESIDE, y - _ORDER_ABOVE) if down else (left, y + 4)
            yield text_at(*place, str(slot.order), face, palette.dim, room)


@cache
def _tiny() -> Face:
    return Face(sans(9))
