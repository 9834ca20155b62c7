"""How a node is painted from its drawing and its state."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from graphstudio.studio.canvas.node_drawing import CORNER, NodeDrawing
from graphstudio.studio.canvas.ports import Side

MARGIN = 12.0
_MARK_RADIUS = 9.0


@dataclass(frozen=True, slots=True)
class NodeState:
    """How a node stands out at the moment.

    Attributes:
        selected: whether it is selected.
        pending: whether its shape is from before the last edit.
        hovered: whether the pointer is over it.
        port: the port under the pointer.
        fitting: the side whose ports take the wire that is being drawn.
    """

    selected: bool = False
    pending: bool = False
    hovered: bool = False
    port: tuple[Side, int] | None = None
    fitting: Side | None = None


def paint_near(painter: QPainter, drawing: NodeDrawing, state: NodeState) -> None:
    """Paint a node with everything that it says."""
    palette = drawing.palette
    _paint_body(painter, drawing)
    painter.setPen(QColor(palette.line))
    painter.drawLine(
        QPointF(1, drawing.hairline), QPointF(drawing.body.width() - 1, drawing.hairline)
    )
    for text in drawing.texts:
        painter.setFont(text.font)
        painter.setPen(text.colour)
        painter.drawText(text.place, text.text)
    painter.setFont(drawing.shape_text.font)
    painter.setPen(QColor(palette.faint) if state.pending else drawing.shape_text.colour)
    painter.drawText(drawing.shape_text.place, drawing.shape_text.text)
    if drawing.link:
        painter.drawPixmap(drawing.link_place, drawing.link, QRectF(drawing.link.rect()))
    _paint_outline(painter, drawing, state)
    _paint_discs(painter, drawing, state)
    if drawing.mark:
        _paint_mark(painter, drawing, drawing.mark)


def paint_far(painter: QPainter, drawing: NodeDrawing, state: NodeState) -> None:
    """Paint a node as it can be read from afar: its outline, its colour and its name."""
    _paint_body(painter, drawing)
    painter.setFont(drawing.far_text.font)
    painter.setPen(drawing.far_text.colour)
    painter.drawText(drawing.far_text.place, drawing.far_text.text)
    _paint_outline(painter, drawing, state)
    if drawing.mark:
        _paint_mark(painter, drawing, drawing.mark)


def _paint_body(painter: QPainter, drawing: NodeDrawing) -> None:
    painter.setOpacity(drawing.opacity)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(drawing.palette.node))
    painter.drawRoundedRect(drawing.body, CORNER, CORNER)
    painter.fillPath(drawing.bar, drawing.bar_colour)


def _paint_outline(painter: QPainter, drawing: NodeDrawing, state: NodeState) -> None:
    palette = drawing.palette
    # However faint a node is, that it is selected or dashed is seen.
    painter.setOpacity(1.0 if state.selected or drawing.dashed else drawing.opacity)
    if state.selected:
        pen, inset = QPen(QColor(palette.accent), 2), 0.0
    else:
        stands_out = state.hovered or drawing.dashed
        pen, inset = QPen(QColor(palette.faint if stands_out else palette.node_line), 1), 0.5
    if drawing.dashed:
        pen.setStyle(Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    outline = drawing.body.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(outline, CORNER, CORNER)
    if drawing.edge is not None:
        painter.setPen(QPen(pen.color(), 1))
        painter.drawRoundedRect(drawing.edge, CORNER + 3, CORNER + 3)
    painter.setOpacity(drawing.opacity)


def _paint_discs(painter: QPainter, drawing: NodeDrawing, state: NodeState) -> None:
    palette = drawing.palette
    ring = QPen(QColor(palette.canvas), 2)
    for side, discs in drawing.discs.items():
        fitting = side is state.fitting
        for number, disc in enumerate(discs):
            radius = disc.radius + (2 if (side, number) == state.port else 1 if fitting else 0)
            colour = QColor(palette.accent) if fitting else disc.colour
            painter.setPen(ring)
            painter.setBrush(colour)
            painter.drawEllipse(disc.centre, radius - 1, radius - 1)
            if disc.hollow and not fitting:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(palette.node))
                painter.drawEllipse(disc.centre, radius - 3, radius - 3)


def _paint_mark(painter: QPainter, drawing: NodeDrawing, colour: QColor) -> None:
    centre = QPointF(drawing.body.width() - 3, 3)
    painter.setPen(QPen(QColor(drawing.palette.canvas), 2))
    painter.setBrush(colour)
    painter.drawEllipse(centre, _MARK_RADIUS, _MARK_RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(drawing.palette.on_mark))
    painter.drawRoundedRect(QRectF(centre.x() - 1, centre.y() - 4.5, 2, 5.5), 1, 1)
    painter.drawEllipse(centre + QPointF(0, 3.5), 1.2, 1.2)
