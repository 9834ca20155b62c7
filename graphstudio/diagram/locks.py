"""Locked nodes: they stay where and as they are until they are unlocked.

What arrives at a locked node stays as well; what leaves it may be used anywhere.
"""

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, NodeId, Wire
from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.pages import in_order


def lock(diagram: Diagram, nodes: Collection[NodeId]) -> Diagram:
    """Lock nodes."""
    return replace(diagram, locked=diagram.locked | (diagram.nodes.keys() & nodes))


def unlock(diagram: Diagram, nodes: Collection[NodeId]) -> Diagram:
    """Let nodes be changed again."""
    return replace(diagram, locked=diagram.locked - set(nodes))


def refusal(before: Diagram, after: Diagram) -> str | None:
    """Return a sentence that says which locked node an edit would change; none if none.

    Args:
        before: the whole diagram before the edit.
        after: the whole diagram after it.
    """
    changes = dict(_changes(before, after, after))
    if not changes:
        return None
    (name, change), *others = changes.items()
    if not others:
        return locked_sentence(name, change)
    return f"{name!r} and {len(others)} more are locked and cannot be {change}; unlock them first."


def locked_sentence(name: str, change: str) -> str:
    """Return why a locked node stays as it is.

    Args:
        name: the node's.
        change: what it cannot be, such as ``"moved"``.
    """
    return f"{name!r} is locked and cannot be {change}; unlock it first."


def _changes(before: Diagram, after: Diagram, whole: Diagram) -> Iterator[tuple[str, str]]:
    """Yield the name of each locked node that is another one, and what was done to it.

    Args:
        before: a diagram before the edit.
        after: what it is after it.
        whole: the whole diagram after it, where a model may lie in another one now.
    """
    if before is after:
        return
    for node in in_order(before.locked, before.nodes):
        change = _change(before, after, node)
        if change is not None:
            yield before.name_of(node), change
    for key, model in before.models.items():
        inner = after.models.get(key) if key in after.layers else _moved(model, whole)
        yield from _changes(model, inner or Diagram(), whole)


def _change(before: Diagram, after: Diagram, node: NodeId) -> str | None:
    """Return what was done to a node; none if nothing was."""
    if node not in after.nodes:
        return "removed"
    if before.positions.get(node) != after.positions.get(node):
        return "moved"
    if before.name_of(node) != after.name_of(node):
        return "renamed"
    if before.nodes[node] != after.nodes[node] or not _same_layer(before, after, node):
        return "changed"
    same_wires = before.wires is after.wires
    return None if same_wires or _arriving(before, node) == _arriving(after, node) else "rewired"


def _same_layer(before: Diagram, after: Diagram, node: NodeId) -> bool:
    layer, other = before.layer_of(node), after.layer_of(node)
    return layer is other or (layer is not None and other is not None and layer.means_same(other))


def _arriving(diagram: Diagram, node: NodeId) -> tuple[Wire, ...]:
    return diagram.incoming.get(node, ())


def _moved(inner: Diagram, whole: Diagram) -> Diagram | None:
    """Return what a nested diagram is now that its model lies elsewhere; none if it is gone."""
    # Ids of nodes are unique in the whole project.
    found = (one for path, one in nested_diagrams(whole) if path)
    return next((one for one in found if one.nodes.keys() == inner.nodes.keys()), None)
