"""The keys of the actions, as the user chose them."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QKeySequence

from graphstudio.studio.actions.action import Action
from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.settings import open_settings

_GROUP = "shortcuts"
_BY_ID = {one.id: one for one in ACTIONS}
# Keys that a keyboard has twice and that mean the same.
_TWINS = {"Backspace": "Del", "Enter": "Return"}


def chosen_keys() -> Mapping[str, str]:
    """Return the keys that the user chose, by the id of the action; empty text is no key."""
    settings = open_settings()
    settings.beginGroup(_GROUP)
    return {name: str(settings.value(name)) for name in settings.childKeys()}


def choose_keys(action: Action, keys: str) -> None:
    """Keep the keys of an action; its own keys are not kept but followed."""
    settings = open_settings()
    name = f"{_GROUP}/{action.id}"
    if QKeySequence(keys) == QKeySequence(action.keys):
        settings.remove(name)
    else:
        settings.setValue(name, keys)


def keys_of(action: Action) -> str:
    """Return an action's keys, as Qt writes them: what the user chose, or its own."""
    return chosen_keys().get(action.id, action.keys)


def keys_named(name: str) -> str:
    """Return the keys of an action by its id; empty text where it has none."""
    return keys_of(_BY_ID[name])


def with_keys(text: str, name: str) -> str:
    """Return a text about an action with its keys, such as ``"Fit (Ctrl+0)"``.

    Who shows it has to follow: the keys are those that the user chose.
    """
    keys = keys_named(name)
    return f"{text} ({keys})" if keys else text


def same_keys(keys: str | QKeyCombination) -> str:
    """Return keys as a text that is equal for those that mean the same, such as Enter and Return.

    Args:
        keys: as Qt writes them, or as they are pressed.
    """
    text = QKeySequence(keys).toString()
    for twin, key in _TWINS.items():
        if text.endswith(twin):
            return text.removesuffix(twin) + key
    return text


def holder_of(keys: str, actions: Iterable[Action], besides: str) -> Action | None:
    """Return the action that has keys already, if one has.

    Args:
        keys: as Qt writes them.
        actions: where to look.
        besides: id of the action that is to get them.
    """
    wanted = same_keys(keys)
    if not wanted:
        return None
    chosen = chosen_keys()
    others = (one for one in actions if one.id != besides)
    found = (one for one in others if same_keys(chosen.get(one.id, one.keys)) == wanted)
    return next(found, None)
