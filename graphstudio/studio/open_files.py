"""Which window has which project file open, so that no file is open in two."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from graphstudio.resource import is_resource
from graphstudio.studio.document import Document


class OpenFiles:
    """The files of all windows of a studio. Whatever opens a file or gives it a name asks here.

    Examples that ship are never written, so that any number of windows may show one.
    """

    def __init__(self) -> None:
        self._windows: dict[Document, QWidget] = {}

    def add(self, document: Document, window: QWidget) -> None:
        """Take a window and its document in."""
        self._windows[document] = window

    def remove(self, document: Document) -> None:
        """Forget a document whose window is closed."""
        self._windows.pop(document, None)

    def window_of(self, file: Path, but: Document | None = None) -> QWidget | None:
        """Return the window that has a file open.

        Args:
            file: the file, by any of its paths.
            but: the document that asks, which does not stand in its own way.
        """
        if is_resource(file):
            return None
        file = file.resolve()
        for document, window in self._windows.items():
            path = document.path
            if document is not but and path is not None and path.resolve() == file:
                return window
        return None

    def bring(self, file: Path, but: Document | None = None) -> QWidget | None:
        """Bring the window that has a file open to the front, and return it if there is one."""
        window = self.window_of(file, but)
        if window is not None:
            window.raise_()
            window.activateWindow()
        return window
