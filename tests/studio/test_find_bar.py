"""Find in diagram: the bar that Ctrl+F opens."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from graphstudio.diagram.diagram import LayerId
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.find_bar import FindBar
from tests.studio.canvas.hand import LEFT, NONE, Hand
from tests.studio.opened import close, opened, select, window_of
from tests.studio.test_models import twice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    """x → dense → relu → (two calls of a nested encoder) → both → out, in a window."""
    hand = opened(qtbot, twice())
    yield hand
    close(hand)


def bar(hand: Hand) -> FindBar:
    return window_of(hand).find_bar


def look_for(hand: Hand, query: str) -> None:
    hand.key(Qt.Key.Key_F, CTRL)
    assert bar(hand).line.hasFocus()
    QTest.keyClicks(bar(hand).line, query)


def press(hand: Hand, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(bar(hand).line, key, held)


def selected(hand: Hand) -> list[str]:
    return [hand.diagram.name_of(one) for one in hand.document.selection]


def test_what_is_found_is_selected_and_in_the_middle(hand: Hand) -> None:
    hand.view.zoom_to(150)
    look_for(hand, "relu")
    assert selected(hand) == ["relu"]
    assert bar(hand).said == "1 of 1"
    away = hand.node("relu") - hand.view.viewport().rect().center()
    assert away.manhattanLength() < 60


def test_enter_goes_round_and_into_models_and_shift_enter_back(hand: Hand) -> None:
    look_for(hand, "dense")
    seen = []
    for _ in range(4):
        seen.append((selected(hand), bar(hand).said, hand.document.place))
        press(hand, Qt.Key.Key_Return)
    assert seen == [
        (["dense"], "1 of 2", ()),
        (["e_dense"], "2 of 2", ("m",)),
        (["dense"], "1 of 2", ()),
        (["e_dense"], "2 of 2", ("m",)),
    ]
    press(hand, Qt.Key.Key_Return, SHIFT)
    assert bar(hand).said == "2 of 2"


def test_the_search_begins_in_the_model_in_view(hand: Hand) -> None:
    hand.document.go_to((LayerId("m"),))
    look_for(hand, "dense")
    assert selected(hand) == ["e_dense"]


def test_nothing_is_said_in_words_and_marked(hand: Hand) -> None:
    look_for(hand, "no such layer")
    assert bar(hand).said == "nothing"
    assert bar(hand).line.property("invalid") is True
    press(hand, Qt.Key.Key_Return)
    assert bar(hand).said == "nothing"
    bar(hand).line.selectAll()
    press(hand, Qt.Key.Key_Delete)
    assert bar(hand).said == ""
    assert bar(hand).line.property("invalid") is False


def test_escape_closes_and_keeps_what_was_found(hand: Hand) -> None:
    look_for(hand, "relu")
    press(hand, Qt.Key.Key_Escape)
    assert not bar(hand).isVisible()
    assert hand.view.hasFocus()
    assert selected(hand) == ["relu"]


def test_shapes_are_found_once_they_are_known(hand: Hand) -> None:
    look_for(hand, "(None, 7)")
    assert bar(hand).said == "nothing"
    info = NodeInfo((Tensor((None, 7), "float32"),))
    hand.findings.receive(Inspected(id=1, nodes={next(iter(hand.diagram.nodes)): info}))
    press(hand, Qt.Key.Key_Return)
    assert bar(hand).said == "1 of 1"
    assert selected(hand) == ["x"]


def test_what_is_removed_is_found_no_more(hand: Hand) -> None:
    look_for(hand, "encoder")
    assert bar(hand).said == "1 of 2"
    select(hand, "m")
    hand.key(Qt.Key.Key_Delete)
    bar(hand).line.setFocus()
    press(hand, Qt.Key.Key_Return)
    assert bar(hand).said == "1 of 1"
    assert hand.document.selection == {"m2"}


def test_the_buttons_go_and_close_too(hand: Hand) -> None:
    look_for(hand, "dense")
    back, on, away = bar(hand).findChildren(QToolButton)
    assert all(button.toolTip() for button in (back, on, away))
    for button, said in ((on, "2 of 2"), (back, "1 of 2")):
        QTest.mouseClick(button, LEFT)
        assert bar(hand).said == said
    QTest.mouseClick(away, LEFT)
    assert not bar(hand).isVisible()


def test_the_bar_stays_in_its_corner(hand: Hand) -> None:
    look_for(hand, "dense")
    window_of(hand).resize(1300, 900)
    QTest.qWait(10)
    assert hand.view.width() - bar(hand).geometry().right() == 13
