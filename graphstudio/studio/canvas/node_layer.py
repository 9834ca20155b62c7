"""The graphics item that paints all nodes."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.canvas.background import GROUND
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.node_painter import MARGIN, paint_middle, paint_near
from graphstudio.studio.canvas.nodes import Nodes
from graphstudio.studio.canvas.painting import Painting
from graphstudio.studio.canvas.standing import Standing

# Sizes in the far view, in pixels of the view: they stay as large however far it is.
_RING = 3.0
_GAP = 1.0
# Below this zoom a block is too small for a gap between it and its ring.
_GAP_SEEN = 0.1
# The zooms at which blocks lie on whole pixels: they are a few pixels large, and there are many.
_CRISP = (0.04, 0.12)
_MARK = 7.0


class NodeLayer(Painting):
    """Paints the nodes that are seen: one by one from near, all blocks at once from afar."""

    def __init__(self, nodes: Nodes, standing: Standing) -> None:
        # Nodes may lie anywhere.
        super().__init__(1, GROUND)
        self._nodes = nodes
        self._standing = standing

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the nodes in the exposed part."""
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        level = level_at(zoom)
        if level is Level.FAR:
            self._paint_far(painter, zoom)
            return
        paint = paint_near if level is Level.NEAR else paint_middle
        area = option.exposedRect.adjusted(-MARGIN, -MARGIN, MARGIN, MARGIN)
        seen = self._nodes.touching(area)
        self._nodes.keep(seen)
        for item in seen:
            x, y = item.x(), item.y()
            painter.translate(x, y)
            paint(painter, item)
            painter.translate(-x, -y)
        painter.setOpacity(1.0)

    def _paint_far(self, painter: QPainter, zoom: float) -> None:
        palette, ring = self._standing.palette, _RING / zoom
        painter.setPen(Qt.PenStyle.NoPen)
        # So many small blocks are painted sooner on whole pixels, unless they would vanish between.
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, not _CRISP[0] < zoom < _CRISP[1])
        self._paint_rings(painter, self._standing.selected, QColor(palette.accent), ring)
        if zoom > _GAP_SEEN:
            gap = QColor(palette.canvas)
            self._paint_rings(painter, self._standing.selected, gap, _GAP / zoom)
        hovered = self._standing.hovered
        if hovered is not None:
            self._paint_rings(painter, (hovered,), QColor(palette.text), _GAP / zoom)
        for colour, frames in self._nodes.blocks:
            painter.setBrush(QColor(colour))
            painter.drawRects(frames)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, places in self._nodes.marks:
            pen = QPen(QColor(colour), _MARK / zoom)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawPoints(places)

    def _paint_rings(
        self, painter: QPainter, nodes: Iterable[NodeId], colour: QColor, width: float
    ) -> None:
        """Paint what stands out around the blocks that are painted over it."""
        frames = self._nodes.frames(nodes)
        painter.setBrush(colour)
        if frames:
            painter.drawRects([frame.adjusted(-width, -width, width, width) for frame in frames])
