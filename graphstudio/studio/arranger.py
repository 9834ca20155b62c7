"""The layout of the diagram in view, made beside the window where it takes long."""

from collections.abc import Collection

import msgspec
from PySide6.QtCore import QObject, QThreadPool, Signal

from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.measures import Measures
from graphstudio.studio.document import Document

# Up to this many nodes are laid out at once: in less than a tenth of a second.
_AT_ONCE = 500


class _Made(msgspec.Struct, frozen=True):
    before: Diagram
    after: Diagram
    everything: bool


class Arranger(QObject):
    """Lays a diagram out as one edit.

    A layout that comes when the diagram is another by then is not used.

    Signals:
        arranged: whether all nodes were laid out, and not only some of them.
        refused: a sentence that says why a layout was not used.
    """

    arranged = Signal(bool)
    refused = Signal(str)
    _made = Signal(object)

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._busy = False
        self._threads = QThreadPool(self)
        self._threads.setMaxThreadCount(1)
        self._made.connect(self._apply)

    def arrange(
        self,
        drawn: Measures,
        measures: Measures,
        direction: Direction,
        nodes: Collection[NodeId] = (),
    ) -> None:
        """Lay out nodes, at once or as soon as it is done; not while another layout is made.

        Args:
            drawn: measures of the diagram in view.
            measures: those that it has when it is laid out.
            direction: which way the tensors go.
            nodes: which nodes; all without.
        """
        if self._busy:
            return
        self._busy = True
        diagram = self._document.diagram

        def make() -> None:
            after = arranged(diagram, measures, direction, nodes, drawn)
            self._made.emit(_Made(diagram, after, not nodes))

        if len(nodes or diagram.nodes) <= _AT_ONCE:
            make()
        else:
            self._threads.start(make)

    def wait(self) -> None:
        """Wait for a layout that is being made."""
        self._threads.waitForDone()

    def _apply(self, made: _Made) -> None:
        self._busy = False
        if self._document.diagram is not made.before:
            self.refused.emit("The diagram was edited while it was laid out: arrange it again.")
            return
        title = "arrange" if made.everything else "arrange selection"
        self._document.apply(title, lambda project: project.with_diagram(made.after))
        self.arranged.emit(made.everything)
