"""A wire on the canvas: one item with a smooth curve."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.course import bend
from graphstudio.diagram.diagram import WireId
from graphstudio.studio.theme import Palette

_WIDTH = 2.0
_REACH = 10.0


@dataclass(frozen=True, slots=True)
class WireState:
    """How a wire stands out at the moment.

    Attributes:
        selected: whether it is selected.
        joined: whether a node at one of its ends is selected.
        hovered: whether the pointer is over it.
    """

    selected: bool = False
    joined: bool = False
    hovered: bool = False


class WireItem(QGraphicsItem):
    """One wire.

    Attributes:
        wire_id: the wire that it shows.
        tooltip: what is said on hover.
    """

    def __init__(self, wire_id: WireId) -> None:
        super().__init__()
        self.wire_id = wire_id
        self.tooltip = ""
        self._state = WireState()
        self._path = QPainterPath()
        self._reach = QPainterPath()
        self._bounds = QRectF()
        self._pen = QPen()
        self._accented = QPen()

    @property
    def state(self) -> WireState:
        """How it stands out at the moment."""
        return self._state

    @property
    def colour(self) -> QColor:
        """The colour that it is painted in now."""
        return self._current_pen().color()

    def show_tensor(self, colour: str, tooltip: str, palette: Palette) -> None:
        """Show what the wire carries, in a colour."""
        self.tooltip = tooltip
        pen = QPen(QColor(colour), _WIDTH)
        accented = QPen(QColor(palette.accent), _WIDTH)
        if (pen, accented) != (self._pen, self._accented):
            self._pen, self._accented = pen, accented
            self.update()

    def show_state(self, state: WireState) -> None:
        """Stand out in another way."""
        if state != self._state:
            self._state = state
            self.setZValue(0.5 if state.selected or state.hovered else 0)
            self.update()

    def join(self, start: QPointF, end: QPointF) -> None:
        """Lie between two places of the scene."""
        self.prepareGeometryChange()
        self._path = curve(start, end)
        stroker = QPainterPathStroker()
        stroker.setWidth(_REACH)
        self._reach = stroker.createStroke(self._path)
        self._bounds = self._path.boundingRect().adjusted(-3, -3, 3, 3)

    def boundingRect(self) -> QRectF:
        """Return what it paints in."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """Return where a click hits it: a little wider than it looks."""
        return self._reach

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the curve."""
        painter.setPen(self._current_pen())
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(self._path)
        if self._state.selected:
            glow = QColor(self._accented.color())
            glow.setAlpha(70)
            painter.setPen(QPen(glow, _WIDTH + 4))
            painter.drawPath(self._path)

    def _current_pen(self) -> QPen:
        state = self._state
        accented = state.selected or state.joined or state.hovered
        return self._accented if accented else self._pen


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """Return the curve of a wire, which leaves to the right and arrives from the left."""
    reach = QPointF(bend(start.toTuple(), end.toTuple()), 0)
    path = QPainterPath(start)
    path.cubicTo(start + reach, end - reach, end)
    return path
