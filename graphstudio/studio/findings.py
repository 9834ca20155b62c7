"""What is known about the open diagram: its shapes, its parameters and what is wrong with it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.diagnostics import Diagnostic, Remedy, remedied, worst_first
from graphstudio.diagram.diagram import NodeId, WireId
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected, Measured, NodeInfo
from graphstudio.studio.document import Document
from graphstudio.studio.timings import Timings
from graphstudio.studio.tried_repairs import TriedRepairs


class Findings(QObject):
    """The checks of the diagram, at once, and the engine's answers, as they come.

    What the last run found in the data is among them, such as rows that cannot be read.

    Signals:
        changed: shapes, counts, times or diagnostics are others.

    Attributes:
        timings: how long calls take.
    """

    changed = Signal()

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._diagram = document.whole.diagram
        self._code = document.whole.code
        self._checks = TriedRepairs(self)
        self._checks.check(self._diagram)
        self._inspected = Inspected(id=0, nodes={})
        self._pending = True
        self._remedies: tuple[Remedy, ...] = ()
        self._data = document.whole.data
        self._of_run: tuple[Diagnostic, ...] = ()
        self._diagnostics: tuple[Diagnostic, ...] = ()
        self._by_node: Mapping[NodeId, tuple[Diagnostic, ...]] = {}
        self._measured = Measured(id=0, nodes={})
        self._shows_cost = False
        self._cost_pending = False
        self._checks.done.connect(self._tell)
        document.replaced.connect(self._forget_answer)
        document.changed.connect(self._recheck)
        self.timings = Timings(document, self)
        self.timings.changed.connect(self.changed)
        self._gather()

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that is wrong, errors first, with every way out that is known."""
        return self._diagnostics

    @property
    def by_node(self) -> Mapping[NodeId, tuple[Diagnostic, ...]]:
        """The diagnostics of each node that has any, errors first."""
        return self._by_node

    @property
    def wrong_wires(self) -> frozenset[WireId]:
        """The wires in view that show what is wrong, such as those of a cycle."""
        return frozenset(wire for finding in self._in_view() for wire in finding.wires)

    @property
    def loose(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the diagram in view as a whole, errors first."""
        return tuple(finding for finding in self._in_view() if finding.node is None)

    @property
    def nodes(self) -> Mapping[NodeId, NodeInfo]:
        """What Keras said last about each node that it could answer for."""
        return self._inspected.nodes

    @property
    def inspected(self) -> Inspected:
        """The engine's last answer, with the totals of the model."""
        return self._inspected

    @property
    def checking(self) -> bool:
        """Whether the checks of a large diagram are under way since it has changed."""
        return self._checks.checking

    @property
    def pending(self) -> bool:
        """Whether the diagram has changed since the engine's last answer."""
        return self._pending

    @property
    def measured(self) -> Measured:
        """What the calls cost, as measured last; nothing while costs are not shown."""
        return self._measured

    @property
    def shows_cost(self) -> bool:
        """Whether costs are shown, and so measured after each edit."""
        return self._shows_cost

    @property
    def cost_pending(self) -> bool:
        """Whether costs are shown and the diagram has changed since they were measured."""
        return self._cost_pending

    def show_cost(self, *, shown: bool) -> None:
        """Have costs measured, from now on after each edit, or forget them."""
        self._shows_cost = self._cost_pending = shown
        if not shown:
            self._measured = Measured(id=0, nodes={})
        self.changed.emit()

    def ask_again(self) -> None:
        """Take the engine's answer for outdated, as when the project's own code may run now."""
        self._pending = True
        self.changed.emit()

    def receive(self, answer: Inspected) -> None:
        """Take the engine's answer for the diagram as it is now."""
        self._inspected = answer
        self._pending = False
        self._remedies = ()
        self._cost_pending = self._shows_cost
        self._tell()

    def receive_remedies(self, remedies: tuple[Remedy, ...]) -> None:
        """Take ways out of what is wrong with the diagram as it is now."""
        self._remedies = remedies
        self._tell()

    def receive_run(self, found: tuple[Diagnostic, ...]) -> None:
        """Take what a run found in the data; it holds until the project is another."""
        if found != self._of_run:
            self._of_run = found
            self._tell()

    def receive_cost(self, measured: Measured) -> None:
        """Take what the diagram as it is now costs."""
        if self._shows_cost:
            self._measured = measured
            self._cost_pending = False
            self.changed.emit()

    def _forget_answer(self, before: Project, after: Project) -> None:
        """Forget what was said about another project, whose nodes may have the same ids."""
        if not before.diagram.means_same(after.diagram):
            self._inspected = Inspected(id=0, nodes={})
            self._measured = Measured(id=0, nodes={})
            self._checks.forget()
            self._gather()

    def _in_view(self) -> Iterator[Diagnostic]:
        place = self._document.place
        return (finding for finding in self.diagnostics if finding.path == place)

    def _recheck(self) -> None:
        whole = self._document.whole
        before, self._diagram = self._diagram, whole.diagram
        same_code, self._code = whole.code == self._code, whole.code
        same_data, self._data = whole.data is self._data, whole.data
        if not same_data:
            self.receive_run(())
        if before.means_same(self._diagram) and same_code:
            return
        self._checks.check(self._diagram)
        self._pending = True
        # They were tried on the diagram before.
        self._remedies = self._of_run = ()
        self._tell()

    def _tell(self) -> None:
        self._gather()
        self.changed.emit()

    def _gather(self) -> None:
        """Put what is wrong in order, once for all who look at it."""
        found = (*self._checks.diagnostics, *self._inspected.diagnostics)
        said = {(one.code, one.node, one.path) for one in found}
        # A run finds again what is wrong with the diagram.
        of_run = (one for one in self._of_run if (one.code, one.node, one.path) not in said)
        self._diagnostics = worst_first((*remedied(found, self._remedies), *of_run))
        table: defaultdict[NodeId, list[Diagnostic]] = defaultdict(list)
        for finding in self._diagnostics:
            if finding.node is not None:
                table[finding.node].append(finding)
        self._by_node = {node: tuple(found) for node, found in table.items()}
