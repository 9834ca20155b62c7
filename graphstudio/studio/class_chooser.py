"""A field over a list of classes, for the one that takes the place of another."""

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QVBoxLayout, QWidget

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.search import SearchIndex

_SIZE = (320, 380)
_MOST = 200
_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


class ClassChooser(QFrame):
    """Offers what can be called, until one is chosen, Escape is pressed or it loses the focus.

    Args:
        heading: what it is for.
        catalog: what there is.
        kin: category of what comes first while nothing is typed.
        parent: what it opens over.

    Signals:
        chosen: public path of the class.
    """

    chosen = Signal(str)

    def __init__(self, heading: str, catalog: Catalog, kin: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(heading)
        self._catalog = catalog
        self._index = SearchIndex(catalog)
        self._kin = kin
        self._found: list[Entry] = []
        title = QLabel(heading)
        title.setProperty("role", "dim")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit(placeholderText="Search classes and functions")
        self.field.setAccessibleName(heading)
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for widget in (title, self.field, self.list):
            layout.addWidget(widget)
        self.resize(*_SIZE)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self._search("")

    def open(self, place: QPoint) -> None:
        """Open at a place of the screen, or as near to it as there is room."""
        room = self.screen().availableGeometry()
        self.move(
            max(min(place.x(), room.right() - self.width()), room.left()),
            max(min(place.y(), room.bottom() - self.height()), room.top()),
        )
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list by the keys that mean nothing to the field."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _search(self, query: str) -> None:
        callables = self._catalog.callables
        found = self._index.find(query, len(callables), fits=lambda one: one.path in callables)
        if not query.strip():
            found.sort(key=lambda one: one.category != self._kin)
        self._found = found[:_MOST]
        self.list.clear()
        for entry in self._found:
            self.list.addItem(entry.name)
            self.list.item(self.list.count() - 1).setToolTip(f"{entry.path}\n{entry.summary}")
        self.list.setCurrentRow(0)

    def _choose(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            self.chosen.emit(self._found[row].path)
            self.close()
