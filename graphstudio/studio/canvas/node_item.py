"""A node on the canvas: one item that paints its drawing and finds its ports by arithmetic."""

from collections.abc import Hashable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.canvas.geometry import hit_port, in_body
from graphstudio.studio.canvas.node_drawing import NodeDrawing, lay_out
from graphstudio.studio.canvas.node_painter import MARGIN, NodeState, paint_far, paint_near
from graphstudio.studio.canvas.node_value import NodeValue
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.theme import Palette

FAR = 0.4


class NodeItem(QGraphicsItem):
    """One node.

    Attributes:
        node_id: the node that it shows.
        key: what its value was made from, so that the scene can tell when it must be made anew.
    """

    def __init__(self, node_id: NodeId, value: NodeValue, palette: Palette) -> None:
        super().__init__()
        self.node_id = node_id
        self.key: Hashable = None
        self._value = value
        self._state = NodeState()
        self._drawing = lay_out(value, palette)
        self._bounds = _bounds(self._drawing)
        self.setZValue(1)

    @property
    def value(self) -> NodeValue:
        """What it shows."""
        return self._value

    @property
    def drawing(self) -> NodeDrawing:
        """How it is laid out."""
        return self._drawing

    @property
    def state(self) -> NodeState:
        """How it stands out at the moment."""
        return self._state

    def show_value(self, value: NodeValue, palette: Palette) -> bool:
        """Show another value; return whether its size or its ports are others."""
        before = self._drawing.shape
        self._value = value
        self._drawing = lay_out(value, palette)
        reshaped = self._drawing.shape != before
        if reshaped:
            self.prepareGeometryChange()
            self._bounds = _bounds(self._drawing)
        self.update()
        return reshaped

    def show_state(self, state: NodeState) -> None:
        """Stand out in another way."""
        if state != self._state:
            self._state = state
            self.update()

    def frame(self) -> QRectF:
        """Return the body's rectangle in the scene."""
        return self._drawing.body.translated(self.pos())

    def port_place(self, side: Side, index: int) -> QPointF:
        """Return a port's centre in the scene."""
        return self.pos() + QPointF(*self._drawing.shape.centre(side, index))

    def end_at(self, place: QPointF) -> End | None:
        """Return the port at a place in the scene, if there is one."""
        local = place - self.pos()
        found = hit_port(self._drawing.shape, local.x(), local.y())
        return End(self.node_id, *found) if found else None

    def covers(self, place: QPointF) -> bool:
        """Return whether a place in the scene lies on the body."""
        local = place - self.pos()
        return in_body(self._drawing.shape, local.x(), local.y())

    def boundingRect(self) -> QRectF:
        """Return what it paints in, ring and mark included."""
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint it, with less on it where the view is far."""
        detail = option.levelOfDetailFromTransform(painter.worldTransform())
        (paint_far if detail < FAR else paint_near)(painter, self._drawing, self._state)


def _bounds(drawing: NodeDrawing) -> QRectF:
    return drawing.body.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
