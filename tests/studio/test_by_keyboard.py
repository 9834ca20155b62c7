"""A whole model is built on the canvas without a mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on an empty project, with the keyboard on the canvas."""
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.resize(1400, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    # A pointer that only rests over the canvas is in nobody's way.
    QCursor.setPos(window.canvas.mapToGlobal(window.canvas.rect().center()))
    QTest.qWait(10)
    yield window
    window.document.undo_stack.setClean()
    window.close()


def test_a_key_of_the_canvas_means_nothing_elsewhere(window: MainWindow) -> None:
    add(window, "dense")
    (node,) = window.document.selection
    field = window.palette_panel.search_field
    field.setFocus()
    QTest.keyClicks(field, "wy")
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    assert field.text() == "w"
    QTest.keyClick(field, Qt.Key.Key_Delete)
    assert node in window.document.diagram.nodes


def test_the_menu_offers_the_commands_of_the_canvas_when_they_make_sense(
    window: MainWindow,
) -> None:
    table = window.actions_table
    assert not table["delete"].isEnabled()
    for name in ("input", "dense"):
        add(window, name)
        QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert not table["connect"].isEnabled()
    table["select_all"].trigger()
    table["connect"].trigger()
    assert wires(window) == {("input", "dense")}
    table["delete"].trigger()
    assert not window.document.diagram.nodes


def add(window: MainWindow, name: str) -> None:
    """Open the search, type a name and press Enter."""
    QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
    field = window.finding.popup.field
    assert field.hasFocus()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.canvas.hasFocus()


def wires(window: MainWindow) -> set[tuple[str, str]]:
    drawn = window.document.diagram
    return {
        (drawn.name_of(wire.source), drawn.name_of(wire.target)) for wire in drawn.wires.values()
    }


def test_what_is_added_is_wired_to_what_is_selected(window: MainWindow) -> None:
    for name in ("input", "dense", "head"):
        add(window, name)
    assert wires(window) == {("input", "dense"), ("dense", "head")}


def test_nodes_that_stand_apart_are_found_with_the_arrows_and_wired_with_w(
    window: MainWindow,
) -> None:
    canvas = window.canvas
    for name in ("input", "dense", "head"):
        add(window, name)
        # Nothing selected, so that what comes next is wired to nothing.
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert not window.document.selection
    assert wires(window) == set()
    QTest.keyClick(canvas, Qt.Key.Key_Down, CONTROL)
    QTest.keyClick(canvas, Qt.Key.Key_Down, CONTROL | SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_W)
    assert wires(window) == {("input", "dense")}
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    QTest.keyClick(canvas, Qt.Key.Key_Down, CONTROL)
    QTest.keyClick(canvas, Qt.Key.Key_Down, CONTROL)
    QTest.keyClick(canvas, Qt.Key.Key_Down, CONTROL | SHIFT)
    QTest.keyClick(canvas, Qt.Key.Key_W)
    assert wires(window) == {("input", "dense"), ("dense", "head")}
