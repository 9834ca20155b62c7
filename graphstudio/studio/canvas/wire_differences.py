"""Wires that differ from another diagram, on the canvas: dashes, and ghosts of what is gone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.diagram import NodeId, Wire, WireId
from graphstudio.diagram.differences import Difference, End
from graphstudio.studio.canvas.boxes import Boxes
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.painting import Painting
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_item import WIDTH, WireItem
from graphstudio.studio.canvas.wire_path import wire_path
from graphstudio.studio.difference_signs import paint_sign, sign_colour
from graphstudio.studio.theme import Theme

_RADIUS = 7.0
_GLOW = 60
_GLOW_WIDTH = WIDTH + 6
# In widths of the line: what is there is whole, what is gone the most broken.
_DASHES: Mapping[str, tuple[float, ...]] = {
    "added": (),
    "changed": (6.0, 2.0, 1.0, 2.0),
    "removed": (3.0, 3.0),
}
_FAR_WIDTH = 2.0


class WireDifferences(Painting):
    """Marks the wires that were added or come from elsewhere, and draws those that went.

    A wire that comes from elsewhere is drawn as it was, too.

    Args:
        scene: the scene, over whose wires it lies and under whose nodes.
        theme: colours.
    """

    def __init__(self, scene: DiagramScene, theme: Theme) -> None:
        super().__init__(0.25)
        self._diagram_scene = scene
        self._theme = theme
        self._kinds: dict[WireId, str] = {}
        self._gone: dict[End, Wire] = {}
        self._frames: Mapping[NodeId, QRectF] = {}
        self._ways: dict[End, tuple[QPointF, QPointF]] = {}
        self._paths: dict[End, QPainterPath] = {}
        self._boxes: Boxes[End] = Boxes()
        self.setVisible(False)
        scene.addItem(self)
        scene.outlines_changed.connect(self._follow_nodes)

    @property
    def kinds(self) -> Mapping[WireId, str]:
        """The wires with marks: whether each was ``"added"`` or ``"changed"``."""
        return self._kinds

    @property
    def ghosts(self) -> Mapping[End, tuple[QPointF, QPointF]]:
        """From where to where the wires went that are gone, in the scene, by where they ended."""
        return self._ways

    def show_wires(self, found: Iterable[Difference], frames: Mapping[NodeId, QRectF]) -> None:
        """Mark the wires that differ.

        Args:
            found: differences of wires.
            frames: where the nodes lay that are gone.
        """
        differing = list(found)
        self._kinds = {one.wire: one.kind for one in differing if one.wire}
        gone = (one.was for one in differing if one.was)
        self._gone = {(wire.target, wire.port, wire.order): wire for wire in gone}
        self._frames = frames
        self._ways, self._paths, self._boxes = {}, {}, Boxes()
        self._lay(self._gone)
        self.setVisible(bool(differing))
        self._measure()
        self.update()

    def middle_of(self, one: Difference) -> QPointF | None:
        """Return the place half way along a wire; none for one that is not shown."""
        item = self._diagram_scene.wires.get(one.wire) if one.wire else None
        if item is not None:
            return _middle(item.path)
        was = one.was
        path = self._paths.get((was.target, was.port, was.order)) if was else None
        return None if path is None else _middle(path)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint what is in the exposed part."""
        level = level_at(option.levelOfDetailFromTransform(painter.worldTransform()))
        gone = self._boxes.touching(option.exposedRect)
        there: dict[str, list[WireItem]] = {"added": [], "changed": []}
        for item in self._diagram_scene.wires.touching(option.exposedRect):
            if item.wire_id in self._kinds and not item.hidden:
                there[self._kinds[item.wire_id]].append(item)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if level is Level.FAR:
            self._paint_far(painter, "removed", [QLineF(*self._ways[end]) for end in gone])
            for kind, items in there.items():
                self._paint_far(painter, kind, [line for item in items for line in item.lines])
            return
        paths = {"removed": [self._paths[end] for end in gone]}
        paths |= {kind: [item.path for item in items] for kind, items in there.items()}
        for kind, of_kind in paths.items():
            self._paint_near(painter, kind, of_kind, level)
        for kind, of_kind in paths.items():
            for path in of_kind:
                paint_sign(painter, kind, _middle(path), _RADIUS, self._theme.palette)

    def _paint_far(self, painter: QPainter, kind: str, lines: Sequence[QLineF]) -> None:
        pen = QPen(sign_colour(kind, self._theme.palette), _FAR_WIDTH)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.drawLines(lines)

    def _paint_near(
        self, painter: QPainter, kind: str, paths: Iterable[QPainterPath], level: Level
    ) -> None:
        colour = sign_colour(kind, self._theme.palette)
        glow = QColor(colour)
        glow.setAlpha(_GLOW)
        pen = QPen(colour, WIDTH)
        # From farther away the line stays as wide as it is, or nobody sees it.
        pen.setCosmetic(level is not Level.NEAR)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if _DASHES[kind]:
            pen.setDashPattern(_DASHES[kind])
        for path in paths:
            painter.strokePath(path, QPen(glow, _GLOW_WIDTH))
            painter.strokePath(path, pen)

    def _follow_nodes(self, moved: frozenset[NodeId]) -> None:
        """Keep the ghosts at the nodes that are still there."""
        if not self.isVisible():
            return
        self._lay(
            [end for end, was in self._gone.items() if was.source in moved or was.target in moved]
        )
        self._measure()

    def _lay(self, ends: Iterable[End]) -> None:
        """Lay the wires that are gone from where they began to where they ended."""
        ways = {end: tuple(self._ends_of(self._gone[end])) for end in ends}
        laid = {end: (way[0], way[1]) for end, way in ways.items() if len(way) == 2}
        self._ways |= laid
        self._paths |= {end: wire_path(way) for end, way in laid.items()}
        rects = [self._paths[end].controlPointRect() for end in laid]
        edges = [(r.left(), r.top(), r.right(), r.bottom()) for r in rects]
        self._boxes.put(list(laid), edges)

    def _ends_of(self, wire: Wire) -> Iterator[QPointF]:
        """Yield where a wire began and where it ended."""
        for node, side in ((wire.source, Side.OUTPUT), (wire.target, Side.INPUT)):
            item = self._diagram_scene.nodes.get(node)
            if item is not None:
                slot = item.value.ports.slot_of(wire)
                number = wire.output if side is Side.OUTPUT else slot
                x, y = item.shape.centre(side, number)
                yield QPointF(item.x() + x, item.y() + y)
            elif node in self._frames:
                frame = self._frames[node]
                x = frame.right() if side is Side.OUTPUT else frame.left()
                yield QPointF(x, frame.center().y())

    def _measure(self) -> None:
        """Lie around all wires, so that one that moves takes its mark along."""
        bounds = self._boxes.around()
        if self._kinds:
            bounds = bounds.united(self._diagram_scene.wires.around())
        if not bounds.isNull():
            reach = _RADIUS + 1
            bounds.adjust(-reach, -reach, reach, reach)
        self._bound(bounds)


def _middle(path: QPainterPath) -> QPointF:
    return path.pointAtPercent(0.5)
