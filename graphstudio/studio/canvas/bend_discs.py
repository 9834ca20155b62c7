"""The discs that show where wires bend."""

from collections.abc import Collection, Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.bends import Bend, Bends
from graphstudio.diagram.diagram import Position, WireId
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.painting import Painting
from graphstudio.studio.canvas.wire_item import WireItem
from graphstudio.studio.theme import Palette

_RADIUS = 4.5
_MARGIN = 8.0


class BendDiscs(Painting):
    """One item that draws a disc on each bend, in the colour of its wire.

    Args:
        wires: the item of each wire.
    """

    def __init__(self, wires: Mapping[WireId, WireItem]) -> None:
        # Over the wires and under the nodes.
        super().__init__(0.5)
        self._wires = wires
        self._shown: Bends = {}
        self._discs: dict[Bend, QPointF] = {}
        self._selected: frozenset[Bend] = frozenset()
        self._ring = self._accent = QColor()

    @property
    def places(self) -> Mapping[Bend, QPointF]:
        """Where each bend lies in the scene."""
        return self._discs

    def show_selected(self, bends: frozenset[Bend]) -> None:
        """Show these bends as selected, and no others."""
        if bends != self._selected:
            self._selected = bends
            self.update()

    def lay(self, bends: Bends, palette: Palette) -> None:
        """Show where wires bend, in the colours of a theme."""
        self._ring, self._accent = QColor(palette.canvas), QColor(palette.accent)
        before, self._shown = self._shown, bends
        for wire in before.keys() | bends.keys():
            if before.get(wire) is not bends.get(wire):
                self._lay_wire(wire, before.get(wire, ()), bends.get(wire, ()))
        self._bound(_around(self._discs.values()))
        self.update()

    def _lay_wire(
        self, wire: WireId, before: Sequence[Position], places: Sequence[Position]
    ) -> None:
        for number, place in enumerate(places):
            self._discs[Bend(wire, number)] = QPointF(place.x, place.y)
        for number in range(len(places), len(before)):
            del self._discs[Bend(wire, number)]

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the discs in what is to be painted anew; from afar they are too small to see."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        if level_at(zoom) is Level.FAR:
            return
        near = option.exposedRect.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
        for bend, place in self._discs.items():
            item = self._wires.get(bend.wire)
            if item is None or not near.contains(place) or item.hidden:
                continue
            selected = bend in self._selected
            painter.setPen(QPen(self._ring, 2))
            painter.setBrush(self._accent if selected else item.colour)
            radius = _RADIUS + 1 if selected else _RADIUS
            painter.drawEllipse(place, radius, radius)
            if selected:
                painter.setPen(QPen(self._accent, 1.5))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(place, radius + 2, radius + 2)


def _around(places: Collection[QPointF]) -> QRectF:
    """Return the rectangle around discs at these places."""
    if not places:
        return QRectF()
    xs, ys = [place.x() for place in places], [place.y() for place in places]
    tight = QRectF(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    return tight.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
