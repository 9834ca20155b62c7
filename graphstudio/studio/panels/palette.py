"""The palette: everything that can be put on the canvas, to search, to drag and to choose."""

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.studio.entry_buttons import EntryButtons
from graphstudio.studio.entry_list import EntryDelegate, EntryList, Index, entry_at, title_of
from graphstudio.studio.icons import icon
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.panels.palette_model import PaletteModel, Section
from graphstudio.studio.shortcuts import with_keys
from graphstudio.studio.theme import Theme, sans

_TITLE_HEIGHT = 32
_ARROW = 10
_HELP_LINES = 3
_HOW = "Point at a layer to read what it does."


class _Delegate(EntryDelegate):
    """Draws a heading as a title with an arrow, and an entry as every list does."""

    def __init__(self, theme: Theme, kept: KeptEntries, parent: QObject | None = None) -> None:
        super().__init__(theme, kept, parent=parent)
        self._title_font = sans(11, QFont.Weight.DemiBold)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        if entry_at(index) is None:
            return QSize(0, _TITLE_HEIGHT)
        return super().sizeHint(option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = _row(index)
        if not isinstance(row, Section):
            super().paint(painter, option, index)
            return
        painter.save()
        self._paint_heading(painter, QRect(option.rect), row, option.state, is_open=_is_open(index))
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
        palette = self.theme.palette
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


class _Help(QFrame):
    """What an entry is, in a few lines below the list, with its star and its documentation."""

    def __init__(self, theme: Theme, kept: KeptEntries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry: Entry | None = None
        self.setProperty("role", "help")
        self._name = QLabel()
        self._name.setProperty("role", "section")
        self._summary = QLabel(wordWrap=True)
        self._summary.setProperty("role", "dim")
        self._summary.setFont(sans(12))
        self._summary.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines = self._summary.fontMetrics().lineSpacing() * _HELP_LINES
        self._summary.setFixedHeight(lines)
        for label in (self._name, self._summary):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = EntryButtons(theme, kept)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.addWidget(self._name, 1)
        head.addWidget(self.buttons)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 4, 8, 8)
        rows.setSpacing(2)
        rows.addLayout(head)
        rows.addWidget(self._summary)
        self.show_entry(None)

    def show_entry(self, entry: Entry | None) -> None:
        """Show what an entry is; how to see it, without one."""
        self.entry = entry
        self._name.setText(title_of(entry) if entry else "")
        self._summary.setText(entry.summary.replace("`", "") if entry else _HOW)
        self.buttons.show_entry(entry)


class PalettePanel(QWidget):
    """The list of everything that can be placed, under a search field.

    Signals:
        chosen: the public path of the entry to add, ``"keras.Input"`` or ``"head"``.
        documentation_wanted: the entry to read about.
        current_changed: the entry that is current by now, or None.
    """

    chosen = Signal(str)
    documentation_wanted = Signal(object)
    current_changed = Signal(object)

    def __init__(
        self, catalog: Catalog, theme: Theme, kept: KeptEntries, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kept = kept
        self.search_field = QLineEdit()
        self.search_field.setAccessibleName("Search layers, models and functions")
        self.search_field.setClearButtonEnabled(True)
        self._model = PaletteModel(catalog, kept, self)
        self.list = EntryList(kept)
        self.help = _Help(theme, kept)
        self._set_up_list(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(4)
        field_row = QVBoxLayout()
        field_row.setContentsMargins(8, 0, 8, 0)
        field_row.addWidget(self.search_field)
        layout.addLayout(field_row)
        layout.addWidget(self.list)
        layout.addWidget(self.help)
        self.search_field.textChanged.connect(self._filter)
        self.search_field.installEventFilter(self)
        self.list.installEventFilter(self)
        self.list.viewport().installEventFilter(self)
        self.list.chosen.connect(self._choose_path)
        self.list.pointed.connect(self.help.show_entry)
        self.list.selectionModel().currentChanged.connect(self._follow_current)
        self.help.buttons.documentation_wanted.connect(self.documentation_wanted)
        theme.changed.connect(self.list.viewport().update)
        self.follow_keys()

    def sizeHint(self) -> QSize:
        """Return the width that the names need."""
        return QSize(232, 480)

    def follow_keys(self) -> None:
        """Say which keys lead here, and which do what the buttons do."""
        self.search_field.setPlaceholderText(with_keys("Search", "search"))
        self.help.buttons.follow_keys()

    def show_catalog(self, catalog: Catalog) -> None:
        """Show what another catalog has."""
        self._model.show_catalog(catalog)

    @property
    def current(self) -> Entry | None:
        """The entry that the panel says something about."""
        return self.help.entry

    def focus_search(self) -> None:
        """Put the cursor into the search field, with its text selected."""
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let arrows, Enter and Escape work across the field and the list; open sections."""
        if isinstance(event, QKeyEvent) and watched is not self.list.viewport():
            return self._key(watched, event)
        if watched is self.list.viewport() and isinstance(event, QMouseEvent):
            return self._mouse_in_list(event)
        return super().eventFilter(watched, event)

    def _set_up_list(self, theme: Theme) -> None:
        self.list.setAccessibleName("Layers")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_Delegate(theme, self._kept, self.list))
        self.list.setDragEnabled(True)
        self.list.setDragDropMode(QListView.DragDropMode.DragOnly)

    def _filter(self, query: str) -> None:
        self._model.show_matches(query)
        self.list.scrollToTop()
        if query.strip():
            self.list.setCurrentIndex(self._model.index(0))

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        in_field = watched is self.search_field
        return self._key_in_field(event.key()) if in_field else self._key_in_list(event.key())

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
            self._choose_path(row.path)

    def _choose_path(self, path: str) -> None:
        self.search_field.clear()
        self.chosen.emit(path)

    def _follow_current(self, *_indexes: object) -> None:
        if self.list.current is not None:
            self.help.show_entry(self.list.current)
        self.current_changed.emit(self.list.current)


def _row(index: Index) -> Entry | Section | None:
    model = index.model()
    return model.row(index) if isinstance(model, PaletteModel) else None


def _is_open(index: Index) -> bool:
    model, row = index.model(), _row(index)
    return isinstance(model, PaletteModel) and isinstance(row, Section) and model.is_open(row)
