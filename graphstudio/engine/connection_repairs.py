"""Repairs of what is not connected: wires from and to what is there already."""

from collections.abc import Collection, Iterator, Mapping
from itertools import islice

from graphstudio.catalog.entries import Catalog, Port
from graphstudio.diagram.diagnostics import Diagnostic, Repair
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, NodeId
from graphstudio.diagram.graph import ancestors, descendants
from graphstudio.diagram.insertions import derived_id
from graphstudio.diagram.values import Value
from graphstudio.diagram.ways_out import nearest

# How many neighbours are asked, beginning with the nearest.
_ASKED = 8
_NO_TENSOR = "unconnected"
_NO_READER = frozenset({"unused-input", "dead-end"})


def connection_repairs(
    diagram: Diagram, finding: Diagnostic, catalog: Catalog, known: Collection[NodeId]
) -> Iterator[Repair]:
    """Yield wires that could end a finding about a missing one, from or to the nearest first.

    Args:
        diagram: the diagram of the finding's node.
        finding: what is wrong.
        catalog: what the diagram may call.
        known: nodes whose tensors are known; nothing is gained from any other.
    """
    if finding.node is None or finding.node not in diagram.nodes:
        return
    if finding.code == _NO_TENSOR:
        yield from _from_others(diagram, finding, finding.node, catalog, known)
    elif finding.code in _NO_READER:
        yield from islice(_to_others(diagram, finding.node, catalog), _ASKED)


def _from_others(
    diagram: Diagram,
    finding: Diagnostic,
    target: NodeId,
    catalog: Catalog,
    known: Collection[NodeId],
) -> Iterator[Repair]:
    """Yield wires to the port that lacks one; first from what nothing reads yet."""
    port = finding.port or next((one.name for one in _ports(diagram, target, catalog)), None)
    after = descendants(diagram, target) | {target}
    sources = [
        one
        for one, node in diagram.nodes.items()
        if one in known and one not in after and not isinstance(node, HeadNode)
    ]
    by_distance = nearest(diagram, target, sources)
    for source in sorted(by_distance, key=lambda one: one in diagram.outgoing)[:_ASKED]:
        if port is not None:
            yield _wire(diagram, source, target, port)


def _to_others(diagram: Diagram, source: NodeId, catalog: Catalog) -> Iterator[Repair]:
    """Yield wires to ports that lack one or take one more."""
    before = ancestors(diagram, source) | {source}
    targets = [
        one
        for one, node in diagram.nodes.items()
        if one not in before and isinstance(node, CallNode)
    ]
    for target in nearest(diagram, source, targets):
        wired = [wire.port for wire in diagram.incoming.get(target, ())]
        for port in _ports(diagram, target, catalog):
            if port.variadic or (port.name not in wired and not port.optional):
                yield _wire(diagram, source, target, port.name, wired.count(port.name))


def _ports(diagram: Diagram, node_id: NodeId, catalog: Catalog) -> tuple[Port, ...]:
    layer = diagram.layer_of(node_id)
    entry = catalog.entry_of(layer) if layer else None
    return entry.ports if entry else ()


def _wire(diagram: Diagram, source: NodeId, target: NodeId, port: str, order: int = 0) -> Repair:
    title = f"Connect {diagram.name_of(source)} to {diagram.name_of(target)}"
    arguments: Mapping[str, Value] = {
        "wire_id": derived_id(diagram.wires, source, target, port),
        "source": source,
        "target": target,
        "port": port,
        "order": order,
    }
    return Repair(title, "connect", arguments)
