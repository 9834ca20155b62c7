"""A line under the toolbar that says what happened and offers what can be done about it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget


class NoticeBar(QFrame):
    """Shows one notice at a time; it stays until it is answered or closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._mark = QLabel("!")
        self._mark.setProperty("role", "warning")
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text, 1)
        self._buttons: list[QPushButton] = []
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(self, text: str, choices: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Show a notice in place of the last one.

        Args:
            text: one clear sentence.
            choices: titles of buttons and what they do; a button to close it comes last.
        """
        self._text.setText(text)
        for button in self._buttons:
            button.deleteLater()
        self._buttons = [self._button(*choice) for choice in (*choices, ("Dismiss", _nothing))]
        self.show()

    def _button(self, title: str, choice: Callable[[], object]) -> QPushButton:
        button = QPushButton(title)
        button.clicked.connect(self.hide)
        button.clicked.connect(lambda: choice())  # noqa: PLW0108 - Qt would hand on whether it is checked
        self._row.addWidget(button)
        return button


def _nothing() -> None:
    """Leave everything as it is."""
