"""The history panel: every edit by its name, with the present one marked."""

from functools import cache

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPixmap
from PySide6.QtWidgets import (
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QUndoView,
    QVBoxLayout,
    QWidget,
)

from graphstudio.studio.document import Document
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Theme

_ROW_HEIGHT = 26
_ICON = QSize(14, 14)


class HistoryPanel(QWidget):
    """Lists the edits from the first to the last; a click goes to how it was after one.

    What was undone stands below the present edit, fainter.
    """

    def __init__(self, document: Document, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows = QUndoView(document.undo_stack)
        self.rows.setEmptyLabel("As it was opened")
        self.rows.setAccessibleName("History")
        self.rows.setUniformItemSizes(True)
        self.rows.setItemDelegate(_Row(document, theme, self.rows))
        self.rows.setToolTip("Go to how the project was after this edit")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.addWidget(self.rows)
        theme.changed.connect(self._tint)
        # What was saved is another row than before.
        document.clean_changed.connect(self.rows.viewport().update)
        self._tint()

    def _tint(self) -> None:
        self.rows.setCleanIcon(icon("save", self._theme.palette, self._theme.palette.dim))
        self.rows.viewport().update()


class _Row(QStyledItemDelegate):
    """Paints a row: a dot for the present edit, its name, and whether it is what was saved."""

    def __init__(self, document: Document, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._stack = document.undo_stack
        self._theme = theme

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Show an edit's name as a sentence begins, and what was undone faint."""
        super().initStyleOption(option, index)
        palette = self._theme.palette
        present = index.row() == self._stack.index()
        colour = palette.faint if index.row() > self._stack.index() else palette.text
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.decorationSize = _ICON
        if option.icon.isNull():
            # The names stand below each other, whichever of them has the mark of what was saved.
            option.icon = _blank()
        option.text = option.text[:1].upper() + option.text[1:]
        option.palette.setColor(option.palette.ColorRole.Text, QColor(colour))
        option.font.setWeight(QFont.Weight.DemiBold if present else QFont.Weight.Normal)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of a row."""
        return QSize(super().sizeHint(option, index).width(), _ROW_HEIGHT)


@cache
def _blank() -> QIcon:
    pixmap = QPixmap(_ICON)
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)
