"""The search that opens where the cursor is."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.fitting import Need, fits, misfit
from graphstudio.catalog.search import SearchIndex
from graphstudio.studio.arrangement import corner_within
from graphstudio.studio.entry_list import (
    ENTRY_ROLE,
    ROW_HEIGHT,
    EntryDelegate,
    EntryList,
    Index,
    title_of,
)
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.shortcuts import keys_named
from graphstudio.studio.theme import Theme, sans

_WIDTH = 440
_ROWS = 12
# Where in the popup the pointer is when it opens: on the field.
_POINTER = QPoint(24, 24)
_MOST_RESULTS = 60
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_ROWS,
    Qt.Key.Key_PageDown: _ROWS,
}


class _Rows(QAbstractListModel):
    """What was found."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: Sequence[Entry] = ()

    def show(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry = self._entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return title_of(entry)
        return entry if role == ENTRY_ROLE else None


class SearchPopup(QFrame):
    """A search field over a list of what fits, over the window until something is chosen.

    Args:
        catalog: what there is.
        theme: colours.
        kept: what was used lately and what has a star.
        beside: what can be clicked while it stays open.
        window: what it opens over.

    Signals:
        chosen: the public path of the entry to add.
        current_changed: the entry of the current row, or None.
        closed: it was closed, with or without a choice.
    """

    chosen = Signal(str)
    current_changed = Signal(object)
    closed = Signal()

    def __init__(
        self, catalog: Catalog, theme: Theme, kept: KeptEntries, beside: QWidget, window: QWidget
    ) -> None:
        super().__init__(window)
        self._window = window
        self._beside = beside
        self._catalog = catalog
        self._index = SearchIndex(catalog)
        self._kept = kept
        self._need = Need()
        self.setProperty("role", "popup")
        self.setAccessibleName("Add to the diagram")
        self.field = QLineEdit(placeholderText="Search by name or purpose, such as “shrink image”")
        self.field.setAccessibleName("Search what to add")
        self.heading = QLabel()
        self.heading.setProperty("role", "dim")
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.nothing = QLabel(wordWrap=True, margin=12)
        self.nothing.setProperty("role", "dim")
        self.nothing.setTextFormat(Qt.TextFormat.PlainText)
        self._foot = QLabel()
        self.list = EntryList(kept)
        self._rows = _Rows(self)
        self._lay_out(theme)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.chosen.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(self._follow_current)
        self.hide()

    def show_catalog(self, catalog: Catalog) -> None:
        """Search in another catalog."""
        self._catalog = catalog
        self._index = SearchIndex(catalog)

    def open(self, place: QPoint, need: Need, heading: str = "") -> None:
        """Open at a place.

        Args:
            place: where, in the window.
            need: what fits.
            heading: what is said about the place where something is added.
        """
        self._need = need
        self.heading.setText(heading)
        self.heading.setVisible(bool(heading))
        self.field.clear()
        self._search("")
        self.adjustSize()
        room = self._window.rect().adjusted(8, 8, -8, -8)
        self.move(corner_within(room, self.size(), place - _POINTER))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def hideEvent(self, event: QHideEvent) -> None:
        """Say that it is closed."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        super().hideEvent(event)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys move in the list, and close where something else is clicked."""
        if watched is self.field and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._key(event)
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(watched, QWidget):
            ours = (self, self._beside)
            if not any(one is watched or one.isAncestorOf(watched) for one in ours):
                self.hide()
        return False

    def _lay_out(self, theme: Theme) -> None:
        self.list.setModel(self._rows)
        delegate = EntryDelegate(theme, self._kept, summaries=True, parent=self.list)
        self.list.setItemDelegate(delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("What fits")
        self.list.setFixedHeight(_ROWS * ROW_HEIGHT)
        self.nothing.setFixedHeight(_ROWS * ROW_HEIGHT)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._foot.setProperty("role", "faint")
        self._foot.setFont(sans(11))
        for label in (self.heading, self._foot):
            label.setContentsMargins(12, 0, 12, 0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 8, 1, 8)
        rows.setSpacing(8)
        field_row = QVBoxLayout()
        field_row.setContentsMargins(8, 0, 8, 0)
        field_row.addWidget(self.field)
        rows.addWidget(self.heading)
        rows.addLayout(field_row)
        for widget in (self.list, self.nothing, self._foot):
            rows.addWidget(widget)
        self.setFixedWidth(_WIDTH)

    def _search(self, query: str) -> None:
        found = self._find(query, self._fits)
        best = self._find(query, None) if query.strip() else found
        reason = self._why_not(best[0]) if best and best[0] not in found[:1] else ""
        self._rows.show(found)
        self.list.setVisible(bool(found))
        self.nothing.setVisible(not found)
        self.nothing.setText(reason or f"Nothing is called, or does, “{query.strip()}”.")
        self._foot.setText(reason if found and reason else _keys())
        self.list.setCurrentIndex(self._rows.index(0))
        self.list.scrollToTop()

    def _fits(self, entry: Entry) -> bool:
        return fits(entry, self._need, self._catalog)

    def _find(self, query: str, condition: Callable[[Entry], bool] | None) -> list[Entry]:
        kept = self._kept
        lately = tuple(dict.fromkeys((*kept.recent, *kept.favourites)))
        return self._index.find(query, _MOST_RESULTS, recent=lately, fits=condition)

    def _why_not(self, entry: Entry) -> str:
        return misfit(entry, self._need) or f"{title_of(entry)} has no place here."

    def _key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _MOVES:
            self._move(_MOVES[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.list.current is not None:
                self._choose(self.list.current.path)
        elif key is Qt.Key.Key_Escape:
            self.hide()
        else:
            # Tab would leave the field for what lies below.
            return key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
        return True

    def _move(self, step: int) -> None:
        last = self._rows.rowCount() - 1
        row = max(min(self.list.currentIndex().row() + step, last), 0)
        self.list.setCurrentIndex(self._rows.index(row))

    def _choose(self, path: str) -> None:
        self.hide()
        self.chosen.emit(path)

    def _follow_current(self, *_indexes: object) -> None:
        self.current_changed.emit(self.list.current)


def _keys() -> str:
    """Return what the keys do, as far as there are any."""
    others = (("documentation", "documentation"), ("favourite", "favourite"))
    named = [f"{keys_named(name)} {what}" for name, what in others if keys_named(name)]
    return " · ".join(["Enter adds", *named, "Esc closes"])
