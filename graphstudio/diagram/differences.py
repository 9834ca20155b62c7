"""What differs between two diagrams, by node and by layer."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec

from graphstudio.diagram.diagram import Diagram, Node, NodeId

# Where a wire ends: the node, its port and the place on it.
End: TypeAlias = tuple[NodeId, str, int]


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One difference.

    Attributes:
        kind: ``"added"``, ``"removed"`` or ``"changed"``.
        what: ``"node"`` or ``"wire"``.
        name: the node's name, or both ends of the wire.
        before: what was there; for a change, only the fields that differ.
        after: what is there now.
        node: id of the node, or of the one where the wire ends; in the second diagram, or in the
            first where it has gone.
    """

    kind: str
    what: str
    name: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    node: NodeId | None = None


def differences(before: Diagram, after: Diagram) -> tuple[Difference, ...]:
    """Return what has to be done to ``before`` to make it mean the same as ``after``.

    A node is the same in both by its id or, where ids differ, by its kind and name.
    """
    twins = _twins(before, after)
    found = []
    for node_id in before.nodes:
        twin = twins.get(node_id)
        if twin and _means_same(before, node_id, after, twin):
            continue
        old, new = _node(before, node_id), _node(after, twin)
        if old and new:
            unset = _unset(before.nodes[node_id])
            old, new = {**unset, **old}, {**unset, **new}
        name = after.name_of(twin) if twin else before.name_of(node_id)
        found += _difference("node", name, old, new, twin or node_id)
    known = set(twins.values())
    for node_id in (node for node in after.nodes if node not in known):
        name = after.name_of(node_id)
        found += _difference("node", name, None, _node(after, node_id), node_id)
    old_wires = _wires(before, {node: twins.get(node, node) for node in before.nodes})
    new_wires = _wires(after, {node: node for node in after.nodes})
    for end in {**old_wires, **new_wires}:
        name, old_wire = old_wires.get(end, ("", None))
        new_name, new_wire = new_wires.get(end, (name, None))
        found += _difference("wire", new_name, old_wire, new_wire, end[0])
    return tuple(found)


def _twins(before: Diagram, after: Diagram) -> dict[NodeId, NodeId]:
    """Return, for each node that stands in both diagrams, its id in the second."""
    twins = {node: node for node in before.nodes if node in after.nodes}
    free = {_identity(after, node): node for node in after.nodes if node not in twins}
    for node in before.nodes:
        if node not in twins and _identity(before, node) in free:
            twins[node] = free.pop(_identity(before, node))
    return twins


def _identity(diagram: Diagram, node: NodeId) -> tuple[str, str]:
    return type(diagram.nodes[node]).__name__, diagram.name_of(node)


def _means_same(before: Diagram, node: NodeId, after: Diagram, twin: NodeId) -> bool:
    """Return whether it is plain that a node and its twin do not differ, as most do not."""
    layer, other = before.layer_of(node), after.layer_of(twin)
    same_layer = layer.means_same(other) if layer and other else layer is other
    return before.nodes[node] == after.nodes[twin] and same_layer


def _difference(
    what: str,
    name: str,
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    node: NodeId,
) -> list[Difference]:
    if old == new:
        return []
    if old is None or new is None:
        return [Difference("removed" if new is None else "added", what, name, old, new, node)]
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return [
        Difference(
            "changed",
            what,
            name,
            {key: old.get(key) for key in changed},
            {key: new.get(key) for key in changed},
            node,
        )
    ]


def _node(diagram: Diagram, node_id: NodeId | None) -> Mapping[str, Any] | None:
    """Return a node's fields, with those of the layer that it calls, as one flat table."""
    if node_id is None:
        return None
    layer = diagram.layer_of(node_id)
    fields: dict[str, Any] = msgspec.to_builtins(diagram.nodes[node_id])
    # The layer's id says nothing; what the layer is stands in its own fields.
    fields.pop("layer", None)
    fields.update(msgspec.to_builtins(layer) if layer else {})
    return fields | dict(fields.pop("config", {}))


def _unset(node: Node) -> Mapping[str, Any]:
    """Return what a node's fields are where its record does not say."""
    fields = msgspec.structs.fields(type(node))
    defaults = {one.name: one.default for one in fields if one.default is not msgspec.NODEFAULT}
    return dict(msgspec.to_builtins(defaults))


def _wires(
    diagram: Diagram, names: Mapping[NodeId, NodeId]
) -> dict[End, tuple[str, Mapping[str, Any]]]:
    """Return what each wire is called and carries, by where it ends."""
    table: dict[End, tuple[str, Mapping[str, Any]]] = {}
    for wire in diagram.wires.values():
        name = f"{diagram.name_of(wire.source)} → {diagram.name_of(wire.target)}"
        given = {"source": names[wire.source], "output": wire.output}
        table[names[wire.target], wire.port, wire.order] = (name, given)
    return table
