"""What a hand takes hold of to draw a wire, or to move one: a port, or the end of a wire."""

from math import hypot

import msgspec
from PySide6.QtCore import QPointF

from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas.connection import wire_at
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_item import WireItem

# How near to its end a wire is taken by that end, in pixels of the view.
_NEAR = 24.0
# The middle of a short wire is for selecting it.
_MOST = 1 / 3


class Grip(msgspec.Struct, frozen=True):
    """What a hand has taken hold of.

    Attributes:
        end: the port at which it did.
        wire: the wire whose end there is lifted; none where a new wire begins.
    """

    end: End
    wire: WireId | None = None


def grip_port(scene: DiagramScene, end: End) -> Grip:
    """Take hold of a port: an input gives the wire that ends there, if there is one."""
    if end.side is Side.OUTPUT:
        return Grip(end)
    slot = scene.ports[end.node].inputs[end.index]
    return Grip(end, wire_at(scene.diagram, end.node, slot))


def grip_wire(
    scene: DiagramScene, item: WireItem, place: QPointF, zoom: float = 1.0
) -> Grip | None:
    """Take hold of the end of a wire that is near; none where both are far.

    Args:
        scene: where the wire is.
        item: the wire.
        place: of the pointer, in the scene.
        zoom: pixels of the view for one of the scene.
    """
    first, last = item.points[0], item.points[-1]
    reach = min(_NEAR / zoom, _distance(first, last) * _MOST)
    ends = wire_ends(scene, item.wire_id)
    for point, end in zip((last, first), reversed(ends), strict=True):
        if _distance(point, place) <= reach:
            return Grip(end, item.wire_id)
    return None


def wire_ends(scene: DiagramScene, wire_id: WireId) -> tuple[End, End]:
    """Return the ports at which a wire begins and ends."""
    wire = scene.diagram.wires[wire_id]
    slots = scene.ports[wire.target].inputs
    places = [(slot.port, slot.order) for slot in slots]
    return (
        End(wire.source, Side.OUTPUT, wire.output),
        End(wire.target, Side.INPUT, places.index((wire.port, wire.order))),
    )


def _distance(one: QPointF, other: QPointF) -> float:
    return hypot(one.x() - other.x(), one.y() - other.y())
