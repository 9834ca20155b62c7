"""Everything that the window can be told to do: said once, reachable, and explained."""

from collections import Counter

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QToolBar, QToolButton

from graphstudio.studio.actions.action import MENUS, Action
from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.window import MainWindow


def test_ids_and_titles_are_each_used_once() -> None:
    assert len({one.id for one in ACTIONS}) == len(ACTIONS)
    assert len({one.title for one in ACTIONS}) == len(ACTIONS)


def test_no_two_actions_share_a_shortcut(qapp: QApplication) -> None:
    del qapp
    keys = [QKeySequence(one.keys).toString() for one in ACTIONS if one.keys]
    assert all(keys)
    assert [key for key, count in Counter(keys).items() if count > 1] == []


@pytest.mark.parametrize("one", ACTIONS, ids=lambda one: one.id)
def test_each_says_what_it_does_and_has_a_menu(one: Action) -> None:
    assert one.tip
    assert one.menu in MENUS


def test_each_has_a_handler_and_there_is_none_without_an_action(window: MainWindow) -> None:
    assert window._handlers().keys() == {one.id for one in ACTIONS}


def test_the_menus_hold_each_action_once_with_its_shortcut_and_tip(window: MainWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    assert all(isinstance(menu, QMenu) for menu in menus)
    assert [menu.title() for menu in menus if isinstance(menu, QMenu)] == list(MENUS)
    entries = [one for menu in menus if isinstance(menu, QMenu) for one in leaves(menu)]
    expected = [window.actions_table[one.id] for menu in MENUS for one in ACTIONS
                if one.menu == menu]  # fmt: skip
    assert sorted(entries, key=id) == sorted(expected, key=id)
    for one in ACTIONS:
        action = window.actions_table[one.id]
        assert one.tip in action.toolTip()
        assert action.shortcut() == QKeySequence(one.keys)
        assert one.keys in action.toolTip()


def test_groups_of_a_menu_are_parted_by_a_line(window: MainWindow) -> None:
    menu = next(action.menu() for action in window.menuBar().actions() if action.text() == "Edit")
    assert isinstance(menu, QMenu)
    first = menu.actions()[:4]
    assert [action.isSeparator() for action in first] == [False, False, True, False]


def leaves(menu: QMenu) -> list[QAction]:
    """Return the actions of a menu and of the menus in it, without lines."""
    found: list[QAction] = []
    titles = {one.title for one in ACTIONS}
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu) and action.text() not in titles:
            found += leaves(inner)
        elif not action.isSeparator():
            found.append(action)
    return found


def test_what_is_named_with_an_icon_has_one_in_every_theme(window: MainWindow) -> None:
    for theme in ("theme_light", "theme_dark"):
        window.actions_table[theme].trigger()
        for one in ACTIONS:
            if one.icon:
                assert not window.actions_table[one.id].icon().pixmap(16, 16).isNull()


def test_the_buttons_of_the_toolbar_carry_a_tip(window: MainWindow) -> None:
    bar = window.findChild(QToolBar)
    assert isinstance(bar, QToolBar)
    names = ("undo", "redo", "arrange", "fit", "pause", "stop", "train")
    buttons = [bar.widgetForAction(window.actions_table[name]) for name in names]
    assert all(isinstance(button, QToolButton) and button.toolTip() for button in buttons)


@pytest.mark.parametrize(
    "name", [one.id for one in ACTIONS if one.id not in {"close", "quit", "train", "pause", "stop"}]
)
def test_each_can_be_triggered_on_a_whole_and_on_an_empty_diagram(
    name: str, window: MainWindow
) -> None:
    for reset in (False, True):
        if reset:
            window.files.new()
        action = window.actions_table[name]
        assert isinstance(action, QAction)
        action.trigger()
        for dialog in QApplication.topLevelWidgets():
            if dialog is not window and dialog.isVisible():
                dialog.close()
        window.document.undo_stack.setClean()
