"""The project files that were used last."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from graphstudio.resource import is_resource
from graphstudio.studio.document import Document
from graphstudio.studio.settings import open_settings, remembered_texts

_KEY = "files/recent"
_MOST = 10


def recent_files() -> list[Path]:
    """Return the files that are still there, the one used last first."""
    return [path for path in map(Path, remembered_texts(_KEY)) if path.is_file()]


def remember_file(path: Path) -> None:
    """Take a file as the one used last; examples that ship are always at hand, and left out."""
    if is_resource(path):
        return
    names = [str(path.resolve()), *remembered_texts(_KEY)]
    open_settings().setValue(_KEY, list(dict.fromkeys(names))[:_MOST])


def forget_files() -> None:
    """Forget which files were used."""
    open_settings().remove(_KEY)


class RecentFiles(QObject):
    """Remembers the files of a document as it opens and saves them."""

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        document.path_changed.connect(self._remember)

    def _remember(self) -> None:
        if self._document.path is not None:
            remember_file(self._document.path)


def recent_menu(open_file: Callable[[Path], object], parent: QWidget) -> QMenu:
    """Return a menu of the recent files, which is made anew each time that it opens.

    Args:
        open_file: called with the one that is chosen.
        parent: what the menu lives as long as.
    """
    menu = QMenu("Open Recent", parent)

    def fill() -> None:
        menu.clear()
        for path in recent_files():
            action = menu.addAction(f"{path.name} — {path.parent}".replace("&", "&&"))
            action.triggered.connect(lambda *_, path=path: open_file(path))
        if menu.isEmpty():
            menu.addAction("No file was used yet").setEnabled(False)
            return
        menu.addSeparator()
        menu.addAction("Forget Recent Files").triggered.connect(forget_files)

    menu.aboutToShow.connect(fill)
    fill()
    return menu
