"""Putting something from the palette into a diagram: which node it becomes, and where it lies."""

from collections.abc import Collection

from PySide6.QtCore import QRectF

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.search import HEAD
from graphstudio.catalog.starting import starting_config
from graphstudio.diagram import edits
from graphstudio.diagram.arrange import DEFAULT_SIZE
from graphstudio.diagram.diagram import (
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
from graphstudio.diagram.names import snake_case
from graphstudio.studio.canvas.geometry import snapped
from graphstudio.studio.canvas.ports import ports_of

GAP_X = 56.0
_GAP_Y = 32.0


def add_entry(
    diagram: Diagram, catalog: Catalog, path: str, node_id: NodeId, position: Position
) -> Diagram:
    """Add what a public path names.

    Args:
        diagram: what it is added to.
        catalog: where the path is looked up.
        path: ``"keras.Input"``, ``"head"``, or a layer's class such as ``"keras.layers.Dense"``.
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
    entry = catalog.layers.get(path)
    if entry is None:
        raise ValueError(f"Expected an input, a head or a layer of the catalog; received {path!r}.")
    layer = Layer(class_name=path, name=snake_case(entry.name), config=starting_config(entry))
    return edits.add_layer(diagram, (LayerId(edits.new_id()), node_id), layer, position)


def follow(diagram: Diagram, catalog: Catalog, source: NodeId, target: NodeId) -> Diagram:
    """Wire a node's first output to another's first port; nothing if there is none of the two."""
    slots = ports_of(diagram, target, catalog).inputs
    if not slots or not ports_of(diagram, source, catalog).outputs:
        return diagram
    wire = Wire(source=source, target=target, port=slots[0].port, order=slots[0].order)
    return edits.add_wire(diagram, WireId(edits.new_id()), wire)


def free_place(x: float, y: float, taken: Collection[QRectF]) -> Position:
    """Return the first place on the grid, from this one down, where a node covers no other."""
    width, height = DEFAULT_SIZE
    place = QRectF(snapped(x), snapped(y), width, height)
    while covered := [frame for frame in taken if frame.intersects(place)]:
        place.moveTop(snapped(max(frame.bottom() for frame in covered) + _GAP_Y))
    return Position(place.x(), place.y())
