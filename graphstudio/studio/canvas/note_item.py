"""A note on the canvas: a card with its Markdown, kept as a picture."""

from math import ceil, log2

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPen,
    QPixmap,
    QPixmapCache,
)
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.diagram import Note
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.studio.canvas.mark_geometry import (
    NOTE_CORNER,
    Sides,
    note_sides,
    title_scale,
)
from graphstudio.studio.canvas.mark_item import MarkItem, label_font
from graphstudio.studio.note_text import MARGIN, NoteText
from graphstudio.studio.theme import Palette, sans

EMPTY_TEXT = "Double-click to write"
_CORNER = 8.0
# What the sign takes that there is more text than room.
_MORE = 16.0
_TINT = 0.07
# Notes lie over wires and under nodes.
_Z = 0.5
# From further than this the first line alone is shown, large.
_FAR = 0.4
# A line that would be less high than this, in pixels of the view, is not written.
_READABLE = 5.0
# Pixels of the picture for one of the scene. Closer than that the text is painted itself, since
# few notes are then in view.
_PICTURES = (0.5, 2.0)
_VECTORS = {QPaintEngine.Type.SVG, QPaintEngine.Type.Pdf, QPaintEngine.Type.Picture}


class NoteItem(MarkItem[Note]):
    """One note."""

    def __init__(self, record: Note, palette: Palette) -> None:
        self._text: NoteText | None = None
        self._label: tuple[float, str] = (0.0, "")
        self._more = False
        self._end = 0.0
        self._picture = QPixmapCache.Key()
        self._picture_scale = 0.0
        super().__init__(record, palette)
        self.setZValue(_Z)

    @property
    def card(self) -> QColor:
        """The colour of its ground in the theme."""
        return self._card

    @property
    def text(self) -> NoteText:
        """Its text, which is laid out when it is first needed."""
        if self._text is None:
            self._text = NoteText(self._record.text, self._box.width, self._palette)
            self._more = self._text.height > self._box.height + MARGIN
            room = self._box.height - _MORE
            self._end = self._text.room_for(room) if self._more else self._box.height - 2
        return self._text

    def show_record(self, record: Note, palette: Palette) -> None:
        """Show a note as it is."""
        self._card = _blend(palette.panel, palette.warning)
        self._forget()
        super().show_record(record, palette)

    def show_box(self, box: Rectangle) -> None:
        """Lie somewhere else than the note does, as while it is dragged."""
        if self._text is not None and (box.width, box.height) != (
            self.body().width(),
            self.body().height(),
        ):
            self._forget()
        super().show_box(box)

    def sides_at(self, x: float, y: float, zoom: float) -> Sides | None:
        """Return what a press at a place of the scene grabs; none if it is not the note."""
        return note_sides(self._box, x, y, zoom)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the card with its text, or from afar with its first line."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        body = self.body().adjusted(0.5, 0.5, -0.5, -0.5)
        palette = self._palette
        line = QColor(palette.accent if self._selected else palette.node_line)
        if zoom < _FAR:
            self._paint_from_afar(painter, zoom)
            return
        painter.setPen(QPen(line, 2 if self._selected else 1))
        painter.setBrush(self._card)
        painter.drawRoundedRect(body, _CORNER, _CORNER)
        if self._record.text.strip():
            self._paint_text(painter, zoom)
        else:
            painter.setFont(sans())
            painter.setPen(QColor(palette.dim))
            painter.drawText(QPointF(MARGIN, MARGIN + 13), EMPTY_TEXT)
        self._paint_corner(painter)

    def _paint_text(self, painter: QPainter, zoom: float) -> None:
        scale, text = zoom * painter.device().devicePixelRatioF(), self.text
        if painter.paintEngine().type() in _VECTORS or scale > _PICTURES[1]:
            painter.save()
            painter.setClipRect(self._inside(), Qt.ClipOperation.IntersectClip)
            text.paint(painter)
            painter.restore()
        else:
            least = max(2.0 ** ceil(log2(scale)), _PICTURES[0])
            painter.drawPixmap(QPointF(), self._picture_at(least))
        if self._more:
            painter.setFont(sans())
            painter.setPen(QColor(self._palette.dim))
            painter.drawText(QPointF(MARGIN, self._end + _MORE - 4), "…")

    def _picture_at(self, scale: float) -> QPixmap:
        """Return the text as a picture, with so many of its pixels for one of the scene."""
        picture = QPixmap()
        if scale == self._picture_scale and QPixmapCache.find(self._picture, picture):
            return picture
        inside = self._inside()
        picture = QPixmap((inside.size() * scale).toSize())
        picture.setDevicePixelRatio(scale)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.text.paint(painter)
        painter.end()
        QPixmapCache.remove(self._picture)
        self._picture = QPixmapCache.insert(picture)
        self._picture_scale = scale
        return picture

    def _paint_from_afar(self, painter: QPainter, zoom: float) -> None:
        """Paint the card, with its first line as large as the room for it lets it be."""
        painter.fillRect(self.body(), self._card)
        if self._selected:
            painter.setPen(QPen(QColor(self._palette.accent), 2 / zoom))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inset = 1 / zoom
            painter.drawRect(self.body().adjusted(inset, inset, -inset, -inset))
        scale = min(title_scale(zoom), (self._box.height - 2 * MARGIN) / 13)
        if scale * zoom * 13 < _READABLE or not self._record.text:
            return
        font = label_font()
        if self._label[0] != scale:
            width = (self._box.width - 2 * MARGIN) / scale
            metrics, right = QFontMetricsF(font), Qt.TextElideMode.ElideRight
            self._label = (scale, metrics.elidedText(self.text.first_line, right, width))
        painter.save()
        painter.translate(MARGIN, MARGIN)
        painter.scale(scale, scale)
        painter.setFont(font)
        painter.setPen(QColor(self._palette.text))
        painter.drawText(0, 12, self._label[1])
        painter.restore()

    def _paint_corner(self, painter: QPainter) -> None:
        """Show where it is resized, once it is selected."""
        if self._selected:
            right, bottom = self._box.width, self._box.height
            painter.setPen(QPen(QColor(self._palette.faint), 1))
            for step in (NOTE_CORNER / 3, NOTE_CORNER * 2 / 3):
                start, end = (
                    QPointF(right - 4 - step, bottom - 4),
                    QPointF(right - 4, bottom - 4 - step),
                )
                painter.drawLine(start, end)

    def _inside(self) -> QRectF:
        """Return where text is shown: whole lines."""
        return QRectF(0, 0, self._box.width, max(self._end, 1.0))

    def _forget(self) -> None:
        self._text = None
        self._label = (0.0, "")
        self._picture_scale = 0.0


def _blend(ground: str, tint: str) -> QColor:
    """Return a colour of the ground with a little of another in it."""
    below, above = QColor(ground), QColor(tint)
    parts = (
        (below.red(), above.red()),
        (below.green(), above.green()),
        (below.blue(), above.blue()),
    )
    return QColor(*(round(one * (1 - _TINT) + other * _TINT) for one, other in parts))
