"""What lies under the pointer."""

from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QLineF, QPointF, QRectF

from graphstudio.diagram.bends import Bend
from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas.geometry import PORT_REACH
from graphstudio.studio.canvas.mark_geometry import Grip
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_item import WireItem
from graphstudio.studio.canvas.wire_path import crosses

_WIRE_REACH = 3.0
_BEND_REACH = 8.0
# What is dropped on a wire need not hit it as well as a click does.
_DROP_REACHES = (1.0, 4.0, 8.0)


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies at a place: a port, a node, a bend, a wire, a frame or a note, or nothing.

    Attributes:
        node: the node, also where its port is hit.
        end: the port.
        wire: the wire, where no node and no note lies over it.
        bend: the wire's bend.
        mark: the note, where no node lies over it, or the edge or title of a frame, where nothing
            does. The middle of a frame is nothing.
    """

    node: NodeItem | None = None
    end: End | None = None
    wire: WireItem | None = None
    bend: Bend | None = None
    mark: Grip | None = None


def hit(scene: DiagramScene, place: QPointF) -> Hit:
    """Return what lies at a place of the scene; ports reach a little further than they look."""
    nodes = scene.nodes.touching(_around(place, PORT_REACH))[::-1]
    ends = [(node, end) for node in nodes if (end := node.end_at(place)) is not None]
    if ends:
        return Hit(*min(ends, key=lambda one: _distance(one[0], one[1], place)))
    for node in nodes:
        if node.covers(place):
            return Hit(node)
    note = scene.marks.note_at(place.x(), place.y())
    if note is not None:
        return Hit(mark=note)
    wire = _wire_at(scene, place)
    return wire or Hit(mark=scene.marks.frame_at(place.x(), place.y()))


def _wire_at(scene: DiagramScene, place: QPointF) -> Hit | None:
    around = reversed(scene.wires.touching(_around(place, _BEND_REACH)))
    wires = [item for item in around if not item.hidden]
    for item in wires:
        for number, bend in enumerate(item.bends):
            if hypot(bend.x() - place.x(), bend.y() - place.y()) <= _BEND_REACH:
                return Hit(wire=item, bend=Bend(item.wire_id, number))
    near = _around(place, _WIRE_REACH)
    return next((Hit(wire=item) for item in wires if item.shape().intersects(near)), None)


def wires_across(scene: DiagramScene, line: QLineF) -> frozenset[WireId]:
    """Return the wires that a straight line in the scene crosses."""
    box = QRectF(line.p1(), line.p2()).normalized()
    near = scene.wires.touching(box)
    return frozenset(item.wire_id for item in near if crosses(item.points, line, item.direction))


def wire_near(scene: DiagramScene, place: QPointF) -> WireId | None:
    """Return the wire closest to a place of the scene, whatever lies over it."""
    for reach in _DROP_REACHES:
        near = _around(place, reach)
        wires = (item for item in reversed(scene.wires.touching(near)) if not item.hidden)
        nearest = next((item for item in wires if item.shape().intersects(near)), None)
        if nearest is not None:
            return nearest.wire_id
    return None


def tooltip(found: Hit) -> str:
    """Return what is said about what lies under the pointer; nothing if all is well with it."""
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


def _around(place: QPointF, reach: float) -> QRectF:
    return QRectF(place.x() - reach, place.y() - reach, 2 * reach, 2 * reach)
