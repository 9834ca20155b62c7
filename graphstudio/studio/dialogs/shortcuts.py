"""The dialog in which the keys of the actions are chosen."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
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
        self.keys = KeysField(self._leave_keys)
        self.keys.setAccessibleName("Shortcut of the chosen command")
        self._prompt = QLabel()
        self._changing: list[QWidget] = [self.keys]
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
        row.addWidget(self._prompt)
        row.addWidget(self.keys, 1)
        for title, tip, run in (
            ("Clear", "Leave the command without keys", lambda: self._keep("")),
            ("Reset", "Give the command its own keys back", self._reset),
        ):
            button = _button(title, tip, run)
            self._changing.append(button)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        for widget in (self.filter, self.list):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.said)
        column.addWidget(self._last_row())

    def _last_row(self) -> QDialogButtonBox:
        """Return the buttons that are about all commands, and out of the dialog."""
        box = QDialogButtonBox()
        back = _button("Reset All", "Give every command its own keys back", self._reset_all)
        box.addButton(back, QDialogButtonBox.ButtonRole.ResetRole)
        leave = _button("Close", "Close (Esc)", self.accept)
        box.addButton(leave, QDialogButtonBox.ButtonRole.AcceptRole)
        return box

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
        self._choose_shown()

    def _choose_shown(self) -> None:
        """Choose a command that is to be seen: nobody changes one that is not."""
        chosen = self.list.currentItem()
        if chosen is None or chosen.isHidden():
            shown = (item for item in self._items() if not item.isHidden())
            # Qt takes none, though its types do not say so.
            self.list.setCurrentItem(next(shown, None))  # type: ignore[arg-type]

    def _follow_choice(self) -> None:
        self.said.clear()
        action = self._chosen()
        for widget in self._changing:
            widget.setEnabled(action is not None)
        if action is None:
            self._prompt.setText("No command has these words.")
            self.keys.clear()
        else:
            self._prompt.setText(f"Press the keys for {action.title}:")
            self.keys.setKeySequence(QKeySequence(keys_of(action)))

    def _leave_keys(self) -> None:
        """Show the keys as they are kept, and go back to the commands."""
        self._follow_choice()
        self.list.setFocus()

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


class KeysField(QKeySequenceEdit):
    """Takes the keys that are pressed in it, but for Escape, which leaves it.

    Args:
        leave: what Escape does.
    """

    def __init__(self, leave: Callable[[], object]) -> None:
        super().__init__()
        self._leave = leave
        self.setMaximumSequenceLength(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys, or leave."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self._leave()
        else:
            super().keyPressEvent(event)


def _button(title: str, tip: str, run: Callable[[], object]) -> QPushButton:
    button = QPushButton(title)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: run())  # noqa: PLW0108 - Qt would hand on whether it is checked
    return button


def _shown(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
