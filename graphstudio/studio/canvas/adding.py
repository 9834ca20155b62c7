"""Putting something from the palette into a diagram: which node it becomes, and where it lies."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSizeF

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.search import HEAD, NESTED, placeable
from graphstudio.catalog.starting import starting_arguments, starting_config
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
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
from graphstudio.diagram.graph import descendants
from graphstudio.diagram.insertions import splice
from graphstudio.diagram.measures import DEFAULT_SIZE
from graphstudio.diagram.names import snake_case
from graphstudio.studio.canvas.geometry import snapped
from graphstudio.studio.canvas.nodes import Nodes
from graphstudio.studio.canvas.ports import End, Side, Slot, ports_of

# Between a node and the next one, and between those that stand beside each other.
GAP = 56.0
_ASIDE = 32.0
# What a new model holds, and how far apart.
_BEGINNING = ("keras.Input", "keras.layers.Dense", HEAD.path)
_STEP = DEFAULT_SIZE[0] + GAP


def add_entry(
    diagram: Diagram, catalog: Catalog, path: str, node_id: NodeId, position: Position
) -> Diagram:
    """Add what a public path names.

    Args:
        diagram: what it is added to.
        catalog: where the path is looked up.
        path: ``"keras.Input"``, ``"head"``, or what a node can call, such as
            ``"keras.layers.Dense"``, ``"keras.ops.matmul"`` or ``"keras.applications.Xception"``;
            ``"keras.Model"`` and ``"keras.Sequential"`` begin a nested model.
        node_id: the new node's id.
        position: where it lies.

    Raises:
        ValueError: the path names none of these.
    """
    if path == HEAD.path:
        return edits.add_head(diagram, node_id, HeadNode(name="head"), position)
    if path == catalog.input.path:
        node = InputNode(name="input", config={"shape": [8]})
        return edits.add_input(diagram, node_id, node, position)
    if path in {one.path for one in NESTED}:
        model = _new_model(path, catalog)
        return edits.add_layer(diagram, (LayerId(edits.new_id()), node_id), model, position)
    entry = catalog.callables.get(path)
    if entry is None:
        raise ValueError(
            f"Expected an input, a head or what the catalog can call; received {path!r}."
        )
    layer_id = LayerId(edits.new_id())
    layer = Layer(class_name=path, name=snake_case(entry.name), config=starting_config(entry))
    added = edits.add_layer(diagram, (layer_id, node_id), layer, position)
    arguments = starting_arguments(entry)
    call = CallNode(layer=layer_id, arguments=arguments)
    return edits.replace_node(added, node_id, call) if arguments else added


def _new_model(path: str, catalog: Catalog) -> Layer:
    """Return a model of one layer, to begin with."""
    inner = Diagram()
    nodes = [NodeId(edits.new_id()) for _ in _BEGINNING]
    for number, (node, entry) in enumerate(zip(nodes, _BEGINNING, strict=True)):
        inner = add_entry(inner, catalog, entry, node, Position(number * _STEP, 0.0))
    for source, target in pairwise(nodes):
        inner = follow(inner, catalog, End(source, Side.OUTPUT), target)
    return Layer(class_name=path, name=snake_case(path.rpartition(".")[2]), diagram=inner)


def follow(diagram: Diagram, catalog: Catalog, source: End, target: NodeId) -> Diagram:
    """Wire an output to a node's first port; nothing if there is none of the two."""
    slot = _first_slot(diagram, catalog, target)
    if slot is None or source.index >= ports_of(diagram, source.node, catalog).outputs:
        return diagram
    wire = Wire(
        source=source.node, output=source.index, target=target, port=slot.port, order=slot.order
    )
    return edits.add_wire(diagram, WireId(edits.new_id()), wire)


def precede(diagram: Diagram, catalog: Catalog, source: NodeId, target: End) -> Diagram:
    """Wire a node's first output to an input; nothing if there is none of the two."""
    slots = ports_of(diagram, target.node, catalog).inputs
    if target.index >= len(slots) or not ports_of(diagram, source, catalog).outputs:
        return diagram
    slot = slots[target.index]
    wire = Wire(source=source, target=target.node, port=slot.port, order=slot.order)
    return edits.add_wire(diagram, WireId(edits.new_id()), wire)


def insert(diagram: Diagram, catalog: Catalog, wire: WireId, node: NodeId) -> Diagram:
    """Put a node that no wire meets into a wire; nothing if it takes no tensor."""
    slot = _first_slot(diagram, catalog, node)
    if slot is None:
        return diagram
    return splice(diagram, wire, node, slot.port, WireId(edits.new_id()))


def make_room(diagram: Diagram, node: NodeId, nodes: Nodes) -> Diagram:
    """Move a node that was inserted off what it follows, and all that follows it off the node.

    Args:
        diagram: where the node was inserted.
        node: the node.
        nodes: where the nodes lie; the new one may be missing. Locked ones stay there.
    """
    place = diagram.positions[node]
    size = nodes[node].frame().size() if node in nodes else QSizeF(*DEFAULT_SIZE)
    frame = QRectF(QPointF(place.x, place.y), size)
    down = diagram.direction is Direction.DOWN
    sources = [nodes[wire.source].frame() for wire in diagram.incoming.get(node, ())]
    start, end = _span(frame, down=down)
    first = max([start, *(other + GAP for _, other in _level(sources, frame, down=down))])
    targets = [nodes[wire.target].frame() for wire in diagram.outgoing.get(node, ())]
    lacking = [first + end - start + GAP - other for other, _ in _level(targets, frame, down=down)]
    step = snapped(max(lacking, default=0.0))
    x, y = (place.x, first) if down else (first, place.y)
    moved = {node: Position(snapped(x), snapped(y))}
    if step > 0:
        following = descendants(diagram, node) - diagram.locked - {node}
        known = {key: diagram.positions[key] for key in following if key in diagram.positions}
        right, below = (0.0, step) if down else (step, 0.0)
        moved |= {key: Position(one.x + right, one.y + below) for key, one in known.items()}
    return edits.move_nodes(diagram, moved)


def _level(frames: Iterable[QRectF], frame: QRectF, *, down: bool) -> Iterator[tuple[float, float]]:
    """Yield where the frames begin and end, along the direction, that are level with a frame."""
    low, high = _span(frame, down=not down)
    for one in frames:
        start, end = _span(one, down=not down)
        if start < high and low < end:
            yield _span(one, down=down)


def _span(frame: QRectF, *, down: bool) -> tuple[float, float]:
    return (frame.top(), frame.bottom()) if down else (frame.left(), frame.right())


def entry_named(catalog: Catalog, path: str) -> Entry | None:
    """Return the entry of a public path that :func:`add_entry` takes; none for any other."""
    return next((one for one in placeable(catalog) if one.path == path), None)


def _first_slot(diagram: Diagram, catalog: Catalog, node: NodeId) -> Slot | None:
    """Return the input that a wire to a new node takes: the first that it needs."""
    slots = ports_of(diagram, node, catalog).inputs
    needed = (slot for slot in slots if not slot.optional)
    return next(needed, slots[0] if slots else None)


def free_place(
    x: float,
    y: float,
    nodes: Nodes,
    size: tuple[float, float] = DEFAULT_SIZE,
    direction: Direction = Direction.RIGHT,
) -> Position:
    """Return the first place on the grid, from this one aside, where something covers no node.

    Args:
        x: from where, in the scene.
        y: from where, in the scene.
        nodes: what must not be covered.
        size: width and height of what is put there; those of a node if none are given.
        direction: which way the diagram is read: aside is down in one that is read to the right.
    """
    place = QRectF(snapped(x), snapped(y), *size)
    while covered := [one.frame() for one in nodes.touching(place) if one.block.intersects(place)]:
        if direction is Direction.DOWN:
            place.moveLeft(snapped(max(frame.right() for frame in covered) + _ASIDE))
        else:
            place.moveTop(snapped(max(frame.bottom() for frame in covered) + _ASIDE))
    return Position(place.x(), place.y())
