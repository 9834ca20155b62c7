"""The layout of the diagram in view, made beside the window where it takes long."""

from collections.abc import Collection

import msgspec
from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.measures import Measures
from graphstudio.studio.beside import Beside
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

    def __init__(self, document: Document, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._beside = Beside(self)

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
        if self._beside.busy:
            return
        diagram = self._document.diagram

        def make() -> _Made:
            after = arranged(diagram, measures, direction, nodes, drawn)
            return _Made(diagram, after, everything=not nodes)

        if len(nodes or diagram.nodes) <= _AT_ONCE:
            self._apply(make())
        else:
            self._beside.start(make, self._apply)

    def wait(self) -> None:
        """Wait for a layout that is being made."""
        self._beside.wait()

    def _apply(self, made: _Made) -> None:
        if self._document.diagram is not made.before:
            self.refused.emit("The diagram was edited while it was laid out: arrange it again.")
            return
        title = "arrange" if made.everything else "arrange selection"
        self._document.edit(title, lambda _: made.after)
        self.arranged.emit(made.everything)
