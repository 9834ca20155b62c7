"""The commands that lock and unlock what is selected."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject

from graphstudio.diagram.locks import lock, unlock
from graphstudio.studio.document import Document
from graphstudio.studio.layer_commands import called


class LockActions(QObject):
    """Carries the commands out."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {"lock": self._lock, "unlock": self._unlock}

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        selected, locked = self._document.selection, self._document.diagram.locked
        return {
            "lock": bool(selected - locked),
            "unlock": bool(selected & locked),
            "rename": len(selected) == 1,
        }

    def _lock(self) -> None:
        nodes = self._document.selection
        self._document.edit(f"lock {self._called()}", lambda diagram: lock(diagram, nodes))

    def _unlock(self) -> None:
        nodes = self._document.selection
        self._document.edit(f"unlock {self._called()}", lambda diagram: unlock(diagram, nodes))

    def _called(self) -> str:
        return called(self._document.diagram, self._document.selection)
