"""A wire on the canvas: a smooth curve, worked out when it is first seen."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker

from graphstudio.diagram.course import STRAIGHT_ON
from graphstudio.diagram.diagram import Wire, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.protocol import Tensor
from graphstudio.studio.canvas.geometry import NodeShape
from graphstudio.studio.canvas.standing import Standing, WireState
from graphstudio.studio.canvas.wire_path import outline, wire_path
from graphstudio.studio.readings import shape_text

# Where a wire begins, and where it ends.
Ends: TypeAlias = tuple[float, float, float, float]
WIDTH = 2.0
_REACH = 10.0
# Half of the width of a selected wire, rounded up.
_AROUND = 3.0


class Anchor(NamedTuple):
    """Where a wire begins and ends on its nodes; that holds while they have these shapes."""

    source: NodeShape
    target: NodeShape
    ends: Ends


class WireItem:
    """One wire. It is no graphics item: the layer of wires paints those that are seen.

    Attributes:
        wire_id: the wire that it shows.
        wire: its record.
        ends: where it begins and ends in the scene: two places, as four numbers.
        line: the straight line between them, the same object while the wire is there.
        bends: the places of the scene that it passes on its way.
        anchor: where it begins and ends on its nodes; none while that has to be looked up.
        direction: which way it leaves its source and comes to its target.
        hidden: whether it is not shown, as one whose end is in somebody's hand.
        paint_colour: the colour of what it carries.
    """

    __slots__ = (
        "_dtype", "_path", "_reach", "_standing", "_tensor", "anchor", "bends", "direction", "ends",
        "hidden", "line", "paint_colour", "wire", "wire_id",
    )  # fmt: skip

    def __init__(self, wire_id: WireId, wire: Wire, standing: Standing) -> None:
        self.wire_id = wire_id
        self.wire = wire
        self.ends: Ends = (0.0, 0.0, 0.0, 0.0)
        self.line = QLineF()
        self.bends: tuple[QPointF, ...] = ()
        self.anchor: Anchor | None = None
        self.direction = Direction.RIGHT
        self.paint_colour = ""
        self._standing = standing
        self._tensor: Tensor | None = None
        self._dtype = ""
        self.hidden = False
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
    def points(self) -> tuple[QPointF, ...]:
        """The places of the scene that it passes, with its ends."""
        x, y, to_x, to_y = self.ends
        return (QPointF(x, y), *self.bends, QPointF(to_x, to_y))

    @property
    def lines(self) -> tuple[QLineF, ...]:
        """The straight lines that stand for it from afar."""
        if not self.bends:
            return (self.line,)
        return tuple(QLineF(*pair) for pair in pairwise(self.points))

    @property
    def path(self) -> QPainterPath:
        """Its curve in the scene."""
        if self._path is None:
            self._path = wire_path(self.points, self.direction)
        return self._path

    def show_tensor(self, colour: str, tensor: Tensor | None, dtype: str) -> None:
        """Show what the wire carries, in a colour; the tensor is none while it is unknown."""
        self.paint_colour, self._tensor, self._dtype = colour, tensor, dtype

    def join(self, ends: Ends, direction: Direction) -> None:
        """Lie between two places of the scene, leaving the one in a direction."""
        self.ends, self.direction = ends, direction
        self.line.setLine(*ends)
        self._path = self._reach = None

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


def hulls(ends: Sequence[Ends], direction: Direction) -> NDArray[np.float64]:
    """Return boxes that hold the curves between places, and what is painted beside them.

    They reach at least as far as the points that bend a curve, which are those of
    :func:`wire_path`.

    Args:
        ends: of each wire.
        direction: which way all of them leave and come.

    Returns:
        Left, top, right and bottom of each wire, a row a wire.
    """
    down = direction is Direction.DOWN
    # Along the direction, and across it.
    order = [1, 0, 3, 2] if down else [0, 1, 2, 3]
    x, y, to_x, to_y = np.array(ends, dtype=np.float64).reshape(-1, 4).T[order]
    least = np.where(to_x < x, STRAIGHT_ON[0], 0.0)
    bend = np.maximum(np.maximum(abs(to_x - x) / 2, abs(to_y - y) / 4), least)
    bend = np.minimum(bend, STRAIGHT_ON[1])
    lowest = (np.minimum(x, to_x - bend), np.minimum(y, to_y))
    highest = (np.maximum(to_x, x + bend), np.maximum(y, to_y))
    edges = [*(edge - _AROUND for edge in lowest), *(edge + _AROUND for edge in highest)]
    boxes: NDArray[np.float64] = np.column_stack([edges[number] for number in order])
    return boxes


def bent_hull(item: WireItem) -> tuple[float, float, float, float]:
    """Return the box that holds a wire with bends, as :func:`hulls` does for those without."""
    left, top, right, bottom = outline(item.points, item.direction)
    return left - _AROUND, top - _AROUND, right + _AROUND, bottom + _AROUND
