"""A node on the canvas: what it shows and where it lies. Its ports are found by arithmetic."""

from PySide6.QtCore import QPointF, QRectF, QSizeF

from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.studio.canvas.geometry import NodeShape, hit_port, in_body
from graphstudio.studio.canvas.node_drawing import (
    FarName,
    NodeDrawing,
    far_name,
    lay_out,
    shape_of,
)
from graphstudio.studio.canvas.node_value import NodeValue
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.standing import NodeState, Standing


class NodeItem:
    """One node. It is no graphics item: the layer of nodes paints those that are seen.

    Its drawing is laid out when it is first seen, so that a large diagram opens at once.

    Attributes:
        node_id: the node that it shows.
        value: what it shows.
        shape: its outline and ports.
        left: the left edge in the scene.
        top: the upper edge in the scene.
        block: its body's rectangle in the scene, the same object while the node is there.
    """

    __slots__ = (
        "_drawing", "_far", "_standing", "block", "left", "node_id", "shape", "top", "value",
    )  # fmt: skip

    def __init__(self, node_id: NodeId, value: NodeValue, standing: Standing) -> None:
        self.node_id = node_id
        self.value = value
        self.shape: NodeShape = shape_of(value)
        self._standing = standing
        self.left = self.top = 0.0
        self.block = QRectF(0.0, 0.0, self.shape.width, self.shape.height)
        self._drawing: NodeDrawing | None = None
        self._far: FarName | None = None

    @property
    def drawing(self) -> NodeDrawing:
        """How it is laid out."""
        if self._drawing is None:
            self._drawing = lay_out(self.value, self.shape, self._standing.palette)
        return self._drawing

    @property
    def far(self) -> FarName:
        """Its name as it is read from afar."""
        if self._far is None:
            self._far = far_name(self.value, self.shape, self._standing.palette)
        return self._far

    @property
    def state(self) -> NodeState:
        """How it stands out at the moment."""
        return self._standing.of_node(self.node_id)

    def show_value(self, value: NodeValue) -> bool:
        """Show another value; return whether its size or its ports are others."""
        before, self.value = self.shape, value
        self.shape = shape_of(value)
        self.forget_drawing()
        if self.shape is before or self.shape == before:
            return False
        self.block.setSize(QSizeF(self.shape.width, self.shape.height))
        return True

    def forget_drawing(self) -> None:
        """Lay it out anew when it is next seen."""
        self._drawing = self._far = None

    def put(self, x: float, y: float) -> None:
        """Lie with the top left corner at a place of the scene."""
        self.left, self.top = x, y
        self.block.moveTo(x, y)

    def x(self) -> float:
        """Return the left edge in the scene."""
        return self.left

    def y(self) -> float:
        """Return the upper edge in the scene."""
        return self.top

    def pos(self) -> QPointF:
        """Return the top left corner in the scene."""
        return QPointF(self.left, self.top)

    def frame(self) -> QRectF:
        """Return the body's rectangle in the scene."""
        return QRectF(self.block)

    @property
    def box(self) -> Rectangle:
        """The body's rectangle in the scene, as plain numbers."""
        left, top = self.left, self.top
        return Rectangle(left, top, left + self.shape.width, top + self.shape.height)

    def port_place(self, side: Side, index: int) -> QPointF:
        """Return a port's centre in the scene."""
        x, y = self.shape.centre(side, index)
        return QPointF(self.left + x, self.top + y)

    def end_at(self, place: QPointF) -> End | None:
        """Return the port at a place in the scene, if there is one."""
        found = hit_port(self.shape, place.x() - self.x(), place.y() - self.y())
        return End(self.node_id, *found) if found else None

    def covers(self, place: QPointF) -> bool:
        """Return whether a place in the scene lies on the body."""
        return in_body(self.shape, place.x() - self.x(), place.y() - self.y())
