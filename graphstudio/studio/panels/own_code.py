"""The panel in which the project's own layers and functions are written."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from graphstudio.catalog.own_code import CodeError, own_names, parse_code
from graphstudio.code.own_templates import with_new_function, with_new_layer
from graphstudio.diagram.project import Project
from graphstudio.studio import theme as themes
from graphstudio.studio.document import Document
from graphstudio.studio.own_code import OwnCode
from graphstudio.studio.panels.python_highlighter import PythonHighlighter
from graphstudio.studio.restyle import set_property
from graphstudio.studio.theme import Theme

_INDENT = "    "
_MARK_ALPHA = 48
_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_Modifier = Qt.KeyboardModifier
_EMPTY = "Write layers and functions of your own here; they appear in the palette."


class OwnCodePanel(QWidget):
    """An editor of the project's own code. What is typed counts once it is applied.

    Args:
        document: the open project.
        own: its code.
        theme: the theme in use.
        parent: the widget around it.
    """

    def __init__(
        self, document: Document, own: OwnCode, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._own = own
        self._theme = theme
        self._shown = ""
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._new_layer = QPushButton("New layer")
        self._new_function = QPushButton("New function")
        self._agree = QPushButton("Trust and run")
        self._apply = QPushButton("Apply")
        self._text = QPlainTextEdit()
        self._highlighter = PythonHighlighter(self._text.document(), theme.palette)
        self._build()
        self._text.textChanged.connect(self._follow_typing)
        document.changed.connect(self._follow_document)
        document.replaced.connect(self._forget)
        own.agreement_changed.connect(self._follow_typing)
        theme.changed.connect(self._tint)
        self._follow_document()
        self._follow_typing()

    @property
    def pending(self) -> bool:
        """Whether what is typed is not yet applied."""
        return self._text.toPlainText() != self._document.project.code

    def apply(self) -> None:
        """Make what is typed the project's code; where it is no Python, mark the line instead."""
        try:
            parse_code(self._text.toPlainText())
        except CodeError as error:
            self._mark(error.line, str(error))
        else:
            self.commit_pending()

    def commit_pending(self) -> None:
        """Take what is typed, Python or not, as before saving, so that nothing is lost."""
        if self.pending:
            self._own.write(self._text.toPlainText())
            self._follow_typing()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Tab indent, Enter keep the indentation, and Ctrl+Enter apply."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self._text and is_press and isinstance(event, QKeyEvent):
            return self._press(event)
        return super().eventFilter(watched, event)

    def _build(self) -> None:
        self._sentence.setProperty("role", "dim")
        self._sentence.setWordWrap(True)
        self._text.setFont(themes.mono())
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setAccessibleName("Own code")
        self._text.setPlaceholderText(_EMPTY)
        self._text.installEventFilter(self)
        self._new_layer.setToolTip("Add a small layer to start from")
        self._new_function.setToolTip("Add a function on tensors to start from")
        self._agree.setToolTip("Let the code of this project run on this computer")
        self._apply.setToolTip("Use this code in the diagram (Ctrl+Enter)")
        self._new_layer.clicked.connect(lambda: self._add(with_new_layer))
        self._new_function.clicked.connect(lambda: self._add(with_new_function))
        self._agree.clicked.connect(self._own.agree)
        self._apply.clicked.connect(self.apply)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._sentence, 1)
        for button in (self._new_layer, self._new_function, self._agree, self._apply):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self._text, 1)

    def _follow_document(self) -> None:
        """Show the project's code, unless something else is being typed."""
        code = self._document.project.code
        if code == self._shown:
            return
        if self._text.toPlainText() == self._shown:
            self._text.setPlainText(code)
        self._shown = code
        self._follow_typing()

    def _forget(self, _before: Project, after: Project) -> None:
        """Show another project's code, whatever was typed for the one before."""
        self._text.setPlainText(after.code)

    def _follow_typing(self) -> None:
        self._text.setExtraSelections([])
        self._say(self._state(), "dim")
        self._apply.setEnabled(self.pending)
        self._agree.setVisible(self._own.asks)

    def _state(self) -> str:
        if self.pending:
            return "Not applied yet: Apply, or Ctrl+Enter, uses it in the diagram."
        if self._own.asks:
            return "This code came with the project and has not run."
        try:
            names = sorted(own_names(self._document.project.code))
        except CodeError as error:
            return str(error)
        return f"In the palette: {', '.join(names)}." if names else ""

    def _say(self, sentence: str, role: str) -> None:
        self._sentence.setText(sentence)
        set_property(self._sentence, "role", role)

    def _mark(self, line: int, sentence: str) -> None:
        """Say what is wrong with a line, and go there."""
        self._say(sentence, "error")
        cursor = QTextCursor(self._text.document().findBlockByNumber(line - 1))
        self._text.setTextCursor(cursor)
        self._text.setFocus()
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        colour = QColor(self._theme.palette.error)
        colour.setAlpha(_MARK_ALPHA)
        mark.format.setBackground(colour)
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        self._text.setExtraSelections([mark])

    def _add(self, template: Callable[[str], str]) -> None:
        """Add something to what is typed, as one step of the editor's own undo."""
        text = template(self._text.toPlainText())
        cursor = self._text.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        self._text.setTextCursor(cursor)
        self._text.setFocus()

    def _press(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in {_Modifier.NoModifier, _Modifier.KeypadModifier}
        if event.key() in _ENTER and event.modifiers() & _Modifier.ControlModifier:
            self.apply()
        elif event.key() in _ENTER and plain:
            self._text.insertPlainText(f"\n{self._indentation()}")
        elif event.key() == Qt.Key.Key_Tab and plain:
            self._text.insertPlainText(_INDENT)
        elif (
            event.key() == Qt.Key.Key_Backspace
            and plain
            and self._before_cursor().endswith(_INDENT)
        ):
            return self._unindent()
        else:
            return False
        return True

    def _before_cursor(self) -> str:
        cursor = self._text.textCursor()
        return cursor.block().text()[: cursor.positionInBlock()]

    def _indentation(self) -> str:
        """Return the spaces that the next line begins with."""
        before = self._before_cursor()
        spaces = before[: len(before) - len(before.lstrip(" "))]
        return spaces + (_INDENT if before.rstrip().endswith(":") else "")

    def _unindent(self) -> bool:
        """Remove one step of indentation; nothing where text stands before the cursor."""
        cursor = self._text.textCursor()
        if cursor.hasSelection() or self._before_cursor().strip():
            return False
        for _ in _INDENT:
            cursor.deletePreviousChar()
        return True

    def _tint(self) -> None:
        self._highlighter.tint(self._theme.palette)
        self._follow_typing()
