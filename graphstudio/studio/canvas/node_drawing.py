"""How a node is laid out: once when its value changes, so that painting works nothing out."""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainterPath, QPixmap

from graphstudio.diagram.diagnostics import Severity
from graphstudio.diagram.diagram import Use
from graphstudio.studio.canvas.geometry import (
    EXTRA_RADIUS,
    FOOT_HEIGHT,
    PORT_RADIUS,
    NodeShape,
    label_rows,
    node_shape,
)
from graphstudio.studio.canvas.node_value import DEFAULT_DTYPE, NodeValue
from graphstudio.studio.canvas.ports import Ports, Side
from graphstudio.studio.canvas.wire_colour import wire_colour
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Palette, mono, sans

CORNER = 8.0
_LEFT = 16.0
_RIGHT = 12.0
_BAR = 4.0
_GAP = 12.0
# Words take no more of a node than this; its shape and its parameters may.
_WORDS_WIDTH = 220.0
_CLASS_ROOM = 40.0
_FOOT_BASELINE = 9.0
_LINK = 12
_EDGE = 3.5
# How much is seen of a node that is bypassed, and of one that is not in the model.
_SKIPPED = 0.5
_LEFT_OUT = 0.4


@dataclass(frozen=True, slots=True)
class Text:
    """A text at a place: the start of its baseline."""

    place: QPointF
    text: str
    font: QFont
    colour: QColor


@dataclass(frozen=True, slots=True)
class Disc:
    """A port's disc: where it is, and its colour; a hollow one has no wire."""

    centre: QPointF
    radius: float
    colour: QColor
    hollow: bool


@dataclass(frozen=True, slots=True)
class NodeDrawing:
    """A node, laid out. Places are from its top left corner, in pixels at 100% zoom.

    The edge is the second one around a model that can be opened. What is not in the model, or is
    skipped in it, is painted with less than full opacity; what somebody made so is dashed too.
    """

    shape: NodeShape
    body: QRectF
    bar: QPainterPath
    bar_colour: QColor
    texts: tuple[Text, ...]
    shape_text: Text
    far_text: Text
    hairline: float
    discs: dict[Side, tuple[Disc, ...]]
    mark: QColor | None
    link: QPixmap | None
    link_place: QRectF
    edge: QRectF | None
    opacity: float
    dashed: bool
    palette: Palette


def lay_out(value: NodeValue, palette: Palette) -> NodeDrawing:
    """Return the drawing of a value."""
    shape = node_shape(value.ports, _content_width(value))
    body = QRectF(0, 0, shape.width, shape.height)
    class_left = shape.width - _RIGHT - _width(_small(), _class_name(value, shape))
    return NodeDrawing(
        shape=shape,
        body=body,
        bar=_bar(body),
        bar_colour=palette.category(value.category),
        texts=(*_texts(value, shape, palette), *_labels(value, shape, palette)),
        shape_text=_shape_text(value, shape, palette),
        far_text=_far_text(value, shape, palette),
        hairline=shape.height - FOOT_HEIGHT,
        discs=_discs(value, shape, palette),
        mark=_mark_colour(value.severity, palette),
        link=_link(palette) if value.shared else None,
        link_place=QRectF(class_left - _LINK - 4, 11, _LINK, _LINK),
        edge=body.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE) if value.nested else None,
        opacity=_LEFT_OUT if value.left_out else _SKIPPED if value.use is Use.BYPASSED else 1.0,
        dashed=value.use is not Use.ACTIVE,
        palette=palette,
    )


def _content_width(value: NodeValue) -> float:
    """Return the width that the widest line wants, margins included; words are cut first."""
    link = _LINK + 4 if value.shared else 0
    head = _width(_name_font(), value.name) + _GAP + link + _width(_small(), value.class_name)
    foot = _width(_mono(), value.shape)
    if value.params:
        foot += _GAP + _width(_mono(), value.params)
    middle = _width(_middle(), value.parameters) + _cost_width(value)
    words = max(head, middle, _labels_width(value.ports))
    margins = _LEFT + _RIGHT
    return max(min(words + margins, _WORDS_WIDTH), foot + margins)


def _cost_width(value: NodeValue) -> float:
    """Return the width that the cost takes beside the parameters."""
    return _GAP + _width(_mono(), value.cost) if value.cost else 0.0


def _labels_width(ports: Ports) -> float:
    """Return the width that the names of the ports want; those of both sides get as much each."""
    if not label_rows(ports):
        return 0.0
    inputs = [slot.label for slot in ports.inputs] if len(ports.inputs) > 1 else []
    outputs = [ports.output_label(n) for n in range(ports.outputs)] if ports.outputs > 1 else []
    widest = max(_width(_small(), label) for label in (*inputs, *outputs))
    return 2 * widest + _GAP if inputs and outputs else widest


def _texts(value: NodeValue, shape: NodeShape, palette: Palette) -> list[Text]:
    right = shape.width - _RIGHT
    room = right - _LEFT
    class_name = _class_name(value, shape)
    class_width = _width(_small(), class_name)
    taken = class_width + _GAP + (_LINK + 4 if value.shared else 0)
    foot = shape.height - _FOOT_BASELINE
    params_width = _width(_mono(), value.params)
    cost_width = _cost_width(value)
    return [
        _text(_LEFT, 22, value.name, _name_font(), palette.text, room - taken),
        _text(right - class_width, 21, class_name, _small(), palette.faint, room),
        _text(_LEFT, 42, value.parameters, _middle(), palette.dim, room - cost_width),
        _text(right - cost_width + _GAP, 42, value.cost, _mono(), palette.dim, room),
        _text(right - params_width, foot, value.params, _mono(), palette.dim, room),
    ]


def _shape_text(value: NodeValue, shape: NodeShape, palette: Palette) -> Text:
    room = shape.width - _RIGHT - _LEFT
    if value.params:
        room -= _GAP + _width(_mono(), value.params)
    colour = palette.text if value.outputs else palette.faint
    return _text(_LEFT, shape.height - _FOOT_BASELINE, value.shape, _mono(), colour, room)


def _class_name(value: NodeValue, shape: NodeShape) -> str:
    """Return as much of the class's name as the node's own name leaves room for."""
    link = _LINK + 4 if value.shared else 0
    room = shape.width - _LEFT - _RIGHT - _GAP - link - _width(_name_font(), value.name)
    metrics = _metrics(_small())
    return metrics.elidedText(
        value.class_name, Qt.TextElideMode.ElideRight, max(room, _CLASS_ROOM) + 0.5
    )


def _labels(value: NodeValue, shape: NodeShape, palette: Palette) -> list[Text]:
    """Return the names of the ports on each side that has several."""
    texts: list[Text] = []
    if not shape.rows:
        return texts
    both = len(shape.inputs) > 1 and len(shape.outputs) > 1
    room = shape.width / 2 - _LEFT if both else shape.width - 2 * _LEFT
    if len(shape.inputs) > 1:
        for slot, (_, y) in zip(value.ports.inputs, shape.inputs, strict=True):
            texts.append(_text(_LEFT, y + 4, slot.label, _small(), palette.dim, room))
    if len(shape.outputs) > 1:
        for number, (_, y) in enumerate(shape.outputs):
            label = value.ports.output_label(number)
            left = shape.width - _LEFT - min(_width(_small(), label), room)
            texts.append(_text(left, y + 4, label, _small(), palette.dim, room))
    return texts


def _far_text(value: NodeValue, shape: NodeShape, palette: Palette) -> Text:
    font = _far_font()
    room = shape.width - _LEFT - 4
    return _text(_LEFT, shape.height / 2 + 9, value.name, font, palette.text, room)


def _discs(value: NodeValue, shape: NodeShape, palette: Palette) -> dict[Side, tuple[Disc, ...]]:
    inputs = [
        Disc(
            QPointF(*centre),
            EXTRA_RADIUS if number in shape.extras else PORT_RADIUS,
            QColor(palette.dim if dtype is None else wire_colour(palette, dtype)),
            dtype is None,
        )
        for number, (centre, dtype) in enumerate(zip(shape.inputs, value.arriving, strict=True))
    ]
    outputs = [
        Disc(QPointF(*centre), PORT_RADIUS, _output_colour(value, number, palette), hollow=False)
        for number, centre in enumerate(shape.outputs)
    ]
    return {Side.INPUT: tuple(inputs), Side.OUTPUT: tuple(outputs)}


def _output_colour(value: NodeValue, number: int, palette: Palette) -> QColor:
    known = number < len(value.outputs)
    return QColor(wire_colour(palette, value.outputs[number].dtype if known else DEFAULT_DTYPE))


def _mark_colour(severity: Severity | None, palette: Palette) -> QColor | None:
    if severity is None:
        return None
    return QColor(palette.severity(severity))


def _bar(body: QRectF) -> QPainterPath:
    """Return the bar at the left edge, cut to the body's round corners."""
    outline, strip = QPainterPath(), QPainterPath()
    outline.addRoundedRect(body, CORNER, CORNER)
    strip.addRect(QRectF(body.left(), body.top(), _BAR, body.height()))
    return outline.intersected(strip)


def _text(x: float, y: float, text: str, font: QFont, colour: str, room: float) -> Text:
    fits = _metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room + 0.5)
    return Text(QPointF(x, y), fits, font, QColor(colour))


def _width(font: QFont, text: str) -> float:
    return _metrics(font).horizontalAdvance(text)


@cache
def _metrics(font: QFont) -> QFontMetricsF:
    return QFontMetricsF(font)


@cache
def _small() -> QFont:
    return sans(11)


@cache
def _middle() -> QFont:
    return sans(12)


@cache
def _mono() -> QFont:
    return mono()


@cache
def _far_font() -> QFont:
    return sans(24, QFont.Weight.DemiBold)


@cache
def _name_font() -> QFont:
    return sans(13, QFont.Weight.DemiBold)


@cache
def _link(palette: Palette) -> QPixmap:
    return icon("link", palette, palette.dim).pixmap(_LINK * 2, _LINK * 2)
