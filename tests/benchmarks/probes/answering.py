"""When a widget has been painted for the first time and has then handled input."""

import time
from collections.abc import Callable, Iterable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

_HANDLED = QEvent.Type(QEvent.registerEventType())


class Answering(QObject):
    """Posts input to a widget once it has been painted, and says when that was handled.

    Args:
        widget: what has to be painted and gets the input.
        make_input: returns the events to post.
        answered: called with the time at which all of them had been handled.
    """

    def __init__(
        self,
        widget: QWidget,
        make_input: Callable[[], Iterable[QEvent]],
        answered: Callable[[float], None],
    ) -> None:
        super().__init__(widget)
        self._widget = widget
        self._make_input = make_input
        self._answered = answered
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Post the input behind the first paint, and a mark behind the input."""
        if event.type() is QEvent.Type.Paint:
            watched.removeEventFilter(self)
            for one in self._make_input():
                QCoreApplication.postEvent(self._widget, one)
            QCoreApplication.postEvent(self, QEvent(_HANDLED))
        return False

    def event(self, event: QEvent) -> bool:
        """Take the mark."""
        if event.type() == _HANDLED:
            self._answered(time.monotonic())
            return True
        return super().event(event)
