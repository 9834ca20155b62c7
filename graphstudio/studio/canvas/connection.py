"""Whether a wire may be drawn from one port to another, and every reason why it may not."""

from collections.abc import Mapping

import msgspec

from graphstudio.diagram.diagram import Diagram, InputNode, NodeId, Wire, WireId
from graphstudio.diagram.graph import ancestors, descendants
from graphstudio.diagram.locks import locked_sentence
from graphstudio.studio.canvas.ports import End, Ports, Side, Slot

PortsByNode = Mapping[NodeId, Ports]


class Attempt(msgspec.Struct, frozen=True):
    """A wire that someone began to draw.

    Attributes:
        diagram: what it is drawn in, without the wire that it takes the place of.
        start: the port that it begins at.
        looping: the nodes to which it would close a cycle, worked out once for all targets.
    """

    diagram: Diagram
    start: End
    looping: frozenset[NodeId]


def attempt(diagram: Diagram, start: End) -> Attempt:
    """Begin a wire at a port."""
    reach = ancestors if start.side is Side.OUTPUT else descendants
    return Attempt(diagram, start, frozenset(reach(diagram, start.node)))


def refusals(trial: Attempt, ports: PortsByNode, end: End) -> tuple[str, ...]:
    """Return every reason why a wire cannot end at a port, as sentences; none if it can.

    Args:
        trial: the wire.
        ports: the ports of every node.
        end: where it would end.
    """
    start, name = trial.start, trial.diagram.name_of
    reasons = [
        f"{name(one.node)!r} has no {one.side.value} {one.index}."
        for one in (start, end)
        if not _exists(ports, one)
    ]
    if start.side is end.side:
        other = "an input" if start.side is Side.OUTPUT else "an output"
        article = f"an {start.side.value}"
        reasons.append(f"Expected {other} to end at; received {article} of {name(end.node)!r}.")
        if start.node == end.node:
            reasons.append(_own_tensor(trial))
        return tuple(reasons)
    return (*reasons, *_node_refusals(trial, end.node))


def body_refusals(trial: Attempt, node: NodeId) -> tuple[str, ...]:
    """Return every reason why a wire cannot end at a node that has no port left for it."""
    name = trial.diagram.name_of(node)
    if trial.start.side is Side.INPUT:
        return (f"{name!r} gives no tensor.",)
    if isinstance(trial.diagram.nodes[node], InputNode):
        return (f"{name!r} is an input and takes no tensor.",)
    return _node_refusals(trial, node) or (
        f"{name!r} has no free port: drop on a port to replace its wire.",
    )


def lock_refusal(diagram: Diagram, target: NodeId) -> str:
    """Return why the wires into a node cannot change; nothing if they can."""
    if target not in diagram.locked:
        return ""
    return locked_sentence(diagram.name_of(target), "rewired")


def _node_refusals(trial: Attempt, node: NodeId) -> tuple[str, ...]:
    """Return why a wire cannot end at any port of a node's other side."""
    start, name = trial.start, trial.diagram.name_of
    first, last = (start.node, node) if start.side is Side.OUTPUT else (node, start.node)
    reasons = []
    if first == last:
        reasons.append(_own_tensor(trial))
    elif node in trial.looping:
        reasons.append(
            f"A wire from {name(first)!r} to {name(last)!r} would close a cycle: "
            f"{name(first)!r} already depends on {name(last)!r}."
        )
    locked = lock_refusal(trial.diagram, last)
    return (*reasons, locked) if locked else tuple(reasons)


def _own_tensor(trial: Attempt) -> str:
    return f"{trial.diagram.name_of(trial.start.node)!r} cannot receive its own tensor."


def end_on_body(trial: Attempt, ports: PortsByNode, node: NodeId) -> End | None:
    """Return the port that a wire dropped on a node's body takes: its first free one that fits."""
    if trial.start.side is Side.INPUT:
        return End(node, Side.OUTPUT) if ports[node].outputs else None
    slots = [(slot.optional, index) for index, slot in enumerate(ports[node].inputs)
             if not slot.wired]  # fmt: skip
    return End(node, Side.INPUT, min(slots)[1]) if slots else None


def wire_of(trial: Attempt, ports: PortsByNode, end: End) -> Wire:
    """Return the wire between an attempt's start and an end that was not refused."""
    source, target = (trial.start, end) if end.side is Side.INPUT else (end, trial.start)
    slot = ports[target.node].inputs[target.index]
    return Wire(
        source=source.node,
        output=source.index,
        target=target.node,
        port=slot.port,
        order=slot.order,
    )


def wire_at(diagram: Diagram, node: NodeId, slot: Slot) -> WireId | None:
    """Return the wire that ends at a slot, if there is one."""
    place = (node, slot.port, slot.order)
    found = (
        key for key, wire in diagram.wires.items() if (wire.target, wire.port, wire.order) == place
    )
    return next(found, None)


def _exists(ports: PortsByNode, end: End) -> bool:
    count = ports[end.node].outputs if end.side is Side.OUTPUT else len(ports[end.node].inputs)
    return 0 <= end.index < count
