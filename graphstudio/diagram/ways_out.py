"""Ways out of what is wrong with links: first those that build something, last those that remove.

They are proposals; whoever offers them tries them first.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import TypeAlias

from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import HEAD_PORT, CallNode, Diagram, NodeId, Use, WireId
from graphstudio.diagram.graph import ancestors, descendants
from graphstudio.diagram.insertions import derived_id

# Gives nodes that take a while to find, to those who need them.
Nodes: TypeAlias = Callable[[], Sequence[NodeId]]


def remove(diagram: Diagram, node_id: NodeId, kind: str = "") -> Repair:
    """Return the removal of a node.

    Args:
        diagram: the diagram.
        node_id: the node.
        kind: what the title calls it before its name, such as ``"the head "``.
    """
    title = f"Remove {kind}{diagram.name_of(node_id)}"
    return Repair(title, "remove_nodes", {"node_ids": [node_id]})


def mute(diagram: Diagram, node_id: NodeId) -> Repair:
    """Return the muting of a node."""
    arguments = {"node_ids": [node_id], "use": Use.MUTED.value}
    return Repair(f"Mute {diagram.name_of(node_id)}", "set_use", arguments)


def unmute_head(diagram: Diagram, head: NodeId) -> Iterator[Repair]:
    """Yield that a head and whatever it needs are no longer muted."""
    needed = {head, *ancestors(diagram, head)}
    muted = [i for i, node in diagram.nodes.items() if i in needed and node.use is Use.MUTED]
    if muted:
        alone = muted == [head]
        title = f"Unmute {diagram.name_of(head)}" + ("" if alone else " and what it needs")
        yield Repair(title, "set_use", {"node_ids": muted, "use": Use.ACTIVE.value})


def out_of_cycle(diagram: Diagram, wires: Sequence[WireId]) -> Iterator[Repair]:
    """Yield the removal of each wire of a cycle, first of those that lead back.

    A wire leads back if it ends where the cycle is entered from outside; of several, the one that
    was drawn last closed the cycle.
    """
    inside = {diagram.wires[key].source for key in wires}
    places = {key: place for place, key in enumerate(diagram.wires)}

    def leads_back(key: WireId) -> tuple[bool, int]:
        into = diagram.incoming[diagram.wires[key].target]
        entered = any(wire.source not in inside for wire in into)
        return not entered, -places[key]

    for key in sorted(wires, key=leads_back):
        wire = diagram.wires[key]
        ends = f"from {diagram.name_of(wire.source)} to {diagram.name_of(wire.target)}"
        yield Repair(f"Remove the wire {ends}", "remove_wires", {"wire_ids": [key]})


def out_of_dead_end(diagram: Diagram, node_id: NodeId, taken: Collection[str]) -> Iterator[Repair]:
    """Yield a new head for a call that feeds nothing, and its removal.

    Args:
        diagram: the diagram.
        node_id: the call.
        taken: the diagram's :func:`taken_ids`.
    """
    name = diagram.name_of(node_id)
    new = derived_id(taken, node_id, "head")
    yield Repair(
        f"Add a head that takes {name}", "attach_head", {"source": node_id, "node_id": new}
    )
    yield remove(diagram, node_id)


def taken_ids(diagram: Diagram) -> Collection[str]:
    """Return the ids of all nodes and wires."""
    return diagram.nodes.keys() | diagram.wires.keys()


def feed_head(diagram: Diagram, head: NodeId, ends: Nodes) -> Iterator[Repair]:
    """Yield a wire to a head from the nearest call that feeds nothing, and the head's removal.

    Args:
        diagram: the diagram.
        head: the head.
        ends: gives the diagram's :func:`dead_ends`.
    """
    for source in nearest(diagram, head, ends())[:1]:
        yield _to_head(diagram, source, head, f"Connect {diagram.name_of(source)}")
    yield remove(diagram, head)


def dead_ends(diagram: Diagram) -> list[NodeId]:
    """Return the calls that receive something and feed nothing."""
    ends = diagram.incoming.keys() - diagram.outgoing.keys()
    return [
        node_id
        for node_id, node in diagram.nodes.items()
        if node_id in ends and isinstance(node, CallNode)
    ]


def rewire_head(diagram: Diagram, head: NodeId, sound: Nodes) -> Iterator[Repair]:
    """Yield a wire to a head from the nearest call that depends on the model's inputs alone.

    Args:
        diagram: the diagram.
        head: the head.
        sound: gives the diagram's :func:`sound_calls`.
    """
    for source in nearest(diagram, head, sound())[:1]:
        yield _to_head(diagram, source, head, f"Connect {diagram.name_of(source)} instead")


def _to_head(diagram: Diagram, source: NodeId, head: NodeId, title: str) -> Repair:
    wire_id = derived_id(diagram.wires, source, head)
    arguments = {"wire_id": wire_id, "source": source, "target": head, "port": HEAD_PORT}
    return Repair(title, "connect", arguments)


def sound_calls(diagram: Diagram) -> list[NodeId]:
    """Return the calls that depend on inputs of the model, and on no others."""
    listed = [key for key, node in diagram.inputs.items() if node.in_model]
    others = [key for key, node in diagram.inputs.items() if not node.in_model]
    sound = descendants(diagram, *listed) - descendants(diagram, *others)
    return [
        node_id
        for node_id, node in diagram.nodes.items()
        if isinstance(node, CallNode) and node_id in sound
    ]


def first_input(diagram: Diagram) -> Iterator[Repair]:
    """Yield a new input."""
    new = derived_id(diagram.nodes, diagram.name, "input")
    yield Repair("Add an input", "place_input", {"node_id": new})


def first_head(diagram: Diagram) -> Iterator[Repair]:
    """Yield a head for the last node that feeds nothing, if there is one."""
    for node_id in reversed(list(diagram.nodes)):
        if node_id not in diagram.outgoing:
            yield next(out_of_dead_end(diagram, node_id, taken_ids(diagram)))
            return


def nearest(diagram: Diagram, node_id: NodeId, others: Sequence[NodeId]) -> list[NodeId]:
    """Return nodes by their distance on the canvas; those that were added last where none is known.

    Args:
        diagram: the diagram.
        node_id: where the distance is measured from.
        others: the nodes to sort.
    """
    places = diagram.positions
    newest_first = list(reversed(others))
    if node_id not in places:
        return newest_first
    here = places[node_id]

    def distance(other: NodeId) -> float:
        there = places.get(other)
        return abs(there.x - here.x) + abs(there.y - here.y) if there else float("inf")

    return sorted(newest_first, key=distance)
