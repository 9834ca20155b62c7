"""A call that Keras refuses, with what there is to know for finding ways out."""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    InputNode,
    Layer,
    Node,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.protocol import NodeInfo, Tensor


class Arrival(NamedTuple):
    """A tensor that arrives at a call, and the wire that brings it."""

    wire_id: WireId
    wire: Wire
    tensor: Tensor


class RefusedCall(NamedTuple):
    """A call that Keras refuses.

    Attributes:
        diagram: the diagram that it stands in.
        node_id: the call.
        call: what its node holds.
        layer: what is called.
        entry: what the catalog says of that.
        finding: why it is refused.
        arrivals: the tensors that it receives, by port and order.
        catalog: everything that a diagram can hold.
        taken: the ids of the whole project.
    """

    diagram: Diagram
    node_id: NodeId
    call: CallNode
    layer: Layer
    entry: Entry
    finding: Diagnostic
    arrivals: tuple[Arrival, ...]
    catalog: Catalog
    taken: Collection[str]

    @property
    def wanted(self) -> tuple[int, ...]:
        """The numbers in what Keras says that it expected."""
        numbers = re.findall(r"(?<![\w.-])\d+(?![\w.])", self.finding.expected or "")
        return tuple(dict.fromkeys(map(int, numbers)))


def refused_call(
    diagram: Diagram,
    finding: Diagnostic,
    nodes: Mapping[NodeId, NodeInfo],
    catalog: Catalog,
    taken: Collection[str],
) -> RefusedCall | None:
    """Return the call of a finding; none where it is no call, or not all of its tensors are known.

    Args:
        diagram: the diagram of the finding's node.
        finding: the refusal.
        nodes: what is known about nodes.
        catalog: everything that a diagram can hold.
        taken: the ids of the whole project.
    """
    node_id = finding.node
    call = diagram.nodes.get(node_id) if node_id else None
    if node_id is None or not isinstance(call, CallNode):
        return None
    layer = diagram.layers[call.layer]
    entry = catalog.entry_of(layer)
    wires = [(key, wire) for key, wire in diagram.wires.items() if wire.target == node_id]
    wires.sort(key=lambda pair: (pair[1].port, pair[1].order))
    arrivals = tuple(
        Arrival(key, wire, nodes[wire.source].outputs[wire.output])
        for key, wire in wires
        if wire.source in nodes and wire.output < len(nodes[wire.source].outputs)
    )
    if entry is None or len(arrivals) < len(wires):
        return None
    return RefusedCall(diagram, node_id, call, layer, entry, finding, arrivals, catalog, taken)


def neighbourhood(refused: RefusedCall, nodes: Mapping[NodeId, NodeInfo]) -> Diagram:
    """Return a small diagram of a call, the calls that feed it, and inputs in place of the rest.

    Ids stay, so that a repair of the whole diagram can be tried on it.
    """
    diagram = refused.diagram
    near = {one.wire.source for one in refused.arrivals}
    kept = {refused.node_id} | {one for one in near if isinstance(diagram.nodes[one], CallNode)}
    found: dict[NodeId, Node] = {one: diagram.nodes[one] for one in diagram.nodes if one in kept}
    wires: dict[WireId, Wire] = {}
    for key, wire in diagram.wires.items():
        if wire.target not in kept:
            continue
        if wire.source in kept:
            wires[key] = wire
            continue
        stand_in = NodeId(f"{wire.source}.{wire.output}")
        tensor = nodes[wire.source].outputs[wire.output]
        config = {"batch_shape": list(tensor.shape), "dtype": tensor.dtype}
        found[stand_in] = InputNode(name=stand_in, config=config)
        wires[key] = Wire(source=stand_in, target=wire.target, port=wire.port, order=wire.order)
    layers = {
        node.layer: diagram.layers[node.layer]
        for node in found.values()
        if isinstance(node, CallNode)
    }
    return Diagram(name="trial", layers=layers, nodes=found, wires=wires)
