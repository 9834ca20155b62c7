"""A diagram as a small picture: blocks in the colours of their categories, and the wires."""

from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagram import Diagram, InputNode, NodeId
from graphstudio.diagram.measures import DEFAULT_SIZE
from graphstudio.studio.theme import Palette

_MARGIN = 10.0
# A block smaller than this many pixels could not be seen.
_LEAST = 3.0


def thumbnail(
    diagram: Diagram, catalog: Catalog, palette: Palette, size: QSize, ratio: float = 1.0
) -> QPixmap:
    """Return a picture of a diagram.

    Args:
        diagram: what is drawn.
        catalog: where the categories of its layers are looked up.
        palette: colours of the theme.
        size: of the picture, in pixels of the view.
        ratio: pixels of the screen for one of the view.
    """
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(QColor(palette.canvas))
    if not diagram.positions:
        return pixmap
    blocks = _blocks(diagram, size)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.faint), 1))
    painter.drawLines(
        [
            QLineF(blocks[wire.source].center(), blocks[wire.target].center())
            for wire in diagram.wires.values()
            if wire.source in blocks and wire.target in blocks
        ]
    )
    painter.setPen(Qt.PenStyle.NoPen)
    for node, block in blocks.items():
        painter.setBrush(palette.category(_category(diagram, node, catalog)))
        painter.drawRoundedRect(block, 2, 2)
    painter.end()
    return pixmap


def _blocks(diagram: Diagram, size: QSize) -> dict[NodeId, QRectF]:
    """Return where each node lies in the picture; all fit, none is drawn larger than it is."""
    width, height = DEFAULT_SIZE
    frames = {node: QRectF(at.x, at.y, width, height) for node, at in diagram.positions.items()}
    world = QRectF()
    for frame in frames.values():
        world = world.united(frame)
    room = QRectF(0, 0, size.width(), size.height()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    scale = min(room.width() / world.width(), room.height() / world.height(), 0.5)
    blocks = {}
    for node, frame in frames.items():
        way = (frame.center() - world.center()) * scale
        block = QRectF(0, 0, max(width * scale, _LEAST), max(height * scale, _LEAST))
        block.moveCenter(room.center() + way)
        blocks[node] = block
    return blocks


def _category(diagram: Diagram, node_id: NodeId, catalog: Catalog) -> str:
    layer = diagram.layer_of(node_id)
    if layer is None:
        return "input" if isinstance(diagram.nodes[node_id], InputNode) else "head"
    entry = catalog.entry_of(layer)
    return entry.category if entry else "core"
