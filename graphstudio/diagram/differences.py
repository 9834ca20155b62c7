"""What differs between two diagrams, by node and by wire."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import msgspec

from graphstudio.diagram.diagram import Diagram, Node, NodeId, Wire, WireId
from graphstudio.diagram.pages import as_dict

# Where a wire ends: the node, its port and the place on it.
End: TypeAlias = tuple[NodeId, str, int]
_Wires: TypeAlias = Mapping[End, tuple[WireId, Wire]]
_NO_WIRE = (None, None)


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One difference.

    Attributes:
        kind: ``"added"``, ``"removed"`` or ``"changed"``.
        what: ``"node"`` or ``"wire"``.
        name: the node's name, or both ends of the wire.
        before: what was there; for a change, only the fields that differ. The source of a wire is
            told by its name.
        after: what is there now.
        node: id of the node, or of the one where the wire ends; in the second diagram, or in the
            first where it has gone.
        wire: id of the wire in the second diagram; none where it has gone.
        was: the wire as it was, between nodes told as by ``node``; none where there was none.
    """

    kind: str
    what: str
    name: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None
    node: NodeId | None = None
    wire: WireId | None = None
    was: Wire | None = None


def differences(before: Diagram, after: Diagram) -> tuple[Difference, ...]:
    """Return what has to be done to ``before`` to make it mean the same as ``after``.

    A node is the same in both by its id or, where ids differ, by its kind and name.
    """
    twins = _twins(before, after)
    return (*_between_nodes(before, after, twins), *_between_wires(before, after, twins))


def _between_nodes(
    before: Diagram, after: Diagram, twins: Mapping[NodeId, NodeId]
) -> Iterator[Difference]:
    for node_id in before.nodes:
        twin = twins.get(node_id)
        if twin and _means_same(before, node_id, after, twin):
            continue
        old, new = _node(before, node_id), _node(after, twin)
        if old and new:
            unset = _unset(before.nodes[node_id])
            old, new = {**unset, **old}, {**unset, **new}
        name = after.name_of(twin) if twin else before.name_of(node_id)
        if old != new:
            yield _difference("node", name, old, new, twin or node_id)
    known = set(twins.values())
    for node_id in (node for node in after.nodes if node not in known):
        name = after.name_of(node_id)
        yield _difference("node", name, None, _node(after, node_id), node_id)


def _between_wires(
    before: Diagram, after: Diagram, twins: Mapping[NodeId, NodeId]
) -> Iterator[Difference]:
    old_wires = _by_end(before, twins)
    new_wires = _by_end(after, {})

    def named(node: NodeId) -> str:
        return (after if node in after.nodes else before).name_of(node)

    def fields(wire: Wire | None) -> Mapping[str, Any] | None:
        return None if wire is None else {"source": named(wire.source), "output": wire.output}

    for end in {**old_wires, **new_wires}:
        (_, old), (key, new) = old_wires.get(end, _NO_WIRE), new_wires.get(end, _NO_WIRE)
        told = new or old
        if told is None or (old and new and _comes_from(old) == _comes_from(new)):
            continue
        name = f"{named(told.source)} → {named(told.target)}"
        found = _difference("wire", name, fields(old), fields(new), told.target)
        yield msgspec.structs.replace(found, wire=key, was=old)


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
) -> Difference:
    if old is None or new is None:
        return Difference("removed" if new is None else "added", what, name, old, new, node)
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return Difference(
        "changed",
        what,
        name,
        {key: old.get(key) for key in changed},
        {key: new.get(key) for key in changed},
        node,
    )


def _node(diagram: Diagram, node_id: NodeId | None) -> Mapping[str, Any] | None:
    """Return a node's fields, with those of the layer that it calls, as one flat table."""
    if node_id is None:
        return None
    layer = diagram.layer_of(node_id)
    fields: dict[str, Any] = msgspec.to_builtins(diagram.nodes[node_id])
    # The layer's id says nothing; what the layer is stands in its own fields.
    fields.pop("layer", None)
    fields.update(msgspec.to_builtins(layer, enc_hook=as_dict) if layer else {})
    return fields | dict(fields.pop("config", {}))


def _unset(node: Node) -> Mapping[str, Any]:
    """Return what a node's fields are where its record does not say."""
    fields = msgspec.structs.fields(type(node))
    defaults = {one.name: one.default for one in fields if one.default is not msgspec.NODEFAULT}
    return dict(msgspec.to_builtins(defaults))


def _by_end(diagram: Diagram, twins: Mapping[NodeId, NodeId]) -> _Wires:
    """Return each wire by where it ends, between the twins of its nodes where they have any."""
    table: dict[End, tuple[WireId, Wire]] = {}
    for key, wire in diagram.wires.items():
        source = twins.get(wire.source, wire.source)
        target = twins.get(wire.target, wire.target)
        same = (source, target) == (wire.source, wire.target)
        between = wire if same else msgspec.structs.replace(wire, source=source, target=target)
        table[target, wire.port, wire.order] = (key, between)
    return table


def _comes_from(wire: Wire) -> tuple[NodeId, int]:
    return wire.source, wire.output
