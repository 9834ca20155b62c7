"""Moving and resizing frames and notes by hand, and moving what frames hold along with them."""

from collections.abc import Callable, Collection, Hashable, Mapping
from typing import TypeVar

import msgspec
from PySide6.QtCore import QPointF, QRectF, Qt

from graphstudio.diagram import edits
from graphstudio.diagram.annotations import Marks, held, move_marks, resize_marks
from graphstudio.diagram.bends import Bend, move_bends
from graphstudio.diagram.diagram import Diagram, FrameId, NodeId, Position
from graphstudio.diagram.rectangles import Rectangle, rectangle_of
from graphstudio.studio.canvas.geometry import snapped
from graphstudio.studio.canvas.gestures import Pointer
from graphstudio.studio.canvas.mark_geometry import LEAST_FRAME, LEAST_NOTE, Grip, resized
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document

Key = TypeVar("Key", bound=Hashable)


class Carried(msgspec.Struct, frozen=True):
    """What moves together, with where it is.

    Attributes:
        nodes: where the nodes are.
        bends: where the bends are.
        marks: the frames and notes.
    """

    nodes: Mapping[NodeId, Position]
    bends: Mapping[Bend, Position]
    marks: Marks

    def nodes_after(self, x: float, y: float) -> dict[NodeId, Position]:
        """Return where the nodes come to lie by a way."""
        return _shifted(self.nodes, x, y)

    def moved(self, diagram: Diagram, x: float, y: float) -> Diagram:
        """Return a diagram with all of it moved by a way, which may be none."""
        if not (x or y):
            return diagram
        after = edits.move_nodes(diagram, self.nodes_after(x, y))
        return move_marks(move_bends(after, _shifted(self.bends, x, y)), self.marks, x, y)


class MoveMarks:
    """Moves the selection with all that its frames hold, and only as one edit when it ends.

    Args:
        scene: the scene.
        document: whose selection is moved.
        origin: the corner of what was grabbed, which goes along the grid.
        pointer: where it was grabbed.
        click: what a press that does not move does.
    """

    def __init__(
        self,
        scene: DiagramScene,
        document: Document,
        origin: QPointF,
        pointer: Pointer,
        click: Callable[[], None],
    ) -> None:
        self._scene = scene
        self._document = document
        self._origin = origin
        self._start = pointer.scene
        self._click = None if pointer.adds else click
        self._carried = carried(scene, document)
        self._way = (0.0, 0.0)
        self._moved = False

    def move(self, pointer: Pointer) -> None:
        """Show everything where it would lie."""
        self._moved = True
        place = self._origin + pointer.scene - self._start
        x, y = place.x(), place.y()
        if not pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            x, y = snapped(x), snapped(y)
        self._way = (x - self._origin.x(), y - self._origin.y())
        self._scene.preview_positions(self._carried.nodes_after(*self._way))
        if self._scene.diagram.bends:
            self._scene.show_bends(self._carried.moved(self._scene.diagram, *self._way).bends)
        self._scene.marks.preview_move(self._carried.marks, *self._way)

    def end(self, pointer: Pointer) -> None:
        """Move everything."""
        if self._moved:
            self.move(pointer)
            if not move_all(self._document, self._carried, *self._way):
                self.cancel()
            self._scene.marks.show_document()
        elif self._click is not None:
            self._click()

    def cancel(self) -> None:
        """Put everything back, which is where the document has it by now."""
        places = self._document.diagram.positions
        self._scene.preview_positions(
            {node: places.get(node, place) for node, place in self._carried.nodes.items()}
        )
        self._scene.show_bends(self._document.diagram.bends)
        self._scene.marks.show_document()


class ResizeMark:
    """Drags edges of a frame or the corner of a note, and resizes it as one edit."""

    def __init__(
        self, scene: DiagramScene, document: Document, grip: Grip, pointer: Pointer
    ) -> None:
        self._scene = scene
        self._document = document
        self._grip = grip
        self._start = pointer.scene
        (item,) = scene.marks.items(grip.marks)
        self._before = self._after = item.box

    def move(self, pointer: Pointer) -> None:
        """Show it as large as it would be."""
        way = pointer.scene - self._start
        least = LEAST_FRAME if self._grip.marks.frames else LEAST_NOTE
        snaps = not pointer.modifiers & Qt.KeyboardModifier.AltModifier
        self._after = resized(
            self._before, self._grip.sides, (way.x(), way.y()), least, snaps=snaps
        )
        self._scene.marks.preview_box(self._grip.marks, self._after)

    def end(self, _pointer: Pointer) -> None:
        """Resize it."""
        marks, after = self._grip.marks, self._after
        kind = "frame" if marks.frames else "note"
        if after != self._before:
            self._document.edit(
                f"resize {kind}", lambda diagram: resize_marks(diagram, marks, after)
            )
        self._scene.marks.show_document()

    def cancel(self) -> None:
        """Leave it as the document has it."""
        self._scene.marks.show_document()


def carried(scene: DiagramScene, document: Document) -> Carried:
    """Return what moves with the selection.

    Whatever lies whole inside of a selected frame moves with it, save for locked nodes.
    """
    diagram, marks = document.diagram, document.selected_marks
    nodes = set(document.selection)
    if marks.frames:
        inside, inner = held(diagram, marks.frames, _boxes_near(scene, marks.frames))
        nodes |= inside - diagram.locked
        marks |= inner
    corners = {node: scene.nodes[node].frame().topLeft() for node in nodes}
    bends = {bend: scene.bends.places[bend] for bend in document.selected_bends}
    return Carried(_positions(corners), _positions(bends), marks)


def move_all(document: Document, those: Carried, x: float, y: float) -> bool:
    """Move what is carried by a way, as one edit; return whether all of it is there now.

    Args:
        document: the document.
        those: what moves.
        x: how far to the right.
        y: how far down.
    """
    return document.edit("move", lambda diagram: those.moved(diagram, x, y))


def box_on(rect: QRectF) -> Rectangle:
    """Return a rectangle of the scene as a box."""
    return Rectangle.sized(rect.x(), rect.y(), rect.width(), rect.height())


def _positions(places: Mapping[Key, QPointF]) -> dict[Key, Position]:
    return {key: Position(at.x(), at.y()) for key, at in places.items()}


def _shifted(places: Mapping[Key, Position], x: float, y: float) -> dict[Key, Position]:
    return {key: Position(at.x + x, at.y + y) for key, at in places.items()}


def _boxes_near(scene: DiagramScene, frames: Collection[FrameId]) -> dict[NodeId, Rectangle]:
    """Return where the nodes are whose corner lies in one of some frames.

    A diagram may have thousands of nodes, of which only these are asked how large they are.
    """
    diagram = scene.diagram
    around = [rectangle_of(diagram.frames[key]) for key in frames]
    near = diagram.nodes.keys() - diagram.positions.keys()
    for box in around:
        left, top, right, bottom = box.left, box.top, box.right, box.bottom
        near |= {
            node
            for node, at in diagram.positions.items()
            if left <= at.x <= right and top <= at.y <= bottom
        }
    return {node: box_on(scene.nodes[node].frame()) for node in near if node in scene.nodes}
