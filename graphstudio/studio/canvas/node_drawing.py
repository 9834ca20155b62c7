"""How a node is laid out: once after its value has changed, so that painting works nothing out."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainterPath, QPen, QPixmap, QStaticText

from graphstudio.diagram.diagnostics import Severity
from graphstudio.diagram.diagram import Use
from graphstudio.diagram.direction import Direction
from graphstudio.studio.canvas.faces import Face
from graphstudio.studio.canvas.geometry import (
    EXTRA_RADIUS,
    FOOT_HEIGHT,
    PORT_RADIUS,
    NodeShape,
    label_rows,
    named_inputs,
    node_shape,
)
from graphstudio.studio.canvas.heat import STEPS, heated
from graphstudio.studio.canvas.node_value import DEFAULT_DTYPE, NodeValue
from graphstudio.studio.canvas.ports import Ports, Side
from graphstudio.studio.canvas.wire_colour import wire_colour
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Palette, mono, sans

CORNER = 8.0
_LEFT = 16.0
_ORDER_LEFT = 7.0
_ORDER_BESIDE, _ORDER_ABOVE = 4.0, 7.0
# Of the names of ports, from the upper and from the lower edge.
_UPPER_BASELINE, _LOWER_BASELINE = 20.0, 11.0
_RIGHT = 12.0
_BAR = 4.0
_FAR_BAR = 10.0
_GAP = 12.0
# Words take no more of a node than this; its shape and its parameters may.
_WORDS_WIDTH = 220.0
_CLASS_ROOM = 40.0
# A port's name takes no more of an upper or lower edge.
_LABEL_ROOM = 84.0
_FOOT_BASELINE = 9.0
_LINK = 12
_EDGE = 3.5
# How much is seen of a node that is bypassed, and of one that is not in the model.
_SKIPPED = 0.5
_LEFT_OUT = 0.4
# The palettes of two themes, and those of the steps of heat in each.
_PALETTES = 2 * (STEPS + 1)


@dataclass(frozen=True, slots=True)
class Inks:
    """What nodes are painted with in a palette."""

    node: QBrush
    outline: QPen
    hovered: QPen
    selected: QPen
    selected_far: QPen
    dashed: QPen
    dashed_selected: QPen
    hairline: QPen
    ring: QPen
    accent: QColor
    faint: QColor
    on_mark: QColor


@dataclass(slots=True)
class Text:
    """A text at a place: the start of its baseline."""

    place: QPointF
    text: str
    font: QFont
    colour: QColor


@dataclass(slots=True)
class Disc:
    """A port's disc: where it is, and its colour; a hollow one has no wire."""

    centre: QPointF
    radius: float
    colour: QColor
    hollow: bool


@dataclass(slots=True)
class NodeDrawing:
    """A node, laid out. Places are from its top left corner, in pixels at 100% zoom.

    The edge is the second one around a model that can be opened. The orders are the places of the
    tensors in the list of a port, which show while the node stands out. What is not in the model,
    or is skipped in it, is painted with less than full opacity; what somebody made so is dashed
    too.
    """

    shape: NodeShape
    body: QRectF
    bar: QPainterPath
    bar_colour: QColor
    texts: tuple[Text, ...]
    orders: tuple[Text, ...]
    shape_text: Text
    hairline: QLineF
    discs: dict[Side, tuple[Disc, ...]]
    mark: QColor | None
    link: QPixmap | None
    link_place: QRectF
    edge: QRectF | None
    opacity: float
    dashed: bool
    inks: Inks


@dataclass(slots=True)
class FarName:
    """A node as its name is read from afar. Places are as in :class:`NodeDrawing`.

    The place is the name's top left corner. Hundreds are painted at once, so it is laid out once.
    """

    name: QStaticText
    place: QPointF
    font: QFont
    colour: QColor
    body: QRectF
    bar: QRectF
    bar_colour: QColor
    mark: QColor | None
    edge: QRectF | None
    opacity: float
    dashed: bool
    inks: Inks


def lay_out(value: NodeValue, shape: NodeShape, palette: Palette) -> NodeDrawing:
    """Return the drawing of a value on a node of the shape that it asks for."""
    palette = heated(palette, value.heat)
    class_name = _class_name(value, shape)
    class_left = shape.width - _RIGHT - _small().width(class_name)
    body = QRectF(0, 0, shape.width, shape.height)
    return NodeDrawing(
        shape=shape,
        body=body,
        bar=_bar(shape.height),
        bar_colour=_category(palette, value.category),
        texts=(*_texts(value, shape, palette), *_labels(value, shape, palette)),
        orders=() if shape.rows else tuple(_orders(value.ports, shape, palette)),
        shape_text=_shape_text(value, shape, palette),
        hairline=QLineF(1, shape.foot, shape.width - 1, shape.foot),
        discs=_discs(value, shape, palette),
        mark=_mark_colour(value.severity, palette),
        link=_link(palette) if value.shared else None,
        link_place=QRectF(class_left - _LINK - 4, shape.head + 11, _LINK, _LINK),
        edge=_edge(body) if value.nested else None,
        opacity=_opacity(value),
        dashed=value.use is not Use.ACTIVE,
        inks=_inks(palette),
    )


def far_name(value: NodeValue, shape: NodeShape, palette: Palette) -> FarName:
    """Return what of a value is read from afar, on a node of the shape that it asks for."""
    palette = heated(palette, value.heat)
    room = shape.width - _LEFT - 4
    body = QRectF(0, 0, shape.width, shape.height)
    face = _far_face()
    name = QStaticText(face.cut(value.name, room))
    name.setTextFormat(Qt.TextFormat.PlainText)
    name.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return FarName(
        name=name,
        place=QPointF(_LEFT, shape.height / 2 + 9 - face.ascent),
        font=face.font,
        colour=_colour(palette.text),
        body=body,
        bar=QRectF(0, 2, _FAR_BAR, shape.height - 4),
        bar_colour=_category(palette, value.category),
        mark=_mark_colour(value.severity, palette),
        edge=_edge(body) if value.nested else None,
        opacity=_opacity(value),
        dashed=value.use is not Use.ACTIVE,
        inks=_inks(palette),
    )


def shape_of(value: NodeValue) -> NodeShape:
    """Return the shape that a value asks for."""
    return node_shape(value.ports, content_width(value), value.direction, _label_pitch(value))


def content_width(value: NodeValue) -> float:
    """Return the width that the widest line wants, margins included; words are cut first."""
    link = _LINK + 4 if value.shared else 0
    head = _name_face().width(value.name) + _GAP + link + _small().width(value.class_name)
    foot = _mono().width(value.shape)
    if value.params:
        foot += _GAP + _mono().width(value.params)
    middle = _middle().width(value.parameters) + _cost_width(value)
    labels = 0.0 if value.direction is Direction.DOWN else _labels_width(value.ports)
    words = max(head, middle, labels)
    margins = _LEFT + _RIGHT
    return max(min(words + margins, _WORDS_WIDTH), foot + margins)


def _label_pitch(value: NodeValue) -> float:
    """Return the width that the name of a port wants beside others on an upper or lower edge."""
    if value.direction is not Direction.DOWN:
        return 0.0
    ports = value.ports
    labels = [slot.label for slot in named_inputs(ports)]
    labels += [ports.output_label(n) for n in range(ports.outputs)] if ports.outputs > 1 else []
    widths = [_small().width(label) for label in labels]
    return min(max(widths, default=0.0), _LABEL_ROOM) + _GAP


def _cost_width(value: NodeValue) -> float:
    """Return the width that the cost takes beside the parameters."""
    return _GAP + _mono().width(value.cost) if value.cost else 0.0


def _labels_width(ports: Ports) -> float:
    """Return the width that the names of the ports want; those of both sides get as much each."""
    if not label_rows(ports):
        return 0.0
    inputs = [slot.label for slot in ports.inputs] if len(ports.inputs) > 1 else []
    outputs = [ports.output_label(n) for n in range(ports.outputs)] if ports.outputs > 1 else []
    widest = max(_small().width(label) for label in (*inputs, *outputs))
    return 2 * widest + _GAP if inputs and outputs else widest


def _texts(value: NodeValue, shape: NodeShape, palette: Palette) -> list[Text]:
    right = shape.width - _RIGHT
    room = right - _LEFT
    class_name = _class_name(value, shape)
    class_width = _small().width(class_name)
    taken = class_width + _GAP + (_LINK + 4 if value.shared else 0)
    head, foot = shape.head, shape.foot + FOOT_HEIGHT - _FOOT_BASELINE
    params_width = _mono().width(value.params)
    cost_width = _cost_width(value)
    return [
        _text(_LEFT, head + 22, value.name, _name_face(), palette.text, room - taken),
        _text(right - class_width, head + 21, class_name, _small(), palette.faint, room),
        _text(_LEFT, head + 42, value.parameters, _middle(), palette.dim, room - cost_width),
        _text(right - cost_width + _GAP, head + 42, value.cost, _mono(), palette.dim, room),
        _text(right - params_width, foot, value.params, _mono(), palette.dim, room),
    ]


def _shape_text(value: NodeValue, shape: NodeShape, palette: Palette) -> Text:
    room = shape.width - _RIGHT - _LEFT
    if value.params:
        room -= _GAP + _mono().width(value.params)
    colour = palette.text if value.outputs else palette.faint
    foot = shape.foot + FOOT_HEIGHT - _FOOT_BASELINE
    return _text(_LEFT, foot, value.shape, _mono(), colour, room)


def _class_name(value: NodeValue, shape: NodeShape) -> str:
    """Return as much of the class's name as the node's own name leaves room for."""
    link = _LINK + 4 if value.shared else 0
    room = shape.width - _LEFT - _RIGHT - _GAP - link - _name_face().width(value.name)
    return _small().cut(value.class_name, max(room, _CLASS_ROOM))


def _labels(value: NodeValue, shape: NodeShape, palette: Palette) -> list[Text]:
    """Return the names of the ports on each side that has several."""
    texts: list[Text] = []
    if not shape.rows:
        return texts
    if shape.direction is Direction.DOWN:
        return _labels_down(value.ports, shape, palette)
    both = len(shape.inputs) > 1 and len(shape.outputs) > 1
    room = shape.width / 2 - _LEFT if both else shape.width - 2 * _LEFT
    if len(shape.inputs) > 1:
        for slot, (_, y) in zip(value.ports.inputs, shape.inputs, strict=True):
            texts.append(_text(_LEFT, y + 4, slot.label, _small(), palette.dim, room))
    if len(shape.outputs) > 1:
        for number, (_, y) in enumerate(shape.outputs):
            label = value.ports.output_label(number)
            left = shape.width - _LEFT - min(_small().width(label), room)
            texts.append(_text(left, y + 4, label, _small(), palette.dim, room))
    return texts


def _labels_down(ports: Ports, shape: NodeShape, palette: Palette) -> list[Text]:
    """Return the names of ports below those on the upper edge and above those on the lower one."""
    named = named_inputs(ports)
    labels = [
        (slot.label, x, _UPPER_BASELINE)
        for slot, (x, _) in zip(ports.inputs, shape.inputs, strict=True)
        if slot in named
    ]
    if ports.outputs > 1:
        lower = shape.height - _LOWER_BASELINE
        labels += [(ports.output_label(n), x, lower) for n, (x, _) in enumerate(shape.outputs)]
    face = _small()
    texts = []
    for label, x, y in labels:
        shown = face.cut(label, _LABEL_ROOM)
        left = x - face.width(shown) / 2
        texts.append(_text(left, y, shown, face, palette.dim, _LABEL_ROOM + _GAP))
    return texts


def _orders(ports: Ports, shape: NodeShape, palette: Palette) -> Iterator[Text]:
    """Yield the place of each tensor in its list, beside its port; two digits find no room.

    On the upper edge the name of the node is in the way, so it stands over it, beside the wire.
    """
    down = shape.direction is Direction.DOWN
    right, below = (_ORDER_BESIDE, -_ORDER_ABOVE) if down else (_ORDER_LEFT, 4)
    for slot, (x, y) in zip(ports.inputs, shape.inputs, strict=True):
        if slot.variadic and slot.wired and slot.order < 10:
            text, room = str(slot.order), _LEFT - _ORDER_LEFT
            yield _text(x + right, y + below, text, _small(), palette.dim, room)


def _discs(value: NodeValue, shape: NodeShape, palette: Palette) -> dict[Side, tuple[Disc, ...]]:
    inputs = [
        Disc(
            QPointF(*centre),
            EXTRA_RADIUS if number in shape.extras else PORT_RADIUS,
            _colour(palette.dim if dtype is None else wire_colour(palette, dtype)),
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
    return _colour(wire_colour(palette, value.outputs[number].dtype if known else DEFAULT_DTYPE))


def _mark_colour(severity: Severity | None, palette: Palette) -> QColor | None:
    if severity is None:
        return None
    return _colour(palette.severity(severity))


def _opacity(value: NodeValue) -> float:
    if value.left_out:
        return _LEFT_OUT
    return _SKIPPED if value.use is Use.BYPASSED else 1.0


def _edge(body: QRectF) -> QRectF:
    return body.adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)


@cache
def _bar(height: float) -> QPainterPath:
    """Return the bar at the left edge, cut to the round corners within a body's outline."""
    body = QRectF(1, 1, 4 * CORNER, height - 2)
    outline, strip = QPainterPath(), QPainterPath()
    outline.addRoundedRect(body, CORNER - 1, CORNER - 1)
    strip.addRect(QRectF(1, 1, _BAR - 1, height - 2))
    return outline.intersected(strip)


def _text(x: float, y: float, text: str, face: Face, colour: str, room: float) -> Text:
    return Text(QPointF(x, y), face.cut(text, room), face.font, _colour(colour))


@lru_cache(64)
def _colour(name: str) -> QColor:
    return QColor(name)


@lru_cache(256)
def _category(palette: Palette, category: str) -> QColor:
    return palette.category(category)


@lru_cache(_PALETTES)
def _inks(palette: Palette) -> Inks:
    return Inks(
        node=QBrush(QColor(palette.node)),
        outline=QPen(QColor(palette.node_line), 1),
        hovered=QPen(QColor(palette.faint), 1),
        selected=QPen(QColor(palette.accent), 2),
        selected_far=QPen(QColor(palette.accent), 5),
        dashed=QPen(QColor(palette.faint), 1, Qt.PenStyle.DashLine),
        dashed_selected=QPen(QColor(palette.accent), 2, Qt.PenStyle.DashLine),
        hairline=QPen(QColor(palette.line)),
        ring=QPen(QColor(palette.canvas), 2),
        accent=QColor(palette.accent),
        faint=QColor(palette.faint),
        on_mark=QColor(palette.on_mark),
    )


@cache
def _small() -> Face:
    return Face(sans(11))


@cache
def _middle() -> Face:
    return Face(sans(12))


@cache
def _mono() -> Face:
    return Face(mono())


@cache
def _far_face() -> Face:
    return Face(sans(24, QFont.Weight.DemiBold))


@cache
def _name_face() -> Face:
    return Face(sans(13, QFont.Weight.DemiBold))


@lru_cache(_PALETTES)
def _link(palette: Palette) -> QPixmap:
    return icon("link", palette, palette.dim).pixmap(_LINK * 2, _LINK * 2)
