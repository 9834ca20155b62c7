"""Diagrams inside of diagrams: models that are drawn once and used as layers.

A nested model's inputs are the ports of its calls, by name, and its heads are their outputs, in
order. Whatever is edited inside, the wires of the calls outside stay with their inputs and heads.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec.structs import replace

from graphstudio.diagram.bends import with_wires
from graphstudio.diagram.diagram import CallNode, Diagram, LayerId, NodeId, Wire
from graphstudio.diagram.pages import with_records
from graphstudio.diagram.values import Value

LayerPath: TypeAlias = tuple[LayerId, ...]


def diagram_at(diagram: Diagram, path: Sequence[LayerId]) -> Diagram:
    """Return the nested diagram to which a path of layers leads.

    Raises:
        KeyError: a layer of the path is not there, or holds no diagram.
    """
    for layer_id in path:
        inner = diagram.layers[layer_id].diagram
        if inner is None:
            raise KeyError(f"Expected a nested model; received the layer {layer_id}.")
        diagram = inner
    return diagram


def reachable(diagram: Diagram, path: Sequence[LayerId]) -> LayerPath:
    """Return the part of a path, from its beginning, that leads to a nested diagram."""
    found: LayerPath = ()
    for layer_id in path:
        layer = diagram.layers.get(layer_id)
        if layer is None or layer.diagram is None:
            break
        found, diagram = (*found, layer_id), layer.diagram
    return found


def edit_inside(
    diagram: Diagram, path: Sequence[LayerId], edit: Callable[[Diagram], Diagram]
) -> Diagram:
    """Return the diagram with an edit made in the nested one to which a path leads.

    An input that is renamed inside keeps its wires outside; so does a head whose number changes.
    The wires of what is removed go with it. A nested diagram and its layer have one name.

    Raises:
        KeyError: a layer of the path is not there, or holds no diagram.
    """
    if not path:
        return edit(diagram)
    first, *rest = path
    before = diagram_at(diagram, (first,))
    return _with_inner(diagram, first, before, edit_inside(before, rest, edit))


def nested_diagrams(diagram: Diagram) -> Iterator[tuple[LayerPath, Diagram]]:
    """Yield every diagram with its path, the outer ones before those inside of them."""
    yield (), diagram
    for layer_id, model in diagram.models.items():
        if layer_id in diagram.calls:
            for path, inner in nested_diagrams(model):
                yield (layer_id, *path), inner


def _with_inner(diagram: Diagram, layer_id: LayerId, before: Diagram, after: Diagram) -> Diagram:
    """Put another nested diagram in the place of one, with the wires of its calls."""
    layer = diagram.layers[layer_id]
    name = layer.name if after.name == before.name else after.name
    changed = replace(layer, name=name, diagram=after)
    layers = with_records(diagram.layers, {layer_id: changed})
    ports, outputs = moved_ports(before, after), moved_outputs(before, after)
    if all(old == new for old, new in (*ports.items(), *outputs.items())):
        return replace(diagram, layers=layers)
    calls = set(diagram.calls.get(layer_id, ()))
    nodes = {
        key: _with_ports(node, ports)
        for key in calls
        if isinstance(node := diagram.nodes[key], CallNode) and (node.arguments or node.passes)
    }
    moved = {key: _moved(one, calls, ports, outputs) for key, one in diagram.wires.items()}
    came = {key: one for key, one in moved.items() if one and one is not diagram.wires[key]}
    wires = with_records(diagram.wires, came, [key for key, one in moved.items() if not one])
    nodes_now = with_records(diagram.nodes, nodes)
    return with_wires(replace(diagram, layers=layers, nodes=nodes_now), wires)


def moved_ports(before: Diagram, after: Diagram) -> Mapping[str, str | None]:
    """Return the new name of each port, none where its input is gone."""
    now = {key: node.name for key, node in after.inputs.items() if node.in_model}
    return {node.name: now.get(key) for key, node in before.inputs.items() if node.in_model}


def moved_outputs(before: Diagram, after: Diagram) -> Mapping[int, int | None]:
    """Return the new number of each output, none where its head is gone."""
    now = {key: number for number, key in enumerate(after.heads)}
    return {number: now.get(key) for number, key in enumerate(before.heads)}


def _moved(
    wire: Wire,
    calls: Collection[NodeId],
    ports: Mapping[str, str | None],
    outputs: Mapping[int, int | None],
) -> Wire | None:
    """Return a wire with its ends on the same input or head as before; none if that is gone."""
    port = ports.get(wire.port, wire.port) if wire.target in calls else wire.port
    output = outputs.get(wire.output, wire.output) if wire.source in calls else wire.output
    if port is None or output is None:
        return None
    same = (port, output) == (wire.port, wire.output)
    return wire if same else replace(wire, port=port, output=output)


def _with_ports(call: CallNode, ports: Mapping[str, str | None]) -> CallNode:
    passes = call.passes and ports.get(call.passes, call.passes)
    return replace(call, arguments=_renamed(call.arguments, ports), passes=passes)


def _renamed(arguments: Mapping[str, Value], ports: Mapping[str, str | None]) -> dict[str, Value]:
    named = ((ports.get(name, name), value) for name, value in arguments.items())
    return {name: value for name, value in named if name is not None}
