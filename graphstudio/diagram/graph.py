"""What networkx says about a diagram: cycles, the order of calls, what depends on what."""

from collections.abc import Callable, Iterable, Iterator, Sequence

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

    def joined(one: NodeId) -> Iterator[NodeId]:
        yield from (wire.source for wire in diagram.incoming.get(one, ()))
        yield from (wire.target for wire in diagram.outgoing.get(one, ()))
        node = diagram.nodes[one]
        if isinstance(node, CallNode):
            calls = diagram.calls[node.layer]
            # The first call leads to the others and they to it, which joins them all.
            yield from calls if calls[0] == one else calls[:1]

    found: list[set[NodeId]] = []
    left = dict.fromkeys(diagram.nodes)
    while left:
        first = next(iter(left))
        found.append(_reached([first], joined) | {first})
        for node in found[-1]:
            del left[node]
    return sorted(found, key=len, reverse=True)


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
