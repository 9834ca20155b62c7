"""A card over the window that says what happened and offers what can be done about it."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

_WIDEST = 760
_AWAY = 8
# How long something is said that goes by itself.
_SHOWN_MS = 10_000
Choice: TypeAlias = tuple[str, Callable[[], object]]


class NoticeBar(QFrame):
    """Shows one notice at a time, the newest; a question comes back until it is answered.

    It lies over what is there.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._mark = QLabel("!")
        self._mark.setProperty("role", "warning")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 8, 12, 8)
        self._row.setSpacing(8)
        self._row.addWidget(self._mark)
        self._row.addWidget(self._text, 1)
        self._gone_by = QTimer(self)
        self._gone_by.setSingleShot(True)
        self._gone_by.setInterval(_SHOWN_MS)
        self._gone_by.timeout.connect(lambda: self._answer(_nothing))
        self._buttons: list[QPushButton] = []
        self._question: tuple[str, Sequence[Choice]] | None = None
        self._unanswered: list[tuple[str, Sequence[Choice]]] = []
        self.hide()

    @property
    def text(self) -> str:
        """What it says now; empty while it is hidden."""
        return "" if self.isHidden() else self._text.text()

    def say(
        self,
        text: str,
        choices: Sequence[Choice] = (),
        *,
        warns: bool = True,
        passes: bool = False,
    ) -> None:
        """Show a notice in front of those before.

        Args:
            text: one clear sentence.
            choices: titles of buttons and what they do; a button to close it comes last.
            warns: whether it has a warning's mark; what went well needs none.
            passes: whether it goes by itself, because there is nothing to do about it.
        """
        self._mark.setVisible(warns)
        if self._question is not None:
            self._unanswered.append(self._question)
        self._show(text, choices)
        if passes:
            self._gone_by.start()

    def float_over(self, room: QWidget) -> None:
        """Lie over the upper edge of a widget from now on."""
        shown = not self.isHidden()
        self.setParent(room)
        room.installEventFilter(self)
        self.setVisible(shown)
        self._stand()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where the widget below is."""
        if event.type() is QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)

    def withdraw(self, text: str) -> None:
        """Take a notice away that is no longer true, be it shown or to come back."""
        self._unanswered = [one for one in self._unanswered if one[0] != text]
        if self.text == text:
            self._answer(_nothing)

    def _show(self, text: str, choices: Sequence[Choice]) -> None:
        self._gone_by.stop()
        self._question = (text, choices) if choices else None
        self._text.setText(text)
        for button in self._buttons:
            button.hide()
            button.deleteLater()
        self._buttons = [self._button(*choice) for choice in (*choices, ("Dismiss", _nothing))]
        self._stand()
        self.show()
        self.raise_()

    def _stand(self) -> None:
        room = self.parentWidget()
        if room is None:
            return
        width = min(room.width() - 2 * _AWAY, _WIDEST)
        self._row.activate()
        self.resize(width, self._row.totalHeightForWidth(width))
        self.move((room.width() - width) // 2, _AWAY)

    def _button(self, title: str, choice: Callable[[], object]) -> QPushButton:
        button = QPushButton(title)
        button.clicked.connect(lambda: self._answer(choice))
        self._row.addWidget(button)
        return button

    def _answer(self, choice: Callable[[], object]) -> None:
        self._question = None
        if self._unanswered:
            self._mark.show()
            self._show(*self._unanswered.pop())
        else:
            self.hide()
        choice()


def _nothing() -> None:
    """Leave everything as it is."""
