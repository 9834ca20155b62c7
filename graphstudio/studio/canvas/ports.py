"""The ports of a node: where wires can begin and end."""

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache

import msgspec
from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog, Port
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    NodeId,
    Wire,
)

_KINDS = 1000


class Side(Enum):
    """Which edge of a node a port lies on."""

    INPUT = "input"
    OUTPUT = "output"


class Slot(msgspec.Struct, frozen=True):
    """A place where one wire can end.

    Attributes:
        port: the argument of the call.
        order: the place among the tensors of a port that takes a list.
        variadic: whether the port takes a list.
        optional: whether the call works without it, or holds a constant for it.
        wired: whether a wire ends there.
    """

    port: str
    order: int = 0
    variadic: bool = False
    optional: bool = False
    wired: bool = False

    @property
    def label(self) -> str:
        """What the canvas calls it."""
        listed = self.variadic and (self.wired or self.order)
        return f"{self.port}[{self.order}]" if listed else self.port


class Ports(msgspec.Struct, frozen=True):
    """The ports of one node.

    Attributes:
        inputs: places for wires, a list port with one free place more than wires.
        outputs: how many tensors leave the node.
        heads: the names of a nested model's outputs; empty for anything else.
    """

    inputs: tuple[Slot, ...] = ()
    outputs: int = 0
    heads: tuple[str, ...] = ()

    def slot_of(self, wire: Wire) -> int:
        """Return the number of the place where a wire ends; 0 if there is none."""
        for number, slot in enumerate(self.inputs):
            if (slot.port, slot.order) == (wire.port, wire.order):
                return number
        return 0

    def output_label(self, number: int) -> str:
        """Return what the canvas calls an output."""
        return self.heads[number] if number < len(self.heads) else f"[{number}]"


class End(msgspec.Struct, frozen=True):
    """One port of one node.

    Attributes:
        node: the node.
        side: the edge that the port lies on.
        index: place among the node's :attr:`Ports.inputs`, or number of the output.
    """

    node: NodeId
    side: Side
    index: int = 0


def ports_of(diagram: Diagram, node_id: NodeId, catalog: Catalog, outputs: int = 0) -> Ports:
    """Return a node's ports.

    Args:
        diagram: where the node is.
        node_id: the node.
        catalog: what the ports of a layer are read from.
        outputs: how many tensors Keras says that the node gives; 0 while that is unknown.
    """
    node = diagram.nodes[node_id]
    incoming = diagram.incoming.get(node_id, ())
    if isinstance(node, HeadNode):
        return Ports(_slots((Port(HEAD_PORT),), incoming))
    used = max((wire.output + 1 for wire in diagram.outgoing.get(node_id, ())), default=1)
    if isinstance(node, InputNode):
        return Ports(_slots((), incoming), max(used, 1))
    declared = _declared(diagram, node, catalog)
    inner = diagram.layers[node.layer].diagram
    heads = tuple(head.name for head in inner.heads.values()) if inner else ()
    return Ports(_slots(declared, incoming), max(used, outputs, len(heads)), heads)


def _declared(diagram: Diagram, node: CallNode, catalog: Catalog) -> tuple[Port, ...]:
    entry = catalog.entry_of(diagram.layers[node.layer])
    ports = entry.ports if entry else (Port("inputs"),)
    if not node.arguments:
        return ports
    return tuple(
        replace(port, optional=port.optional or port.name in node.arguments) for port in ports
    )


def _slots(declared: tuple[Port, ...], incoming: tuple[Wire, ...]) -> tuple[Slot, ...]:
    return _slots_at(declared, tuple((wire.port, wire.order) for wire in incoming))


@lru_cache(_KINDS)
def _slots_at(
    declared: tuple[Port, ...], arriving: tuple[tuple[str, int], ...]
) -> tuple[Slot, ...]:
    """Return the slots of a node; the nodes of a diagram are of few kinds."""
    return tuple(_each_slot(declared, arriving))


def _each_slot(declared: tuple[Port, ...], arriving: tuple[tuple[str, int], ...]) -> Iterator[Slot]:
    known = {port.name for port in declared}
    # A wire to a port that the call does not have still shows, so that it can be moved away.
    unknown = dict.fromkeys(port for port, _ in arriving if port not in known)
    for port in (*declared, *map(Port, unknown)):
        orders = {order for name, order in arriving if name == port.name}
        free = 1 if port.variadic or not orders else 0
        for order in range(max(orders, default=-1) + 1 + free):
            yield Slot(port.name, order, port.variadic, port.optional, order in orders)
