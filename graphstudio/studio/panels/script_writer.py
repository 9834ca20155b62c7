"""Scripts of large projects are written in a thread, so that the window goes on meanwhile."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.project import Project
from graphstudio.studio.beside import Beside

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

    def __init__(self, render: Callable[[Project], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._render = render
        self._beside = Beside(self)
        self._next: Project | None = None
        self._beside.freed.connect(self._go_on)

    def write(self, project: Project) -> None:
        """Write a project's script: a small one's before this returns."""
        if _size(project) <= _AT_ONCE:
            self._next = None
            self.written.emit(*self._script(project))
        else:
            self._next = project
            self._go_on()

    def _go_on(self) -> None:
        project = self._next
        if project is not None and not self._beside.busy:
            self._next = None
            self._beside.start(lambda: self._script(project), lambda made: self.written.emit(*made))

    def _script(self, project: Project) -> tuple[Project, str, str]:
        try:
            return project, self._render(project), ""
        except ValueError as error:
            return project, "", str(error)


def _size(project: Project) -> int:
    return sum(len(inner.nodes) for _, inner in nested_diagrams(project.diagram))
