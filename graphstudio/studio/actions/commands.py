"""What carries the window's commands out."""

from collections.abc import Callable, Mapping
from typing import Protocol


class Commands(Protocol):
    """Some of the window's commands, which belong together."""

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""

    def sensible(self) -> Mapping[str, bool]:
        """Return whether a command makes sense now, for those that do not always."""


class Toggles(Protocol):
    """Some of the window's commands that are on or off."""

    def checked(self) -> Mapping[str, bool]:
        """Return whether each is on now, by the id of its action."""
