"""What lies behind and before the items: the dotted ground, and the line that an empty one has."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPixmap, QTransform

from graphstudio.studio.theme import Palette, sans

EMPTY_TEXT = "Drag a layer here, or press Tab to add one."
# Far enough that nobody gets to the edge, near enough for Qt's whole-number scroll bars.
GROUND = QRectF(-4_000_000, -4_000_000, 8_000_000, 8_000_000)
_STEP = 24.0
_DOT = 1.0
_CLOSEST = 14.0


class DottedGround:
    """The canvas's ground. Its dots are one texture, made when zoom or palette change."""

    def __init__(self) -> None:
        self._made_for: tuple[float, float, Palette] | None = None
        self._brush = QBrush()

    def paint(
        self, painter: QPainter, exposed: QRectF, zoom: float, ratio: float, palette: Palette
    ) -> None:
        """Fill a part of the scene.

        Args:
            painter: paints in scene coordinates.
            exposed: the part.
            zoom: pixels of the view for one of the scene.
            ratio: pixels of the screen for one of the view.
            palette: colours of the theme.
        """
        if self._made_for != (zoom, ratio, palette):
            self._made_for = (zoom, ratio, palette)
            self._brush = _texture(zoom, ratio, palette)
        painter.fillRect(exposed, self._brush)


def paint_empty(painter: QPainter, viewport: QRectF, palette: Palette) -> None:
    """Write the line of an empty canvas into the middle of the view."""
    painter.save()
    painter.resetTransform()
    painter.setPen(QColor(palette.dim))
    painter.setFont(sans(14))
    painter.drawText(viewport, Qt.AlignmentFlag.AlignCenter, EMPTY_TEXT)
    painter.restore()


def _texture(zoom: float, ratio: float, palette: Palette) -> QBrush:
    step = _STEP
    while step * zoom < _CLOSEST:
        step *= 2
    pixels = max(round(step * zoom * ratio), 2)
    tile = QPixmap(pixels, pixels)
    tile.fill(QColor(palette.canvas))
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.dots))
    radius = _DOT * ratio * min(max(zoom, 0.8), 2.0)
    painter.drawEllipse(QPointF(pixels / 2, pixels / 2), radius, radius)
    painter.end()
    brush = QBrush(tile)
    scale = step / pixels
    # The dot lies in the tile's middle so that it is whole; moved, it falls on the grid's lines.
    brush.setTransform(QTransform().translate(-step / 2, -step / 2).scale(scale, scale))
    return brush
