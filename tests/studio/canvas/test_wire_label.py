"""What a wire says when it is pointed at."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from graphstudio.diagram.diagram import WireId
from tests.studio.canvas.hand import Hand


def on_wire(hand: Hand, wire: str) -> QPoint:
    path = hand.view.diagram_scene.wires[WireId(wire)].path
    return hand.view.mapFromScene(path.pointAtPercent(0.5))


def point_at(hand: Hand, place: QPoint) -> None:
    QTest.mouseMove(hand.view.viewport(), place)


def test_a_wire_says_shape_and_dtype_at_once_when_pointed_at(hand: Hand) -> None:
    point_at(hand, on_wire(hand, "w4"))
    assert hand.view.wire_label.text == "(None, 8, 8, 32) float32"
    point_at(hand, hand.at(100, 200))
    assert hand.view.wire_label.text == ""


def test_the_label_stands_over_the_wire_and_inside_the_canvas(hand: Hand) -> None:
    at = on_wire(hand, "w4")
    point_at(hand, at)
    label = hand.view.wire_label.geometry()
    assert label.bottom() < at.y()
    assert label.left() < at.x() < label.right()
    hand.view.translate(0, -at.y() + 4)
    hand.view.horizontalScrollBar().setValue(hand.view.horizontalScrollBar().value() + at.x() - 4)
    point_at(hand, on_wire(hand, "w4"))
    assert hand.view.rect().contains(hand.view.wire_label.geometry())


def test_a_dot_in_the_label_has_the_wires_colour(hand: Hand) -> None:
    point_at(hand, on_wire(hand, "w4"))
    image = hand.view.wire_label.grab().toImage()
    assert image.pixelColor(14, 12) == QColor(hand.theme.palette.wire_float)


def test_what_is_unknown_is_said_as_such(hand: Hand) -> None:
    point_at(hand, on_wire(hand, "w5"))
    assert hand.view.wire_label.text == "? float32"


def test_the_label_goes_when_a_gesture_begins(hand: Hand) -> None:
    point_at(hand, on_wire(hand, "w4"))
    hand.press(on_wire(hand, "w4"))
    assert hand.view.wire_label.text == ""
