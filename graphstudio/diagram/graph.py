"""What networkx says about a diagram: cycles, the order of calls, what depends on what."""

from collections.abc import Callable, Iterable, Sequence

import networkx as nx

from graphstudio.diagram.diagram import Diagram, NodeId, WireId


def cycles(diagram: Diagram) -> list[tuple[WireId, ...]]:
    """Return one cycle, as its wires, for each knot of nodes that depend on each other."""
    graph = diagram.graph
    return sorted(
        tuple(key for _, _, key in nx.find_cycle(graph.subgraph(knot), min(knot)))
        for knot in _knots(diagram)
    )


def calling_order(diagram: Diagram) -> Sequence[NodeId]:
    """Return the nodes so that each comes after what it receives, else as they were added.

    Nodes on a cycle, and what depends on them, are left out.
    """
    graph = diagram.graph
    stuck: set[NodeId] = set()
    for knot in _knots(diagram):
        node = next(iter(knot))
        stuck |= nx.descendants(graph, node) | {node}
    place = {node: number for number, node in enumerate(diagram.nodes)}
    sound = graph.subgraph(graph.nodes - stuck) if stuck else graph
    return list(nx.lexicographical_topological_sort(sound, key=place.__getitem__))


def ancestors(diagram: Diagram, *nodes: NodeId) -> set[NodeId]:
    """Return every node that any of the given ones depends on."""
    return _reached(nodes, lambda one: (w.source for w in diagram.incoming.get(one, ())))


def descendants(diagram: Diagram, *nodes: NodeId) -> set[NodeId]:
    """Return every node that depends on any of the given ones."""
    return _reached(nodes, lambda one: (w.target for w in diagram.outgoing.get(one, ())))


def islands(diagram: Diagram) -> list[set[NodeId]]:
    """Return the sets of nodes that no wire and no shared layer joins, the largest first."""
    joined = nx.Graph(diagram.graph)
    for calls in diagram.calls.values():
        nx.add_path(joined, calls)
    return sorted(nx.connected_components(joined), key=len, reverse=True)


def _reached(
    nodes: Iterable[NodeId], neighbours: Callable[[NodeId], Iterable[NodeId]]
) -> set[NodeId]:
    """Return every node to which steps lead from any of the given ones."""
    found: set[NodeId] = set()
    waiting = list(nodes)
    while waiting:
        new = set(neighbours(waiting.pop())) - found
        found |= new
        waiting += new
    return found


def _knots(diagram: Diagram) -> list[set[NodeId]]:
    """Return the sets of nodes that depend on each other, or on themselves."""
    graph = diagram.graph
    found = nx.strongly_connected_components(graph)
    return [
        knot for knot in found if len(knot) > 1 or any(graph.has_edge(one, one) for one in knot)
    ]
