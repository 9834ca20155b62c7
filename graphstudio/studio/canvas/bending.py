"""Bends by hand: putting one on a wire, taking it off, and moving it."""

from PySide6.QtCore import QPointF, Qt

from graphstudio.diagram import bends as edits
from graphstudio.diagram.bends import Bend
from graphstudio.diagram.diagram import Position, WireId
from graphstudio.studio.canvas.geometry import snapped
from graphstudio.studio.canvas.gestures import Pointer
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_path import nearest_segment
from graphstudio.studio.document import Document


def bend_wire(scene: DiagramScene, document: Document, wire: WireId, place: QPointF) -> None:
    """Let a wire pass the grid's nearest point to a place, and select the bend."""
    item = scene.wires[wire]
    bend = Bend(wire, nearest_segment(item.points, place, item.direction))
    at = Position(snapped(place.x()), snapped(place.y()))
    document.edit("bend wire", lambda diagram: edits.add_bend(diagram, bend, at))
    document.select((), bends=[bend])


def take_bend_off(document: Document, bend: Bend) -> None:
    """Let a wire pass a bend no longer."""
    document.edit("remove bend", lambda diagram: edits.remove_bends(diagram, [bend]))


class MoveBends:
    """Moves the selected bends together, and only as one edit when it ends.

    A press that does not move selects the pressed bend alone.
    """

    def __init__(
        self, scene: DiagramScene, document: Document, grabbed: Bend, pointer: Pointer
    ) -> None:
        self._scene = scene
        self._document = document
        self._grabbed = grabbed
        self._keeps = pointer.adds
        self._start = pointer.scene
        self._before = {bend: scene.bends.places[bend] for bend in document.selected_bends}
        self._after: dict[Bend, Position] = {}

    def move(self, pointer: Pointer) -> None:
        """Show the wires as they would bend."""
        origin = self._before.get(self._grabbed)
        if origin is None:
            return
        place = origin + pointer.scene - self._start
        if not pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            place = QPointF(snapped(place.x()), snapped(place.y()))
        way = place - origin
        self._after = {
            bend: Position(old.x() + way.x(), old.y() + way.y())
            for bend, old in self._before.items()
        }
        self._scene.show_bends(edits.with_bends(self._scene.diagram.bends, self._after))

    def end(self, pointer: Pointer) -> None:
        """Move them."""
        if not self._after:
            if not self._keeps:
                self._document.select((), bends=[self._grabbed])
            return
        self.move(pointer)
        after = self._after
        moved = self._document.edit(
            "move bend" if len(after) == 1 else "move bends",
            lambda diagram: edits.move_bends(diagram, after),
        )
        if not moved:
            self.cancel()

    def cancel(self) -> None:
        """Put them back, which is where the document has them by now."""
        self._scene.show_bends(self._document.diagram.bends)
