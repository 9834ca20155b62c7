"""A clock that ticks in an event loop, and is late whenever something else keeps that busy."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS = 2


class Clock(QObject):
    """Ticks every two milliseconds where nothing is in the way.

    Attributes:
        ticks: when it ticked, by the monotonic clock.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.ticks: list[float] = []
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to tick."""
        self._timer.start()

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        """Call an action after a time."""
        QTimer.singleShot(round(seconds * 1000), self, action)

    def _tick(self) -> None:
        self.ticks.append(time.monotonic())
