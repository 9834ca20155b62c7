"""The signs of what was added, removed and changed, alike on the canvas and in lists."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from graphstudio.studio import theme as themes
from graphstudio.studio.theme import Palette

_SIGNS = {"added": "+", "removed": "\N{MINUS SIGN}", "changed": "~"}
# The icon is drawn larger than it is shown, so that it stays sharp on dense screens.
_ICON = 40


def sign_colour(kind: str, palette: Palette) -> QColor:
    """Return the colour of ``"added"``, ``"removed"`` or ``"changed"``."""
    colours = {"added": palette.good, "removed": palette.error, "changed": palette.warning}
    return QColor(colours[kind])


def paint_sign(
    painter: QPainter, kind: str, centre: QPointF, radius: float, palette: Palette
) -> None:
    """Paint a disc with the sign of ``"added"``, ``"removed"`` or ``"changed"``."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(sign_colour(kind, palette))
    painter.drawEllipse(centre, radius, radius)
    painter.setFont(themes.mono(round(radius * 2)))
    painter.setPen(QColor(palette.on_mark))
    box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _SIGNS[kind])


@lru_cache(12)
def sign_icon(kind: str, palette: Palette) -> QIcon:
    """Return the sign as an icon."""
    pixmap = QPixmap(_ICON, _ICON)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_sign(painter, kind, QPointF(_ICON / 2, _ICON / 2), _ICON / 2 - 2, palette)
    painter.end()
    return QIcon(pixmap)
