"""What people do with layers and models as a whole: share, part, collapse, expand and open them.

Menus, keys and the inspector's buttons all come here.
"""

from collections.abc import Collection
from itertools import count

from graphstudio.diagram import edits
from graphstudio.diagram.collapse import make_model as collapsed
from graphstudio.diagram.diagram import CallNode, Diagram, NodeId, Position
from graphstudio.diagram.expand import expand_model as expanded
from graphstudio.diagram.models import is_application
from graphstudio.diagram.models import make_independent as made_independent
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings

# How far below a call the next call of its layer is put.
_STEP = 112.0


def called(diagram: Diagram, nodes: Collection[NodeId], kind: str = "nodes") -> str:
    """Return what the title of an edit calls some nodes: one by its name, several by how many."""
    if len(nodes) == 1:
        return diagram.name_of(next(iter(nodes)))
    return f"{len(nodes)} {kind}"


def is_model(diagram: Diagram, node_id: NodeId) -> bool:
    """Return whether a node calls a nested model."""
    layer = diagram.layer_of(node_id)
    return layer is not None and layer.diagram is not None


def is_closed(diagram: Diagram, node_id: NodeId) -> bool:
    """Return whether a node calls an application, whose layers the engine knows."""
    layer = diagram.layer_of(node_id)
    return layer is not None and is_application(layer)


def is_shared(diagram: Diagram, node_id: NodeId) -> bool:
    """Return whether a node calls a layer that others call too."""
    node = diagram.nodes[node_id]
    return isinstance(node, CallNode) and len(diagram.calls[node.layer]) > 1


def open_model(document: Document, node_id: NodeId) -> bool:
    """Bring the diagram of the model that a node calls into view; return whether it calls one.

    The layers of an application come a little later, from the engine.
    """
    node = document.diagram.nodes[node_id]
    if is_closed(document.diagram, node_id):
        document.unfolding_wanted.emit(node_id)
        return True
    if not isinstance(node, CallNode) or not is_model(document.diagram, node_id):
        return False
    document.open_model(node.layer)
    return True


def make_model(document: Document, findings: Findings, nodes: Collection[NodeId]) -> None:
    """Put a nested model in the place of calls, and select it.

    Raises:
        ValueError: the calls are no model, with a sentence that says why.
    """
    tensors = {node: info.outputs for node, info in findings.nodes.items()}
    before = document.diagram
    after = collapsed(before, nodes, "model", tensors, edits.new_ids())
    if document.edit("make model", lambda _: after):
        document.select(after.nodes.keys() - before.nodes.keys())


def expand_model(document: Document, node_id: NodeId) -> None:
    """Put the layers of a nested model in the place of its calls, and select them.

    Raises:
        ValueError: the node calls none, with a sentence that says so.
    """
    before = document.diagram
    after = expanded(before, node_id, edits.new_ids())
    title = f"expand {before.name_of(node_id)}"
    if document.edit(title, lambda _: after):
        document.select(after.nodes.keys() - before.nodes.keys())


def make_independent(document: Document, node_id: NodeId) -> None:
    """Give a call that shares its layer a layer of its own."""
    title = f"make {document.diagram.name_of(node_id)} independent"
    ids = edits.new_ids()
    document.edit(title, lambda diagram: made_independent(diagram, node_id, ids))


def reuse_layer(document: Document, node_id: NodeId) -> None:
    """Add another call of the layer that a node calls, below it, and select it."""
    diagram = document.diagram
    node = diagram.nodes[node_id]
    if not isinstance(node, CallNode):
        return
    new = NodeId(edits.new_id())
    after = edits.add_call(diagram, new, node.layer, free_place_below(diagram, node_id))
    title = f"reuse {diagram.name_of(node_id)}"
    document.edit(title, lambda _: after)
    document.select([new])


def set_model_class(document: Document, node_id: NodeId, path: str) -> None:
    """Make a nested model a functional one or a Sequential, by the path of its class."""
    title = f"make {document.diagram.name_of(node_id)} a {path.rpartition('.')[2]}"
    document.edit(title, lambda diagram: edits.set_class(diagram, node_id, path))


def free_place_below(diagram: Diagram, node: NodeId) -> Position:
    """Return the first place straight below a node where no other node begins."""
    start = diagram.positions.get(node, Position(0.0, 0.0))
    taken = set(diagram.positions.values())
    places = (Position(start.x, start.y + number * _STEP) for number in count(1))
    return next(place for place in places if place not in taken)
