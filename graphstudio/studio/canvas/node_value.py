"""What a node says, gathered into one value, so that the canvas knows when to draw it anew."""

from collections.abc import Mapping

import msgspec

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Node,
    NodeId,
    Use,
    WireId,
)
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.models import is_application
from graphstudio.protocol import Cost, NodeInfo, Tensor
from graphstudio.studio.canvas.parameter_line import parameter_line
from graphstudio.studio.canvas.ports import Ports, ports_of
from graphstudio.studio.head_colour import head_category
from graphstudio.studio.readings import shape_text, with_prefix

UNKNOWN_SHAPE = "?"
# What Keras computes in unless it is told otherwise.
DEFAULT_DTYPE = "float32"


class NodeValue(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a node shows, apart from where it is and whether it is selected.

    Attributes:
        name: the node's name.
        class_name: the class that it calls, without the path.
        category: family of the class, which has a colour.
        parameters: the line under the name.
        shape: shape of its first output.
        params: its parameter count; empty where it has none.
        cost: what it computes and how long it takes, while that is shown.
        severity: the worst finding about it.
        messages: what is wrong with it, a sentence a line.
        use: whether it is bypassed or muted.
        left_out: whether it is not in the model, as it is muted or needs something that is.
        heat: its step on the scale that nodes are coloured by; none while they are not.
        shared: whether its layer is called elsewhere too.
        nested: whether it calls a model that can be opened.
        ports: its ports.
        direction: which way wires leave it.
        outputs: the tensors that leave it, as far as they are known.
        arriving: dtype of what arrives at each input; none where no wire ends.
    """

    name: str
    class_name: str
    category: str
    parameters: str
    shape: str
    params: str
    cost: str
    severity: Severity | None
    messages: str
    use: Use
    left_out: bool
    heat: int | None
    shared: bool
    nested: bool
    ports: Ports
    direction: Direction
    outputs: tuple[Tensor, ...]
    arriving: tuple[str | None, ...]


class Known(msgspec.Struct, frozen=True):
    """What is known about the diagram beside itself.

    Attributes:
        catalog: the classes of Keras.
        nodes: what Keras said about each node.
        diagnostics: what is wrong with each node.
        wrong_wires: the wires that show what is wrong.
        inside: whether the diagram is that of a nested model.
        costs: what calls cost, while that is shown.
        left_out: the nodes that are not in the model.
        idle: the wires that bring nothing into it.
        heat: the step of each node, while they are coloured by what they have much of.
        times: how long each call takes, while that is shown.
    """

    catalog: Catalog
    nodes: Mapping[NodeId, NodeInfo]
    diagnostics: Mapping[NodeId, tuple[Diagnostic, ...]]
    wrong_wires: frozenset[WireId] = frozenset()
    inside: bool = False
    costs: Mapping[NodeId, Cost] = {}
    left_out: frozenset[NodeId] = frozenset()
    idle: frozenset[WireId] = frozenset()
    heat: Mapping[NodeId, int] = {}
    times: Mapping[NodeId, str] = {}


def node_value(diagram: Diagram, node_id: NodeId, known: Known) -> NodeValue:
    """Return what a node shows."""
    node = diagram.nodes[node_id]
    layer = diagram.layer_of(node_id)
    entry = known.catalog.entry_of(layer) if layer else None
    info = known.nodes.get(node_id, NodeInfo())
    found = known.diagnostics.get(node_id, ())
    ports = ports_of(diagram, node_id, known.catalog, len(info.outputs))
    kind = "input" if isinstance(node, InputNode) else "head"
    # Inside of a nested model a head is an output, and learns from nothing.
    is_output = known.inside and isinstance(node, HeadNode)
    title = "Output" if is_output else kind.capitalize()
    left_out = node_id in known.left_out
    learns = isinstance(node, HeadNode) and not is_output
    colour = head_category(diagram, node_id) if learns else kind
    line = "" if is_output else parameter_line(diagram, node_id, entry)
    return NodeValue(
        name=diagram.name_of(node_id),
        class_name=layer.class_name.rpartition(".")[2] if layer else title,
        category=(entry.category if entry else "core") if layer else colour,
        parameters=" · ".join(filter(None, (_use_in_words(node, left_out=left_out), line))),
        shape=tensor_text(info.outputs[0]) if info.outputs else UNKNOWN_SHAPE,
        params=f"{info.params:,}" if info.params else "",
        cost=_cost_text(known.costs.get(node_id), known.times.get(node_id)),
        severity=found[0].severity if found else None,
        messages="\n".join(dict.fromkeys(finding.message for finding in found)),
        use=node.use,
        left_out=left_out,
        heat=known.heat.get(node_id),
        shared=isinstance(node, CallNode) and len(diagram.calls[node.layer]) > 1,
        nested=layer is not None and (layer.diagram is not None or is_application(layer)),
        ports=ports,
        direction=diagram.direction,
        outputs=info.outputs,
        arriving=_arriving(diagram, node_id, ports, known),
    )


def _use_in_words(node: Node, *, left_out: bool) -> str:
    if node.use is Use.ACTIVE:
        return "left out" if left_out else ""
    return node.use.value


def _cost_text(cost: Cost | None, time: str | None) -> str:
    flops = with_prefix(cost.flops, "FLOPs") if cost and cost.flops else ""
    return " · ".join(filter(None, (flops, time)))


def tensor_text(tensor: Tensor) -> str:
    """Return a shape, with its dtype where that is not Keras's default."""
    dtype = "" if tensor.dtype == DEFAULT_DTYPE else f" {tensor.dtype}"
    return shape_text(tensor) + dtype


def dtype_of(diagram: Diagram, node_id: NodeId, output: int, known: Known) -> str:
    """Return the dtype of an output, or Keras's default while it is unknown."""
    info = known.nodes.get(node_id)
    if info and output < len(info.outputs):
        return info.outputs[output].dtype
    node = diagram.nodes[node_id]
    said = node.config.get("dtype") if isinstance(node, InputNode) else None
    return str(said or DEFAULT_DTYPE)


def _arriving(
    diagram: Diagram, node_id: NodeId, ports: Ports, known: Known
) -> tuple[str | None, ...]:
    at = {
        (wire.port, wire.order): dtype_of(diagram, wire.source, wire.output, known)
        for wire in diagram.incoming.get(node_id, ())
    }
    return tuple(at.get((slot.port, slot.order)) for slot in ports.inputs)
