"""What hands do with frames and notes: grab, add and colour them."""

from PySide6.QtCore import QPointF, Qt

from graphstudio.diagram import annotations, edits
from graphstudio.diagram.annotations import Marks, one_frame, one_note
from graphstudio.diagram.diagram import Diagram, Frame, FrameId, NodeId, Note, NoteId, Position
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.studio.canvas.adding import free_place
from graphstudio.studio.canvas.geometry import GRID, snapped
from graphstudio.studio.canvas.gestures import Gesture, Pointer
from graphstudio.studio.canvas.mark_geometry import NOTE_SIZE, WHOLE, Grip
from graphstudio.studio.canvas.mark_writing import MarkWriting
from graphstudio.studio.canvas.move_marks import MoveMarks, ResizeMark, box_on
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.zoom_view import ZoomView
from graphstudio.studio.document import Document
from graphstudio.studio.mark_commands import colour_frames
from graphstudio.studio.theme import Theme

_FRAME_SIZE = (320.0, 200.0)
_CURSORS = {
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
}


class Marking:
    """Frames and notes under a hand.

    Args:
        view: the canvas.
        scene: its scene.
        document: what is edited.
        theme: in whose fonts notes are measured.

    Attributes:
        writing: what opens titles and notes to be written.
    """

    def __init__(
        self, view: ZoomView, scene: DiagramScene, document: Document, theme: Theme
    ) -> None:
        self._view = view
        self._scene = scene
        self._document = document
        self.writing = MarkWriting(view, scene, document, theme)
        view.zoom_changed.connect(scene.marks.show_zoom)

    def grab(self, grip: Grip, pointer: Pointer) -> Gesture | None:
        """Select a pressed frame or note, if it is not selected yet, and get ready to drag it."""
        document, marks = self._document, self._document.selected_marks
        chosen = marks.holds(grip.marks)
        if pointer.adds:
            wires, bends = document.selected_wires, document.selected_bends
            document.select(document.selection, marks ^ grip.marks, wires, bends)
            if chosen:
                return None
        elif chosen:
            document.select(document.selection, marks)
        else:
            document.select((), grip.marks)
        if grip.sides != WHOLE:
            return ResizeMark(self._scene, document, grip, pointer)
        (item,) = self._scene.marks.items(grip.marks)
        origin = QPointF(item.box.left, item.box.top)
        return MoveMarks(
            self._scene, document, origin, pointer, lambda: document.select((), grip.marks)
        )

    def grab_node(self, node: NodeId, pointer: Pointer) -> Gesture:
        """Get ready to move a node of a selection in which there are frames or notes."""
        document = self._document
        origin = self._scene.nodes[node].frame().topLeft()
        return MoveMarks(self._scene, document, origin, pointer, lambda: document.select([node]))

    def choose(self, grip: Grip) -> None:
        """Select a frame or a note, unless it is selected already."""
        if not self._document.selected_marks.holds(grip.marks):
            self._document.select((), grip.marks)

    def show_cursor(self, grip: Grip | None) -> None:
        """Show how a frame or a note under the pointer would be dragged."""
        shape = _CURSORS.get(grip.sides) if grip else None
        self._view.viewport().setCursor(shape or Qt.CursorShape.ArrowCursor)

    def add_frame(self) -> None:
        """Add a frame around what is selected, or else an empty one, and ask for its title."""
        frame_id = FrameId(edits.new_id())
        boxes = [box_on(self._scene.nodes[node].frame()) for node in self._document.selection]
        boxes += [item.box for item in self._scene.marks.items(self._document.selected_marks)]

        def added(diagram: Diagram) -> Diagram:
            if boxes:
                return annotations.framed(diagram, frame_id, boxes, "Frame")
            x, y = self._corner(*_FRAME_SIZE)
            frame = Frame(title="Frame", x=x, y=y, width=_FRAME_SIZE[0], height=_FRAME_SIZE[1])
            return annotations.add_frame(diagram, frame_id, frame)

        self._add("add frame", added(self._document.diagram), one_frame(frame_id))

    def add_note(self, at: QPointF | None = None) -> None:
        """Add an empty note, and ask for its text.

        Args:
            at: where its corner is to be in the scene, or free below that; without it the note
                comes into the middle of the view.
        """
        note_id = NoteId(edits.new_id())
        corner = self._corner(*NOTE_SIZE) if at is None else (at.x(), at.y())
        place = self._off_notes(free_place(*corner, self._scene.nodes, NOTE_SIZE))
        note = Note(x=place.x, y=place.y, width=NOTE_SIZE[0], height=NOTE_SIZE[1])
        added = annotations.add_note(self._document.diagram, note_id, note)
        self._add("add note", added, one_note(note_id))

    def recolour(self, colour: str) -> None:
        """Give the selected frames a colour, by its name."""
        frames = self._document.selected_marks.frames
        if frames:
            colour_frames(self._document, frames, colour)

    def _off_notes(self, place: Position) -> Position:
        """Return the first place for a note from this one down that hides no other note."""
        others = self._scene.marks.notes.values()
        box = Rectangle.sized(place.x, place.y, *NOTE_SIZE)
        while covered := [one.box.bottom for one in others if one.box.meets(box)]:
            box = box.moved(0, snapped(max(covered) + GRID) - box.top)
        return Position(box.left, box.top)

    def _add(self, title: str, diagram: Diagram, marks: Marks) -> None:
        self._document.edit(title, lambda _: diagram)
        self._document.select((), marks)
        self.writing.write(marks)

    def _corner(self, width: float, height: float) -> tuple[float, float]:
        """Return where something of that size lies in the middle of the view."""
        middle = self._view.mapToScene(self._view.viewport().rect().center())
        return snapped(middle.x() - width / 2), snapped(middle.y() - height / 2)
