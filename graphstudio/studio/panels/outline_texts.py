"""What the outline says: short texts in columns, and each row as a sentence."""

from collections.abc import Iterator

from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId, Use, Wire
from graphstudio.protocol import NodeInfo
from graphstudio.studio.findings import Findings
from graphstudio.studio.readings import shape_text


class OutlineTexts:
    """Says what a node is and what is known about it.

    Args:
        findings: the shapes, the counts and what is wrong.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings

    def class_name(self, diagram: Diagram, node: NodeId, *, inside: bool) -> str:
        """Return what a node is; inside of a nested model a head is an output."""
        layer = diagram.layer_of(node)
        if layer is not None:
            return layer.class_name.rpartition(".")[2]
        if isinstance(diagram.nodes[node], InputNode):
            return "Input"
        return "Output" if inside else "Head"

    def kind(self, diagram: Diagram, node: NodeId, *, inside: bool) -> str:
        """Return what a node is, and whether it is skipped or left out."""
        use = diagram.nodes[node].use
        aside = () if use is Use.ACTIVE else (use.value,)
        return " · ".join((self.class_name(diagram, node, inside=inside), *aside))

    def shapes(self, node: NodeId) -> str:
        """Return the shapes that leave a node, or that a head takes; empty while unknown."""
        return ", ".join(map(shape_text, self._info(node).outputs))

    def params(self, diagram: Diagram, node: NodeId) -> str:
        """Return how many parameters a layer has; empty where it has none or while unknown."""
        count = self._info(node).params if diagram.layer_of(node) else 0
        return f"{count:,}" if count else ""

    def problems(self, node: NodeId) -> str:
        """Return what is wrong with a node, a sentence a line."""
        found = self._findings.by_node.get(node, ())
        return "\n".join(dict.fromkeys(f"{one.severity}: {one.message}" for one in found))

    def sentence(self, diagram: Diagram, node: NodeId, *, inside: bool) -> str:
        """Return everything about a node as it is read aloud."""
        facts = self._facts(diagram, node, inside=inside)
        return "; ".join([", ".join(facts), *self.problems(node).splitlines()])

    def _facts(self, diagram: Diagram, node: NodeId, *, inside: bool) -> Iterator[str]:
        value = diagram.nodes[node]
        yield diagram.name_of(node)
        yield self.class_name(diagram, node, inside=inside)
        if value.use is not Use.ACTIVE:
            yield value.use.value
        if node in diagram.locked:
            yield "locked"
        shapes = " and ".join(map(shape_text, self._info(node).outputs))
        if shapes:
            yield f"{'takes' if isinstance(value, HeadNode) else 'gives'} {shapes}"
        params = self.params(diagram, node)
        if params:
            yield f"{params} parameter{'s' * (params != '1')}"
        sources = [diagram.name_of(wire.source) for wire in diagram.incoming.get(node, ())]
        if sources:
            yield f"from {' and '.join(sources)}"

    def _info(self, node: NodeId) -> NodeInfo:
        return self._findings.nodes.get(node, NodeInfo())


def wire_text(diagram: Diagram, wire: Wire) -> str:
    """Return where a wire comes from, such as ``"from conv_1 (inputs)"``."""
    return f"from {diagram.name_of(wire.source)} ({wire.port})"
