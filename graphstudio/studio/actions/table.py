"""The Qt actions of the window, made from what is declared."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from graphstudio.studio.actions.action import MENUS, Action
from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.icons import icon
from graphstudio.studio.shortcuts import chosen_keys, with_keys
from graphstudio.studio.theme import Theme


class ActionTable(QObject):
    """The Qt actions of the table, each bound to what it does.

    Args:
        handlers: what each action does, by its id.
        theme: colours of the icons.
        parent: what they live as long as.

    Signals:
        keys_changed: the user chose other keys.
    """

    keys_changed = Signal()

    def __init__(
        self, handlers: Mapping[str, Callable[[], object]], theme: Theme, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = {one.id: self._make(one, handlers[one.id]) for one in ACTIONS}
        self._join_choices()
        self.follow_keys()
        theme.changed.connect(self._tint)
        self._tint()

    def __getitem__(self, name: str) -> QAction:
        """Return a Qt action by its id."""
        return self._actions[name]

    def fill(self, bar: QMenuBar) -> None:
        """Put every action into its menu, with a line where one group ends."""
        for title in MENUS:
            menu = bar.addMenu(title)
            submenus: dict[str, QMenu] = {}
            group = 0
            for one in (one for one in ACTIONS if one.menu == title):
                if one.group != group:
                    menu.addSeparator()
                    group = one.group
                if one.submenu and one.submenu not in submenus:
                    submenus[one.submenu] = menu.addMenu(one.submenu)
                submenus.get(one.submenu, menu).addAction(self._actions[one.id])

    def follow_keys(self) -> None:
        """Take the keys that the user chose."""
        chosen = chosen_keys()
        changed = [one for one in ACTIONS if self._show_keys(one, chosen.get(one.id, one.keys))]
        if changed:
            self.keys_changed.emit()

    def _make(self, one: Action, handler: Callable[[], object]) -> QAction:
        action = QAction(one.title, self)
        action.setCheckable(one.checkable)
        action.setToolTip(one.tip)
        if one.on_canvas:
            # The menu shows its keys; the canvas takes them, and every other part has its own.
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(lambda: handler())  # noqa: PLW0108 - Qt would hand on whether it is checked
        return action

    def _join_choices(self) -> None:
        """Let one action of each choice be on."""
        groups: dict[str, QActionGroup] = {}
        for one in ACTIONS:
            if one.choice:
                group = groups.setdefault(one.choice, QActionGroup(self))
                group.addAction(self._actions[one.id])

    def _show_keys(self, one: Action, keys: str) -> bool:
        """Give an action its keys; return whether they are others than before."""
        action = self._actions[one.id]
        if action.shortcut() == QKeySequence(keys):
            return False
        action.setShortcut(QKeySequence(keys))
        action.setToolTip(with_keys(one.tip, one.id))
        return True

    def _tint(self) -> None:
        palette = self._theme.palette
        colours = {"train": palette.on_accent, "stop": palette.error}
        for one in ACTIONS:
            if one.icon:
                self._actions[one.id].setIcon(icon(one.icon, palette, colours.get(one.id)))
