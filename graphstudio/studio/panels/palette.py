"""The palette: everything that can be put on the canvas, to search, to drag and to choose."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.studio.icons import icon
from graphstudio.studio.panels.palette_model import Index, PaletteModel, Section, name_of
from graphstudio.studio.theme import Theme, sans

_ROW_HEIGHT = 24
_TITLE_HEIGHT = 32
_ARROW = 10


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
        elif isinstance(row, Section):
            self._paint_heading(painter, rect, row, option.state, is_open=_is_open(index))
        painter.restore()

    def _paint_heading(
        self,
        painter: QPainter,
        rect: QRect,
        section: Section,
        state: QStyle.StateFlag,
        *,
        is_open: bool,
    ) -> None:
        palette = self._theme.palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        colour = palette.text if selected else palette.faint
        name = "chevron-down" if is_open else "chevron-right"
        arrow = QRect(rect.left() + 11, rect.bottom() - 16, _ARROW, _ARROW)
        icon(name, palette, colour).paint(painter, arrow)
        painter.setFont(self._title_font)
        painter.setPen(QColor(colour))
        bottom = Qt.AlignmentFlag.AlignBottom
        box = rect.adjusted(26, 0, -12, -5)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | bottom, section.title)
        if not is_open:
            count = str(len(section.entries))
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | bottom, count)

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
            name_of(entry), Qt.TextElideMode.ElideRight, box.width()
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
        self.search_field = QLineEdit(placeholderText="Search (Tab)")
        self.search_field.setAccessibleName("Search layers, models and functions")
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
        self.list.viewport().installEventFilter(self)
        self.list.doubleClicked.connect(self._choose)
        theme.changed.connect(self.list.viewport().update)

    def sizeHint(self) -> QSize:
        """Return the width that the names need."""
        return QSize(232, 480)

    def show_catalog(self, catalog: Catalog) -> None:
        """Show what another catalog has."""
        self._model.show_catalog(catalog)

    def focus_search(self) -> None:
        """Put the cursor into the search field, with its text selected."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, Enter and Escape work across the field and the list; open sections."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if watched is self.search_field:
                return self._key_in_field(event.key())
            if watched is self.list:
                return self._key_in_list(event.key())
        if watched is self.list.viewport() and isinstance(event, QMouseEvent):
            return self._mouse_in_list(event)
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
            if not self._model.flags(self.list.currentIndex()):
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
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self._open_or_close(current, opens=key == Qt.Key.Key_Right)
        else:
            return False
        return True

    def _open_or_close(self, index: Index, *, opens: bool) -> None:
        """Open a closed section and go into it, or close the one around an entry."""
        heading = self._model.section_above(index)
        section = self._model.row(heading)
        if isinstance(section, Section) and self._model.is_open(section) is not opens:
            self._model.toggle(section)
            self._go_to(heading.row() + (1 if opens else 0))

    def _mouse_in_list(self, event: QMouseEvent) -> bool:
        """Open or close a section whose heading is clicked; a drag or a choice needs an entry."""
        row = self._model.row(self.list.indexAt(event.position().toPoint()))
        pressed = event.type() in {QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick}
        if not isinstance(row, Section) or not pressed:
            return False
        if event.button() == Qt.MouseButton.LeftButton:
            self._model.toggle(row)
        return True

    def _go_to(self, row: int) -> None:
        self.list.setCurrentIndex(self._model.index(row))

    def _first(self) -> int:
        """Return the first row that the arrows reach."""
        rows = range(self._model.rowCount())
        return next((n for n in rows if self._model.flags(self._model.index(n))), 0)

    def _choose(self, index: Index) -> None:
        row = self._model.row(index)
        if isinstance(row, Section):
            self._open_or_close(index, opens=True)
        elif row is not None:
            path = row.path
            self.search_field.clear()
            self.chosen.emit(path)


def _row(index: Index) -> Entry | Section | None:
    model = index.model()
    return model.row(index) if isinstance(model, PaletteModel) else None


def _is_open(index: Index) -> bool:
    model, row = index.model(), _row(index)
    return isinstance(model, PaletteModel) and isinstance(row, Section) and model.is_open(row)
