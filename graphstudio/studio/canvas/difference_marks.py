"""What differs from another diagram, on the canvas: rings, and ghosts of what is gone."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.diagram.differences import Difference
from graphstudio.studio import theme as themes
from graphstudio.studio.canvas.boxes import Boxes
from graphstudio.studio.canvas.geometry import HEIGHT, WIDTHS
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.node_drawing import CORNER
from graphstudio.studio.canvas.node_painter import MARGIN
from graphstudio.studio.canvas.painting import Painting
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_differences import WireDifferences
from graphstudio.studio.comparison import Comparison
from graphstudio.studio.difference_signs import paint_sign, sign_colour
from graphstudio.studio.theme import Theme

_REACH = 4.0
_LINE = 2.0
_WASH = 26
_RADIUS = 8.0
_TAG = QRectF(12, -10, 0, 20)
_TAG_PADDING = 8.0


class DifferenceMarks(Painting):
    """Marks what was added and changed, and draws what was removed where it lay.

    Args:
        scene: the scene, over whose nodes it lies.
        comparison: what differs.
        theme: colours.

    Attributes:
        wires: the marks of wires.
    """

    def __init__(self, scene: DiagramScene, comparison: Comparison, theme: Theme) -> None:
        super().__init__(2.5)
        self._diagram_scene = scene
        self._comparison = comparison
        self._theme = theme
        self._kinds: dict[NodeId, str] = {}
        self._names: dict[NodeId, str] = {}
        self._ghosts: Boxes[NodeId] = Boxes()
        self._frames: dict[NodeId, QRectF] = {}
        self.wires = WireDifferences(scene, theme)
        self.setVisible(False)
        scene.addItem(self)
        scene.outlines_changed.connect(self._follow_outlines)
        comparison.changed.connect(self._follow)
        self._follow()

    @property
    def kinds(self) -> Mapping[NodeId, str]:
        """The nodes with rings: whether each was ``"added"`` or ``"changed"``."""
        return self._kinds

    @property
    def ghosts(self) -> Mapping[NodeId, QRectF]:
        """Where the nodes that were removed lay, in the scene."""
        return self._frames

    def place_of(self, one: Difference) -> QPointF | None:
        """Return where a difference is to be seen in the scene; none where it is not shown."""
        if one.what == "wire":
            return self.wires.middle_of(one)
        if one.node in self._frames:
            return self._frames[one.node].center()
        item = self._diagram_scene.nodes.get(one.node) if one.node else None
        return None if item is None else item.frame().center()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint what is in the exposed part."""
        area = option.exposedRect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        level = level_at(option.levelOfDetailFromTransform(painter.worldTransform()))
        seen = self._seen(area)
        for kind, frames in seen.items():
            _paint_frames(painter, kind, frames, sign_colour(kind, self._theme.palette), level)
        if level is Level.FAR:
            return
        for kind in ("added", "changed"):
            for frame in seen[kind]:
                paint_sign(painter, kind, frame.bottomRight(), _RADIUS, self._theme.palette)
        for ghost in self._ghosts.touching(area):
            self._paint_tag(painter, self._frames[ghost].topLeft(), self._names[ghost])

    def _seen(self, area: QRectF) -> dict[str, list[QRectF]]:
        """Return the frames in an area by what became of their nodes."""
        removed = [self._frames[ghost] for ghost in self._ghosts.touching(area)]
        seen: dict[str, list[QRectF]] = {"added": [], "changed": [], "removed": removed}
        kinds = self._kinds
        for item in self._diagram_scene.nodes.touching(area):
            if item.node_id in kinds:
                seen[kinds[item.node_id]].append(item.block)
        return seen

    def _paint_tag(self, painter: QPainter, corner: QPointF, name: str) -> None:
        """Write a ghost's name over its edge, where it can be read whatever lies below."""
        palette = self._theme.palette
        tag = _TAG.translated(corner)
        tag.setWidth(_tag_width(name))
        painter.setPen(QPen(QColor(palette.error), 1))
        painter.setBrush(QColor(palette.canvas))
        painter.drawRoundedRect(tag, 5, 5)
        painter.setFont(themes.sans(12))
        painter.setPen(QColor(palette.text))
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, name)
        paint_sign(painter, "removed", corner, _RADIUS, palette)

    def _follow(self) -> None:
        """Take what differs now."""
        comparison = self._comparison
        shown = comparison.in_view
        nodes = [one for one in comparison.found if shown and one.what == "node" and one.node]
        self._kinds = {one.node: one.kind for one in nodes if one.node and one.kind != "removed"}
        self._names = {one.node: one.name for one in nodes if one.node and one.kind == "removed"}
        self._frames = _old_frames(comparison.before, self._names)
        self._ghosts = Boxes()
        edges = [(r.left(), r.top(), r.right(), r.bottom()) for r in self._frames.values()]
        self._ghosts.put(list(self._frames), edges)
        self.setVisible(bool(nodes))
        self._measure()
        self.update()
        wires = [one for one in comparison.found if shown and one.what == "wire"]
        self.wires.show_wires(wires, self._frames)

    def _follow_outlines(self, _moved: object) -> None:
        if self.isVisible():
            self._measure()

    def _measure(self) -> None:
        """Lie around all nodes, so that one that moves takes its ring along."""
        bounds = self._ghosts.around()
        if self._kinds:
            bounds = bounds.united(self._diagram_scene.nodes.around())
        if not bounds.isNull():
            bounds.adjust(-MARGIN, -MARGIN, MARGIN, MARGIN)
        self._bound(bounds)


def _paint_frames(
    painter: QPainter, kind: str, frames: list[QRectF], colour: QColor, level: Level
) -> None:
    """Paint rings around nodes, or dashed outlines where they were."""
    gone = kind == "removed"
    pen = QPen(colour, _LINE, Qt.PenStyle.DashLine if gone else Qt.PenStyle.SolidLine)
    # From afar the line stays as wide as it is, or nobody sees it.
    pen.setCosmetic(level is not Level.NEAR)
    wash = QColor(colour)
    wash.setAlpha(_WASH)
    painter.setPen(pen)
    painter.setBrush(wash)
    reach = 0.0 if gone else _REACH
    around = [frame.adjusted(-reach, -reach, reach, reach) for frame in frames]
    if level is Level.FAR:
        painter.drawRects(around)
        return
    for frame in around:
        painter.drawRoundedRect(frame, CORNER + reach, CORNER + reach)


def _old_frames(before: Diagram, gone: Mapping[NodeId, str]) -> dict[NodeId, QRectF]:
    """Return where nodes lay, about as large as they were."""
    places = before.positions
    if any(node not in places for node in gone):
        places = {**arrange(before), **places}
    return {
        node: QRectF(
            places[node].x,
            places[node].y,
            min(max(_tag_width(name) + 2 * _TAG.x(), WIDTHS[0]), WIDTHS[1]),
            HEIGHT,
        )
        for node, name in gone.items()
    }


def _tag_width(name: str) -> float:
    text = QFontMetricsF(themes.sans(12)).horizontalAdvance(name)
    return min(text, WIDTHS[1] - 2 * _TAG.x()) + 2 * _TAG_PADDING
