"""The gesture that draws a wire, or moves the end of one."""

from collections import ChainMap
from collections.abc import Callable
from dataclasses import dataclass

from msgspec.structs import replace
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas.connection import (
    PortsByNode,
    attempt,
    body_refusals,
    end_on_body,
    refusals,
    wire_of,
)
from graphstudio.studio.canvas.fitting import Fitting
from graphstudio.studio.canvas.gestures import Pointer
from graphstudio.studio.canvas.grips import Grip, wire_ends
from graphstudio.studio.canvas.hits import Hit, hit
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_path import wire_path
from graphstudio.studio.canvas.wiring import put_wire
from graphstudio.studio.document import Document
from graphstudio.studio.theme import Palette


@dataclass(frozen=True, slots=True)
class Replies:
    """What is told of a wire that is being drawn.

    Attributes:
        refuse: says why a wire that was let go came to nothing.
        explain: says beside the pointer why the wire does not fit there; nothing where it does.
        let_go: hears that a new wire ended in nothing: the port that it comes from, and where.
    """

    refuse: Callable[[str], None]
    explain: Callable[[str], None]
    let_go: Callable[[End, QPointF], None]


class DrawWire:
    """Draws a wire from a port, or moves the end of a wire while its other end stays.

    A refused wire changes nothing and is said; a wire that was lifted and let go over nothing is
    removed.
    """

    def __init__(
        self,
        scene: DiagramScene,
        document: Document,
        palette: Palette,
        grip: Grip,
        replies: Replies,
    ) -> None:
        self._scene = scene
        self._document = document
        self._replies = replies
        self._grip = grip
        self._ports: PortsByNode = scene.ports
        self._moved = False
        diagram, start = scene.diagram, grip.end
        if grip.wire is not None:
            ends = wire_ends(scene, grip.wire)
            start = ends[0] if grip.end.side is Side.INPUT else ends[1]
            self._ports = _ports_without(scene.ports, ends[1])
            diagram = edits.remove_wires(diagram, [grip.wire])
        self._trial = attempt(diagram, start)
        self._preview = QGraphicsPathItem()
        self._preview.setPen(QPen(QColor(palette.accent), 2, Qt.PenStyle.SolidLine))
        self._preview.setZValue(2)
        scene.addItem(self._preview)

    def move(self, pointer: Pointer) -> None:
        """Show the wire up to the pointer, or up to the port that would take it."""
        if not self._moved:
            self._begin()
        found = hit(self._scene, pointer.scene)
        end, reasons = self._verdict(found)
        tip = self._place(end) if end is not None and not reasons else pointer.scene
        self._preview.setPath(wire_path(self._points(tip), self._scene.diagram.direction))
        self._replies.explain("" if self._is_at_start(found) else " ".join(reasons))

    def end(self, pointer: Pointer) -> None:
        """Make the wire, or say why not."""
        self.cancel()
        if not self._moved:
            return
        found = hit(self._scene, pointer.scene)
        end, reasons = self._verdict(found)
        if end == self._grip.end:
            return
        if found.node is None:
            self._let_go(pointer.scene)
        elif reasons or end is None:
            self._replies.refuse(" ".join(reasons))
        else:
            self._put(end)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._scene.removeItem(self._preview)
        self._scene.light_up(None)
        self._replies.explain("")
        if self._grip.wire is not None and self._grip.wire in self._scene.wires:
            self._scene.hide_wire(self._grip.wire, hidden=False)

    def _begin(self) -> None:
        self._moved = True
        self._scene.light_up(Fitting(self._trial, self._ports))
        if self._grip.wire is not None:
            self._scene.hide_wire(self._grip.wire, hidden=True)

    def _verdict(self, found: Hit) -> tuple[End | None, tuple[str, ...]]:
        """Return the port where the wire would end, and every reason why it cannot."""
        if found.node is None:
            return None, ()
        node = found.node.node_id
        end = found.end or end_on_body(self._trial, self._ports, node)
        if end is None:
            return None, body_refusals(self._trial, node)
        return end, refusals(self._trial, self._ports, end)

    def _is_at_start(self, found: Hit) -> bool:
        """Return whether the wire has not left its node yet, which nobody has to be told."""
        start = self._trial.start
        return (
            found.node is not None
            and found.node.node_id == start.node
            and found.end in {None, start}
        )

    def _points(self, tip: QPointF) -> tuple[QPointF, ...]:
        """Return the places of the wire in hand, which keeps its bends."""
        item = self._grip.wire and self._scene.wires.get(self._grip.wire)
        bends = item.points[1:-1] if item else ()
        start = self._place(self._trial.start)
        if self._trial.start.side is Side.INPUT:
            return (tip, *bends, start)
        return (start, *bends, tip)

    def _place(self, end: End) -> QPointF:
        return self._scene.nodes[end.node].port_place(end.side, end.index)

    def _put(self, end: End) -> None:
        wire = wire_of(self._trial, self._ports, end)
        lifted = self._grip.wire
        wire_id = lifted or WireId(edits.new_id())
        self._document.edit(
            "move wire" if lifted else "connect", lambda diagram: put_wire(diagram, wire_id, wire)
        )

    def _let_go(self, place: QPointF) -> None:
        if self._grip.wire is None:
            self._replies.let_go(self._grip.end, place)
            return
        gone = [self._grip.wire]
        self._document.edit("disconnect", lambda diagram: edits.remove_wires(diagram, gone))


def _ports_without(ports: PortsByNode, lifted: End) -> PortsByNode:
    """Return the ports of every node, with that of the wire that was lifted free again."""
    slots = list(ports[lifted.node].inputs)
    slots[lifted.index] = replace(slots[lifted.index], wired=False)
    freed = replace(ports[lifted.node], inputs=tuple(slots))
    return ChainMap({lifted.node: freed}, ports)  # type: ignore[arg-type]  # Only the first is written to.
