"""What networkx says about a diagram: cycles, the order of calls, what depends on what."""

from collections.abc import Sequence

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
    found: set[NodeId] = set()
    waiting = list(nodes)
    while waiting:
        sources = {wire.source for wire in diagram.incoming.get(waiting.pop(), ())} - found
        found |= sources
        waiting += sources
    return found


def descendants(diagram: Diagram, node: NodeId) -> set[NodeId]:
    """Return every node that depends on ``node``."""
    return set(nx.descendants(diagram.graph, node))


def islands(diagram: Diagram) -> list[set[NodeId]]:
    """Return the sets of nodes that no wire joins, the largest first."""
    return sorted(nx.weakly_connected_components(diagram.graph), key=len, reverse=True)


def _knots(diagram: Diagram) -> list[set[NodeId]]:
    """Return the sets of nodes that depend on each other, or on themselves."""
    graph = diagram.graph
    found = nx.strongly_connected_components(graph)
    return [
        knot for knot in found if len(knot) > 1 or any(graph.has_edge(one, one) for one in knot)
    ]
