"""What is read off a diagram's tables, brought from one value to the next with little work.

An edit touches a few records, and a large diagram has ten thousand: what was read off the value
before holds for all others. What differs is found by identity, so no edit has to say what it does.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from msgspec.structs import replace

from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    Node,
    NodeId,
    Record,
    Use,
    Wire,
    WireId,
    tensor_names,
)
from graphstudio.diagram.nesting import diagram_at, reachable
from graphstudio.diagram.pages import are_last, in_order, replaced, with_records

Key = TypeVar("Key")
Item = TypeVar("Item")

# With more than this share of the records touched, all is read off as quickly anew.
_SHARE = 0.2
# With so many records touched it takes a frame or two to carry on what was read off the others.
_MANY = 500


# Reads something off the second of two diagrams by the first and the keys that differ.
_Reading: TypeAlias = Callable[[Diagram, Diagram, set[Any]], Any]


def edited(diagram: Diagram, **tables: Any) -> Diagram:
    """Return a diagram with other tables, which knows what was read off the one before."""
    after = replace(diagram, **tables)
    share(diagram, after)
    return after


def carry_all(before: Diagram, after: Diagram, path: Sequence[LayerId] = ()) -> None:
    """Carry what was read off a diagram, and off the nested ones on the way to a path's end.

    Args:
        before: the diagram before an edit.
        after: the diagram after it.
        path: the layers that lead to the nested diagram that was edited.
    """
    common = min(len(reachable(before, path)), len(reachable(after, path)))
    for depth in range(common + 1):
        carry(diagram_at(before, path[:depth]), diagram_at(after, path[:depth]))


def carry(before: Diagram, after: Diagram) -> None:
    """Share with a diagram what was read off the one before it, which forgets it.

    A history of many diagrams thus costs the memory of one. Only where very much differs, which
    edits seldom do, the one before keeps it, so that undo finds it there.
    """
    if before is not after:
        share(before, after)
        if _differing(before, after) < _MANY:
            vars(before).clear()


def share(before: Diagram, after: Diagram) -> None:
    """Let a diagram know what was read off another one.

    What nobody asked for yet, and what is mostly another diagram's, is read off when it is asked
    for.
    """
    known, made = vars(before), vars(after)
    for table, readings in _READINGS.items():
        wanted = [name for name in readings if name in known and name not in made]
        touched = _touched(getattr(before, table), getattr(after, table)) if wanted else None
        for name in wanted if touched is not None else ():
            made[name] = readings[name](before, after, touched) if touched else known[name]


def _differing(before: Diagram, after: Diagram) -> int:
    """Return how many records differ."""
    tables = ((getattr(before, name), getattr(after, name)) for name in _READINGS)
    return sum(len(replaced(*pair)) for pair in tables)


def _touched(before: Mapping[Key, object], after: Mapping[Key, object]) -> set[Key] | None:
    """Return the keys of the records that came or went; none if they are too many."""
    most = _SHARE * len(after)
    if abs(len(before) - len(after)) > most:
        return None
    found = replaced(before, after)
    return found if len(found) <= most else None


def _arrivals(
    before: Diagram, after: Diagram, touched: set[WireId]
) -> Mapping[NodeId, tuple[WireId, ...]]:
    table = before.arrivals
    groups: dict[NodeId, set[WireId]] = {}
    for key in touched:
        for diagram in (before, after):
            if key in diagram.wires:
                target = diagram.wires[key].target
                groups.setdefault(target, set(table.get(target, ()))).discard(key)
    for key in touched:
        if key in after.wires:
            groups[after.wires[key].target].add(key)
    return _regrouped(table, groups)


def _incoming(
    before: Diagram, after: Diagram, touched: set[WireId]
) -> Mapping[NodeId, tuple[Wire, ...]]:
    targets = {wire.target for wire in _records(before.wires, after.wires, touched)}
    groups: dict[NodeId, list[Wire]] = {node: [] for node in targets}
    for wire in _arriving(after, targets):
        groups[wire.target].append(wire)
    for wires in groups.values():
        wires.sort(key=lambda wire: (wire.port, wire.order))
    return _regrouped(before.incoming, groups)


def _outgoing(
    before: Diagram, after: Diagram, touched: set[WireId]
) -> Mapping[NodeId, tuple[Wire, ...]]:
    changed = _records(before.wires, after.wires, touched)
    groups: dict[NodeId, list[Wire]] = {wire.source: [] for wire in changed}
    targets = {wire.target for wire in changed}
    for node in groups:
        targets.update(wire.target for wire in before.outgoing.get(node, ()))
    for wire in _arriving(after, targets):
        if wire.source in groups:
            groups[wire.source].append(wire)
    return _regrouped(before.outgoing, groups)


def _calls(
    before: Diagram, after: Diagram, touched: set[NodeId]
) -> Mapping[LayerId, tuple[NodeId, ...]]:
    nodes = _records(before.nodes, after.nodes, touched)
    groups: dict[LayerId, list[NodeId]] = {
        node.layer: [] for node in nodes if isinstance(node, CallNode)
    }
    near = touched.union(*(before.calls.get(layer, ()) for layer in groups))
    for key in in_order(near, after.nodes):
        node = after.nodes[key]
        if isinstance(node, CallNode) and node.layer in groups:
            groups[node.layer].append(key)
    return _regrouped(before.calls, groups)


def _of_kind(name: str, kind: type[Record]) -> _Reading:
    """Return what reads off the nodes of a kind."""

    def read(before: Diagram, after: Diagram, touched: set[NodeId]) -> Mapping[NodeId, Node]:
        known: Mapping[NodeId, Node] = getattr(before, name)
        now = {key: node for key in touched if isinstance(node := after.nodes.get(key), kind)}
        gone = [key for key in touched if key in known and key not in now]
        if not now and not gone:
            return known
        table = with_records(known, now, gone)
        new = {key for key in now if key not in known}
        if len(new) < 2 and are_last(new, after.nodes):
            return table
        return {key: table[key] for key in in_order(table.keys(), after.nodes)}

    return read


def _passive(before: Diagram, after: Diagram, touched: set[NodeId]) -> frozenset[NodeId]:
    now = (key for key in touched if key in after.nodes)
    passive = {key for key in now if after.nodes[key].use is not Use.ACTIVE}
    return before.passive - touched | passive


def _models(before: Diagram, after: Diagram, touched: set[LayerId]) -> Mapping[LayerId, Diagram]:
    layers = {key: after.layers[key] for key in touched if key in after.layers}
    came = {key: one.diagram for key, one in layers.items() if one.diagram is not None}
    return with_records(before.models, came, touched - came.keys())


def _layer_names(before: Diagram, after: Diagram, touched: set[LayerId]) -> Mapping[str, int]:
    gone = (before.layers[key].name for key in touched if key in before.layers)
    came = (after.layers[key].name for key in touched if key in after.layers)
    return _recounted(before.layer_names, gone, came)


def _tensor_names(before: Diagram, after: Diagram, touched: set[NodeId]) -> Mapping[str, int]:
    gone = tensor_names(before.nodes[key] for key in touched if key in before.nodes)
    came = tensor_names(after.nodes[key] for key in touched if key in after.nodes)
    return _recounted(before.tensor_names, gone, came)


def _recounted(
    known: Mapping[str, int], gone: Iterable[str], came: Iterable[str]
) -> Mapping[str, int]:
    """Return how often there are names after some went and some came."""
    counts = Counter(came)
    counts.subtract(gone)
    now = {name: known.get(name, 0) + more for name, more in counts.items() if more}
    left = {name: count for name, count in now.items() if count}
    return with_records(known, left, now.keys() - left.keys())


def _arriving(diagram: Diagram, targets: Iterable[NodeId]) -> list[Wire]:
    """Return the wires into some nodes, in the order of the table."""
    keys = {key for node in targets for key in diagram.arrivals.get(node, ())}
    return [diagram.wires[key] for key in in_order(keys, diagram.wires)]


def _records(
    before: Mapping[Key, Item], after: Mapping[Key, Item], keys: Iterable[Key]
) -> list[Item]:
    """Return the records under some keys, those of both tables."""
    return [table[key] for key in keys for table in (before, after) if key in table]


def _regrouped(
    table: Mapping[Key, tuple[Item, ...]], groups: Mapping[Key, Iterable[Item]]
) -> Mapping[Key, tuple[Item, ...]]:
    """Return a table with other groups of records, of which none is empty."""
    made = {key: tuple(group) for key, group in groups.items()}
    empty = [key for key, group in made.items() if not group]
    return with_records(table, {key: group for key, group in made.items() if group}, empty)


# What is read off each table.
_READINGS: Mapping[str, Mapping[str, _Reading]] = {
    # The others are found by the arrivals.
    "wires": {"arrivals": _arrivals, "incoming": _incoming, "outgoing": _outgoing},
    "nodes": {
        "calls": _calls,
        "inputs": _of_kind("inputs", InputNode),
        "heads": _of_kind("heads", HeadNode),
        "passive": _passive,
        "tensor_names": _tensor_names,
    },
    "layers": {"models": _models, "layer_names": _layer_names},
}
