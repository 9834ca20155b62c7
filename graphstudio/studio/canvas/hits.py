"""What lies under the pointer."""

from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QPointF, QRectF

from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas.geometry import PORT_REACH
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_item import WireItem

_WIRE_REACH = 3.0
# What is dropped on a wire need not hit it as well as a click does.
_DROP_REACHES = (1.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies at a place: a port of a node, a node, a wire, or nothing.

    Attributes:
        node: the node, also where its port is hit.
        end: the port.
        wire: the wire, where no node lies over it.
    """

    node: NodeItem | None = None
    end: End | None = None
    wire: WireItem | None = None


def hit(scene: DiagramScene, place: QPointF) -> Hit:
    """Return what lies at a place of the scene; ports reach a little further than they look."""
    nodes = [item for item in _around(scene, place, PORT_REACH) if isinstance(item, NodeItem)]
    ends = [(node, end) for node in nodes if (end := node.end_at(place)) is not None]
    if ends:
        return Hit(*min(ends, key=lambda one: _distance(one[0], one[1], place)))
    for node in nodes:
        if node.covers(place):
            return Hit(node)
    wires = _around(scene, place, _WIRE_REACH)
    return Hit(wire=next((item for item in wires if isinstance(item, WireItem)), None))


def wire_near(scene: DiagramScene, place: QPointF) -> WireId | None:
    """Return the wire closest to a place of the scene, whatever lies over it."""
    for reach in _DROP_REACHES:
        wires = (one for one in _around(scene, place, reach) if isinstance(one, WireItem))
        if nearest := next(wires, None):
            return nearest.wire_id
    return None


def tooltip(found: Hit) -> str:
    """Return what is said about what lies under the pointer; nothing if all is well with it."""
    if found.wire:
        return found.wire.tooltip
    if found.node and found.end:
        value = found.node.value
        if found.end.side is Side.INPUT:
            slot = value.ports.inputs[found.end.index]
            return f"{slot.label} (optional)" if slot.optional else slot.label
        known = found.end.index < len(value.outputs)
        tensor = value.outputs[found.end.index] if known else None
        said = f"{tuple(tensor.shape)} {tensor.dtype}" if tensor else "output"
        heads = value.ports.heads
        return f"{value.ports.output_label(found.end.index)}: {said}" if heads else said
    return found.node.value.messages if found.node else ""


def _distance(node: NodeItem, end: End, place: QPointF) -> float:
    way = node.port_place(end.side, end.index) - place
    return hypot(way.x(), way.y())


def _around(scene: DiagramScene, place: QPointF, reach: float) -> list[object]:
    box = QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
    return list(scene.items(box))
