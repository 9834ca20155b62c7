"""Models as layers: copies of them, and what they are made of."""

from collections.abc import Collection, Iterator, Mapping

from msgspec.structs import replace

from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    FrameId,
    Layer,
    LayerId,
    NodeId,
    NoteId,
    Position,
)
from graphstudio.diagram.edits import renamed, taken_names
from graphstudio.diagram.measures import DEFAULT_SIZE
from graphstudio.diagram.names import free_name
from graphstudio.diagram.pages import with_records
from graphstudio.diagram.values import Value

MODEL = "keras.Model"
SEQUENTIAL = "keras.Sequential"
# What a nested diagram can be.
MODEL_CLASSES = (MODEL, SEQUENTIAL)
_TRAINABLE = "trainable"
_APPLICATIONS = "keras.applications."


def make_independent(diagram: Diagram, node_id: NodeId, ids: Iterator[str]) -> Diagram:
    """Give a call that shares its layer a layer of its own, with the same configuration.

    Args:
        diagram: where the call is.
        node_id: the call.
        ids: ids that nothing has yet.
    """
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode) or len(diagram.calls[node.layer]) == 1:
        return diagram
    layer = diagram.layers[node.layer]
    inner = layer.diagram and with_new_ids(layer.diagram, ids)
    own = renamed(replace(layer, diagram=inner), free_name(layer.name, *taken_names(diagram)))
    layer_id = LayerId(next(ids))
    return replace(
        diagram,
        layers=with_records(diagram.layers, {layer_id: own}),
        nodes=with_records(diagram.nodes, {node_id: replace(node, layer=layer_id)}),
    )


def with_new_ids(diagram: Diagram, ids: Iterator[str]) -> Diagram:
    """Return a copy of a diagram: its nodes, and those inside of them, have other ids.

    As with all copies, nothing in it is locked.
    """
    new = {node: NodeId(next(ids)) for node in diagram.nodes}
    return replace(
        diagram,
        layers={
            key: replace(layer, diagram=layer.diagram and with_new_ids(layer.diagram, ids))
            for key, layer in diagram.layers.items()
        },
        nodes={new[key]: node for key, node in diagram.nodes.items()},
        wires={
            key: replace(wire, source=new[wire.source], target=new[wire.target])
            for key, wire in diagram.wires.items()
        },
        positions={new[key]: place for key, place in diagram.positions.items() if key in new},
        frames={FrameId(next(ids)): frame for frame in diagram.frames.values()},
        notes={NoteId(next(ids)): note for note in diagram.notes.values()},
        locked=frozenset(),
    )


def is_chain(diagram: Diagram) -> bool:
    """Return whether a diagram is one input, layers that follow each other, and one head.

    Each layer is called once, without arguments, and gives the next one its first tensor.
    """
    steps = (*diagram.incoming.values(), *diagram.outgoing.values())
    calls = [node for node in diagram.nodes.values() if isinstance(node, CallNode)]
    return (
        len(diagram.inputs) == len(diagram.heads) == 1
        and all(len(wires) == 1 and not wires[0].output for wires in steps)
        and len(diagram.wires) == len(calls) + 1
        and all(len(nodes) == 1 for nodes in diagram.calls.values())
        and not any(node.arguments for node in calls)
    )


def is_application(layer: Layer) -> bool:
    """Return whether a layer is a whole model of Keras that is not drawn here."""
    return layer.diagram is None and layer.class_name.startswith(_APPLICATIONS)


def unfolded(diagram: Diagram, node_id: NodeId, inner: Diagram) -> Diagram:
    """Draw an application that a node calls as a nested model, with all of its calls.

    Args:
        diagram: where the application is called.
        node_id: a call of it.
        inner: its layers.
    """
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode) or not is_application(diagram.layers[node.layer]):
        raise ValueError(f"Expected an application; received {diagram.name_of(node_id)!r}.")
    layer = diagram.layers[node.layer]
    kept = {name: layer.config[name] for name in layer.config if name == _TRAINABLE}
    drawn = replace(layer, class_name=MODEL, config=kept, diagram=inner)
    calls = diagram.calls[node.layer]
    (port,) = [one.name for one in inner.inputs.values()]
    return replace(
        diagram,
        layers=with_records(diagram.layers, {node.layer: drawn}),
        wires={
            key: replace(wire, port=port) if wire.target in calls else wire
            for key, wire in diagram.wires.items()
        },
    )


def constructor_config(layer: Layer) -> Mapping[str, Value]:
    """Return what makes an application; whether it trains is set on it afterwards."""
    return {name: value for name, value in layer.config.items() if name != _TRAINABLE}


def middle(diagram: Diagram, nodes: Collection[NodeId]) -> Position | None:
    """Return the middle of the rectangle around nodes; none where none of them has a place."""
    places = [diagram.positions[node] for node in nodes if node in diagram.positions]
    if not places:
        return None
    left, right = min(p.x for p in places), max(p.x for p in places)
    top, bottom = min(p.y for p in places), max(p.y for p in places)
    width, height = DEFAULT_SIZE
    return Position((left + right + width) / 2, (top + bottom + height) / 2)
