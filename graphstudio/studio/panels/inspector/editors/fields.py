"""The editor for everything that is written in one line."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from graphstudio.catalog.entries import Parameter
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.editors.base import MIXED_TEXT, Editor, same
from graphstudio.studio.panels.inspector.editors.notation import Notation
from graphstudio.studio.panels.inspector.labels import WrappedLabel
from graphstudio.studio.restyle import set_property


class _Line(QLineEdit):
    """A line that steps with the arrows, reverts with Escape, and undoes only its own typing.

    Signals:
        stepped: 1 for up, -1 for down.
        reverted: Escape was pressed.
    """

    stepped = Signal(int)
    reverted = Signal()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the document where nothing was typed."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undoes = event.matches(QKeySequence.StandardKey.Undo)
            if (undoes or event.matches(QKeySequence.StandardKey.Redo)) and not self.isModified():
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step on Up and Down, revert on Escape."""
        direction = {Qt.Key.Key_Up.value: 1, Qt.Key.Key_Down.value: -1}.get(event.key())
        if direction is not None:
            self.stepped.emit(direction)
        elif event.key() == Qt.Key.Key_Escape and self.isModified():
            self.reverted.emit()
        else:
            super().keyPressEvent(event)


class FieldEditor(Editor):
    """A text field; what is no value marks it, is said in a sentence and is not taken."""

    def __init__(
        self,
        parameter: Parameter,
        notation: Notation,
        placeholder: str | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parameter, parent)
        self._notation = notation
        self._placeholder = placeholder or _placeholder(parameter)
        self._complaint: WrappedLabel | None = None
        self.line = _Line()
        self.line.setAccessibleName(parameter.name)
        self.line.setPlaceholderText(self._placeholder)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._mark)
        self.line.editingFinished.connect(self.commit_pending)
        self.line.stepped.connect(self._step)
        self.line.reverted.connect(self._revert)

    @property
    def details(self) -> QWidget | None:
        """The sentence that says what was expected, once something else was received."""
        return self._complaint

    def set_value(self, value: Value) -> None:
        """Show a value, unless it is the old one and another is being typed."""
        if self.line.isModified() and same(value, self._value):
            return
        super().set_value(value)
        self.line.setPlaceholderText(self._placeholder)
        self._revert()

    def show_mixed(self) -> None:
        """Show an empty field that says so."""
        super().show_mixed()
        self.line.setPlaceholderText(MIXED_TEXT)

    def commit_pending(self) -> None:
        """Take what is typed, if it is a value."""
        if not self.line.isModified():
            return
        try:
            value = self._parse(self.line.text())
        except ValueError:
            self._mark(self.line.text())
            self._complain()
            return
        self.line.setModified(False)
        self._commit(value)

    def _parse(self, text: str) -> Value:
        stripped = text.strip()
        if not stripped and self.parameter.nullable:
            return None
        return self._notation.parse(stripped)

    def _revert(self) -> None:
        text = "" if self._value is None else self._notation.format(self._value)
        if text != self.line.text():
            self.line.setText(text)
            self.line.setCursorPosition(0)
        self.line.setModified(False)
        self._mark(text, wrong=False)

    def _mark(self, text: str, *, wrong: bool | None = None) -> None:
        """Show whether the text is a value, and what was expected if not."""
        if wrong is None:
            wrong = not self._is_value(text)
        received = repr(text.strip()) if text.strip() else "nothing"
        expected = f"Expected {self._notation.expected}; received {received}."
        self.line.setToolTip(expected if wrong else "")
        set_property(self.line, "invalid", wrong)
        if self._complaint is not None and not wrong:
            self._complaint.hide()

    def _complain(self) -> None:
        """Say below the field what its mark means."""
        if self._complaint is None:
            self._complaint = WrappedLabel("error", self)
            self.details_changed.emit()
        self._complaint.show_text(self.line.toolTip())
        self._complaint.show()

    def _is_value(self, text: str) -> bool:
        try:
            self._parse(text)
        except ValueError:
            return False
        return True

    def _step(self, direction: int) -> None:
        self.commit_pending()
        if not self.line.isModified() and self._value is not None:
            self._commit(self._notation.step(self._value, direction))


def _placeholder(parameter: Parameter) -> str:
    if parameter.required:
        return "required"
    return "none" if parameter.nullable else ""
