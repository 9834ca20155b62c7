"""The command that replaces layers by others, bound to the selection."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.replacing import replace_layers
from graphstudio.catalog.search import SearchIndex
from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.chooser import Choice, Chooser
from graphstudio.studio.document import Document
from graphstudio.studio.layer_commands import called
from graphstudio.studio.use_commands import calls_among

_SIZE = (360, 400)
_MOST = 200


class ReplaceActions(QObject):
    """Carries the command out.

    Args:
        document: what is edited.
        catalog: what a layer can be replaced by.
        window: what the choice opens over.

    Signals:
        dropped: a sentence that says what the new layers have no place for.
    """

    dropped = Signal(str)

    def __init__(self, document: Document, catalog: Catalog, window: QWidget) -> None:
        super().__init__(window)
        self._document = document
        self._catalog = catalog
        self._window = window

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
        kin = entry.category if entry else ""
        index = SearchIndex(self._catalog)

        def find(query: str) -> Sequence[Choice]:
            return self._choices(index, query, kin)

        chooser = Chooser(heading, "Search classes and functions", find, self._window)
        chooser.resize(*_SIZE)
        chooser.chosen.connect(self.replace)
        chooser.open(QCursor.pos())

    def _choices(self, index: SearchIndex, query: str, kin: str) -> list[Choice]:
        """Return what can be called and matches a query; while it is blank, the kin comes first."""
        callables = self._catalog.callables
        found = index.find(query, len(callables), fits=lambda one: one.path in callables)
        if not query.strip():
            found.sort(key=lambda one: one.category != kin)
        return [
            Choice(one.path, one.name, tip=f"{one.path}\n{one.summary}") for one in found[:_MOST]
        ]

    def _calls(self) -> list[NodeId]:
        return calls_among(self._document.diagram, self._document.selection)
