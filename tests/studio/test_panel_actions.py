"""What stands around the canvas can be hidden, and the keyboard led there and back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.studio.hand import press_key

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(window: MainWindow) -> MainWindow:
    """A window with room for all of it."""
    window.resize(1600, 1000)
    QTest.qWait(10)
    return window


def test_each_part_is_hidden_and_shown_by_its_key(window: MainWindow) -> None:
    parts = (
        (Qt.Key.Key_1, window.palette_panel, "show_palette"),
        (Qt.Key.Key_2, window.inspector, "show_inspector"),
        (Qt.Key.Key_3, window.tabs, "show_tabs"),
        (Qt.Key.Key_4, window.canvas.overview, "show_overview"),
    )
    for key, part, name in parts:
        assert part.isVisible()
        assert window.actions_table[name].isChecked()
        press_key(window, key, ALT)
        assert not part.isVisible()
        assert not window.actions_table[name].isChecked()
        press_key(window, key, ALT)
        assert part.isVisible()


def test_the_canvas_can_be_alone_also_in_the_next_window(window: MainWindow) -> None:
    before = window.canvas.width()
    press_key(window, Qt.Key.Key_0, ALT)
    QTest.qWait(10)
    panels = (window.palette_panel, window.inspector, window.tabs)
    assert not any(part.isVisible() for part in panels)
    assert window.canvas.width() > before
    other = MainWindow(shipped_catalog(), Theme("dark"))
    assert other.tabs.isHidden()
    other.close()
    press_key(window, Qt.Key.Key_0, ALT)
    assert all(part.isVisible() for part in panels)


def test_what_is_asked_for_is_shown(window: MainWindow) -> None:
    press_key(window, Qt.Key.Key_0, ALT)
    window.actions_table["outline"].trigger()
    assert window.outline.isVisible()
    window.actions_table["search"].trigger()
    assert window.palette_panel.search_field.hasFocus()


def test_the_keyboard_goes_to_the_inspector_and_back(window: MainWindow) -> None:
    press_key(window, Qt.Key.Key_F4)
    field = window.focusWidget()
    assert isinstance(field, QLineEdit)
    assert window.inspector.isAncestorOf(field)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_the_theme_in_use_has_a_check(window: MainWindow) -> None:
    assert window.actions_table["theme_dark"].isChecked()
    window.actions_table["theme_light"].trigger()
    assert window.actions_table["theme_light"].isChecked()
    assert not window.actions_table["theme_dark"].isChecked()
