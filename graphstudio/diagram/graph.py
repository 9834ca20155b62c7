"""The diagram as a networkx graph: nodes by id, with one edge a wire, keyed by the wire's id."""

from collections.abc import Sequence

import networkx as nx

from graphstudio.diagram.diagram import Diagram, NodeId, WireId


def to_networkx(diagram: Diagram) -> "nx.MultiDiGraph":
    """Return the diagram's nodes and wires as a directed graph."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(diagram.nodes)
    graph.add_edges_from((wire.source, wire.target, key) for key, wire in diagram.wires.items())
    return graph


def cycles(diagram: Diagram) -> list[tuple[WireId, ...]]:
    """Return one cycle, as its wires, for each knot of nodes that depend on each other."""
    graph = to_networkx(diagram)
    found = []
    for knot in nx.strongly_connected_components(graph):
        start = min(knot)
        if len(knot) > 1 or graph.has_edge(start, start):
            found.append(tuple(key for _, _, key in nx.find_cycle(graph.subgraph(knot), start)))
    return sorted(found)


def calling_order(diagram: Diagram) -> Sequence[NodeId]:
    """Return the nodes so that each comes after what it receives, else as they were added.

    Nodes on a cycle, and what depends on them, are left out.
    """
    graph = to_networkx(diagram)
    for knot in list(nx.strongly_connected_components(graph)):
        if len(knot) > 1 or any(graph.has_edge(node, node) for node in knot):
            node = next(iter(knot))
            graph.remove_nodes_from(nx.descendants(graph, node) | {node})
    place = {node: number for number, node in enumerate(diagram.nodes)}
    return list(nx.lexicographical_topological_sort(graph, key=place.__getitem__))


def ancestors(diagram: Diagram, node: NodeId) -> set[NodeId]:
    """Return every node that ``node`` depends on."""
    return set(nx.ancestors(to_networkx(diagram), node))


def descendants(diagram: Diagram, node: NodeId) -> set[NodeId]:
    """Return every node that depends on ``node``."""
    return set(nx.descendants(to_networkx(diagram), node))


def islands(diagram: Diagram) -> list[set[NodeId]]:
    """Return the sets of nodes that no wire joins, the largest first."""
    return sorted(nx.weakly_connected_components(to_networkx(diagram)), key=len, reverse=True)
