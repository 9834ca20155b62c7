"""Looks into models of ``keras.applications``: the engine says of which layers they are made."""

from itertools import count

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.diagram import CallNode, Layer, NodeId
from graphstudio.diagram.models import unfolded
from graphstudio.protocol import Unfold, Unfolded
from graphstudio.studio.design_engine import DesignEngine, EngineState
from graphstudio.studio.document import Document

_LOOKING = "Looking into {name}…"
_FRESH = (
    "{name} is drawn with its layers now, whose weights start afresh; undo brings it back whole."
)


class Unfolder(QObject):
    """Draws an application as a nested model when the user wants to see what is inside.

    Args:
        document: whose applications they are.
        engine: which knows their layers.
        parent: what it lives as long as.

    Signals:
        said: a sentence about what is done, or why it was not.
        unsaid: a sentence that is no longer true.
    """

    said = Signal(str)
    unsaid = Signal(str)

    def __init__(
        self, document: Document, engine: DesignEngine, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._engine = engine
        self._numbers = count(1)
        self._asked: tuple[int, NodeId, Layer] | None = None
        document.unfolding_wanted.connect(self._ask)
        engine.unfolded.connect(self._take)
        engine.state_changed.connect(self._give_up)

    def _ask(self, node_id: NodeId) -> None:
        layer = self._document.diagram.layer_of(node_id)
        if layer is None:
            return
        number = next(self._numbers)
        prefix = f"{node_id}/{number}/"
        if self._engine.send(Unfold(id=number, layer=layer, prefix=prefix)):
            self._forget()
            self._asked = (number, node_id, layer)
            self.said.emit(_LOOKING.format(name=layer.name))
        else:
            self.said.emit(f"{layer.name} can be opened once the engine is ready.")

    def _forget(self) -> None:
        """Wait for no answer, and say so no longer."""
        if self._asked is not None:
            self.unsaid.emit(_LOOKING.format(name=self._asked[2].name))
        self._asked = None

    def _give_up(self, state: EngineState) -> None:
        """An engine that ended answers nothing any more."""
        if state is not EngineState.READY:
            self._forget()

    def _take(self, answer: Unfolded) -> None:
        """Draw the layers, unless the application has changed or gone meanwhile."""
        if self._asked is None or self._asked[0] != answer.id:
            return
        _, node_id, layer = self._asked
        self._forget()
        inner = answer.diagram
        if inner is None:
            self.said.emit(answer.reason)
            return
        node = self._document.diagram.nodes.get(node_id)
        if not isinstance(node, CallNode) or self._document.diagram.layers[node.layer] != layer:
            return
        title = f"open {layer.name}"
        if not self._document.edit(title, lambda diagram: unfolded(diagram, node_id, inner)):
            return
        self._document.open_model(node.layer)
        self.said.emit(_FRESH.format(name=layer.name))
