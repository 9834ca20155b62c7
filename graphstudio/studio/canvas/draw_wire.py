"""The gesture that draws a wire, or picks up the end of one."""

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import NodeId, WireId
from graphstudio.studio.canvas.connection import (
    attempt,
    end_on_body,
    refusals,
    wire_at,
    wire_of,
)
from graphstudio.studio.canvas.gestures import Pointer
from graphstudio.studio.canvas.hits import hit
from graphstudio.studio.canvas.ports import End, Ports, Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_item import curve
from graphstudio.studio.canvas.wiring import put_wire
from graphstudio.studio.document import Document
from graphstudio.studio.theme import Palette


class DrawWire:
    """Draws a wire from a port. From an input that has a wire, it picks up that wire's end.

    A refused wire changes nothing and is said; a wire that was picked up and let go over nothing
    is removed. A new one that is let go over nothing is handed on as dropped, with the port that
    it begins at and the place.
    """

    def __init__(
        self,
        scene: DiagramScene,
        document: Document,
        palette: Palette,
        pressed: End,
        refuse: Callable[[str], None],
        dropped: Callable[[End, QPointF], None],
    ) -> None:
        self._scene = scene
        self._document = document
        self._refuse = refuse
        self._dropped = dropped
        self._pressed = pressed
        self._lifted = _wire_to_lift(scene, pressed)
        self._ports = _ports_without(scene, pressed) if self._lifted else scene.ports
        self._moved = False
        diagram, start = scene.diagram, pressed
        if self._lifted is not None:
            wire = diagram.wires[self._lifted]
            start = End(wire.source, Side.OUTPUT, wire.output)
            diagram = edits.remove_wires(diagram, [self._lifted])
        self._trial = attempt(diagram, start)
        self._preview = QGraphicsPathItem()
        self._preview.setPen(QPen(QColor(palette.accent), 2, Qt.PenStyle.SolidLine))
        self._preview.setZValue(2)
        scene.addItem(self._preview)

    def move(self, pointer: Pointer) -> None:
        """Show the wire up to the pointer, or up to the port that would take it."""
        if not self._moved:
            self._begin()
        end = self._end_under(pointer.scene)
        fits = end is not None and not refusals(self._trial, self._ports, end)
        tip = self._place(end) if end is not None and fits else pointer.scene
        places = (self._place(self._trial.start), tip)
        if self._trial.start.side is Side.INPUT:
            places = places[::-1]
        self._preview.setPath(curve(*places))

    def end(self, pointer: Pointer) -> None:
        """Make the wire, or say why not."""
        self.cancel()
        if not self._moved:
            return
        found = hit(self._scene, pointer.scene)
        end = self._end_under(pointer.scene)
        if end == self._pressed:
            return
        if found.node is None and self._lifted is None:
            self._dropped(self._trial.start, pointer.scene)
        elif found.node is None:
            self._remove_lifted()
        elif end is None:
            name = found.node.value.name
            self._refuse(f"{name!r} has no free port: drop on a port to replace its wire.")
        else:
            self._put(end)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._scene.removeItem(self._preview)
        self._scene.light_up(None, ())
        if self._lifted is not None and self._lifted in self._scene.wires:
            self._scene.wires[self._lifted].setVisible(True)

    def _begin(self) -> None:
        self._moved = True
        start = self._trial.start
        other = Side.INPUT if start.side is Side.OUTPUT else Side.OUTPUT
        looping = self._trial.looping
        self._scene.light_up(
            other, (n for n in self._ports if n != start.node and n not in looping)
        )
        if self._lifted is not None:
            self._scene.wires[self._lifted].setVisible(False)

    def _end_under(self, place: QPointF) -> End | None:
        found = hit(self._scene, place)
        if found.end is not None or found.node is None:
            return found.end
        return end_on_body(self._trial, self._ports, found.node.node_id)

    def _place(self, end: End) -> QPointF:
        return self._scene.nodes[end.node].port_place(end.side, end.index)

    def _put(self, end: End) -> None:
        reasons = refusals(self._trial, self._ports, end)
        if reasons:
            self._refuse(" ".join(reasons))
            return
        wire = wire_of(self._trial, self._ports, end)
        wire_id = self._lifted or WireId(edits.new_id())
        self._document.apply(
            "move wire" if self._lifted else "connect",
            lambda project: project.with_diagram(put_wire(project.diagram, wire_id, wire)),
        )

    def _remove_lifted(self) -> None:
        if self._lifted is not None:
            gone = [self._lifted]
            self._document.apply(
                "disconnect",
                lambda project: project.with_diagram(edits.remove_wires(project.diagram, gone)),
            )


def _wire_to_lift(scene: DiagramScene, pressed: End) -> WireId | None:
    if pressed.side is Side.OUTPUT:
        return None
    slot = scene.nodes[pressed.node].value.ports.inputs[pressed.index]
    return wire_at(scene.diagram, pressed.node, slot)


def _ports_without(scene: DiagramScene, lifted: End) -> dict[NodeId, Ports]:
    """Return the ports of every node, with that of the wire that was picked up free again."""
    ports = dict(scene.ports)
    slots = list(ports[lifted.node].inputs)
    slots[lifted.index] = replace(slots[lifted.index], wired=False)
    ports[lifted.node] = replace(ports[lifted.node], inputs=tuple(slots))
    return ports
