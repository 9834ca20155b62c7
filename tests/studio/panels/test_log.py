"""The log panel keeps what was printed, up to a length."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from graphstudio.studio.panels.log import LogPanel
from graphstudio.studio.theme import Theme


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication) -> LogPanel:
    del qapp
    panel = LogPanel(Theme("dark"))
    qtbot.addWidget(panel)
    panel.resize(600, 200)
    return panel


def view(panel: LogPanel) -> QPlainTextEdit:
    found = panel.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def button(panel: LogPanel, text: str) -> QPushButton:
    return next(one for one in panel.findChildren(QPushButton) if one.text() == text)


def test_lines_come_in_order_and_nobody_can_type_between_them(panel: LogPanel) -> None:
    panel.show()
    panel.append("one\n")
    panel.append("two\nthree")
    QTest.keyClicks(view(panel), "x")
    assert view(panel).toPlainText() == "one\ntwo\nthree"


def test_the_oldest_lines_go(panel: LogPanel) -> None:
    panel.append("\n".join(str(number) for number in range(6000)))
    lines = view(panel).toPlainText().splitlines()
    assert (lines[0], lines[-1], len(lines)) == ("1000", "5999", 5000)


def test_the_view_is_at_the_end_although_the_lines_came_while_nobody_looked(
    qtbot: QtBot, panel: LogPanel
) -> None:
    panel.append("\n".join(str(number) for number in range(200)))
    panel.show()
    bar = view(panel).verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum(), timeout=1000)


def test_the_view_stays_where_the_user_has_scrolled(panel: LogPanel) -> None:
    panel.show()
    panel.append("\n".join(str(number) for number in range(200)))
    bar = view(panel).verticalScrollBar()
    bar.setValue(20)
    panel.append("more\n" * 20)
    assert bar.value() == 20


def test_copy_takes_all_and_clear_empties(panel: LogPanel) -> None:
    panel.show()
    assert not button(panel, "Copy").isEnabled()
    panel.append("one\ntwo")
    QTest.mouseClick(button(panel, "Copy"), Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "one\ntwo"
    QTest.mouseClick(button(panel, "Clear"), Qt.MouseButton.LeftButton)
    assert view(panel).toPlainText() == ""
    assert not button(panel, "Clear").isEnabled()
