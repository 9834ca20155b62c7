"""What networkx says about a diagram: cycles, the order of calls, what depends on what."""

from collections.abc import Callable, Iterable, Sequence
from heapq import heappop, heappush

import networkx as nx

from graphstudio.diagram.diagram import CallNode, Diagram, NodeId, WireId


def cycles(diagram: Diagram) -> list[tuple[WireId, ...]]:
    """Return one cycle, as its wires, for each knot of nodes that depend on each other."""
    return sorted(
        tuple(key for _, _, key in nx.find_cycle(diagram.graph.subgraph(knot), min(knot)))
        for knot in _knots(diagram)
    )


def calling_order(diagram: Diagram) -> Sequence[NodeId]:
    """Return the nodes so that each comes after what it receives, else as they were added.

    Nodes on a cycle, and what depends on them, are left out.
    """
    place = {node: number for number, node in enumerate(diagram.nodes)}
    wires = diagram.wires.values()
    # Most large diagrams come from somewhere that has them in order.
    if all(place[wire.source] < place[wire.target] for wire in wires):
        return list(diagram.nodes)
    waiting = {node: len(into) for node, into in diagram.incoming.items()}
    ready = [number for node, number in place.items() if node not in waiting]
    nodes, order = list(diagram.nodes), []
    while ready:
        node = nodes[heappop(ready)]
        order.append(node)
        for wire in diagram.outgoing.get(node, ()):
            waiting[wire.target] -= 1
            if not waiting[wire.target]:
                heappush(ready, place[wire.target])
    return order


def ancestors(diagram: Diagram, *nodes: NodeId) -> set[NodeId]:
    """Return every node that any of the given ones depends on."""
    into = diagram.incoming
    return _reached(nodes, lambda one: [wire.source for wire in into.get(one, ())])


def descendants(diagram: Diagram, *nodes: NodeId) -> set[NodeId]:
    """Return every node that depends on any of the given ones."""
    out = diagram.outgoing
    return _reached(nodes, lambda one: [wire.target for wire in out.get(one, ())])


def islands(diagram: Diagram) -> list[set[NodeId]]:
    """Return the sets of nodes that no wire and no shared layer joins, the largest first."""
    nodes, calls = diagram.nodes, diagram.calls
    incoming, outgoing = diagram.incoming, diagram.outgoing

    def joined(one: NodeId) -> Iterable[NodeId]:
        near = [wire.source for wire in incoming.get(one, ())]
        near += [wire.target for wire in outgoing.get(one, ())]
        node = nodes[one]
        if isinstance(node, CallNode):
            same = calls[node.layer]
            # The first call leads to the others and they to it, which joins them all.
            near += same if same[0] == one else same[:1]
        return near

    found: list[set[NodeId]] = []
    seen: set[NodeId] = set()
    for first in nodes:
        if first not in seen:
            found.append(_reached([first], joined) | {first})
            seen |= found[-1]
    return sorted(found, key=len, reverse=True)


def _reached(
    nodes: Iterable[NodeId], neighbours: Callable[[NodeId], Iterable[NodeId]]
) -> set[NodeId]:
    """Return every node to which steps lead from any of the given ones."""
    found: set[NodeId] = set()
    waiting = list(nodes)
    while waiting:
        for one in neighbours(waiting.pop()):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def _knots(diagram: Diagram) -> list[set[NodeId]]:
    """Return the sets of nodes that depend on each other, or on themselves."""
    if _is_acyclic(diagram):
        return []
    graph = diagram.graph
    found = nx.strongly_connected_components(graph)
    return [
        knot for knot in found if len(knot) > 1 or any(graph.has_edge(one, one) for one in knot)
    ]


def _is_acyclic(diagram: Diagram) -> bool:
    """Return whether every node can be called after what it receives.

    It is asked after each edit, and answered without networkx's graph, which takes longer to make.
    """
    waiting = {node: len(wires) for node, wires in diagram.incoming.items()}
    ready = [node for node in diagram.nodes if node not in waiting]
    while ready:
        for wire in diagram.outgoing.get(ready.pop(), ()):
            waiting[wire.target] -= 1
            if not waiting[wire.target]:
                del waiting[wire.target]
                ready.append(wire.target)
    return not waiting
