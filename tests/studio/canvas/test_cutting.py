"""Cutting across wires."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from graphstudio.diagram.diagram import NodeId
from tests.studio.canvas.hand import LEFT, Hand
from tests.studio.canvas.test_wiring import START

RIGHT = Qt.MouseButton.RightButton
CONTROL = Qt.KeyboardModifier.ControlModifier
LAST = {("flat", "digit", "tensor", 0)}


@pytest.fixture
def blade(hand: Hand) -> tuple[QPoint, QPoint]:
    """From above to below the wire from flat to digit."""
    middle = (hand.output("flat") + hand.input("digit")) / 2
    return middle - QPoint(4, 80), middle + QPoint(4, 80)


def reddish(hand: Hand) -> int:
    """How many pixels around the wire from flat to digit are as red as an error."""
    red = QColor(hand.theme.palette.error).rgb()
    area = QRect(hand.output("flat"), hand.input("digit")).normalized().adjusted(8, -4, -8, 4)
    image = hand.view.viewport().grab(area).toImage()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return sum(image.pixel(x, y) == red for x, y in places)


def test_a_drag_with_control_and_the_right_button_cuts_what_it_crosses(
    hand: Hand, blade: tuple[QPoint, QPoint]
) -> None:
    menus: list[QPoint] = []
    hand.view.menu_requested.connect(menus.append)
    hand.drag(*blade, CONTROL, RIGHT)
    assert hand.wires == START - LAST
    assert hand.document.undo_stack.undoText() == "cut wire"
    assert menus == []
    hand.document.undo_stack.undo()
    assert hand.wires == START


def test_a_drag_with_the_key_y_held_cuts_too(hand: Hand, blade: tuple[QPoint, QPoint]) -> None:
    QTest.keyPress(hand.view, Qt.Key.Key_Y)
    assert hand.view.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    hand.drag(*blade)
    QTest.keyRelease(hand.view, Qt.Key.Key_Y)
    assert hand.wires == START - LAST
    assert hand.view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor


def test_from_the_menu_the_next_drag_alone_cuts(hand: Hand, blade: tuple[QPoint, QPoint]) -> None:
    hand.view.handlers()["cut_wires"]()
    assert hand.view.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    hand.drag(*blade)
    assert hand.wires == START - LAST
    hand.document.undo_stack.undo()
    hand.drag(*blade)
    assert hand.wires == START
    hand.view.handlers()["cut_wires"]()
    hand.key(Qt.Key.Key_Escape)
    hand.drag(*blade)
    assert hand.wires == START


def test_several_wires_go_as_one_edit_and_lists_close_up(hand: Hand) -> None:
    above, below = hand.at(396, -40), hand.at(396, 120)
    hand.drag(above, below, CONTROL, RIGHT)
    assert not {wire for wire in hand.wires if wire[1] == "add"}
    assert hand.document.undo_stack.undoText() == "cut 2 wires"
    assert hand.document.undo_stack.count() == 1


def test_what_is_crossed_is_shown_before_it_is_cut(
    hand: Hand, blade: tuple[QPoint, QPoint]
) -> None:
    start, end = blade
    hand.press(start, CONTROL, RIGHT)
    hand.move(start, start + QPoint(0, 20))
    assert reddish(hand) == 0
    hand.move(start, end)
    assert reddish(hand) > 20
    assert hand.wires == START
    hand.key(Qt.Key.Key_Escape)
    assert reddish(hand) == 0
    QTest.mouseRelease(hand.view.viewport(), RIGHT, CONTROL, end)
    assert hand.wires == START
    assert not hand.document.undo_stack.canUndo()


def test_a_line_across_nothing_leaves_no_trace(hand: Hand) -> None:
    hand.drag(hand.at(100, 200), hand.at(300, 260), CONTROL, RIGHT)
    assert not hand.document.undo_stack.canUndo()


def test_wires_into_locked_nodes_are_not_cut(hand: Hand, blade: tuple[QPoint, QPoint]) -> None:
    locked = frozenset({NodeId("digit")})
    hand.document.apply("lock", lambda p: p.with_diagram(replace(p.diagram, locked=locked)))
    hand.drag(*blade, CONTROL, RIGHT)
    assert hand.wires == START


def test_a_plain_right_press_cuts_nothing(hand: Hand, blade: tuple[QPoint, QPoint]) -> None:
    hand.drag(*blade, button=RIGHT)
    assert hand.wires == START


def test_the_left_button_alone_selects_again_after_y(hand: Hand) -> None:
    QTest.keyClick(hand.view, Qt.Key.Key_Y)
    QTest.mouseClick(hand.view.viewport(), LEFT, pos=hand.node("conv"))
    assert hand.document.selection == {"conv"}
