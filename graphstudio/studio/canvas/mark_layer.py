"""The frames and notes of the scene: their items, kept equal to the document."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QColor, QPainter, QPixmapCache
from PySide6.QtWidgets import QGraphicsScene

from graphstudio.diagram.annotations import NO_MARKS, Marks, one_frame, one_note
from graphstudio.diagram.diagram import FrameId, NoteId
from graphstudio.diagram.rectangles import Rectangle, rectangle_of
from graphstudio.studio.canvas.frame_item import FrameItem, growth_at
from graphstudio.studio.canvas.mark_geometry import Grip
from graphstudio.studio.canvas.mark_item import MarkItem
from graphstudio.studio.canvas.note_item import NoteItem
from graphstudio.studio.document import Document
from graphstudio.studio.theme import Palette, Theme

# What a screen full of notes takes, in KiB, so that none has to be painted twice.
_PICTURES_KIB = 32 * 1024
_SMALL_FILL = 60

Key = TypeVar("Key", FrameId, NoteId)
Item = TypeVar("Item", bound=MarkItem[Any])


class MarkLayer(QObject):
    """The items of frames and notes. It follows the document and touches only what changed.

    Signals:
        outlines_changed: a frame or a note came, went, moved or grew.

    Attributes:
        frames: the item of each frame.
        notes: the item of each note.
    """

    outlines_changed = Signal()

    def __init__(self, scene: QGraphicsScene, document: Document, theme: Theme) -> None:
        super().__init__(scene)
        self.frames: dict[FrameId, FrameItem] = {}
        self.notes: dict[NoteId, NoteItem] = {}
        self._scene = scene
        self._document = document
        self._theme = theme
        self._zoom = 1.0
        self._growth = 1.0
        # What is shown elsewhere than the document has it, as while it is dragged.
        self._astray = NO_MARKS
        self._outline: QRectF | None = None
        QPixmapCache.setCacheLimit(max(QPixmapCache.cacheLimit(), _PICTURES_KIB))
        document.changed.connect(self.show_document)
        document.selection_changed.connect(self._show_selection)
        theme.changed.connect(self._follow_theme)
        self.show_document()

    def show_document(self) -> None:
        """Make the items equal to the document, whatever was shown meanwhile."""
        diagram = self._document.diagram
        astray, self._astray = self._astray, NO_MARKS
        changed = [
            self._follow(self.frames, diagram.frames, astray.frames, FrameItem),
            self._follow(self.notes, diagram.notes, astray.notes, NoteItem),
        ]
        if any(changed):
            self._make_room()
            self._show_selection()
            self._tell_outlines()

    def show_zoom(self, percent: float) -> None:
        """Follow the zoom of the view, by which titles grow and grips keep their size."""
        self._zoom = percent / 100
        growth = growth_at(self._zoom)
        if growth != self._growth:
            self._growth = growth
            self._make_room()

    def preview_move(self, marks: Marks, x: float, y: float) -> None:
        """Show frames and notes by a way off from where the document has them."""
        for item in self.items(marks):
            item.show_box(rectangle_of(item.record).moved(x, y))
        self._stray(marks)

    def preview_box(self, marks: Marks, box: Rectangle) -> None:
        """Show a frame or a note in another box than the document has it in."""
        for item in self.items(marks):
            item.show_box(box)
        self._stray(marks)

    def items(self, marks: Marks) -> list[FrameItem | NoteItem]:
        """Return the items of frames and notes."""
        frames = [self.frames[key] for key in marks.frames if key in self.frames]
        return [*frames, *(self.notes[key] for key in marks.notes if key in self.notes)]

    def boxes(self) -> list[Rectangle]:
        """Return where the frames and notes lie."""
        frames = [item.box for item in self.frames.values()]
        return frames + [item.box for item in self.notes.values()]

    def note_at(self, x: float, y: float) -> Grip | None:
        """Return where a place of the scene grabs a note; the uppermost one, if there are more."""
        found = None
        for note_id, item in self.notes.items():
            sides = item.sides_at(x, y, self._zoom)
            if sides is not None:
                found = Grip(one_note(note_id), sides)
        return found

    def frame_at(self, x: float, y: float) -> Grip | None:
        """Return where a place of the scene grabs a frame; the smallest one, if there are more."""
        found = []
        for frame_id, item in self.frames.items():
            sides = item.sides_at(x, y, self._zoom)
            if sides is not None:
                found.append((item.zValue(), Grip(one_frame(frame_id), sides)))
        return max(found, key=lambda one: one[0])[1] if found else None

    def banded(self, band: QRectF) -> Marks:
        """Return what a rubber band selects: the frames that it holds, the notes that it touches.

        A frame that is merely touched is not meant: the band began inside of it.
        """
        around = Rectangle.sized(band.x(), band.y(), band.width(), band.height())
        frames = (key for key, item in self.frames.items() if around.holds(item.box))
        notes = (key for key, item in self.notes.items() if band.intersects(_rect(item.box)))
        return Marks(frozenset(frames), frozenset(notes))

    def outline(self) -> QRectF:
        """Return the rectangle around all frames and notes."""
        if self._outline is None:
            self._outline = QRectF()
            for box in self.boxes():
                self._outline = self._outline.united(_rect(box))
        return self._outline

    def paint_small(self, painter: QPainter) -> None:
        """Paint all as a small picture of the diagram shows them: faint, without words."""
        for item in sorted(self.frames.values(), key=FrameItem.zValue):
            fill = QColor(item.colour)
            fill.setAlpha(_SMALL_FILL)
            painter.fillRect(_rect(item.box), fill)
        for note in self.notes.values():
            painter.fillRect(_rect(note.box), note.card)

    def _follow(
        self,
        items: dict[Key, Item],
        records: Mapping[Key, Any],
        astray: Collection[Key],
        make: Callable[[Any, Palette], Item],
    ) -> bool:
        """Make items equal to the records of one kind; return whether any was not."""
        gone = items.keys() - records.keys()
        for key in gone:
            self._scene.removeItem(items.pop(key))
        stale = [
            key
            for key, record in records.items()
            if key not in items or items[key].record is not record or key in astray
        ]
        for key in stale:
            if key in items:
                items[key].show_record(records[key], self._theme.palette)
            else:
                items[key] = make(records[key], self._theme.palette)
                self._scene.addItem(items[key])
        return bool(gone or stale)

    def _stray(self, marks: Marks) -> None:
        self._astray |= marks
        self._tell_outlines()

    def _tell_outlines(self) -> None:
        self._outline = None
        self.outlines_changed.emit()

    def _make_room(self) -> None:
        for item in self.frames.values():
            item.make_room(self._growth)

    def _show_selection(self) -> None:
        selected = self._document.selected_marks
        for frame_id, frame in self.frames.items():
            frame.show_selected(selected=frame_id in selected.frames)
        for note_id, note in self.notes.items():
            note.show_selected(selected=note_id in selected.notes)

    def _follow_theme(self) -> None:
        palette = self._theme.palette
        for frame in self.frames.values():
            frame.show_record(frame.record, palette)
        for note in self.notes.values():
            note.show_record(note.record, palette)


def _rect(box: Rectangle) -> QRectF:
    return QRectF(box.left, box.top, box.width, box.height)
