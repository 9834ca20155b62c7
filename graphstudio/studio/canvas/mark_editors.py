"""Writing the title of a frame, or the text of a note, where it stands on the canvas."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from graphstudio.studio.theme import mono, sans

Finish = Callable[[str | None], None]
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class Writing(QObject):
    """What somebody writes in a field: leaving the field takes what it says, Escape does not.

    Args:
        field: the field.
        said: what it says now.
        finish: gets what it says, or none if all stays as it was; called once.
    """

    def __init__(self, field: QWidget, said: Callable[[], str], finish: Finish) -> None:
        super().__init__(field)
        self._said = said
        self._finish: Finish | None = finish
        field.installEventFilter(self)

    def commit(self) -> None:
        """Take what the field says."""
        self._leave(self._said())

    def cancel(self) -> None:
        """Leave all as it was."""
        self._leave(None)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Commit with Ctrl+Enter and when the field is left, cancel with Escape."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if event.key() == Qt.Key.Key_Escape:
                self.cancel()
                return True
            if event.key() in _ENTER and held:
                self.commit()
                return True
        # The menu of the field itself takes the focus for a while.
        elif (
            isinstance(event, QFocusEvent)
            and event.lostFocus()
            and event.reason() is not Qt.FocusReason.PopupFocusReason
        ):
            self.commit()
        return False

    def _leave(self, said: str | None) -> None:
        finish, self._finish = self._finish, None
        if finish is not None:
            finish(said)


class TitleEditor(QLineEdit):
    """A line over the title of a frame. Enter takes what it says, too.

    Args:
        title: what it begins with.
        finish: gets the new title, or none if it stays as it was; called once.
        parent: the canvas.

    Attributes:
        writing: what is written, until it is left.
    """

    def __init__(self, title: str, finish: Finish, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.writing = Writing(self, lambda: self.text().strip(), finish)
        self.setAccessibleName("Title of the frame")
        self.setPlaceholderText("Title")
        self.returnPressed.connect(self.writing.commit)
        self.selectAll()

    def stand_at(self, place: QRect, zoom: float) -> None:
        """Stand over a place of the canvas at its zoom."""
        self.setFont(sans(round(13 * min(max(zoom, 1.0), 2.0)), QFont.Weight.DemiBold))
        height = self.sizeHint().height()
        self.setGeometry(place.x(), place.y(), max(place.width(), 160), height)


class NoteEditor(QPlainTextEdit):
    """A field over a note.

    Args:
        text: the Markdown that it begins with.
        finish: gets the new text, or none if it stays as it was; called once.
        parent: the canvas.

    Attributes:
        writing: what is written, until it is left.
    """

    def __init__(self, text: str, finish: Finish, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.writing = Writing(self, self.toPlainText, finish)
        self.setAccessibleName("Text of the note, in Markdown")
        self.setPlaceholderText("Markdown: # heading, **bold**, - list, `code`")
        self.setProperty("role", "note")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def stand_at(self, place: QRect, zoom: float) -> None:
        """Stand over a place of the canvas at its zoom."""
        self.setFont(mono(round(12 * min(max(zoom, 1.0), 2.0))))
        self.setGeometry(place.x(), place.y(), max(place.width(), 200), max(place.height(), 96))
