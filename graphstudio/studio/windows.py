"""The windows of the studio: one for each open project."""

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.entries import Catalog
from graphstudio.studio.long_lived import set_aside
from graphstudio.studio.open_files import OpenFiles
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow

_AWAY = QPoint(32, 32)
# By then Qt has deleted a window that was closed.
_FREED_AFTER_MS = 500


class Windows(QObject):
    """Opens windows, and keeps them as long as they are open.

    Args:
        catalog: what can be put on the canvas.
        theme: colours and fonts of all windows.
        parent: what it lives as long as.
    """

    def __init__(self, catalog: Catalog, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._theme = theme
        self._quitting = False
        self._open_files = OpenFiles()
        self._open: list[MainWindow] = []

    @property
    def all(self) -> tuple[MainWindow, ...]:
        """The open windows, in the order in which they were opened."""
        return tuple(self._open)

    @property
    def active(self) -> MainWindow | None:
        """The window that is used now, or else the one that was opened last."""
        current = QApplication.activeWindow()
        return next((one for one in self._open if one is current), None) or next(
            reversed(self._open), None
        )

    def open(self, file: Path | None) -> MainWindow:
        """Show a window on a project file, or an empty one; a file that is open comes to the front.

        Args:
            file: the file; one that cannot be read is said in the window.
        """
        there = None if file is None else self._open_files.bring(file)
        for window in self._open:
            if window is there:
                return window
        window = MainWindow(self._catalog, self._theme, self._open_files)
        if self._open:
            window.move(self._open[-1].pos() + _AWAY)
        else:
            window.recovery.offer()
        self._add(window)
        if file is None:
            window.start.show_page()
        else:
            window.files.open(file)
        window.show()
        window.views.show_opened()
        QTimer.singleShot(0, window, window.start_engines)
        return window

    def quit(self) -> None:
        """Close all windows, one after the other; one that stays open keeps the rest."""
        self._quitting = True
        self._close_next()

    def _close_next(self) -> None:
        if self._quitting and self._open:
            window = self._open[-1]
            window.raise_()
            window.activateWindow()
            window.close()

    def _stay(self) -> None:
        self._quitting = False

    def _add(self, window: MainWindow) -> None:
        self._open.append(window)
        window.window_wanted.connect(self.open)
        window.quit_wanted.connect(self.quit)
        window.kept_open.connect(self._stay)
        window.closed.connect(lambda: self._forget(window))
        window.actions_table.keys_changed.connect(self._share_keys)

    def _forget(self, window: MainWindow) -> None:
        if window in self._open:
            self._open.remove(window)
            window.deleteLater()
            QTimer.singleShot(_FREED_AFTER_MS, self, set_aside)
            self._close_next()

    def _share_keys(self) -> None:
        for window in self._open:
            window.actions_table.follow_keys()
