"""The commands on models and shared layers, bound to the selection."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.diagram import CallNode, NodeId
from graphstudio.studio import layer_commands
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings


class ModelActions(QObject):
    """Carries the commands out.

    Signals:
        refused: a sentence that says why a command was not carried out.
    """

    refused = Signal(str)

    def __init__(
        self, document: Document, findings: Findings, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._findings = findings

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        document = self._document
        return {
            "make_model": self._make_model,
            "expand_model": self._on_selected(layer_commands.expand_model),
            "make_independent": self._on_selected(layer_commands.make_independent),
            "reuse_layer": self._on_selected(layer_commands.reuse_layer),
            "open_model": self._on_selected(layer_commands.open_model),
            "close_model": document.close_model,
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        document, diagram = self._document, self._document.diagram
        call = self._selected_call()
        model = any(layer_commands.is_model(diagram, node) for node in call)
        shared = any(layer_commands.is_shared(diagram, node) for node in call)
        chosen = (diagram.nodes.get(node) for node in document.selection)
        return {
            "make_model": any(isinstance(node, CallNode) for node in chosen),
            "expand_model": model,
            "make_independent": shared,
            "reuse_layer": bool(call),
            "open_model": model or any(layer_commands.is_closed(diagram, node) for node in call),
            "close_model": bool(document.place),
        }

    def _make_model(self) -> None:
        try:
            layer_commands.make_model(self._document, self._findings, self._document.selection)
        except ValueError as error:
            self.refused.emit(str(error))

    def _on_selected(self, command: Callable[[Document, NodeId], object]) -> Callable[[], object]:
        def carry_out() -> None:
            for node in self._selected_call():
                try:
                    command(self._document, node)
                except ValueError as error:
                    self.refused.emit(str(error))

        return carry_out

    def _selected_call(self) -> list[NodeId]:
        """Return the selected call, if just one node is selected."""
        selected, nodes = self._document.selection, self._document.diagram.nodes
        if len(selected) != 1:
            return []
        return [node for node in selected if isinstance(nodes.get(node), CallNode)]
