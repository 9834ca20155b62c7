"""The command that replaces layers by others, bound to the selection."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.fitting import Need
from graphstudio.catalog.replacing import replace_layers
from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.document import Document
from graphstudio.studio.finding import Finding
from graphstudio.studio.findings import Findings
from graphstudio.studio.layer_commands import called
from graphstudio.studio.use_commands import calls_among


class ReplaceActions(QObject):
    """Carries the command out.

    Args:
        document: what is edited.
        findings: what is known of the tensors that come in.
        finding: what asks for the other class.
        catalog: what a layer can be replaced by.
        parent: what it lives as long as.

    Signals:
        dropped: a sentence that says what the new layers have no place for.
    """

    dropped = Signal(str)

    def __init__(
        self,
        document: Document,
        findings: Findings,
        finding: Finding,
        catalog: Catalog,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._findings = findings
        self._finding = finding
        self._catalog = catalog

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {"replace_layer": self._offer}

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        return {"replace_layer": bool(self._calls())}

    def show_catalog(self, catalog: Catalog) -> None:
        """Offer what another catalog holds."""
        self._catalog = catalog

    def replace(self, path: str) -> None:
        """Make every selected call one of another class, by its public path."""
        document, calls = self._document, self._calls()
        names = called(document.diagram, calls, "layers")
        after, dropped = replace_layers(document.diagram, calls, path, self._catalog)
        class_name = path.rpartition(".")[2]
        title = f"replace {names} by {class_name}"
        document.edit(title, lambda _: after)
        if dropped:
            self.dropped.emit(f"{class_name} has no place for {', '.join(dropped)}.")

    def _offer(self) -> None:
        calls = self._calls()
        layer = self._document.diagram.layer_of(calls[0])
        entry = self._catalog.entry_of(layer) if layer else None
        heading = f"Replace {called(self._document.diagram, calls, 'layers')} by"
        self._finding.ask_instead(entry, self._need(calls[0]), heading, self.replace)

    def _need(self, call: NodeId) -> Need:
        """Return what a call takes and gives now, which another class has to be able to."""
        diagram = self._document.diagram
        ndim = None
        for wire in diagram.incoming.get(call, ())[:1]:
            source = self._findings.nodes.get(wire.source)
            if source is not None and wire.output < len(source.outputs):
                ndim = len(source.outputs[wire.output].shape)
        takes, gives = (bool(one.get(call)) for one in (diagram.incoming, diagram.outgoing))
        return Need(takes=takes, gives=gives, ndim=ndim)

    def _calls(self) -> list[NodeId]:
        return calls_among(self._document.diagram, self._document.selection)
