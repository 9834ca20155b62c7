"""What is known about the open diagram: its shapes, its parameters and what is wrong with it."""

from collections import defaultdict
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId, WireId
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected, NodeInfo
from graphstudio.studio.document import Document


class Findings(QObject):
    """The checks of the diagram, at once, and the engine's answers, as they come.

    Signals:
        changed: shapes, counts or diagnostics are others.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._checked: tuple[Diagnostic, ...] = check(document.diagram)
        self._inspected = Inspected(id=0, nodes={})
        self._pending = True
        document.replaced.connect(self._forget_answer)
        document.changed.connect(self._recheck)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong, errors first."""
        found = (*self._checked, *self._inspected.diagnostics)
        return tuple(sorted(found, key=lambda one: one.severity is not Severity.ERROR))

    @property
    def by_node(self) -> Mapping[NodeId, tuple[Diagnostic, ...]]:
        """The diagnostics of each node that has any, errors first."""
        table: defaultdict[NodeId, list[Diagnostic]] = defaultdict(list)
        for finding in self.diagnostics:
            if finding.node is not None:
                table[finding.node].append(finding)
        return {node: tuple(found) for node, found in table.items()}

    @property
    def wrong_wires(self) -> frozenset[WireId]:
        """The wires that show what is wrong, such as those of a cycle."""
        return frozenset(wire for finding in self.diagnostics for wire in finding.wires)

    @property
    def nodes(self) -> Mapping[NodeId, NodeInfo]:
        """What Keras said last about each node that it could answer for."""
        return self._inspected.nodes

    @property
    def inspected(self) -> Inspected:
        """The engine's last answer, with the totals of the model."""
        return self._inspected

    @property
    def pending(self) -> bool:
        """Whether the diagram has changed since the engine's last answer."""
        return self._pending

    def receive(self, answer: Inspected) -> None:
        """Take the engine's answer for the diagram as it is now."""
        self._inspected = answer
        self._pending = False
        self.changed.emit()

    def _forget_answer(self, before: Project, after: Project) -> None:
        """Forget what was said about another project, whose nodes may have the same ids."""
        if not before.diagram.means_same(after.diagram):
            self._inspected = Inspected(id=0, nodes={})

    def _recheck(self, before: Project, after: Project) -> None:
        if before.diagram.means_same(after.diagram):
            return
        self._checked = check(after.diagram)
        self._pending = True
        self.changed.emit()
