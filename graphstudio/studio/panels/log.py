"""The log panel: what the engine and its libraries print."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from graphstudio.studio import theme as themes
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Theme

_MOST_LINES = 5000


class LogPanel(QWidget):
    """Text that grows at its end. The oldest lines go; the view follows while it is at the end."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._copy = QPushButton("Copy")
        self._clear = QPushButton("Clear")
        self._text = QPlainTextEdit()
        self._at_end = True
        self._build()
        theme.changed.connect(self._tint)
        self._tint()

    def append(self, text: str) -> None:
        """Add lines at the end.

        Args:
            text: one line or several; the end of the last one may be left out.
        """
        self._text.appendPlainText(text.removesuffix("\n"))
        self._enable()

    def _build(self) -> None:
        text = self._text
        text.setReadOnly(True)
        text.setFont(themes.mono())
        text.setMaximumBlockCount(_MOST_LINES)
        text.setTabChangesFocus(True)
        text.setUndoRedoEnabled(False)
        text.setAccessibleName("Log")
        text.setPlaceholderText("Nothing was logged yet.")
        about = QLabel("What the engine and its libraries print")
        about.setProperty("role", "dim")
        self._copy.setIconSize(QSize(20, 16))
        self._copy.setToolTip("Copy the whole log")
        self._clear.setIconSize(QSize(20, 16))
        self._clear.setToolTip("Empty the log")
        self._copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text.toPlainText()))
        self._clear.clicked.connect(self._empty)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(about, 1)
        line.addWidget(self._copy)
        line.addWidget(self._clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(text, 1)
        self._enable()
        bar = text.verticalScrollBar()
        bar.valueChanged.connect(self._note_place)
        bar.rangeChanged.connect(self._follow)

    def _empty(self) -> None:
        self._text.clear()
        self._enable()

    def _note_place(self, place: int) -> None:
        self._at_end = place == self._text.verticalScrollBar().maximum()

    def _follow(self, _first: int, last: int) -> None:
        if self._at_end:
            self._text.verticalScrollBar().setValue(last)

    def _enable(self) -> None:
        anything = not self._text.document().isEmpty()
        self._copy.setEnabled(anything)
        self._clear.setEnabled(anything)

    def _tint(self) -> None:
        palette = self._theme.palette
        self._copy.setIcon(icon("copy", palette))
        self._clear.setIcon(icon("trash-2", palette))
