"""Bending wires by hand."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from graphstudio.diagram.bends import Bend
from graphstudio.diagram.diagram import NodeId, Position, WireId
from graphstudio.studio.canvas.wire_path import segments
from graphstudio.studio.order_commands import OrderCommands
from tests.studio.canvas.hand import LEFT, Hand

W5 = WireId("w5")
SHIFT = Qt.KeyboardModifier.ShiftModifier


def double_click(hand: Hand, at: QPoint) -> None:
    hand.click(at)
    QTest.mouseDClick(hand.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)


def bend(hand: Hand, index: int = 0) -> QPoint:
    place = hand.diagram.bends[W5][index]
    return hand.at(place.x, place.y)


@pytest.fixture
def bent(hand: Hand) -> Hand:
    """The wire from flat to digit, pulled down in its middle."""
    double_click(hand, (hand.output("flat") + hand.input("digit")) / 2)
    (place,) = hand.diagram.bends[W5]
    hand.drag(bend(hand), bend(hand) + QPoint(0, 80))
    assert hand.diagram.bends == {W5: (Position(place.x, place.y + 80),)}
    return hand


def test_a_double_click_on_a_wire_bends_it_on_the_grid_and_can_be_undone(hand: Hand) -> None:
    double_click(hand, (hand.output("flat") + hand.input("digit")) / 2)
    (place,) = hand.diagram.bends[W5]
    assert (place.x % 8, place.y % 8) == (0, 0)
    assert hand.document.selected_bends == {Bend(W5, 0)}
    assert hand.document.undo_stack.undoText() == "bend wire"
    hand.document.undo_stack.undo()
    assert hand.diagram.bends == {}
    assert hand.view.diagram_scene.bends.places == {}


def test_the_wire_passes_its_bend_and_a_disc_shows_there(bent: Hand) -> None:
    scene = bent.view.diagram_scene
    (place,) = scene.bends.places.values()
    assert place in scene.wires[W5].points
    bent.key(Qt.Key.Key_Escape)
    QTest.mouseMove(bent.view.viewport(), bent.at(100, 200))
    image = bent.view.grab().toImage()
    disc, beside = bend(bent), bend(bent) + QPoint(0, 20)
    assert image.pixelColor(disc) == QColor(bent.theme.palette.wire_float)
    assert image.pixelColor(beside) != image.pixelColor(disc)


def test_a_second_bend_goes_in_where_the_wire_was_clicked(bent: Hand) -> None:
    points = bent.view.diagram_scene.wires[W5].points
    on_wire = segments(points)[0].at(0.6)
    double_click(bent, bent.view.mapFromScene(on_wire))
    first, second = bent.diagram.bends[W5]
    assert first.x < second.x


def test_a_drag_of_a_bend_is_one_edit(bent: Hand) -> None:
    assert bent.document.undo_stack.undoText() == "move bend"
    bent.document.undo_stack.undo()
    assert bent.view.diagram_scene.wires[W5].points[1].y() == bent.diagram.bends[W5][0].y
    bent.document.undo_stack.undo()
    assert bent.diagram.bends == {}


def test_escape_puts_a_bend_back(bent: Hand) -> None:
    before = bent.diagram.bends
    bent.press(bend(bent))
    bent.move(bend(bent), bend(bent) + QPoint(40, 40))
    bent.key(Qt.Key.Key_Escape)
    assert bent.diagram.bends is before
    assert bent.view.diagram_scene.wires[W5].points[1].y() == before[W5][0].y


def test_a_selected_bend_is_deleted_and_the_wire_stays(bent: Hand) -> None:
    bent.key(Qt.Key.Key_Escape)
    bent.click(bend(bent))
    bent.key(Qt.Key.Key_Delete)
    assert bent.diagram.bends == {}
    assert W5 in bent.diagram.wires


def test_a_double_click_on_a_bend_takes_it_off(bent: Hand) -> None:
    double_click(bent, bend(bent))
    assert bent.diagram.bends == {}


def test_shift_selects_several_bends_that_move_together(bent: Hand) -> None:
    on_wire = segments(bent.view.diagram_scene.wires[W5].points)[1].at(0.5)
    double_click(bent, bent.view.mapFromScene(on_wire))
    first, second = bent.diagram.bends[W5]
    bent.click(bend(bent, 0), SHIFT)
    assert len(bent.document.selected_bends) == 2
    bent.drag(bend(bent, 0), bend(bent, 0) + QPoint(0, 64))
    assert bent.diagram.bends[W5] == (
        Position(first.x, first.y + 64),
        Position(second.x, second.y + 64),
    )


def test_bends_go_along_with_both_ends_and_stay_with_one(bent: Hand) -> None:
    (before,) = bent.diagram.bends[W5]
    bent.drag(bent.node("digit"), bent.node("digit") + QPoint(0, 40))
    assert bent.diagram.bends[W5] == (before,)
    bent.document.select([NodeId("flat"), NodeId("digit")])
    bent.press(bent.node("flat"))
    bent.move(bent.node("flat"), bent.node("flat") + QPoint(0, 40))
    shown = bent.view.diagram_scene.wires[W5].points[1]
    assert shown == QPointF(before.x, before.y + 40)
    QTest.mouseRelease(
        bent.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, bent.node("flat")
    )
    assert bent.diagram.bends[W5] == (Position(before.x, before.y + 40),)


def test_arranging_straightens_the_wires(bent: Hand) -> None:
    OrderCommands(bent.document, bent.view, bent.view).handlers()["arrange"]()
    assert bent.diagram.bends == {}
    bent.document.undo_stack.undo()
    assert len(bent.diagram.bends[W5]) == 1
