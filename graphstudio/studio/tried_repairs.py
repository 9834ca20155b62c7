"""Findings of the checks, made and with repairs tried in small portions, so that no edit waits."""

from collections.abc import Iterator, Sequence
from time import perf_counter

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from graphstudio.diagram.checks import Found, find, find_with_breaks
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.nesting import nested_diagrams

# Nodes and wires that are checked, and that repairs are tried on, at once: some milliseconds.
_PORTION = 3_000
# More is done in portions, which a frame does not wait for.
_PORTION_SECONDS = 0.004


class TriedRepairs(QObject):
    """Checks a diagram at once, and tries the repairs as the window has time.

    In a small diagram they are all tried at once. In a larger one, findings have no repairs until
    all were tried. In one of thousands of nodes the checks wait for the window too: what was found
    before stays for a few frames, without repairs.

    Signals:
        done: the findings are others, or have their repairs, some time after the check.
    """

    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._found: tuple[Diagnostic, ...] = ()
        self._checking = False
        self._work: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the diagram, with the repairs if they were all tried."""
        return self._found

    @property
    def checking(self) -> bool:
        """Whether the findings are still those of the diagram before."""
        return self._checking

    def check(self, diagram: Diagram) -> None:
        """Find what is wrong with a diagram instead of the one before."""
        self._checking = _is_large(diagram)
        if self._checking:
            # They were tried on the diagram before.
            self._found = tuple(map(_bare, self._found))
            self._begin(self._check(diagram))
        else:
            self._take(list(find(diagram)))

    def forget(self) -> None:
        """Find nothing wrong, until another diagram is checked."""
        self._timer.stop()
        self._checking, self._found = False, ()

    def _begin(self, work: Iterator[None]) -> None:
        self._work = work
        self._timer.start()

    def _go_on(self) -> None:
        """Work for as long as a portion takes."""
        work, end = self._work, perf_counter() + _PORTION_SECONDS
        for _ in work:
            # Whoever heard of what was found may have made an edit.
            if self._work is not work or perf_counter() >= end:
                return
        self._timer.stop()

    def _check(self, diagram: Diagram) -> Iterator[None]:
        found: list[Found] = []
        for one in find_with_breaks(diagram):
            if one is not None:
                found.append(one)
            yield
        self._checking = False
        self._take(found)
        self.done.emit()
        yield

    def _take(self, found: Sequence[Found]) -> None:
        """Take what was found, with the repairs if they are soon tried."""
        work = sum(len(one.finding.repairs) * _size(one.diagram) for one in found)
        if work <= _PORTION:
            self._timer.stop()
            self._found = tuple(one.tried() for one in found)
        else:
            self._found = tuple(one.bare for one in found)
            self._begin(self._try(found))

    def _try(self, found: Sequence[Found]) -> Iterator[None]:
        tried: list[Diagnostic] = []
        for one in found:
            for finding in one.tried_with_breaks():
                if finding is not None:
                    tried.append(finding)
                yield
        self._found = tuple(tried)
        self.done.emit()
        yield


def _bare(finding: Diagnostic) -> Diagnostic:
    return replace(finding, repairs=()) if finding.repairs else finding


def _is_large(diagram: Diagram) -> bool:
    if _size(diagram) > _PORTION:
        return True
    return sum(_size(inner) for _, inner in nested_diagrams(diagram)) > _PORTION


def _size(diagram: Diagram) -> int:
    return len(diagram.nodes) + len(diagram.wires)
