"""Writing the title of a frame, or the text of a note, where it stands on the canvas."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFocusEvent, QFont, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from graphstudio.studio.theme import mono, sans

Finish = Callable[[str | None], None]


class TitleEditor(QLineEdit):
    """A line over the title of a frame. Enter and leaving it take what it says; Escape does not.

    Args:
        title: what it begins with.
        finish: gets the new title, or none if it stays as it was; called once.
        parent: the canvas.
    """

    def __init__(self, title: str, finish: Finish, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._finish: Finish | None = finish
        self.setAccessibleName("Title of the frame")
        self.setPlaceholderText("Title")
        self.returnPressed.connect(self.commit)
        self.selectAll()

    def commit(self) -> None:
        """Take what it says."""
        self._leave(self.text().strip())

    def cancel(self) -> None:
        """Leave the title as it was."""
        self._leave(None)

    def stand_at(self, place: QRect, zoom: float) -> None:
        """Stand over a place of the canvas at its zoom."""
        self.setFont(sans(round(13 * min(max(zoom, 1.0), 2.0)), QFont.Weight.DemiBold))
        height = self.sizeHint().height()
        self.setGeometry(place.x(), place.y(), max(place.width(), 160), height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what it says, unless its own menu has the focus."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def _leave(self, said: str | None) -> None:
        finish, self._finish = self._finish, None
        if finish is not None:
            finish(said)


class NoteEditor(QPlainTextEdit):
    """A field over a note. Ctrl+Enter and leaving it take what it says; Escape does not.

    Args:
        text: the Markdown that it begins with.
        finish: gets the new text, or none if it stays as it was; called once.
        parent: the canvas.
    """

    def __init__(self, text: str, finish: Finish, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._finish: Finish | None = finish
        self.setAccessibleName("Text of the note, in Markdown")
        self.setPlaceholderText("Markdown: # heading, **bold**, - list, `code`")
        self.setProperty("role", "note")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def commit(self) -> None:
        """Take what it says."""
        self._leave(self.toPlainText())

    def cancel(self) -> None:
        """Leave the text as it was."""
        self._leave(None)

    def stand_at(self, place: QRect, zoom: float) -> None:
        """Stand over a place of the canvas at its zoom."""
        self.setFont(mono(round(12 * min(max(zoom, 1.0), 2.0))))
        self.setGeometry(place.x(), place.y(), max(place.width(), 200), max(place.height(), 96))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Cancel with Escape, commit with Ctrl+Enter."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.cancel()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.commit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take what it says, unless its own menu has the focus."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()

    def _leave(self, said: str | None) -> None:
        finish, self._finish = self._finish, None
        if finish is not None:
            finish(said)
