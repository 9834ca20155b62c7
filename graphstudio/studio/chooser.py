"""A field over a list of choices, open until one is chosen, Escape is pressed or it is left."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphstudio.studio.arrangement import corner_within

_MOVES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})
_VALUE = Qt.ItemDataRole.UserRole


@dataclass(frozen=True)
class Choice:
    """A row of the list.

    Attributes:
        value: what is chosen.
        title: what the row says.
        beside: what stands at its right, such as a shortcut.
        tip: what is said on hover.
        enabled: whether it can be chosen now.
    """

    value: Any
    title: str
    beside: str = ""
    tip: str = ""
    enabled: bool = True


class Chooser(QFrame):
    """Offers choices that match what is typed.

    Args:
        heading: what it is for.
        placeholder: what the empty field says.
        find: the choices for a query, the best first.
        parent: what it opens over.

    Signals:
        chosen: the value of the choice.
    """

    chosen = Signal(object)

    def __init__(
        self,
        heading: str,
        placeholder: str,
        find: Callable[[str], Sequence[Choice]],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        self.setAccessibleName(heading)
        self._find = find
        title = QLabel(heading)
        title.setProperty("role", "dim")
        title.setTextFormat(Qt.TextFormat.PlainText)
        self.field = QLineEdit(placeholderText=placeholder)
        self.field.setAccessibleName(heading)
        self.list = QTreeWidget()
        self._set_up_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        for widget in (title, self.field, self.list):
            layout.addWidget(widget)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._search)
        self.field.returnPressed.connect(self._choose)
        self.list.itemClicked.connect(self._choose)
        self._search("")

    def open(self, place: QPoint) -> None:
        """Open with the top left corner at a place of the screen, or near it where room is."""
        self.move(corner_within(self.screen().availableGeometry(), self.size(), place))
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move in the list by the keys that mean nothing to the field."""
        pressed = event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            self.list.event(event)
            return True
        return super().eventFilter(watched, event)

    def _set_up_list(self) -> None:
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setProperty("role", "choices")
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setColumnCount(2)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    def _search(self, query: str) -> None:
        self.list.clear()
        for choice in self._find(query):
            item = QTreeWidgetItem([choice.title, choice.beside])
            item.setToolTip(0, choice.tip)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            item.setData(0, _VALUE, choice.value)
            item.setDisabled(not choice.enabled)
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None and not item.isDisabled():
            value = item.data(0, _VALUE)
            self.close()
            self.chosen.emit(value)
