"""How a window was left: its size, its borders, and which part of each file was in view."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from time import time
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QPointF, QTimer
from PySide6.QtWidgets import QMainWindow, QSplitter, QTabWidget, QWidget

from graphstudio.studio.document import Document
from graphstudio.studio.settings import open_settings

_GEOMETRY = "window/geometry"
_TAB = "window/tab"
_VIEWS = "views"
_MOST_VIEWS = 100


class View(Protocol):
    """What looks at a diagram."""

    @property
    def looks_at(self) -> tuple[float, QPointF]:
        """The zoom in percent, and the place of the diagram in the middle."""

    def look_at(self, zoom: float, centre: QPointF) -> None:
        """Zoom to a percentage, with a place in the middle."""

    def show_opened(self) -> None:
        """Show a diagram that has just come into view."""


def restore_window(window: QMainWindow, borders: Mapping[str, QSplitter], tabs: QTabWidget) -> None:
    """Give a window the size, the borders and the tab that the one before was left with.

    Args:
        window: the window.
        borders: its movable borders by name.
        tabs: its tabs.
    """
    settings = open_settings()
    geometry = settings.value(_GEOMETRY)
    if isinstance(geometry, QByteArray):
        window.restoreGeometry(geometry)
    for name, splitter in borders.items():
        state = settings.value(f"window/{name}")
        if isinstance(state, QByteArray):
            splitter.restoreState(state)
    title = settings.value(_TAB)
    left = tabs.findChild(QWidget, str(title)) if title else None
    if left is not None and tabs.indexOf(left) >= 0:
        tabs.setCurrentWidget(left)


def remember_window(
    window: QMainWindow, borders: Mapping[str, QSplitter], tabs: QTabWidget
) -> None:
    """Keep how a window is left for the next one."""
    settings = open_settings()
    settings.setValue(_GEOMETRY, window.saveGeometry())
    for name, splitter in borders.items():
        settings.setValue(f"window/{name}", splitter.saveState())
    settings.setValue(_TAB, tabs.currentWidget().objectName())


class ViewMemory(QObject):
    """Shows a file as it was left: the same part of it, as large.

    Args:
        document: whose file it is.
        view: what looks at it.
        parent: what it lives as long as.
    """

    def __init__(self, document: Document, view: View, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._view = view
        self._path = document.path
        document.replaced.connect(self._leave)
        document.path_changed.connect(self._follow_path)

    def remember(self) -> None:
        """Keep what is in view of the file for the next time that it is opened."""
        if self._path is None or self._document.place:
            return
        settings = open_settings()
        zoom, centre = self._view.looks_at
        settings.beginGroup(_VIEWS)
        settings.setValue(_name(self._path), f"{zoom} {centre.x()} {centre.y()} {time()}")
        ages = {name: _left_at(settings.value(name)) for name in settings.childKeys()}
        for name in sorted(ages, key=ages.__getitem__)[:-_MOST_VIEWS]:
            settings.remove(name)
        settings.endGroup()

    def show_opened(self) -> None:
        """Show the file as it was left, or all of it where it is new here."""
        found = (
            _read(open_settings().value(f"{_VIEWS}/{_name(self._path)}")) if self._path else None
        )
        if found is None:
            self._view.show_opened()
        else:
            self._view.look_at(*found)

    def _leave(self) -> None:
        self.remember()
        QTimer.singleShot(0, self, self.show_opened)

    def _follow_path(self) -> None:
        self._path = self._document.path


def _name(path: Path) -> str:
    return sha256(str(path.resolve()).encode()).hexdigest()[:16]


def _read(text: object) -> tuple[float, QPointF] | None:
    """Return the zoom and the place that a remembered text holds; none if it is damaged."""
    try:
        zoom, x, y, *_ = map(float, str(text).split())
    except ValueError:
        return None
    return zoom, QPointF(x, y)


def _left_at(text: object) -> float:
    """Return when a remembered text was written, in seconds; 0 if it does not say."""
    words = str(text).split()
    try:
        return float(words[3]) if len(words) > 3 else 0.0
    except ValueError:
        return 0.0
