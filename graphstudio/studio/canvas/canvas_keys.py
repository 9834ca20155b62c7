"""Which command a key means on the canvas."""

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent

from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.shortcuts import keys_of, same_keys


class CanvasKeys:
    """The keys of the actions that are the canvas's own, as the user chose them."""

    def __init__(self) -> None:
        self._commands: dict[str, str] = {}
        self.follow()

    def follow(self) -> None:
        """Take the keys that the user chose."""
        own = (one for one in ACTIONS if one.on_canvas)
        self._commands = {same_keys(keys_of(one)): one.id for one in own if keys_of(one)}

    def command_of(self, event: QKeyEvent) -> str:
        """Return the id of the action that a pressed key means; empty for none."""
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeyCombination(held, Qt.Key(event.key()))
        return self._commands.get(same_keys(pressed), "")
