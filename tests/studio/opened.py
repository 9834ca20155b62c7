"""Windows on diagrams, without engines, for a hand to work in."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.project import Project
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.studio.canvas.hand import Hand


def opened(qtbot: QtBot, diagram: Diagram) -> Hand:
    """Return a hand on the canvas of a window on a diagram."""
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.document.reset(Project(diagram=diagram))
    window.resize(1600, 1000)
    with qtbot.waitExposed(window):
        window.show()
    window.canvas.fit_all()
    taken(window)
    return Hand(window.canvas, window.document, window.findings, window._theme)


def taken(window: MainWindow) -> None:
    """Give a window the keyboard."""
    window.activateWindow()
    QTest.qWaitForWindowActive(window)
    window.canvas.setFocus()


def window_of(hand: Hand) -> MainWindow:
    window = hand.view.window()
    assert isinstance(window, MainWindow)
    return window


def close(hand: Hand) -> None:
    """Close the window, with whatever was not saved."""
    hand.document.undo_stack.setClean()
    window_of(hand).close()


def select(hand: Hand, *nodes: str) -> None:
    """Click on the first node and Shift+click on the others."""
    held = Qt.KeyboardModifier.NoModifier
    for node in nodes:
        hand.click(hand.node(node), held)
        held = Qt.KeyboardModifier.ShiftModifier
