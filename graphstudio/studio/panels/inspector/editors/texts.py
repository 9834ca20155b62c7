"""The editor for a text of several lines."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from graphstudio.catalog.entries import Parameter
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.editors.base import Editor, same

_HEIGHT = 240


class _Lines(QPlainTextEdit):
    """Lines that say when they are left, and leave undo to the document until one types.

    Signals:
        left: the focus went elsewhere, or Ctrl+Enter was pressed.
        reverted: Escape was pressed.
    """

    left = Signal()
    reverted = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the document where nothing was typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoes = event.matches(QKeySequence.StandardKey.Undo)
            redoes = event.matches(QKeySequence.StandardKey.Redo)
            if (undoes or redoes) and not self.document().isModified():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit on Ctrl+Enter, revert on Escape."""
        enters = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enters and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Escape and self.document().isModified():
            self.reverted.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that it is left; a menu of its own comes back here."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.left.emit()


class TextEditor(Editor):
    """A field of several lines; what is typed is taken when it is left."""

    def __init__(self, parameter: Parameter, parent: QWidget | None = None) -> None:
        super().__init__(parameter, parent)
        self.lines = _Lines()
        self.lines.setAccessibleName(parameter.name)
        self.lines.setToolTip(parameter.doc)
        self.lines.setTabChangesFocus(True)
        self.lines.setProperty("role", "field")
        self.lines.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.lines)
        self.setFocusProxy(self.lines)
        self.lines.left.connect(self.commit_pending)
        self.lines.reverted.connect(self._show)

    def set_value(self, value: Value) -> None:
        """Show a text, unless it is the old one and another is being typed."""
        if self.lines.document().isModified() and same(value, self._value):
            return
        super().set_value(value)
        self._show()

    def commit_pending(self) -> None:
        """Take what is typed."""
        if self.lines.document().isModified():
            self.lines.document().setModified(False)
            self._commit(self.lines.toPlainText())

    def _show(self) -> None:
        text = str(self._value or "")
        if text != self.lines.toPlainText():
            self.lines.setPlainText(text)
        self.lines.document().setModified(False)
