"""The page of several nodes: how many they are, and what they have in common."""

from collections.abc import Collection

from graphstudio.diagram.diagram import CallNode, LayerId, NodeId
from graphstudio.studio.panels.inspector.facts import Fact, FactList
from graphstudio.studio.panels.inspector.page import Context, Page

# A label that names thousands keeps the window waiting, and nobody reads it.
_NAMED = 50


class SeveralPage(Page):
    """What is shown while more than one node is selected."""

    def __init__(self, context: Context, nodes: Collection[NodeId]) -> None:
        super().__init__(context, context.theme.palette.category("normalization"))
        self._nodes = nodes
        self._facts = FactList()
        self._add_section("Selection")
        self._add(self._facts, above=4)
        self.refresh()

    def refresh(self) -> None:
        """Show the selection as it is now."""
        diagram, findings = self.context.document.diagram, self.context.findings
        there = [node for node in self._nodes if node in diagram.nodes]
        names = sorted(map(diagram.name_of, there))
        more = [f"… {len(names) - _NAMED} more"] if len(names) > _NAMED else []
        self.header.show_text(f"{len(names)} nodes selected", ", ".join([*names[:_NAMED], *more]))
        selected: dict[LayerId, list[NodeId]] = {}
        for node_id in there:
            node = diagram.nodes[node_id]
            if isinstance(node, CallNode):
                selected.setdefault(node.layer, []).append(node_id)
        infos = [findings.nodes.get(nodes[0]) for nodes in selected.values()]
        total = sum(info.params for info in infos if info)
        shared = sum(len(nodes) for nodes in selected.values() if len(nodes) > 1)
        self._facts.show_facts(
            [
                Fact("layers", str(len(selected)), "Layers that the selected nodes call"),
                Fact("calls that share one", str(shared), "Selected calls with common weights"),
                Fact("parameters", f"{total:,}", "Each shared layer is counted once"),
            ],
            pending=findings.pending,
        )
