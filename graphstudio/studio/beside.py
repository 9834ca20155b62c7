"""Work beside the window, in a thread: one piece at a time, which always ends."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

Made = TypeVar("Made")


class Beside(QObject):
    """Does a piece of work in a thread while the window goes on.

    An error of the work comes up in the window's thread, where it is said, and the next piece can
    be begun.

    Signals:
        freed: a piece of work has ended, well or not.
    """

    freed = Signal()
    _ended = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._busy = False
        self._ended.connect(self._end)

    @property
    def busy(self) -> bool:
        """Whether a piece of work is under way."""
        return self._busy

    def start(self, work: Callable[[], Made], then: Callable[[Made], object]) -> None:
        """Begin a piece of work, while none is under way.

        Args:
            work: runs in the thread.
            then: gets what was made, in the window's thread.
        """
        self._busy = True

        def run() -> None:
            try:
                made = work()
            except Exception as error:  # noqa: BLE001 - raised again in the window's thread
                self._ended.emit(lambda error=error: _raise(error))
            else:
                self._ended.emit(lambda: then(made))

        self._threads.start(run)

    def wait(self) -> None:
        """Wait for the work that is under way."""
        self._threads.waitForDone()

    def _end(self, end: Callable[[], object]) -> None:
        self._busy = False
        try:
            end()
        finally:
            self.freed.emit()


def _raise(error: Exception) -> None:
    raise error
