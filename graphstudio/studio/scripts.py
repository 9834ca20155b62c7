"""The Python that the open project is, written with what is known of it now."""

from PySide6.QtCore import QObject, Signal

from graphstudio.code.plan import Paths
from graphstudio.code.script import python_script
from graphstudio.diagram.project import Project
from graphstudio.studio.findings import Findings
from graphstudio.studio.own_code import OwnCode


class Scripts(QObject):
    """Writes scripts for the code panel and for files, which are thus the same.

    Args:
        own: what the project may call.
        findings: from which it is known which calls give several tensors.
        parent: what it lives as long as.

    Signals:
        changed: the same project is another script now.
    """

    changed = Signal()

    def __init__(self, own: OwnCode, findings: Findings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._own = own
        self._findings = findings
        self._answer = findings.inspected
        self._paths: Paths = {}
        own.catalog_changed.connect(self.changed)
        findings.changed.connect(self._follow)

    @property
    def is_sure(self) -> bool:
        """Whether Keras has answered for the diagram as it is now."""
        return not self._findings.pending

    def write(self, project: Project, *, data_path: str | None = None) -> str:
        """Return a project's script.

        Args:
            project: the whole project.
            data_path: the data file, if that is not the project's own.

        Raises:
            PlanError: the diagram is no model, or holds a value that cannot be written as Python.
        """
        return python_script(project, self._own.catalog, data_path=data_path, paths=self._paths)

    def _follow(self) -> None:
        answer = self._findings.inspected
        if answer is self._answer:
            return
        self._answer = answer
        paths = {node: several for node, several in answer.paths.items() if several}
        if paths != self._paths:
            self._paths = paths
            self.changed.emit()
