"""Edits of a diagram: pure functions from one diagram to the next.

An edit copies only the tables that it changes, so two diagrams can be compared table by table and
record by record by identity. Undo is the diagram before.
"""

import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping

from msgspec.structs import replace

from graphstudio.diagram.bends import carried_bends, with_wires
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    Node,
    NodeId,
    Position,
    Use,
    Wire,
    WireId,
)
from graphstudio.diagram.names import free_name
from graphstudio.diagram.pages import with_records, without
from graphstudio.diagram.tables import edited
from graphstudio.diagram.values import Value


def new_id() -> str:
    """Return an id that no other record has, so that diagrams from two hands can be merged."""
    return secrets.token_hex(4)


def new_ids() -> Iterator[str]:
    """Yield ids as :func:`new_id` gives them, without end."""
    while True:
        yield new_id()


def taken_names(diagram: Diagram) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Return the names of all layers, and those of all inputs and heads."""
    return diagram.layer_names, diagram.tensor_names


def add_input(
    diagram: Diagram, node_id: NodeId, node: InputNode, position: Position | None = None
) -> Diagram:
    """Add an input, under a free name."""
    named = replace(node, name=free_name(node.name, *taken_names(diagram)))
    return _add_node(diagram, node_id, named, position)


def add_head(
    diagram: Diagram, node_id: NodeId, node: HeadNode, position: Position | None = None
) -> Diagram:
    """Add a head, under a name that no other head has."""
    taken = {head.name for head in diagram.heads.values()}
    return _add_node(diagram, node_id, replace(node, name=free_name(node.name, taken)), position)


def add_layer(
    diagram: Diagram, ids: tuple[LayerId, NodeId], layer: Layer, position: Position | None = None
) -> Diagram:
    """Add a layer, under a free name, and a call of it."""
    layer_id, node_id = ids
    named = renamed(layer, free_name(layer.name, *taken_names(diagram)))
    with_layer = edited(diagram, layers=with_records(diagram.layers, {layer_id: named}))
    return _add_node(with_layer, node_id, CallNode(layer=layer_id), position)


def add_call(
    diagram: Diagram, node_id: NodeId, layer_id: LayerId, position: Position | None = None
) -> Diagram:
    """Add another call of a layer, which shares its weights with the other calls."""
    return _add_node(diagram, node_id, CallNode(layer=layer_id), position)


def add_wire(diagram: Diagram, wire_id: WireId, wire: Wire) -> Diagram:
    """Add a wire, in place of the one that ends at the same place of the same port."""
    place = (wire.port, wire.order)
    gone = {
        key
        for key in diagram.arrivals.get(wire.target, ())
        if key != wire_id and (diagram.wires[key].port, diagram.wires[key].order) == place
    }
    return edited(
        diagram,
        wires=with_records(diagram.wires, {wire_id: wire}, gone),
        bends=without(diagram.bends, gone),
    )


def remove_wires(diagram: Diagram, wire_ids: Collection[WireId]) -> Diagram:
    """Remove wires; what remains on a port that takes a list closes up."""
    gone = set(wire_ids)
    touched = {diagram.wires[key].target for key in gone if key in diagram.wires}
    return with_wires(diagram, closed_up(without(diagram.wires, gone), touched))


def closed_up(wires: Mapping[WireId, Wire], targets: Collection[NodeId]) -> Mapping[WireId, Wire]:
    """Return wires with those of each port of the targets numbered from 0 again."""
    moved: dict[WireId, Wire] = {}
    counts: dict[tuple[NodeId, str], int] = {}
    into = [(key, wire) for key, wire in wires.items() if wire.target in targets]
    for key, wire in sorted(into, key=lambda one: one[1].order):
        order = counts.get((wire.target, wire.port), 0)
        counts[wire.target, wire.port] = order + 1
        if wire.order != order:
            moved[key] = replace(wire, order=order)
    return with_records(wires, moved)


def remove_nodes(diagram: Diagram, node_ids: Collection[NodeId]) -> Diagram:
    """Remove nodes with their wires, and every layer that nothing calls any longer."""
    gone = set(node_ids)
    cut = [key for key, wire in diagram.wires.items() if wire.source in gone or wire.target in gone]
    left = remove_wires(diagram, cut) if cut else diagram
    return replace(
        left,
        nodes=without(diagram.nodes, gone),
        positions=without(diagram.positions, gone),
        locked=diagram.locked - gone,
        layers=without(diagram.layers, _called_by_none_but(diagram, gone)),
    )


def move_nodes(diagram: Diagram, positions: Mapping[NodeId, Position]) -> Diagram:
    """Put nodes at other places; wires whose ends move the same way take their bends along."""
    bends = carried_bends(diagram, positions)
    return edited(diagram, positions=with_records(diagram.positions, positions), bends=bends)


def rename(diagram: Diagram, node_id: NodeId, name: str) -> Diagram:
    """Rename an input, a head, or the layer that a node calls."""
    node = diagram.nodes[node_id]
    if isinstance(node, CallNode):
        layer = renamed(diagram.layers[node.layer], name)
        return replace(diagram, layers=with_records(diagram.layers, {node.layer: layer}))
    return replace_node(diagram, node_id, replace(node, name=name))


def renamed(layer: Layer, name: str) -> Layer:
    """Return a layer under another name, which is that of its nested diagram too."""
    inner = layer.diagram and replace(layer.diagram, name=name)
    return replace(layer, name=name, diagram=inner)


def rename_model(diagram: Diagram, name: str) -> Diagram:
    """Rename the model."""
    return replace(diagram, name=name)


def set_parameter(diagram: Diagram, node_id: NodeId, parameter: str, value: Value) -> Diagram:
    """Set a constructor argument of the layer that a node calls, or of an input."""
    return _with_config(diagram, node_id, {**_config(diagram, node_id), parameter: value})


def reset_parameter(diagram: Diagram, node_id: NodeId, parameter: str) -> Diagram:
    """Give a constructor argument back to Keras's default."""
    return _with_config(diagram, node_id, without(_config(diagram, node_id), {parameter}))


def set_configs(diagram: Diagram, configs: Mapping[NodeId, Mapping[str, Value]]) -> Diagram:
    """Set all constructor arguments of several inputs, and of the layers that calls refer to."""
    nodes: dict[NodeId, Node] = {}
    layers: dict[LayerId, Layer] = {}
    for node_id, config in configs.items():
        node = diagram.nodes[node_id]
        if isinstance(node, CallNode):
            layers[node.layer] = replace(diagram.layers[node.layer], config=config)
        elif isinstance(node, InputNode):
            nodes[node_id] = replace(node, config=config)
    return replace(
        diagram,
        nodes=with_records(diagram.nodes, nodes),
        layers=with_records(diagram.layers, layers),
    )


def set_argument(diagram: Diagram, node_id: NodeId, name: str, value: Value) -> Diagram:
    """Set an argument of a call that no wire gives."""
    call = _call(diagram, node_id)
    return replace_node(diagram, node_id, replace(call, arguments={**call.arguments, name: value}))


def reset_argument(diagram: Diagram, node_id: NodeId, name: str) -> Diagram:
    """Give an argument of a call back to Keras's default."""
    call = _call(diagram, node_id)
    return replace_node(diagram, node_id, replace(call, arguments=without(call.arguments, {name})))


def set_class(diagram: Diagram, node_id: NodeId, path: str) -> Diagram:
    """Make what a node calls an instance of another class."""
    layer_id = _call(diagram, node_id).layer
    layer = replace(diagram.layers[layer_id], class_name=path)
    return replace(diagram, layers=with_records(diagram.layers, {layer_id: layer}))


def set_head(
    diagram: Diagram,
    node_id: NodeId,
    *,
    loss: Value,
    weight: float,
    metrics: Iterable[Value],
    column: str | None,
) -> Diagram:
    """Set what a head learns from."""
    node = diagram.nodes[node_id]
    if not isinstance(node, HeadNode):
        raise TypeError(f"Expected a head; received {diagram.name_of(node_id)!r}, {node}.")
    head = replace(node, loss=loss, weight=weight, metrics=tuple(metrics), column=column)
    return replace_node(diagram, node_id, head)


def include_input(diagram: Diagram, node_id: NodeId) -> Diagram:
    """List an input among the inputs of the model."""
    node = diagram.nodes[node_id]
    if not isinstance(node, InputNode):
        raise TypeError(f"Expected an input; received {diagram.name_of(node_id)!r}, {node}.")
    return replace_node(diagram, node_id, replace(node, in_model=True))


def set_use(diagram: Diagram, node_ids: Collection[NodeId], use: Use) -> Diagram:
    """Activate, bypass or mute nodes.

    Raises:
        TypeError: a node that is to be bypassed is no call.
    """
    changed: dict[NodeId, Node] = {}
    for node_id in node_ids:
        # A repair has the word alone.
        wanted = Use(use)
        node = _call(diagram, node_id) if wanted is Use.BYPASSED else diagram.nodes[node_id]
        if node.use is not wanted:
            changed[node_id] = replace(node, use=wanted)
    return replace(diagram, nodes=with_records(diagram.nodes, changed)) if changed else diagram


def replace_node(diagram: Diagram, node_id: NodeId, node: Node) -> Diagram:
    """Put another node in the place of one, with its wires."""
    return edited(diagram, nodes=with_records(diagram.nodes, {node_id: node}))


def _add_node(diagram: Diagram, node_id: NodeId, node: Node, position: Position | None) -> Diagram:
    placed = replace_node(diagram, node_id, node)
    return placed if position is None else move_nodes(placed, {node_id: position})


def _call(diagram: Diagram, node_id: NodeId) -> CallNode:
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode):
        raise TypeError(f"Expected a call; received {diagram.name_of(node_id)!r}, {node}.")
    return node


def _config(diagram: Diagram, node_id: NodeId) -> Mapping[str, Value]:
    node = diagram.nodes[node_id]
    if isinstance(node, HeadNode):
        raise TypeError(f"Expected a layer or an input; received the head {node.name!r}.")
    return diagram.layers[node.layer].config if isinstance(node, CallNode) else node.config


def _with_config(diagram: Diagram, node_id: NodeId, config: Mapping[str, Value]) -> Diagram:
    node = diagram.nodes[node_id]
    if isinstance(node, CallNode):
        layer = replace(diagram.layers[node.layer], config=config)
        return replace(diagram, layers=with_records(diagram.layers, {node.layer: layer}))
    if isinstance(node, InputNode):
        return replace_node(diagram, node_id, replace(node, config=config))
    return diagram


def _called_by_none_but(diagram: Diagram, node_ids: Collection[NodeId]) -> set[LayerId]:
    """Return the layers that these nodes call, and no others."""
    called = (diagram.nodes[key] for key in node_ids if key in diagram.nodes)
    layers = {node.layer for node in called if isinstance(node, CallNode)}
    return {key for key in layers if all(call in node_ids for call in diagram.calls[key])}
