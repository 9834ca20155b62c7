"""How a node is painted from its drawing and its state."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen

from graphstudio.studio.canvas.node_drawing import CORNER, FarName, Inks, NodeDrawing
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.standing import NodeState

# How far anything is painted beside a node's body.
MARGIN = 16.0
_MARK_RADIUS = 9.0
_FAR_MARK_RADIUS = 14.0
# How much is seen of a node that no end of the wire in hand fits.
_UNFIT = 0.35
_NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)


def paint_near(painter: QPainter, item: NodeItem) -> None:
    """Paint a node with everything that it says, its top left corner at the origin."""
    drawing, state = item.drawing, item.state
    inks = drawing.inks
    _paint_body(painter, drawing, state)
    painter.fillPath(drawing.bar, drawing.bar_colour)
    painter.setPen(inks.hairline)
    painter.drawLine(drawing.hairline)
    font = None
    for text in drawing.texts:
        if text.font is not font:
            font = text.font
            painter.setFont(font)
        painter.setPen(text.colour)
        painter.drawText(text.place, text.text)
    if drawing.orders and (state.selected or state.hovered or state.fitting):
        for order in drawing.orders:
            painter.setFont(order.font)
            painter.setPen(order.colour)
            painter.drawText(order.place, order.text)
    shape = drawing.shape_text
    painter.setFont(shape.font)
    painter.setPen(inks.faint if state.pending else shape.colour)
    painter.drawText(shape.place, shape.text)
    if drawing.link:
        painter.drawPixmap(drawing.link_place, drawing.link, QRectF(drawing.link.rect()))
    _paint_discs(painter, drawing, state)
    if drawing.mark:
        _paint_mark(painter, drawing.body.width(), drawing.mark, inks)


def paint_middle(painter: QPainter, item: NodeItem) -> None:
    """Paint a node as it can be read from afar: its outline, its colour and its name."""
    far, state = item.far, item.state
    opacity = _paint_body(painter, far, state)
    if state.selected:
        # The ring of the near view would be thinner than a pixel here.
        painter.setOpacity(1.0)
        painter.setPen(far.inks.selected_far)
        painter.setBrush(_NO_BRUSH)
        painter.drawRoundedRect(far.body, CORNER, CORNER)
        painter.setOpacity(opacity)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(far.bar_colour)
    painter.drawRect(far.bar)
    painter.setFont(far.font)
    painter.setPen(far.colour)
    painter.drawStaticText(far.place, far.name)
    if far.mark:
        painter.setPen(far.inks.ring)
        painter.setBrush(far.mark)
        painter.drawEllipse(far.body.topRight(), _FAR_MARK_RADIUS, _FAR_MARK_RADIUS)


def _paint_body(painter: QPainter, drawing: NodeDrawing | FarName, state: NodeState) -> float:
    """Paint body and outline; return the opacity, which is set for all the rest."""
    opacity = _UNFIT if state.unfit else drawing.opacity
    inset = 0.0 if state.selected else 0.5
    body, pen = drawing.body.adjusted(inset, inset, -inset, -inset), _outline(drawing, state)
    painter.setOpacity(opacity)
    painter.setBrush(drawing.inks.node)
    if opacity < 1.0 and (state.selected or drawing.dashed):
        # However faint a node is, that it is selected or dashed is seen.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(body, CORNER, CORNER)
        painter.setOpacity(1.0)
        painter.setBrush(_NO_BRUSH)
    painter.setPen(pen)
    painter.drawRoundedRect(body, CORNER, CORNER)
    if drawing.edge is not None:
        painter.setPen(QPen(pen.color(), 1))
        painter.setBrush(_NO_BRUSH)
        painter.drawRoundedRect(drawing.edge, CORNER + 3, CORNER + 3)
    painter.setOpacity(opacity)
    return opacity


def _outline(drawing: NodeDrawing | FarName, state: NodeState) -> QPen:
    inks = drawing.inks
    if drawing.dashed:
        return inks.dashed_selected if state.selected else inks.dashed
    return inks.selected if state.selected else inks.hovered if state.hovered else inks.outline


def _paint_discs(painter: QPainter, drawing: NodeDrawing, state: NodeState) -> None:
    inks = drawing.inks
    for side, discs in drawing.discs.items():
        for number, disc in enumerate(discs):
            fitting = state.fitting is not None and (side, number) in state.fitting
            radius = disc.radius + (2 if (side, number) == state.port else 1 if fitting else 0)
            painter.setPen(inks.ring)
            painter.setBrush(inks.accent if fitting else disc.colour)
            painter.drawEllipse(disc.centre, radius - 1, radius - 1)
            if disc.hollow and not fitting:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(inks.node)
                painter.drawEllipse(disc.centre, radius - 3, radius - 3)


def _paint_mark(painter: QPainter, width: float, colour: QColor, inks: Inks) -> None:
    centre = QPointF(width - 3, 3)
    painter.setPen(inks.ring)
    painter.setBrush(colour)
    painter.drawEllipse(centre, _MARK_RADIUS, _MARK_RADIUS)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(inks.on_mark)
    painter.drawRoundedRect(QRectF(centre.x() - 1, centre.y() - 4.5, 2, 5.5), 1, 1)
    painter.drawEllipse(centre + QPointF(0, 3.5), 1.2, 1.2)
