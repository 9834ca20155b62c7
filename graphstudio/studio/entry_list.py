"""A list of what can be put on the canvas: a colour, a name, a line of help and a star each."""

from typing import TypeAlias

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QDrag, QGuiApplication, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from graphstudio.catalog.entries import Entry
from graphstudio.catalog.search import HEAD
from graphstudio.studio.icons import icon
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.theme import Theme, sans

ROW_HEIGHT = 24
# The role under which a model gives the entry of a row.
ENTRY_ROLE = Qt.ItemDataRole.UserRole
Index: TypeAlias = QModelIndex | QPersistentModelIndex
_STAR = 14
_GAP = 12


def title_of(entry: Entry) -> str:
    """Return what a list calls an entry."""
    return "Head" if entry is HEAD else entry.name


def entry_at(index: Index) -> Entry | None:
    """Return the entry of a row; none where there is another thing."""
    entry = index.data(ENTRY_ROLE) if index.isValid() else None
    return entry if isinstance(entry, Entry) else None


class EntryDelegate(QStyledItemDelegate):
    """Draws a row as a square in its category's colour, a name, and a star where it has one.

    Args:
        theme: colours.
        kept: which have a star.
        summaries: whether a line of help stands behind the name, where there is room.
        parent: what it lives as long as.
    """

    def __init__(
        self,
        theme: Theme,
        kept: KeptEntries,
        *,
        summaries: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._kept = kept
        self._summaries = summaries
        self._font = sans()
        self._small = sans(12)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the height of a row."""
        return QSize(0, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row."""
        entry = entry_at(index)
        if entry is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_entry(painter, QRect(option.rect), entry, option.state)
            painter.restore()

    def _paint_entry(
        self, painter: QPainter, rect: QRect, entry: Entry, state: QStyle.StateFlag
    ) -> None:
        palette = self.theme.palette
        selected = bool(state & QStyle.StateFlag.State_Selected)
        pointed = selected or bool(state & QStyle.StateFlag.State_MouseOver)
        if pointed:
            painter.setPen(QColor(palette.accent) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.raised))
            painter.drawRoundedRect(rect.adjusted(4, 0, -4, -1), 5, 5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(palette.category(entry.category))
        painter.drawRoundedRect(QRect(rect.left() + 12, rect.center().y() - 4, 9, 9), 2, 2)
        starred = entry.path in self._kept.favourites
        if starred or pointed:
            name, colour = ("star-filled", palette.warning) if starred else ("star", palette.faint)
            icon(name, palette, colour).paint(painter, star_rect(rect))
        room = rect.adjusted(30, 0, -(_STAR + 20) if starred or pointed else -8, 0)
        self._paint_texts(painter, room, entry)

    def _paint_texts(self, painter: QPainter, room: QRect, entry: Entry) -> None:
        palette = self.theme.palette
        painter.setFont(self._font)
        painter.setPen(QColor(palette.text))
        used = _draw(painter, room, title_of(entry)) + _GAP
        if self._summaries and used < room.width() - 4 * _GAP:
            painter.setFont(self._small)
            painter.setPen(QColor(palette.dim))
            _draw(painter, room.adjusted(used, 0, 0, 0), entry.summary.replace("`", ""))


class EntryList(QListView):
    """A list of entries; a click on a star gives it or takes it away, a double click chooses.

    Signals:
        chosen: the public path of the entry to add.
        pointed: the entry under the pointer.
    """

    chosen = Signal(str)
    pointed = Signal(object)

    def __init__(self, kept: KeptEntries, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = kept
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entered.connect(self._point)
        kept.changed.connect(self.viewport().update)

    @property
    def current(self) -> Entry | None:
        """The entry of the current row."""
        return entry_at(self.currentIndex())

    def star_place(self, index: Index) -> QRect:
        """Return where a row's star is."""
        return star_rect(self.visualRect(index))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give a star or take it away, or select."""
        entry = self._starred_by(event)
        if entry is None:
            super().mousePressEvent(event)
        else:
            self._kept.toggle(entry.path)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose; the second click on a star is like the first."""
        entry = entry_at(self.indexAt(event.position().toPoint()))
        if self._starred_by(event):
            self.mousePressEvent(event)
        elif entry is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(entry.path)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Drag the current entry's name, beside the pointer: what lies below stays visible."""
        entry = self.current
        if entry is None:
            return
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData([self.currentIndex()]))
        drag.setPixmap(self._picture_of(entry))
        drag.setHotSpot(QPoint(-_GAP, -_GAP))
        drag.exec(Qt.DropAction.CopyAction)

    def _picture_of(self, entry: Entry) -> QPixmap:
        label = QLabel(title_of(entry))
        label.setProperty("role", "card")
        label.setMargin(8)
        label.adjustSize()
        return label.grab()

    def _starred_by(self, event: QMouseEvent) -> Entry | None:
        """Return the entry whose star a click hits."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        entry = entry_at(index)
        hits = entry is not None and self.star_place(index).adjusted(-4, -4, 4, 4).contains(place)
        return entry if hits and event.button() == Qt.MouseButton.LeftButton else None

    def _point(self, index: QModelIndex) -> None:
        entry = entry_at(index)
        # With a button down the hand is on its way with something that it took.
        if entry is not None and QGuiApplication.mouseButtons() == Qt.MouseButton.NoButton:
            self.pointed.emit(entry)


def star_rect(row: QRect) -> QRect:
    """Return where the star of a row is."""
    return QRect(row.right() - _STAR - 12, row.center().y() - _STAR // 2, _STAR, _STAR)


def _draw(painter: QPainter, room: QRect, text: str) -> int:
    """Draw a text in as much of it as there is room for; return its width."""
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    return metrics.horizontalAdvance(shown)
