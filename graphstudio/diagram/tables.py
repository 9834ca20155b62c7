"""What is read off a diagram's tables, brought from one value to the next with little work.

An edit touches a few records, and a large diagram has ten thousand: what was read off the value
before holds for all others. What differs is found by identity, so no edit has to say what it does.
"""

from collections.abc import Collection, Mapping, MutableMapping, Sequence
from itertools import chain, compress
from operator import is_not
from typing import Any, TypeVar

from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    Node,
    Wire,
)
from graphstudio.diagram.nesting import diagram_at, reachable

Key = TypeVar("Key")
Item = TypeVar("Item")

# With more than this share of the records touched, all is read off as quickly anew.
_SHARE = 0.2


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

    A history of many diagrams thus costs the memory of one.
    """
    if before is not after:
        share(before, after)
        vars(before).clear()


def share(before: Diagram, after: Diagram) -> None:
    """Let a diagram know what was read off another one.

    What nobody asked for yet, and what is mostly another diagram's, is read off when it is asked
    for.
    """
    known, made = vars(before), vars(after)
    wires = touched(before.wires, after.wires)
    if wires is not None:
        _share_wires(known, made, after, wires)
    nodes = touched(before.nodes, after.nodes)
    if nodes is not None:
        _share_nodes(known, made, after, nodes)


def touched(before: Mapping[Key, Item], after: Mapping[Key, Item]) -> Sequence[Item] | None:
    """Return the records that came or went, a replaced one as both; none if they are too many."""
    if before is after:
        return ()
    most = _SHARE * len(after)
    if abs(len(before) - len(after)) > most:
        return None
    # A loop in Python over all records would take longer than all the rest.
    came = list(compress(after, map(is_not, after.values(), map(before.get, after))))
    went = before.keys() - after.keys()
    if len(came) + len(went) > most:
        return None
    replaced = (key for key in came if key in before)
    return [*(after[key] for key in came), *(before[key] for key in chain(went, replaced))]


def _share_wires(
    known: Mapping[str, Any],
    made: MutableMapping[str, Any],
    after: Diagram,
    wires: Sequence[Wire],
) -> None:
    sources, targets = {wire.source for wire in wires}, {wire.target for wire in wires}
    near = Diagram(
        wires={
            key: wire
            for key, wire in (after.wires.items() if wires else ())
            if wire.target in targets or wire.source in sources
        }
    )
    if "incoming" in known:
        made["incoming"] = _renewed(known["incoming"], near.incoming, targets)
    if "outgoing" in known:
        made["outgoing"] = _renewed(known["outgoing"], near.outgoing, sources)


def _share_nodes(
    known: Mapping[str, Any],
    made: MutableMapping[str, Any],
    after: Diagram,
    nodes: Sequence[Node],
) -> None:
    layers = {node.layer for node in nodes if isinstance(node, CallNode)}
    if "calls" in known:
        near = Diagram(
            nodes={
                key: node
                for key, node in (after.nodes.items() if layers else ())
                if isinstance(node, CallNode) and node.layer in layers
            }
        )
        made["calls"] = _renewed(known["calls"], near.calls, layers)
    for name, kind in (("inputs", InputNode), ("heads", HeadNode)):
        # There are few of them, in the order in which they were added.
        if name in known and not any(isinstance(node, kind) for node in nodes):
            made[name] = known[name]


def _renewed(
    known: Mapping[Key, Item], fresh: Mapping[Key, Item], keys: Collection[Key]
) -> Mapping[Key, Item]:
    """Return a table with fresh records under some keys, where there are any."""
    if not keys:
        return known
    table = dict(known)
    for key in keys:
        if key in fresh:
            table[key] = fresh[key]
        else:
            table.pop(key, None)
    return table
