"""The palette: everything that can be put on the canvas, to search, to drag and to choose."""

from collections.abc import Sequence
from html import escape
from itertools import groupby
from typing import TypeAlias

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from graphstudio.catalog.categories import category_rank, category_title
from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.search import HEAD, search
from graphstudio.studio.drag import ENTRY_MIME
from graphstudio.studio.theme import Theme, sans

_MOST_RESULTS = 50
_ROW_HEIGHT = 24
_TITLE_HEIGHT = 32

# A row of the list: the title of a section, or something to place.
Row: TypeAlias = str | Entry
Index: TypeAlias = QModelIndex | QPersistentModelIndex


class PaletteModel(QAbstractListModel):
    """Rows of the palette: sections while nothing is sought, else the matches by rank."""

    def __init__(self, catalog: Catalog, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._sections = _sections(catalog)
        self._rows: Sequence[Row] = self._sections

    def show_matches(self, query: str) -> None:
        """Show what matches a query; everything, by section, if it is blank."""
        self.beginResetModel()
        blank = not query.strip()
        self._rows = self._sections if blank else search(self._catalog, query, _MOST_RESULTS)
        self.endResetModel()

    def row(self, index: Index) -> Row | None:
        """Return what stands at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's name, or its summary as a tooltip."""
        row = self.row(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return _name(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Entry) and row.summary:
            return f"<qt>{escape(row.summary)}</qt>"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that entries can be chosen and dragged, and titles cannot."""
        if not isinstance(self.row(index), Entry):
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        """Return the type that the canvas takes."""
        return [ENTRY_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged entry's public path."""
        paths = [row.path for row in map(self.row, indexes) if isinstance(row, Entry)]
        data = QMimeData()
        data.setData(ENTRY_MIME, "\n".join(paths).encode())
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Return that dragging copies."""
        return Qt.DropAction.CopyAction


class _Delegate(QStyledItemDelegate):
    """Draws a row as a square in its category's colour and a name, or as a title."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title_font = sans(11, QFont.Weight.DemiBold)
        self._font = sans()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        is_entry = isinstance(_row(index), Entry)
        return QSize(0, _ROW_HEIGHT if is_entry else _TITLE_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = QRect(option.rect)
        if isinstance(row, Entry):
            self._paint_entry(painter, rect, row, option.state)
        else:
            painter.setFont(self._title_font)
            painter.setPen(QColor(self._theme.palette.faint))
            box = rect.adjusted(12, 0, -4, -5)
            bottom_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(box, bottom_left, _name(row))
        painter.restore()

    def _paint_entry(
        self, painter: QPainter, rect: QRect, entry: Entry, state: QStyle.StateFlag
    ) -> None:
        palette = self._theme.palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QColor(palette.accent) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.raised))
            painter.drawRoundedRect(rect.adjusted(4, 0, -4, -1), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.category(entry.category))
        painter.drawRoundedRect(QRect(rect.left() + 12, rect.center().y() - 4, 9, 9), 2, 2)
        painter.setFont(self._font)
        painter.setPen(QColor(palette.text))
        box = rect.adjusted(30, 0, -8, 0)
        text = painter.fontMetrics().elidedText(
            _name(entry), Qt.TextElideMode.ElideRight, box.width()
        )
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


class PalettePanel(QWidget):
    """The list of everything that can be placed, under a search field.

    Signals:
        chosen: the public path of the entry to add, ``"keras.Input"`` or ``"head"``.
    """

    chosen = Signal(str)

    def __init__(self, catalog: Catalog, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search_field = QLineEdit(placeholderText="Search layers (Tab)")
        self.search_field.setAccessibleName("Search layers")
        self.search_field.setClearButtonEnabled(True)
        self._model = PaletteModel(catalog, self)
        self.list = QListView()
        self._set_up_list(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        field_row = QVBoxLayout()
        field_row.setContentsMargins(8, 0, 8, 0)
        field_row.addWidget(self.search_field)
        layout.addLayout(field_row)
        layout.addWidget(self.list)
        self.search_field.textChanged.connect(self._filter)
        self.search_field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.doubleClicked.connect(self._choose)
        theme.changed.connect(self.list.viewport().update)

    def sizeHint(self) -> QSize:
        """Return the width that the names need."""
        return QSize(232, 480)

    def focus_search(self) -> None:
        """Put the cursor into the search field, with its text selected."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, Enter and Escape work across the field and the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search_field:
                return self._key_in_field(event.key())
            if watched is self.list:
                return self._key_in_list(event.key())
        return super().eventFilter(watched, event)

    def _set_up_list(self, theme: Theme) -> None:
        self.list.setAccessibleName("Layers")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(theme, self.list))
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QListView.DragDropMode.DragOnly)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)

    def _filter(self, query: str) -> None:
        self._model.show_matches(query)
        self.list.scrollToTop()
        if query.strip():
            self.list.setCurrentIndex(self._model.index(0))

    def _key_in_field(self, key: int) -> bool:
        if key == Qt.Key.Key_Down:
            if not isinstance(self._model.row(self.list.currentIndex()), Entry):
                self._go_to(self._first())
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape and self.search_field.text():
            self.search_field.clear()
        else:
            return False
        return True

    def _key_in_list(self, key: int) -> bool:
        current = self.list.currentIndex()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._choose(current)
        elif key == Qt.Key.Key_Escape or (key == Qt.Key.Key_Up and current.row() <= self._first()):
            self.focus_search()
        else:
            return False
        return True

    def _go_to(self, row: int) -> None:
        self.list.setCurrentIndex(self._model.index(row))

    def _first(self) -> int:
        """Return the row of the first entry."""
        rows = range(self._model.rowCount())
        return next(
            (n for n in rows if isinstance(self._model.row(self._model.index(n)), Entry)), 0
        )

    def _choose(self, index: Index) -> None:
        row = self._model.row(index)
        if isinstance(row, Entry):
            path = row.path
            self.search_field.clear()
            self.chosen.emit(path)


def _sections(catalog: Catalog) -> list[Row]:
    rows: list[Row] = ["Inputs and heads", catalog.input, HEAD]
    layers = [entry for entry in catalog.layers.values() if entry.ports]
    layers.sort(key=lambda entry: (category_rank(entry.category), entry.name))
    for category, entries in groupby(layers, key=lambda entry: entry.category):
        rows += [category_title(category), *entries]
    return rows


def _name(row: Row | None) -> str:
    if isinstance(row, Entry):
        return "Head" if row is HEAD else row.name
    return row or ""


def _row(index: Index) -> Row | None:
    model = index.model()
    return model.row(index) if isinstance(model, PaletteModel) else None
