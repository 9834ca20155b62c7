"""Every command is found by typing, and carried out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.chooser import Chooser
from graphstudio.studio.command_palette import find_actions
from graphstudio.studio.window import MainWindow


@pytest.fixture
def palette(window: MainWindow) -> Chooser:
    held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_P, held)
    palette = window.findChild(Chooser)
    assert isinstance(palette, Chooser)
    return palette


def titles(palette: Chooser) -> list[str]:
    rows = (palette.list.topLevelItem(row) for row in range(palette.list.topLevelItemCount()))
    return [row.text(0) for row in rows if row is not None]


def test_it_opens_by_its_keys_with_every_command(palette: Chooser) -> None:
    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert len(titles(palette)) == len(ACTIONS)


def test_enter_carries_the_best_match_out(palette: Chooser, window: MainWindow) -> None:
    QTest.keyClicks(palette.field, "select all")
    assert titles(palette)[0] == "Edit ▸ Select All"
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.document.selection == window.document.diagram.nodes.keys()


def test_a_row_says_the_shortcut(palette: Chooser) -> None:
    QTest.keyClicks(palette.field, "save as")
    first = palette.list.topLevelItem(0)
    assert first is not None
    assert first.text(1) == "Ctrl+Shift+S"


def test_the_arrows_move_and_a_click_chooses(palette: Chooser, window: MainWindow) -> None:
    QTest.keyClicks(palette.field, "zoom")
    second = palette.list.topLevelItem(1)
    QTest.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentItem() is second
    before = window.canvas.zoom
    assert second is not None
    place = palette.list.visualItemRect(second).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert window.canvas.zoom != before


def test_a_command_that_makes_no_sense_now_is_not_carried_out(
    palette: Chooser, window: MainWindow
) -> None:
    QTest.keyClicks(palette.field, "undo")
    before = window.document.diagram
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.document.diagram is before
    assert palette.isVisible()


def test_escape_closes_it(palette: Chooser) -> None:
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()


def test_nothing_that_matches_shows_nothing(palette: Chooser) -> None:
    QTest.keyClicks(palette.field, "zzz")
    assert titles(palette) == []
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.isVisible()


@pytest.mark.parametrize(
    ("query", "first"),
    [("lay out", "arrange"), ("script", "export"), ("dark", "theme_dark"), ("versions", "about"),
     ("", ACTIONS[0].id), ("FIT", "fit")],
)  # fmt: skip
def test_commands_are_found_by_title_by_purpose_and_by_menu(query: str, first: str) -> None:
    assert find_actions(query)[0].id == first
