"""The commands that bypass and mute, bound to the selection."""

from collections.abc import Callable, Mapping

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagram import NodeId, Use
from graphstudio.studio.document import Document
from graphstudio.studio.use_commands import all_are, calls_among, use_nodes


class UseActions:
    """Carries the commands out; each is on while it holds for all that it is about.

    Args:
        document: what is edited.
        catalog: which of a call's tensors comes first.
    """

    def __init__(self, document: Document, catalog: Catalog) -> None:
        self._document = document
        self._catalog = catalog

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {
            "bypass": lambda: self._toggle(Use.BYPASSED, self._calls()),
            "mute": lambda: self._toggle(Use.MUTED, self._nodes()),
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        return {"bypass": bool(self._calls()), "mute": bool(self._nodes())}

    def checked(self) -> Mapping[str, bool]:
        """Return whether each command is on now."""
        diagram = self._document.diagram
        return {
            "bypass": all_are(diagram, self._calls(), Use.BYPASSED),
            "mute": all_are(diagram, self._nodes(), Use.MUTED),
        }

    def show_catalog(self, catalog: Catalog) -> None:
        """Go by another catalog, whose classes may have other ports."""
        self._catalog = catalog

    def _toggle(self, use: Use, nodes: list[NodeId]) -> None:
        is_on = all_are(self._document.diagram, nodes, use)
        use_nodes(self._document, self._catalog, nodes, Use.ACTIVE if is_on else use)

    def _calls(self) -> list[NodeId]:
        return calls_among(self._document.diagram, self._nodes())

    def _nodes(self) -> list[NodeId]:
        known = self._document.diagram.nodes
        return [node for node in self._document.selection if node in known]
