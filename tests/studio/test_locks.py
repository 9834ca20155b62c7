"""Locked nodes in the window: no hand changes them, and the refusal says why."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from graphstudio.diagram.diagram import NodeId
from tests.studio.canvas.hand import Hand
from tests.studio.opened import close, opened, select, window_of
from tests.studio.test_models import twice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
DENSE = NodeId("dense")


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    """x → dense → relu → …, in a window, with dense locked and selected."""
    hand = opened(qtbot, twice())
    select(hand, "dense")
    hand.key(Qt.Key.Key_K, CTRL)
    yield hand
    close(hand)


def refused(hand: Hand, done: str) -> bool:
    sentence = f"'dense' is locked and cannot be {done}; unlock it first."
    return hand.view.notice.isVisible() and hand.view.notice.text() == sentence


def test_a_lock_is_an_edit_with_a_mark_at_the_corner(hand: Hand) -> None:
    frame = hand.view.diagram_scene.nodes[DENSE].frame()
    assert hand.diagram.locked == {DENSE}
    assert hand.document.undo_stack.undoText() == "lock dense"
    (mark,) = hand.view.locks.centres
    assert (mark - frame.topLeft()).manhattanLength() < 12
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.view.locks.centres == ()
    hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert len(hand.view.locks.centres) == 1


def test_unlocking_lets_it_be_changed_again(hand: Hand) -> None:
    table = window_of(hand).actions_table
    assert not table["lock"].isEnabled()
    hand.key(Qt.Key.Key_K, CTRL | SHIFT)
    assert hand.diagram.locked == frozenset()
    assert not table["unlock"].isEnabled()
    hand.key(Qt.Key.Key_Delete)
    assert DENSE not in hand.diagram.nodes


def test_it_goes_back_when_it_is_dragged(hand: Hand) -> None:
    before = hand.diagram
    place = hand.view.diagram_scene.nodes[DENSE].frame()
    hand.drag(hand.node("dense"), hand.node("dense") + QPoint(90, 60))
    assert refused(hand, "moved")
    assert hand.diagram is before
    assert hand.view.diagram_scene.nodes[DENSE].frame() == place
    hand.key(Qt.Key.Key_Right)
    assert hand.diagram is before


def test_it_is_not_removed_also_among_others(hand: Hand) -> None:
    before = hand.diagram
    select(hand, "dense", "both")
    hand.key(Qt.Key.Key_Delete)
    assert refused(hand, "removed")
    assert hand.diagram is before
    assert len(hand.document.selection) == 2


def test_what_arrives_at_it_stays_and_what_leaves_it_is_free(hand: Hand) -> None:
    before = hand.diagram
    select(hand, "x")
    hand.key(Qt.Key.Key_Delete)
    assert refused(hand, "rewired")
    assert hand.diagram is before
    select(hand, "relu")
    hand.key(Qt.Key.Key_Delete)
    assert "relu" not in hand.diagram.nodes


def test_the_inspector_shows_again_what_is_so(hand: Hand) -> None:
    before, window = hand.diagram, window_of(hand)
    lines = [one for one in window.inspector.findChildren(QLineEdit) if one.isVisible()]
    (units,) = [one for one in lines if one.text() == "12"]
    units.setFocus()
    units.selectAll()
    QTest.keyClicks(units, "64")
    QTest.keyClick(units, Qt.Key.Key_Return)
    assert refused(hand, "changed")
    assert units.text() == "12"
    assert hand.diagram is before


def test_arranging_leaves_it_where_it_is(hand: Hand) -> None:
    place = hand.diagram.positions[DENSE]
    select(hand, "relu")
    hand.key(Qt.Key.Key_Down)
    hand.key(Qt.Key.Key_L, CTRL)
    assert hand.diagram.positions[DENSE] == place
    assert not hand.view.notice.isVisible()


def test_it_is_not_made_part_of_a_model(hand: Hand) -> None:
    window, before = window_of(hand), hand.diagram
    window.actions_table["make_model"].trigger()
    assert hand.diagram is before
    assert hand.document.selection == {DENSE}


def test_undo_goes_past_a_lock(hand: Hand) -> None:
    hand.key(Qt.Key.Key_K, CTRL | SHIFT)
    hand.key(Qt.Key.Key_Right)
    moved = hand.diagram
    hand.key(Qt.Key.Key_K, CTRL)
    for _ in range(4):
        hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.diagram == twice()
    for _ in range(3):
        hand.key(Qt.Key.Key_Z, CTRL | SHIFT)
    assert hand.diagram == moved
