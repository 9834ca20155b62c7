"""A frame on the canvas: behind wires and nodes, with a title that can be read from afar."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.diagram import Frame
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.studio.canvas.mark_geometry import (
    LARGEST_TITLE,
    TITLE_HEIGHT,
    TITLE_LEFT,
    TITLE_LINE,
    Sides,
    frame_sides,
    title_bottom,
    title_scale,
)
from graphstudio.studio.canvas.mark_item import MarkItem, label_font
from graphstudio.studio.frame_colours import frame_colour
from graphstudio.studio.theme import Palette

_CORNER = 8.0
_FILL = 20
_BAR_FILL = 32
_MARGIN = 3.0
# Letters of a title that are looked at; no line on the canvas is that long.
_LONGEST = 200
# Frames lie between these; a smaller one lies above a larger one, which may hold it.
_LOWEST_Z = -3.0
_LARGE = 1e6
# From afar nobody sees round corners.
_FAR = 0.2


class FrameItem(MarkItem[Frame]):
    """One frame."""

    def __init__(self, record: Frame, palette: Palette) -> None:
        self._growth = 1.0
        super().__init__(record, palette)

    @property
    def colour(self) -> QColor:
        """Its colour in the theme."""
        return self._colour

    def show_record(self, record: Frame, palette: Palette) -> None:
        """Show a frame as it is."""
        self._colour = frame_colour(palette, record.colour)
        fill, bar = QColor(self._colour), QColor(self._colour)
        fill.setAlpha(_FILL)
        bar.setAlpha(_BAR_FILL)
        self._fill, self._bar = QBrush(fill), QBrush(bar)
        self._line = " ".join(record.title[:_LONGEST].split())
        self._width = QFontMetricsF(label_font()).horizontalAdvance(self._line)
        super().show_record(record, palette)

    def show_box(self, box: Rectangle) -> None:
        """Lie somewhere else than the frame does, as while it is dragged."""
        self._elided = (0.0, "")
        self.setZValue(_LOWEST_Z + _LARGE / (_LARGE + box.width * box.height))
        super().show_box(box)

    def make_room(self, growth: float) -> None:
        """Take the room above that a title of so many times its size may need."""
        if growth != self._growth:
            self._growth = growth
            self._bound()

    def sides_at(self, x: float, y: float, zoom: float) -> Sides | None:
        """Return what a press at a place of the scene grabs; none if it is not the frame."""
        return frame_sides(self._box, self._label(zoom), x, y, zoom)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint it; its line and its title are as thick and as large from afar."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        least = 1 / zoom if zoom < 1 else 1.0
        body = self.body()
        colour = QColor(self._palette.accent) if self._selected else self._colour
        painter.setPen(QPen(colour, least * (2 if self._selected else 1)))
        painter.setBrush(self._fill)
        if zoom < _FAR:
            painter.drawRect(body)
        else:
            painter.drawRoundedRect(body, _CORNER, _CORNER)
            self._paint_bar(painter, least)
        if self._line:
            self._paint_title(painter, zoom)

    def _paint_bar(self, painter: QPainter, line: float) -> None:
        """Paint the bar that the frame is moved by."""
        bar = QRectF(0, 0, self._box.width, min(TITLE_HEIGHT, self._box.height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._bar)
        painter.drawRoundedRect(bar.adjusted(line, line, -line, 0), _CORNER - 1, _CORNER - 1)

    def _paint_title(self, painter: QPainter, zoom: float) -> None:
        scale = title_scale(zoom)
        painter.save()
        painter.translate(TITLE_LEFT, title_bottom(scale))
        painter.scale(scale, scale)
        painter.setFont(label_font())
        painter.setPen(QColor(self._palette.text))
        painter.drawText(0, -4, self._title(scale))
        painter.restore()

    def _title(self, scale: float) -> str:
        """Return as much of the title as there is room for at a scale."""
        room = (self._box.width - 2 * TITLE_LEFT) / scale
        if self._width <= room:
            return self._line
        if self._elided[0] != scale:
            metrics = QFontMetricsF(label_font())
            text = metrics.elidedText(self._line, Qt.TextElideMode.ElideRight, room)
            self._elided = (scale, text)
        return self._elided[1]

    def _room(self) -> QRectF:
        margin = _MARGIN * self._growth
        room = self.body().adjusted(-margin, -margin, margin, margin)
        if self._growth > 1:
            room.setTop(title_bottom(LARGEST_TITLE) - TITLE_LINE * self._growth)
        return room

    def _label(self, zoom: float) -> Rectangle:
        scale = title_scale(zoom)
        width = min(self._width * scale, self._box.width - TITLE_LEFT)
        height = TITLE_LINE * scale
        top = self._box.top + title_bottom(scale) - height
        return Rectangle.sized(self._box.left + TITLE_LEFT, top, width, height)


def growth_at(zoom: float) -> float:
    """Return in a few steps how much room titles need, so that it seldom changes."""
    scale = title_scale(zoom)
    return next((step for step in (1.0, 2.0) if scale <= step), LARGEST_TITLE)
