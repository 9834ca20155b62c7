"""The thin lines that show with what a dragged node is in line, and the node that they hold."""

from collections.abc import Collection, Iterator
from itertools import islice

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.diagram import NodeId, Position
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.rectangles import Rectangle, around
from graphstudio.studio.canvas.geometry import NodeShape
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.snapping import REACH, Guide, Joint, Neighbour, snap
from graphstudio.studio.theme import Palette

# How far from a node its neighbours begin, and how many of them count at most.
_AROUND = (480.0, 240.0)
_MOST = 40
# Far out, a pixel of the screen is a long way: nothing catches from farther than this.
_FARTHEST = 16.0


class GuideLines(QGraphicsItem):
    """Lines behind the nodes, one pixel wide at any zoom."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._pen = QPen(QColor(palette.accent), 1)
        self._pen.setCosmetic(True)
        self._lines: list[QLineF] = []
        self._bounds = QRectF()
        # Over wires, behind nodes.
        self.setZValue(0.8)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    @property
    def lines(self) -> list[QLineF]:
        """The lines, in the scene."""
        return list(self._lines)

    def show_guides(self, guides: Collection[Guide]) -> None:
        """Show these lines and no others."""
        lines = [
            QLineF(one.at, one.start, one.at, one.end)
            if one.upright
            else QLineF(one.start, one.at, one.end, one.at)
            for one in guides
        ]
        if lines != self._lines:
            self.prepareGeometryChange()
            self._lines = lines
            self._bounds = QRectF()
            for line in lines:
                bounds = QRectF(line.p1(), line.p2()).normalized()
                self._bounds = self._bounds.united(bounds.adjusted(-8, -8, 8, 8))

    def boundingRect(self) -> QRectF:
        """Return what the lines lie in."""
        return self._bounds

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the lines."""
        painter.setPen(self._pen)
        painter.drawLines(self._lines)


class Guided:
    """Brings what is dragged in line with what lies around it, and shows with what.

    Edges and centres are those of the rectangle around all that is dragged, ports and wires those
    of the node in the hand.

    Args:
        scene: where the node lies.
        grabbed: the node in the hand.
        moving: all nodes that are dragged with it.
        palette: colours of the theme.
    """

    def __init__(
        self, scene: DiagramScene, grabbed: NodeId, moving: Collection[NodeId], palette: Palette
    ) -> None:
        self._scene = scene
        self._node = scene.nodes[grabbed]
        self._moving = moving
        self._direction = scene.diagram.direction
        box = around(scene.nodes[key].box for key in moving if key in scene.nodes)
        # The rectangle around all, from the top left corner of the node in the hand.
        self._box = (box or self._node.box).moved(-self._node.x(), -self._node.y())
        self._joints = list(_joints(scene, grabbed, moving, self._box))
        self._lines = GuideLines(palette)
        scene.addItem(self._lines)

    def place(self, x: float, y: float) -> Position:
        """Return where the node comes to rest near a place, and show the guides."""
        box = self._box.moved(x, y)
        dragged = Neighbour(box, _ports(self._node.shape, x, y))
        reach = min(REACH / self._scale(), _FARTHEST)
        near = list(self._neighbours(box))
        found = snap(dragged, self._joints, near, reach, self._direction)
        self._lines.show_guides(found.guides)
        return Position(found.x - self._box.left, found.y - self._box.top)

    def free(self) -> None:
        """Show no guides: the node goes where it is dragged."""
        self._lines.show_guides(())

    def end(self) -> None:
        """Take the guides away."""
        if self._lines.scene() is not None:
            self._scene.removeItem(self._lines)

    def _neighbours(self, box: Rectangle) -> Iterator[Neighbour]:
        area = QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)
        area.adjust(-_AROUND[0], -_AROUND[1], _AROUND[0], _AROUND[1])
        near = self._scene.nodes.touching(area)
        for item in islice((one for one in near if one.node_id not in self._moving), _MOST):
            yield Neighbour(item.box, _ports(item.shape, item.x(), item.y()))

    def _scale(self) -> float:
        """Return how many pixels of the screen one of the scene is."""
        views = self._scene.views()
        return views[0].transform().m11() if views else 1.0


def _ports(shape: NodeShape, x: float, y: float) -> list[float]:
    """Return where the ports of a node lie, across the direction that wires leave in."""
    ports = (*shape.inputs, *shape.outputs)
    if shape.direction is Direction.DOWN:
        return [x + port for port, _ in ports]
    return [y + port for _, port in ports]


def _joints(
    scene: DiagramScene, grabbed: NodeId, moving: Collection[NodeId], box: Rectangle
) -> Iterator[Joint]:
    """Yield the wires between the grabbed node and nodes that stay.

    Args:
        scene: where they lie.
        grabbed: the node.
        moving: what is dragged with it.
        box: the rectangle around all of that, from the node's top left corner.
    """
    diagram, node = scene.diagram, scene.nodes[grabbed]
    corner = node.pos() + QPointF(box.left, box.top)

    def joint(own: QPointF, end: QPointF) -> Joint:
        if diagram.direction is Direction.DOWN:
            return Joint(own.x() - corner.x(), end.x(), end.y())
        return Joint(own.y() - corner.y(), end.y(), end.x())

    for wire in diagram.incoming.get(grabbed, ()):
        if wire.source not in moving:
            end = scene.nodes[wire.source].port_place(Side.OUTPUT, wire.output)
            own = node.port_place(Side.INPUT, node.value.ports.slot_of(wire))
            yield joint(own, end)
    for wire in diagram.outgoing.get(grabbed, ()):
        if wire.target not in moving:
            other = scene.nodes[wire.target]
            end = other.port_place(Side.INPUT, other.value.ports.slot_of(wire))
            own = node.port_place(Side.OUTPUT, wire.output)
            yield joint(own, end)
