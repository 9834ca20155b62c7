"""Work that many events ask for and that is done a few times a second at most."""

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QObject, QTimer


class Throttle(QObject):
    """Calls an action soon after it was asked for, and never twice within an interval.

    The action is always called from the event loop, so that a burst of requests costs one call
    and whoever asks is never held up. The last request is always answered.

    Args:
        action: what to call.
        milliseconds: the least time between two calls.
        parent: what the throttle lives as long as.
    """

    def __init__(
        self, action: Callable[[], None], milliseconds: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._action = action
        self._milliseconds = milliseconds
        self._since_call = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._call)

    def request(self) -> None:
        """Ask for a call."""
        if not self._timer.isActive():
            self._timer.start(self._wait())

    def _wait(self) -> int:
        if not self._since_call.isValid():
            return 0
        return max(0, self._milliseconds - self._since_call.elapsed())

    def _call(self) -> None:
        self._since_call.start()
        self._action()
