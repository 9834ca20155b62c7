"""The dialog in which the keys of the actions are chosen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphstudio.studio.actions.action import Action
from graphstudio.studio.actions.listed import ACTIONS
from graphstudio.studio.actions.table import ActionTable
from graphstudio.studio.shortcuts import choose_keys, holder_of, keys_of

_SIZE = (640, 560)
_ID = Qt.ItemDataRole.UserRole


class ShortcutsDialog(QDialog):
    """Lists every action with its keys; the keys of the chosen one can be pressed anew.

    Args:
        table: the window's actions, which follow at once.
        parent: the window.
    """

    def __init__(self, table: ActionTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Keyboard Shortcuts")
        self.resize(*_SIZE)
        self.filter = QLineEdit(placeholderText="Search commands")
        self.filter.setAccessibleName("Search commands")
        self.filter.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setAccessibleName("Shortcut of the chosen command")
        self.said = QLabel()
        self.said.setProperty("role", "error")
        self.said.setWordWrap(True)
        self._build()
        self.filter.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(self._follow_choice)
        self.keys.editingFinished.connect(self._choose)
        self._fill()

    def _build(self) -> None:
        self.list.setHeaderLabels(["Command", "Menu", "Shortcut"])
        self.list.setAccessibleName("Commands")
        self.list.setProperty("role", "table")
        self.list.setRootIsDecorated(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        row = QHBoxLayout()
        row.addWidget(QLabel("Press the keys:"))
        row.addWidget(self.keys, 1)
        for title, tip, run in (
            ("Clear", "Leave the command without keys", lambda: self._keep("")),
            ("Reset", "Give the command its own keys back", self._reset),
            ("Reset All", "Give every command its own keys back", self._reset_all),
        ):
            button = QPushButton(title)
            button.setToolTip(tip)
            button.setAutoDefault(False)
            button.clicked.connect(lambda *_, run=run: run())
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (self.filter, self.list):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.said)

    def _fill(self) -> None:
        self.list.clear()
        for one in ACTIONS:
            menu = f"{one.menu} ▸ {one.submenu}" if one.submenu else one.menu
            item = QTreeWidgetItem([one.title, menu, _shown(keys_of(one))])
            item.setToolTip(0, one.tip)
            item.setData(0, _ID, one)
            self.list.addTopLevelItem(item)
        self.list.setCurrentItem(self._items()[0])

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        for item in self._items():
            line = " ".join(item.text(column) for column in range(3)).casefold()
            item.setHidden(not all(word in line for word in words))

    def _follow_choice(self) -> None:
        self.said.clear()
        action = self._chosen()
        if action is not None:
            self.keys.setKeySequence(QKeySequence(keys_of(action)))

    def _choose(self) -> None:
        keys, action = self.keys.keySequence().toString(), self._chosen()
        if action is None or QKeySequence(keys) == QKeySequence(keys_of(action)):
            return
        holder = holder_of(keys, ACTIONS, action.id)
        if holder is not None:
            self.said.setText(
                f"Expected keys that no other command has; {_shown(keys)} belongs to "
                f"{holder.title!r}."
            )
            return
        self._keep(keys)

    def _reset(self) -> None:
        action = self._chosen()
        if action is not None:
            self.keys.setKeySequence(QKeySequence(action.keys))
            self._choose()

    def _reset_all(self) -> None:
        for one in ACTIONS:
            choose_keys(one, one.keys)
        self._show_keys()

    def _keep(self, keys: str) -> None:
        action = self._chosen()
        if action is not None:
            choose_keys(action, keys)
            self._show_keys()

    def _show_keys(self) -> None:
        self._table.follow_keys()
        for item in self._items():
            item.setText(2, _shown(keys_of(item.data(0, _ID))))
        self._follow_choice()

    def _chosen(self) -> Action | None:
        item = self.list.currentItem()
        found = item.data(0, _ID) if item else None
        return found if isinstance(found, Action) else None

    def _items(self) -> list[QTreeWidgetItem]:
        items = (self.list.topLevelItem(row) for row in range(self.list.topLevelItemCount()))
        return [item for item in items if item is not None]


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
