"""A wire on the canvas: a smooth curve, worked out when it is first seen."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker

from graphstudio.diagram.diagram import Wire, WireId
from graphstudio.protocol import Tensor
from graphstudio.studio.canvas.boxes import Box
from graphstudio.studio.canvas.node_value import shape_text
from graphstudio.studio.canvas.standing import Standing, WireState

WIDTH = 2.0
_REACH = 10.0
_BEND = (24.0, 160.0)
# Half of the width of a selected wire, rounded up.
_AROUND = 3.0


class WireItem:
    """One wire. It is no graphics item: the layer of wires paints those that are seen.

    Attributes:
        wire_id: the wire that it shows.
        wire: its record.
        points: the places of the scene that it passes, with its ends.
        paint_colour: the colour of what it carries.
    """

    __slots__ = (
        "_dtype", "_hidden", "_path", "_reach", "_standing", "_tensor", "paint_colour", "points",
        "wire", "wire_id",
    )  # fmt: skip

    def __init__(self, wire_id: WireId, wire: Wire, standing: Standing) -> None:
        self.wire_id = wire_id
        self.wire = wire
        self.points: tuple[QPointF, ...] = (QPointF(), QPointF())
        self.paint_colour = ""
        self._standing = standing
        self._tensor: Tensor | None = None
        self._dtype = ""
        self._hidden = False
        self._path: QPainterPath | None = None
        self._reach: QPainterPath | None = None

    @property
    def state(self) -> WireState:
        """How it stands out at the moment."""
        return self._standing.of_wire(self.wire_id)

    @property
    def colour(self) -> QColor:
        """The colour that it is painted in now."""
        state, accent = self.state, self._standing.palette.accent
        stands_out = state.selected or state.joined or state.hovered
        return QColor(accent if stands_out else self.paint_colour)

    @property
    def tooltip(self) -> str:
        """What is said on hover: shape and dtype of what it carries."""
        return f"{shape_text(self._tensor) if self._tensor else '?'} {self._dtype}"

    @property
    def path(self) -> QPainterPath:
        """Its curve in the scene."""
        if self._path is None:
            self._path = curve(self.points[0], self.points[-1])
        return self._path

    def show_tensor(self, colour: str, tensor: Tensor | None, dtype: str) -> None:
        """Show what the wire carries, in a colour; the tensor is none while it is unknown."""
        self.paint_colour, self._tensor, self._dtype = colour, tensor, dtype

    def join(self, points: tuple[QPointF, ...]) -> Box:
        """Lie along places of the scene, ends included; return the box that it stays in."""
        self.points = points
        self._path = self._reach = None
        return hull(points)

    def isVisible(self) -> bool:
        """Return whether it is shown: one whose end was picked up is not."""
        return not self._hidden

    def hide(self, *, hidden: bool) -> None:
        """Show it no longer, or again; the scene's wires do so and paint anew."""
        self._hidden = hidden

    def boundingRect(self) -> QRectF:
        """Return what it is painted in."""
        around = _AROUND
        return self.path.boundingRect().adjusted(-around, -around, around, around)

    def shape(self) -> QPainterPath:
        """Return where a click hits it: a little wider than it looks."""
        if self._reach is None:
            stroker = QPainterPathStroker()
            stroker.setWidth(_REACH)
            self._reach = stroker.createStroke(self.path)
        return self._reach


def bend_of(start: QPointF, end: QPointF) -> float:
    """Return how far a wire goes on to the right from its start before it turns."""
    ahead = abs(end.x() - start.x()) / 2
    across = abs(end.y() - start.y()) / 4
    return min(max(ahead, across, _BEND[0] if end.x() < start.x() else 0.0), _BEND[1])


def curve(start: QPointF, end: QPointF) -> QPainterPath:
    """Return the curve of a wire, which leaves to the right and arrives from the left."""
    bend = bend_of(start, end)
    path = QPainterPath(start)
    path.cubicTo(start + QPointF(bend, 0), end - QPointF(bend, 0), end)
    return path


def hull(points: tuple[QPointF, ...]) -> Box:
    """Return a box that holds the curve through some places, and what is painted beside it."""
    start, end = points[0], points[-1]
    bend = bend_of(start, end)
    x, y, to_x, to_y = start.x(), start.y(), end.x(), end.y()
    left, right = min(x, to_x - bend), max(to_x, x + bend)
    top, bottom = (y, to_y) if y <= to_y else (to_y, y)
    return left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND
