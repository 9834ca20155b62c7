"""Every command of the window, found by typing."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from graphstudio.studio.actions.action import Action
from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.actions.table import ActionTable
from graphstudio.studio.chooser import Choice, Chooser

_SIZE = (560, 420)
_FROM_TOP = 96


def open_command_palette(actions: ActionTable, window: QWidget) -> Chooser:
    """Offer every command; the chosen one is carried out.

    Args:
        actions: the window's actions.
        window: the window, over which it opens.
    """

    def find(query: str) -> Sequence[Choice]:
        choices = [_choice(actions, one) for one in find_actions(query)]
        return sorted(choices, key=lambda choice: not choice.enabled)

    palette = Chooser("Commands", "Type what you want to do", find, window)
    palette.resize(*_SIZE)
    palette.chosen.connect(lambda name: actions[name].trigger())
    aside = (window.width() - palette.width()) // 2
    palette.open(window.mapToGlobal(QPoint(aside, _FROM_TOP)))
    return palette


def find_actions(query: str) -> list[Action]:
    """Return the actions in which every word of a query is found, the best first.

    A word may begin a word of the title, stand anywhere in it, or stand in what the action does
    or in the names of its menus.
    """
    words = query.casefold().split()
    ranks = ((max((_rank(one, word) for word in words), default=0), one) for one in ACTIONS)
    found = sorted((pair for pair in ranks if pair[0] < _NOT_FOUND), key=lambda pair: pair[0])
    return [one for _, one in found]


_BEGINS, _INNER, _ASIDE, _NOT_FOUND = range(4)


def _rank(action: Action, word: str) -> int:
    title = action.title.casefold()
    if any(part.startswith(word) for part in title.split()):
        return _BEGINS
    if word in title:
        return _INNER
    aside = f"{action.tip} {action.menu} {action.submenu}".casefold()
    return _ASIDE if word in aside else _NOT_FOUND


def _choice(actions: ActionTable, one: Action) -> Choice:
    action = actions[one.id]
    menus = " ▸ ".join(title for title in (one.menu, one.submenu) if title)
    return Choice(
        value=one.id,
        title=f"{menus} ▸ {action.text()}",
        beside=action.shortcut().toString(),
        tip=one.tip,
        enabled=action.isEnabled(),
    )
