"""Findings of the checks whose repairs are tried in small portions, so that no edit waits."""

from collections import deque

from PySide6.QtCore import QObject, QTimer, Signal

from graphstudio.diagram.checks import Found, find
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import Diagram

# Nodes and wires that repairs are tried on in a portion: some milliseconds' worth.
_PORTION = 3_000


class TriedRepairs(QObject):
    """Checks a diagram at once, and tries the repairs as the window has time.

    In a small diagram they are all tried at once. In a large one, findings have no repairs until
    all were tried.

    Signals:
        done: the findings have their repairs, some time after the check.
    """

    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: list[Diagnostic] = []
        self._tried: list[Diagnostic] = []
        self._waiting: deque[Found] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the diagram, with the repairs if they were all tried."""
        return tuple(self._found)

    def check(self, diagram: Diagram) -> None:
        """Find what is wrong with a diagram instead of the one before."""
        self._waiting = deque(find(diagram))
        self._found = [found.bare for found in self._waiting]
        self._tried = []
        self._try(_PORTION)
        self._take_or_wait()

    def _go_on(self) -> None:
        self._try(_PORTION, at_least_one=True)
        self._take_or_wait()
        if not self._waiting:
            self.done.emit()

    def _try(self, left: int, *, at_least_one: bool = False) -> None:
        """Try the repairs of as many findings as a portion holds."""
        while self._waiting:
            found = self._waiting[0]
            work = len(found.finding.repairs) * _size(found.diagram)
            if work > left and not at_least_one:
                return
            at_least_one = False
            left -= work
            self._tried.append(self._waiting.popleft().tried())

    def _take_or_wait(self) -> None:
        if self._waiting:
            self._timer.start()
        else:
            self._timer.stop()
            self._found = self._tried


def _size(diagram: Diagram) -> int:
    return len(diagram.nodes) + len(diagram.wires)
