"""The two buttons that go with an entry: its star, and its documentation."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from graphstudio.catalog.entries import Entry
from graphstudio.studio.icons import icon
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.shortcuts import with_keys
from graphstudio.studio.theme import Theme


class StarButton(QToolButton):
    """Gives an entry a star, or takes it away."""

    def __init__(self, theme: Theme, kept: KeptEntries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kept = kept
        self._entry: Entry | None = None
        _set_up(self)
        self.clicked.connect(self.toggle)
        kept.changed.connect(self._follow)
        theme.changed.connect(self._follow)

    def show_entry(self, entry: Entry | None) -> None:
        """Be about an entry."""
        self._entry = entry
        self._follow()

    def follow_keys(self) -> None:
        """Say which keys do the same."""
        self._follow()

    def toggle(self) -> None:
        """Give the star or take it away."""
        if self._entry is not None:
            self._kept.toggle(self._entry.path)

    def _follow(self) -> None:
        palette = self._theme.palette
        starred = self._entry is not None and self._entry.path in self._kept.favourites
        name, colour = ("star-filled", palette.warning) if starred else ("star", palette.dim)
        self.setIcon(icon(name, palette, colour))
        self.setEnabled(self._entry is not None)
        what = "Take out of the favourites" if starred else "Keep among the favourites"
        self.setToolTip(with_keys(what, "favourite"))


class EntryButtons(QWidget):
    """The star of an entry, and a button that asks for its documentation.

    Signals:
        documentation_wanted: the entry to read about.
    """

    documentation_wanted = Signal(object)

    def __init__(self, theme: Theme, kept: KeptEntries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._entry: Entry | None = None
        self.star = StarButton(theme, kept)
        self.book = QToolButton()
        _set_up(self.book)
        self.book.clicked.connect(lambda: self.documentation_wanted.emit(self._entry))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.star)
        row.addWidget(self.book)
        theme.changed.connect(self._tint)
        self._tint()
        self.follow_keys()
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Be about an entry."""
        self._entry = entry
        self.star.show_entry(entry)
        self.book.setEnabled(entry is not None)

    def follow_keys(self) -> None:
        """Say which keys do the same."""
        self.star.follow_keys()
        self.book.setToolTip(with_keys("Read the documentation", "documentation"))

    def _tint(self) -> None:
        self.book.setIcon(icon("book-open", self._theme.palette, self._theme.palette.dim))


def _set_up(button: QToolButton) -> None:
    button.setProperty("role", "icon")
    button.setIconSize(QSize(16, 16))
    button.setFixedSize(24, 24)
    # A click leaves the cursor in the search field.
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
