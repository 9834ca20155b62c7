"""The keys of every command can be seen, chosen anew and given back."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem

from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.actions.table import ActionTable
from graphstudio.studio.dialogs.shortcuts import ShortcutsDialog
from graphstudio.studio.shortcuts import chosen_keys
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.studio.hand import press


@pytest.fixture
def dialog(window: MainWindow) -> Iterator[ShortcutsDialog]:
    window.actions_table["shortcuts"].trigger()
    dialog = window.findChild(ShortcutsDialog)
    assert isinstance(dialog, ShortcutsDialog)
    yield dialog
    dialog.close()


def choose(dialog: ShortcutsDialog, title: str) -> QTreeWidgetItem:
    item = dialog.list.findItems(title, Qt.MatchFlag.MatchExactly)[0]
    dialog.list.setCurrentItem(item)
    return item


def press_keys(dialog: ShortcutsDialog, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    dialog.keys.setFocus()
    QTest.keyClick(dialog.keys, key, held)
    # The editor waits whether more keys follow.
    QTest.qWait(50)
    dialog.keys.editingFinished.emit()


def test_every_command_is_listed_with_its_keys(dialog: ShortcutsDialog) -> None:
    assert dialog.list.topLevelItemCount() == len(ACTIONS)
    assert choose(dialog, "Save").text(2) == "Ctrl+S"
    assert dialog.keys.keySequence() == QKeySequence("Ctrl+S")


def test_other_keys_hold_at_once_and_in_the_next_window(
    dialog: ShortcutsDialog, window: MainWindow
) -> None:
    item = choose(dialog, "Fit")
    press_keys(dialog, Qt.Key.Key_F8, Qt.KeyboardModifier.NoModifier)
    assert item.text(2) == "F8"
    assert window.actions_table["fit"].shortcut() == QKeySequence("F8")
    assert window.actions_table["fit"].toolTip().endswith("(F8)")
    handlers = {one.id: window.close for one in ACTIONS}
    fresh = ActionTable(handlers, Theme("dark"), window)
    assert fresh["fit"].shortcut() == QKeySequence("F8")


def test_keys_of_another_command_are_refused_with_its_name(
    dialog: ShortcutsDialog, window: MainWindow
) -> None:
    choose(dialog, "Fit")
    press_keys(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert dialog.said.text() == (
        "Expected keys that no other command has; Ctrl+S belongs to 'Save'."
    )
    assert window.actions_table["fit"].shortcut() == QKeySequence("Ctrl+0")
    assert not chosen_keys()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (Qt.Key.Key_W, "W belongs to 'Connect'."),
        (Qt.Key.Key_Y, "Y belongs to 'Cut Wires'."),
        (Qt.Key.Key_Space, "Space belongs to 'Pan'."),
        (Qt.Key.Key_Backspace, "Backspace belongs to 'Delete'."),
    ],
)
def test_keys_of_the_canvas_are_refused_with_the_name_of_their_command(
    key: Qt.Key, said: str, dialog: ShortcutsDialog
) -> None:
    choose(dialog, "Fit")
    press_keys(dialog, key, Qt.KeyboardModifier.NoModifier)
    assert dialog.said.text() == f"Expected keys that no other command has; {said}"
    assert not chosen_keys()


def test_other_keys_for_a_command_of_the_canvas_hold_there_at_once(
    dialog: ShortcutsDialog, window: MainWindow
) -> None:
    choose(dialog, "Delete")
    press_keys(dialog, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier)
    node = next(iter(window.document.diagram.nodes))
    window.document.select([node])
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert node in window.document.diagram.nodes
    QTest.keyClick(window.canvas, Qt.Key.Key_J)
    assert node not in window.document.diagram.nodes


def test_a_command_can_be_without_keys_and_get_its_own_back(
    dialog: ShortcutsDialog, window: MainWindow
) -> None:
    item = choose(dialog, "Fit")
    press(dialog, "Clear")
    assert item.text(2) == ""
    assert window.actions_table["fit"].shortcut().isEmpty()
    press(dialog, "Reset")
    assert item.text(2) == "Ctrl+0"
    assert not chosen_keys()


def test_all_can_get_their_own_keys_back(dialog: ShortcutsDialog, window: MainWindow) -> None:
    for title in ("Fit", "Save"):
        choose(dialog, title)
        press(dialog, "Clear")
    press(dialog, "Reset All")
    assert not chosen_keys()
    assert window.actions_table["save"].shortcut() == QKeySequence("Ctrl+S")


def test_a_search_leaves_what_matches(dialog: ShortcutsDialog) -> None:
    QTest.keyClicks(dialog.filter, "zoom in")
    rows = (dialog.list.topLevelItem(row) for row in range(dialog.list.topLevelItemCount()))
    shown = [row.text(0) for row in rows if row is not None and not row.isHidden()]
    assert "Zoom In" in shown
    assert "Save" not in shown
