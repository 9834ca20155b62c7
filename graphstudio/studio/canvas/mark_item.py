"""What frames and notes have in common on the canvas."""

from functools import cache
from typing import Generic, TypeVar

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGraphicsItem

from graphstudio.diagram.diagram import Frame, Note
from graphstudio.diagram.rectangles import Rectangle, rectangle_of
from graphstudio.studio.theme import Palette, sans

Record = TypeVar("Record", Frame, Note)


@cache
def label_font() -> QFont:
    """Return the font of titles, and of what is written on notes from afar."""
    return sans(13, QFont.Weight.DemiBold)


class MarkItem(QGraphicsItem, Generic[Record]):
    """A frame or a note. It is grabbed by arithmetic and takes no events of its own."""

    def __init__(self, record: Record, palette: Palette) -> None:
        super().__init__()
        self._record: Record = record
        self._selected = False
        self._bounds = QRectF()
        self.show_record(record, palette)

    @property
    def record(self) -> Record:
        """What it shows."""
        return self._record

    @property
    def box(self) -> Rectangle:
        """Where it lies."""
        return self._box

    @property
    def selected(self) -> bool:
        """Whether it stands out as selected."""
        return self._selected

    def show_record(self, record: Record, palette: Palette) -> None:
        """Show a frame or a note as it is."""
        self._record = record
        self._palette = palette
        self.show_box(rectangle_of(record))

    def show_box(self, box: Rectangle) -> None:
        """Lie somewhere else than the record does, as while it is dragged."""
        self._box = box
        self.setPos(box.left, box.top)
        self._bound()
        self.update()

    def show_selected(self, *, selected: bool) -> None:
        """Stand out, or not."""
        if selected != self._selected:
            self._selected = selected
            self.update()

    def body(self) -> QRectF:
        """Return its rectangle, from its own top left corner."""
        return QRectF(0, 0, self._box.width, self._box.height)

    def boundingRect(self) -> QRectF:
        """Return what it paints in, all that stands out included."""
        return self._bounds

    def _bound(self) -> None:
        """Take the room that it paints in."""
        bounds = self._room()
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds

    def _room(self) -> QRectF:
        return self.body().adjusted(-2, -2, 2, 2)
