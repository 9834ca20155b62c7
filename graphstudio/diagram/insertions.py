"""Edits that put something new into a diagram, all given as plain values for repairs to name.

Ids are arguments: the same repair gives the same diagram wherever it is made.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2s
from itertools import count

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.bends import parted
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Position,
    Wire,
    WireId,
)
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.edits import add_head, add_input, add_layer, add_wire, replace_node
from graphstudio.diagram.measures import DEFAULT_SIZE
from graphstudio.diagram.names import snake_case
from graphstudio.diagram.pages import with_records
from graphstudio.diagram.tables import edited
from graphstudio.diagram.values import Value

_GAP = 32.0


class Insertion(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is put into a wire.

    Attributes:
        wire_id: the wire; it keeps its end, and begins at what is inserted.
        class_name: public path of the layer or function that is inserted.
        port: the port that takes the tensor.
        id: the id of the new node, of its layer and of the new wire that leads to it.
        config: constructor arguments.
        arguments: arguments of the call.
    """

    wire_id: WireId
    class_name: str
    port: str
    id: str
    config: Mapping[str, Value] = {}
    arguments: Mapping[str, Value] = {}


def derived_id(taken: Collection[str], *parts: str) -> str:
    """Return an id that is not taken; the same parts give the same, so that answers compare equal.

    Args:
        taken: ids that there are.
        parts: what tells the new record from others.
    """
    # Names that came from elsewhere may hold what no text may.
    texts = ("/".join((*parts, str(n))).encode(errors="surrogatepass") for n in count())
    tries = (blake2s(text, digest_size=4).hexdigest() for text in texts)
    return next(one for one in tries if one not in taken)


def insert_layers(diagram: Diagram, insertions: Sequence[Mapping[str, Value]]) -> Diagram:
    """Put a layer, under a free name, into each of some wires; nothing else moves.

    Args:
        diagram: the diagram.
        insertions: the fields of an :class:`Insertion` each.
    """
    for one in insertions:
        diagram = _insert(diagram, msgspec.convert(one, Insertion))
    return diagram


def _insert(diagram: Diagram, new: Insertion) -> Diagram:
    wire = diagram.wires[new.wire_id]
    node_id, layer_id = NodeId(new.id), LayerId(new.id)
    name = snake_case(new.class_name.rpartition(".")[2])
    layer = Layer(class_name=new.class_name, name=name, config=new.config)
    place = _between(diagram, wire.source, wire.target)
    added = add_layer(diagram, (layer_id, node_id), layer, place)
    if new.arguments:
        added = replace_node(added, node_id, CallNode(layer=layer_id, arguments=new.arguments))
    return splice(added, new.wire_id, node_id, new.port, WireId(new.id))


def splice(
    diagram: Diagram, wire_id: WireId, node_id: NodeId, port: str, new_wire: WireId
) -> Diagram:
    """Put a node into a wire, which then begins at the node's first output and keeps its end.

    Args:
        diagram: the diagram.
        wire_id: the wire.
        node_id: the node.
        port: the node's port that takes the tensor.
        new_wire: the id of the wire to the node.
    """
    wire = diagram.wires[wire_id]
    to_node = Wire(source=wire.source, target=node_id, output=wire.output, port=port)
    from_node = replace(wire, source=node_id, output=0)
    wires = with_records(diagram.wires, {wire_id: from_node, new_wire: to_node})
    bends = diagram.bends
    if wire_id in bends:
        bends = parted(diagram, wire_id, node_id, new_wire)
    return edited(diagram, wires=wires, bends=bends)


def connect(
    diagram: Diagram,
    wire_id: WireId,
    source: NodeId,
    target: NodeId,
    port: str,
    *,
    output: int = 0,
    order: int = 0,
) -> Diagram:
    """Draw a wire between nodes that are there."""
    wire = Wire(source=source, target=target, port=port, output=output, order=order)
    return add_wire(diagram, wire_id, wire)


def attach_head(diagram: Diagram, source: NodeId, node_id: NodeId) -> Diagram:
    """Add a head that takes a node's first tensor, right after it."""
    place = _beside(diagram, source)
    added = add_head(diagram, node_id, HeadNode(name=diagram.name_of(source)), place)
    wire = Wire(source=source, target=node_id, port=HEAD_PORT)
    return add_wire(added, WireId(node_id), wire)


def place_input(diagram: Diagram, node_id: NodeId) -> Diagram:
    """Add an input of vectors, before everything."""
    known = diagram.positions.values()
    place = None
    if known:
        right, down = _step(diagram)
        place = Position(min(one.x for one in known) - right, min(one.y for one in known) - down)
    return add_input(diagram, node_id, InputNode(name="input", config={"shape": [8]}), place)


def swap_parameters(diagram: Diagram, node_id: NodeId, first: str, second: str) -> Diagram:
    """Exchange the values of two constructor arguments of the layer that a node calls."""
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode):
        raise TypeError(f"Expected a call; received {diagram.name_of(node_id)!r}.")
    layer = diagram.layers[node.layer]
    config = {**layer.config, first: layer.config[second], second: layer.config[first]}
    changed = replace(layer, config=config)
    return replace(diagram, layers=with_records(diagram.layers, {node.layer: changed}))


def _between(diagram: Diagram, source: NodeId, target: NodeId) -> Position | None:
    """Return a free place half way between two nodes; none where their places are not known."""
    known = diagram.positions
    if source not in known or target not in known:
        return None
    start, end = known[source], known[target]
    return _free((start.x + end.x) / 2, (start.y + end.y) / 2, known.values())


def _beside(diagram: Diagram, source: NodeId) -> Position | None:
    known = diagram.positions
    if source not in known:
        return None
    start, (right, down) = known[source], _step(diagram)
    return _free(start.x + right, start.y + down, known.values())


def _step(diagram: Diagram) -> tuple[float, float]:
    """Return how far to the right and down a node lies from the one before it, at least."""
    width, height = DEFAULT_SIZE
    return (0.0, height + _GAP) if diagram.direction is Direction.DOWN else (width + _GAP, 0.0)


def _free(x: float, y: float, taken: Iterable[Position]) -> Position:
    """Return the first place, from this one down, where a node covers no other."""
    width, height = DEFAULT_SIZE
    beside = sorted((one for one in taken if abs(one.x - x) < width), key=lambda one: one.y)
    for one in beside:
        if abs(one.y - y) < height:
            y = one.y + height + _GAP
    return Position(round(x), round(y))
