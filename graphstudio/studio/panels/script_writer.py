"""Scripts of large projects are written in a thread, so that the window goes on meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal

from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.project import Project

# Nodes whose script is written within a few milliseconds.
_AT_ONCE = 300


class ScriptWriter(QObject):
    """Writes one script at a time, the newest next.

    Args:
        render: writes a project's script; raises ValueError, with a sentence, where it cannot.
        parent: what it lives as long as.

    Signals:
        written: the project, its script, and why there is none, in a sentence.
    """

    written = Signal(object, str, str)
    _ended = Signal(object, str, str)

    def __init__(self, render: Callable[[Project], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._render = render
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._next: Project | None = None
        self._busy = False
        self._ended.connect(self._take)

    def write(self, project: Project) -> None:
        """Write a project's script: a small one's before this returns."""
        if _size(project) <= _AT_ONCE:
            self._next = None
            self.written.emit(project, *self._script(project))
        else:
            self._next = project
            self._go_on()

    def _go_on(self) -> None:
        project = self._next
        if project is not None and not self._busy:
            self._next, self._busy = None, True
            self._threads.start(lambda: self._ended.emit(project, *self._script(project)))

    def _script(self, project: Project) -> tuple[str, str]:
        try:
            return self._render(project), ""
        except ValueError as error:
            return "", str(error)

    def _take(self, project: Project, script: str, why: str) -> None:
        self._busy = False
        self.written.emit(project, script, why)
        self._go_on()


def _size(project: Project) -> int:
    return sum(len(inner.nodes) for _, inner in nested_diagrams(project.diagram))
