"""What differs between two diagrams, by node and by layer."""

from collections.abc import Mapping
from typing import Any

import msgspec

from graphstudio.diagram.diagram import Diagram, NodeId


class Difference(msgspec.Struct, frozen=True, omit_defaults=True):
    """One difference.

    Attributes:
        kind: ``"added"``, ``"removed"`` or ``"changed"``.
        what: ``"node"`` or ``"wire"``.
        name: the node's name, or both ends of the wire.
        before: what was there; for a change, only the fields that differ.
        after: what is there now.
    """

    kind: str
    what: str
    name: str
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


def differences(before: Diagram, after: Diagram) -> tuple[Difference, ...]:
    """Return what has to be done to ``before`` to make it mean the same as ``after``."""
    found = []
    for node_id in {**before.nodes, **after.nodes}:
        old, new = _node(before, node_id), _node(after, node_id)
        name = (after if new else before).name_of(node_id)
        found += _difference("node", name, old, new)
    for wire_id in {**before.wires, **after.wires}:
        diagram = after if wire_id in after.wires else before
        wire = diagram.wires[wire_id]
        name = f"{diagram.name_of(wire.source)} → {diagram.name_of(wire.target)}"
        found += _difference("wire", name, _wire(before, wire_id), _wire(after, wire_id))
    return tuple(found)


def _difference(
    what: str, name: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> list[Difference]:
    if old == new:
        return []
    if old is None or new is None:
        return [Difference("removed" if new is None else "added", what, name, old, new)]
    changed = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return [
        Difference(
            "changed",
            what,
            name,
            {key: old.get(key) for key in changed},
            {key: new.get(key) for key in changed},
        )
    ]


def _node(diagram: Diagram, node_id: NodeId) -> Mapping[str, Any] | None:
    """Return a node's fields, with those of the layer that it calls, as one flat table."""
    node = diagram.nodes.get(node_id)
    if node is None:
        return None
    layer = diagram.layer_of(node_id)
    fields: dict[str, Any] = msgspec.to_builtins(node)
    fields.update(msgspec.to_builtins(layer) if layer else {})
    return fields | dict(fields.pop("config", {}))


def _wire(diagram: Diagram, wire_id: Any) -> Mapping[str, Any] | None:
    wire = diagram.wires.get(wire_id)
    return msgspec.to_builtins(wire) if wire else None
