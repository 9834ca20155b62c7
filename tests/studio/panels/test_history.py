"""The history panel: the edits by name, and the way to each."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor, QFont
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from graphstudio.studio.panels.history import HistoryPanel
from tests.studio.canvas.hand import LEFT, Hand
from tests.studio.opened import close, opened, select, window_of
from tests.studio.test_models import twice


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    """A window after three edits, with the history in view."""
    hand = opened(qtbot, twice())
    window = window_of(hand)
    window.tabs.setCurrentWidget(window.history)
    select(hand, "dense")
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    hand.key(Qt.Key.Key_Delete)
    yield hand
    close(hand)


def panel(hand: Hand) -> HistoryPanel:
    return window_of(hand).history


def index(hand: Hand, row: int) -> QModelIndex:
    return panel(hand).rows.model().index(row, 0)


def shown(hand: Hand, row: int) -> QStyleOptionViewItem:
    option = QStyleOptionViewItem()
    delegate = panel(hand).rows.itemDelegate()
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, index(hand, row))
    return option


def texts(hand: Hand) -> list[str]:
    return [shown(hand, row).text for row in range(panel(hand).rows.model().rowCount())]


def click(hand: Hand, row: int) -> None:
    rows = panel(hand).rows
    QTest.mouseClick(rows.viewport(), LEFT, pos=rows.visualRect(index(hand, row)).center())


def test_it_lists_every_edit_by_its_name(hand: Hand) -> None:
    assert texts(hand) == ["As it was opened", "Move", "Duplicate dense", "Remove"]


def test_a_click_goes_to_how_it_was_and_back(hand: Hand) -> None:
    last = hand.diagram
    click(hand, 0)
    assert hand.diagram == twice()
    click(hand, 2)
    assert len(hand.diagram.nodes) == len(twice().nodes) + 1
    click(hand, 3)
    assert hand.diagram is last


def test_the_present_edit_stands_out_and_what_was_undone_is_faint(hand: Hand) -> None:
    click(hand, 1)
    palette = window_of(hand)._theme.palette
    options = [shown(hand, row) for row in range(4)]
    weights = [option.font.weight() for option in options]
    assert weights[1] == QFont.Weight.DemiBold
    assert set(weights[:1] + weights[2:]) == {QFont.Weight.Normal}
    roles = [option.palette for option in options]
    colours = [one.color(one.ColorRole.Text) for one in roles]
    assert colours == [QColor(palette.text)] * 2 + [QColor(palette.faint)] * 2
    assert panel(hand).rows.currentIndex().row() == 1
