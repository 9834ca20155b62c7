"""Outline icons, tinted from the palette."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from graphstudio.diagram.diagnostics import Severity
from graphstudio.resource import resource_path
from graphstudio.studio.theme import Palette

SEVERITY_ICONS = {
    Severity.ERROR: "circle-alert",
    Severity.WARNING: "triangle-alert",
    Severity.HINT: "info",
}
# Drawn at twice the largest size in use, so that they stay sharp on dense screens.
_PIXELS = 40


def icon(name: str, palette: Palette, colour: str | None = None) -> QIcon:
    """Return an icon by its file name, such as ``"play"``.

    Args:
        name: file name in ``resources/icons`` without its ending.
        palette: colours of the theme; a disabled icon is faint.
        colour: colour of the icon as ``#rrggbb``; the text's if none is given.
    """
    result = QIcon(_pixmap(name, colour or palette.text))
    result.addPixmap(_pixmap(name, palette.faint), QIcon.Mode.Disabled)
    return result


@cache
def _pixmap(name: str, colour: str) -> QPixmap:
    svg = resource_path(f"icons/{name}.svg").read_text(encoding="utf-8")
    renderer = QSvgRenderer(QByteArray(svg.replace("currentColor", colour).encode()))
    image = QImage(_PIXELS, _PIXELS, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(Qt.GlobalColor.transparent))
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, _PIXELS, _PIXELS))
    painter.end()
    return QPixmap.fromImage(image)
