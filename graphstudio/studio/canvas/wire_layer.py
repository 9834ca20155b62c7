"""The graphics item that paints all wires."""

from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.studio.canvas.background import GROUND
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.painting import Painting
from graphstudio.studio.canvas.standing import Standing
from graphstudio.studio.canvas.wire_item import WIDTH, WireItem
from graphstudio.studio.canvas.wires import Wires
from graphstudio.studio.theme import mixed

_GLOW = 70
# How much of a wire's colour is left in the far view.
_FAR_SHARE = 0.5
# Of a line in the far view, in pixels of the view. Qt is quick with lines of less than one.
_THIN = 0.9
_SMOOTH = 0.12


class WireLayer(Painting):
    """Paints the wires that are seen: curves from near, all straight lines at once from afar."""

    def __init__(self, wires: Wires, standing: Standing) -> None:
        # Wires may lie anywhere.
        super().__init__(0, GROUND)
        self._wires = wires
        self._standing = standing

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the wires in the exposed part."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if level_at(zoom) is Level.FAR:
            self._paint_far(painter, zoom)
        else:
            self._paint_near(painter, option.exposedRect)

    def _paint_far(self, painter: QPainter, zoom: float) -> None:
        standing = self._standing
        # Lines so short look the same without, and take half of the time.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, zoom > _SMOOTH)
        for name, lines in self._wires.lines:
            # Opaque lines of half the colour are painted sooner than half transparent ones.
            colour = mixed(name, standing.palette.canvas, _FAR_SHARE)
            painter.setPen(_thin(QColor(colour), zoom))
            painter.drawLines(lines)
        out = standing.joined | standing.glowing
        if out:
            painter.setPen(_thin(QColor(standing.palette.accent), zoom))
            painter.drawLines(self._wires.lines_of(out))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_near(self, painter: QPainter, exposed: QRectF) -> None:
        standing = self._standing
        accented = standing.joined | standing.glowing | {standing.hovered_wire}
        above: list[WireItem] = []
        colour = None
        for item in self._wires.touching(exposed):
            if item.wire_id in accented:
                above.append(item)
            elif not item.hidden:
                if item.paint_colour != colour:
                    colour = item.paint_colour
                    painter.setPen(QPen(QColor(colour), WIDTH))
                painter.drawPath(item.path)
        self._paint_accented(painter, above)

    def _paint_accented(self, painter: QPainter, items: Iterable[WireItem]) -> None:
        accent = QColor(self._standing.palette.accent)
        glow = QColor(accent)
        glow.setAlpha(_GLOW)
        for item in items:
            if item.hidden:
                continue
            painter.setPen(QPen(accent, WIDTH))
            painter.drawPath(item.path)
            if item.wire_id in self._standing.glowing:
                painter.setPen(QPen(glow, WIDTH + 4))
                painter.drawPath(item.path)


def _thin(colour: QColor, zoom: float) -> QPen:
    return QPen(colour, _THIN / zoom)
