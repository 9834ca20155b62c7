"""What lies behind and before the items: the dotted ground, and the line that an empty one has."""

from math import ceil, floor

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QTransform

from graphstudio.diagram.ground import FARTHEST
from graphstudio.studio.theme import Palette, sans

EMPTY_TEXT = "Drag a layer here, or press Tab to add one."
# A view shows what lies at the edge too; near enough for Qt's whole-number scroll bars.
_EDGE = FARTHEST + 100_000
GROUND = QRectF(-_EDGE, -_EDGE, 2 * _EDGE, 2 * _EDGE)
_STEP = 24.0
_DOT = 1.0
_CLOSEST = 14.0


class DottedGround:
    """The canvas's ground. Its dots lie on whole pixels, so that a row of them is one picture."""

    def __init__(self) -> None:
        self._made_for: tuple[float, float, Palette] | None = None
        self._dot = QPixmap()

    def paint(
        self, painter: QPainter, exposed: QRectF, zoom: float, ratio: float, palette: Palette
    ) -> None:
        """Fill a part of the scene.

        Args:
            painter: paints in scene coordinates, which are zoomed and moved and nothing else.
            exposed: the part.
            zoom: pixels of the view for one of the scene.
            ratio: pixels of the screen for one of the view.
            palette: colours of the theme.
        """
        if self._made_for != (zoom, ratio, palette):
            self._made_for = (zoom, ratio, palette)
            self._dot = _dot(zoom, ratio, palette)
        painter.fillRect(exposed, QColor(palette.canvas))
        step = _step(zoom)
        columns = range(floor(exposed.left() / step), ceil(exposed.right() / step) + 1)
        rows = range(floor(exposed.top() / step), ceil(exposed.bottom() / step) + 1)
        to_view = painter.worldTransform()
        painter.save()
        painter.resetTransform()
        row, left, half = self._row(columns, step, to_view, ratio)
        for number in rows:
            y = to_view.map(QPointF(0.0, number * step)).y()
            painter.drawPixmap(QPointF(left, _whole(y, ratio) - half), row)
        painter.restore()

    def _row(
        self, columns: range, step: float, to_view: QTransform, ratio: float
    ) -> tuple[QPixmap, float, float]:
        """Return a row of dots, where it begins in the view, and half of its height."""
        half = self._dot.height() / ratio / 2
        places = [_whole(to_view.map(QPointF(n * step, 0.0)).x(), ratio) for n in columns]
        width = places[-1] - places[0] + 2 * half
        row = QPixmap(ceil(width * ratio), self._dot.height())
        row.setDevicePixelRatio(ratio)
        row.fill(Qt.GlobalColor.transparent)
        painter = QPainter(row)
        for place in places:
            painter.drawPixmap(QPointF(place - places[0], 0.0), self._dot)
        painter.end()
        return row, places[0] - half, half


def paint_empty(painter: QPainter, viewport: QRectF, palette: Palette) -> None:
    """Write the line of an empty canvas into the middle of the view."""
    painter.save()
    painter.resetTransform()
    painter.setPen(QColor(palette.dim))
    painter.setFont(sans(14))
    painter.drawText(viewport, Qt.AlignmentFlag.AlignCenter, EMPTY_TEXT)
    painter.restore()


def _step(zoom: float) -> float:
    """Return how far apart the dots are in the scene: twice as far where they come too close."""
    step = _STEP
    while step * zoom < _CLOSEST:
        step *= 2
    return step


def _whole(length: float, ratio: float) -> float:
    """Return the nearest length that is a whole number of the screen's pixels."""
    return round(length * ratio) / ratio


def _dot(zoom: float, ratio: float, palette: Palette) -> QPixmap:
    radius = _DOT * ratio * min(max(zoom, 0.8), 2.0)
    # An even number of pixels, so that the middle of the dot is a corner of four.
    pixels = 2 * ceil(radius + 0.5)
    dot = QPixmap(pixels, pixels)
    dot.fill(Qt.GlobalColor.transparent)
    painter = QPainter(dot)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.dots))
    painter.drawEllipse(QPointF(pixels / 2, pixels / 2), radius, radius)
    painter.end()
    dot.setDevicePixelRatio(ratio)
    return dot
