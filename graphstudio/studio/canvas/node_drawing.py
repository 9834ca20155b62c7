"""How a node is laid out: once after its value has changed, so that painting works nothing out."""

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
    node_shape,
)
from graphstudio.studio.canvas.heat import STEPS, heated
from graphstudio.studio.canvas.node_value import DEFAULT_DTYPE, NodeValue
from graphstudio.studio.canvas.port_names import (
    label_pitch,
    labels_width,
    port_labels,
    port_orders,
)
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.texts import GAP, LEFT, Text, colour_of, small, text_at
from graphstudio.studio.canvas.wire_colour import wire_colour
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Palette, mono, sans

CORNER = 8.0
_RIGHT = 12.0
_BAR = 4.0
_FAR_BAR = 10.0
# Words take no more of a node than this; its shape and its parameters may.
_WORDS_WIDTH = 220.0
_CLASS_ROOM = 40.0
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
    class_left = shape.width - _RIGHT - small().width(class_name)
    body = QRectF(0, 0, shape.width, shape.height)
    return NodeDrawing(
        shape=shape,
        body=body,
        bar=_bar(shape.height),
        bar_colour=_category(palette, value.category),
        texts=(*_texts(value, shape, palette), *port_labels(value, shape, palette)),
        orders=() if shape.rows else tuple(port_orders(value.ports, shape, palette)),
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
    room = shape.width - LEFT - 4
    body = QRectF(0, 0, shape.width, shape.height)
    face = _far_face()
    name = QStaticText(face.cut(value.name, room))
    name.setTextFormat(Qt.TextFormat.PlainText)
    name.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    return FarName(
        name=name,
        place=QPointF(LEFT, shape.height / 2 + 9 - face.ascent),
        font=face.font,
        colour=colour_of(palette.text),
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
    return node_shape(value.ports, content_width(value), value.direction, label_pitch(value))


def content_width(value: NodeValue) -> float:
    """Return the width that the widest line wants, margins included; words are cut first."""
    link = _LINK + 4 if value.shared else 0
    head = _name_face().width(value.name) + GAP + link + small().width(value.class_name)
    foot = _mono().width(value.shape)
    if value.params:
        foot += GAP + _mono().width(value.params)
    middle = _middle().width(value.parameters) + _cost_width(value)
    labels = 0.0 if value.direction is Direction.DOWN else labels_width(value.ports)
    words = max(head, middle, labels)
    margins = LEFT + _RIGHT
    return max(min(words + margins, _WORDS_WIDTH), foot + margins)


def _cost_width(value: NodeValue) -> float:
    """Return the width that the cost takes beside the parameters."""
    return GAP + _mono().width(value.cost) if value.cost else 0.0


def _texts(value: NodeValue, shape: NodeShape, palette: Palette) -> list[Text]:
    right = shape.width - _RIGHT
    room = right - LEFT
    class_name = _class_name(value, shape)
    class_width = small().width(class_name)
    taken = class_width + GAP + (_LINK + 4 if value.shared else 0)
    head, foot = shape.head, shape.foot + FOOT_HEIGHT - _FOOT_BASELINE
    params_width = _mono().width(value.params)
    cost_width = _cost_width(value)
    return [
        text_at(LEFT, head + 22, value.name, _name_face(), palette.text, room - taken),
        text_at(right - class_width, head + 21, class_name, small(), palette.faint, room),
        text_at(LEFT, head + 42, value.parameters, _middle(), palette.dim, room - cost_width),
        text_at(right - cost_width + GAP, head + 42, value.cost, _mono(), palette.dim, room),
        text_at(right - params_width, foot, value.params, _mono(), palette.dim, room),
    ]


def _shape_text(value: NodeValue, shape: NodeShape, palette: Palette) -> Text:
    room = shape.width - _RIGHT - LEFT
    if value.params:
        room -= GAP + _mono().width(value.params)
    colour = palette.text if value.outputs else palette.faint
    foot = shape.foot + FOOT_HEIGHT - _FOOT_BASELINE
    return text_at(LEFT, foot, value.shape, _mono(), colour, room)


def _class_name(value: NodeValue, shape: NodeShape) -> str:
    """Return as much of the class's name as the node's own name leaves room for."""
    link = _LINK + 4 if value.shared else 0
    room = shape.width - LEFT - _RIGHT - GAP - link - _name_face().width(value.name)
    return small().cut(value.class_name, max(room, _CLASS_ROOM))


def _discs(value: NodeValue, shape: NodeShape, palette: Palette) -> dict[Side, tuple[Disc, ...]]:
    inputs = [
        Disc(
            QPointF(*centre),
            EXTRA_RADIUS if number in shape.extras else PORT_RADIUS,
            colour_of(palette.dim if dtype is None else wire_colour(palette, dtype)),
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
    return colour_of(wire_colour(palette, value.outputs[number].dtype if known else DEFAULT_DTYPE))


def _mark_colour(severity: Severity | None, palette: Palette) -> QColor | None:
    if severity is None:
        return None
    return colour_of(palette.severity(severity))


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
