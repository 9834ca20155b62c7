"""What becomes of wires where nodes are taken out of a diagram."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from graphstudio.diagram.diagram import NodeId, Wire, WireId


def through(first: Mapping[NodeId, Wire]) -> dict[NodeId, Wire]:
    """Return the wire at the far end of each row of calls that give a tensor on.

    Calls that give it on in a circle are none of them.

    Args:
        first: the wire that brings each call what it gives on.
    """
    found: dict[NodeId, Wire | None] = {}
    for start in first:
        row: dict[NodeId, None] = {}
        node = start
        while node in first and node not in found and node not in row:
            row[node] = None
            node = first[node].source
        ahead = list(row)
        if node in row:
            circle = ahead.index(node)
            found |= dict.fromkeys(ahead[circle:])
            ahead = ahead[:circle]
        for one in reversed(ahead):
            found[one] = found.get(first[one].source) or first[one]
    return {node: wire for node, wire in found.items() if wire is not None}


def unwanted(wires: Mapping[WireId, Wire], lost: Iterable[NodeId]) -> set[NodeId]:
    """Return the nodes that feed nothing any longer, of those that have lost what they fed.

    Args:
        wires: the wires that are left.
        lost: the nodes that fed something that is left out.
    """
    feeds = Counter(wire.source for wire in wires.values())
    into: defaultdict[NodeId, list[NodeId]] = defaultdict(list)
    for wire in wires.values():
        into[wire.target].append(wire.source)
    found: set[NodeId] = set()
    waiting = [node for node in lost if not feeds[node]]
    while waiting:
        node = waiting.pop()
        found.add(node)
        for source in into[node]:
            feeds[source] -= 1
            if not feeds[source]:
                waiting.append(source)
    return found


def with_source(wire: Wire, node: NodeId, output: int) -> Wire:
    """Return a wire that begins at an output of a node."""
    same = (node, output) == (wire.source, wire.output)
    return wire if same else replace(wire, source=node, output=output)


def without_gaps(
    wires: Mapping[WireId, Wire], missing: Mapping[tuple[NodeId, str], Collection[int]]
) -> dict[WireId, Wire]:
    """Return wires that stand closer on the ports from which others are missing."""
    closed: dict[WireId, Wire] = {}
    for key, wire in wires.items():
        before = sum(order < wire.order for order in missing.get((wire.target, wire.port), ()))
        closed[key] = replace(wire, order=wire.order - before) if before else wire
    return closed
