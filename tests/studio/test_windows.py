"""Several projects, each in a window of its own."""

import weakref
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from graphstudio.resource import resource_path
from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.long_lived import set_aside
from graphstudio.studio.shortcuts import choose_keys
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows
from tests.studio.hand import asked, choose_file, press
from tests.studio.waiting import wait_until

LENET = resource_path("examples/lenet.gstudio")


def test_a_new_window_is_empty_and_the_first_stays_as_it_is(windows_on: Windows) -> None:
    first = windows_on.all[0]
    first.actions_table["new_window"].trigger()
    assert len(windows_on.all) == 2
    second = windows_on.all[1]
    assert second.isVisible()
    assert not second.document.diagram.nodes
    assert first.document.diagram.nodes
    assert second.pos() != first.pos()


def test_a_file_is_chosen_for_a_new_window(windows_on: Windows, tmp_path: Path) -> None:
    other = tmp_path / "other.gstudio"
    other.write_bytes(LENET.read_bytes())
    first = windows_on.all[0]
    first.actions_table["open_in_window"].trigger()
    choose_file(first, other)
    assert [window.document.title for window in windows_on.all] == ["digits.gstudio", other.name]


def test_a_file_that_is_open_comes_to_the_front(windows_on: Windows, digits: Path) -> None:
    first = windows_on.all[0]
    assert windows_on.open(digits) is first
    assert windows_on.open(digits.parent / ".." / "examples" / digits.name) is first
    assert len(windows_on.all) == 1


def test_an_edit_in_one_window_leaves_the_other_alone(windows_on: Windows) -> None:
    first, second = windows_on.all[0], windows_on.open(LENET)
    before = second.document.diagram
    first.canvas.select_all()
    first.canvas.remove_selected()
    assert not first.document.diagram.nodes
    assert second.document.diagram is before
    first.document.undo_stack.undo()


def test_a_closed_window_is_forgotten_and_the_others_live_on(windows_on: Windows) -> None:
    first, second = windows_on.all[0], windows_on.open(LENET)
    first.actions_table["close"].trigger()
    assert windows_on.all == (second,)
    assert second.isVisible()


def test_a_closed_window_leaves_memory_though_all_was_set_aside(windows_on: Windows) -> None:
    second = windows_on.open(LENET)
    set_aside()
    left = [weakref.ref(one) for one in (second, second.document, second.canvas, second.findings)]
    second.actions_table["close"].trigger()
    del second
    wait_until(lambda: not any(one() for one in left), 5)


def test_quit_closes_every_window(windows_on: Windows) -> None:
    windows_on.open(LENET).actions_table["quit"].trigger()
    assert windows_on.all == ()


def edited(window: MainWindow) -> MainWindow:
    window.canvas.add_entry("keras.layers.Dropout")
    return window


def test_quit_asks_in_each_window_that_has_unsaved_edits(windows_on: Windows) -> None:
    first = edited(windows_on.all[0])
    second, third = edited(windows_on.open(LENET)), windows_on.open(None)
    third.actions_table["quit"].trigger()
    assert windows_on.all == (first, second)
    assert asked(first) == ""
    press(second, "Discard")
    wait_until(lambda: windows_on.all == (first,), 5)
    wait_until(lambda: asked(first), 5)
    press(first, "Discard")
    wait_until(lambda: windows_on.all == (), 5)


def test_quit_ends_where_a_window_is_kept_open(windows_on: Windows, tmp_path: Path) -> None:
    first, second = edited(windows_on.all[0]), edited(windows_on.open(None))
    second.actions_table["quit"].trigger()
    press(second, "Save")
    dialog = second.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.reject()
    assert windows_on.all == (first, second)
    second.document.save(tmp_path / "saved.gstudio")
    second.close()
    assert list(windows_on.all) == [first]
    assert asked(first) == ""


def test_keys_that_are_chosen_in_one_window_hold_in_all(windows_on: Windows, qtbot: QtBot) -> None:
    first, second = windows_on.all[0], windows_on.open(LENET)
    fit = next(one for one in ACTIONS if one.id == "fit")
    choose_keys(fit, "F9")
    with qtbot.waitSignal(first.actions_table.keys_changed):
        first.actions_table.follow_keys()
    assert second.actions_table["fit"].shortcut() == QKeySequence("F9")
