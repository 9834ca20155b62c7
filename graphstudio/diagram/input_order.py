"""Edits of the order in which a port that takes a list receives its tensors."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, NodeId, Wire, WireId
from graphstudio.diagram.pages import in_order, with_records
from graphstudio.diagram.tables import edited


def wires_into(diagram: Diagram, node: NodeId, port: str) -> list[WireId]:
    """Return the wires into a port in their order."""
    arriving = in_order(diagram.arrivals.get(node, ()), diagram.wires)
    found = [key for key in arriving if diagram.wires[key].port == port]
    return sorted(found, key=lambda key: diagram.wires[key].order)


def put_in_order(diagram: Diagram, wire_id: WireId, wire: Wire) -> Diagram:
    """Put another record in the place of a wire, at its place in the list of the same port."""
    others = [key for key in wires_into(diagram, wire.target, wire.port) if key != wire_id]
    changed = edited(diagram, wires=with_records(diagram.wires, {wire_id: wire}))
    return _numbered(changed, [*others[: wire.order], wire_id, *others[wire.order :]])


def move_input(diagram: Diagram, wire_id: WireId, step: int) -> Diagram:
    """Move a wire by some places in the list of its port, as far as the list goes."""
    wire = diagram.wires[wire_id]
    last = len(wires_into(diagram, wire.target, wire.port)) - 1
    order = min(max(wire.order + step, 0), last)
    if order == wire.order:
        return diagram
    return put_in_order(diagram, wire_id, replace(wire, order=order))


def lists_into(diagram: Diagram, node: NodeId) -> list[list[WireId]]:
    """Return the wires into each port of a node that receives several, in their order."""
    ports = dict.fromkeys(wire.port for wire in diagram.incoming.get(node, ()))
    found = (wires_into(diagram, node, port) for port in ports)
    return [wires for wires in found if len(wires) > 1]


def sort_inputs(diagram: Diagram, node: NodeId, heights: Mapping[WireId, float]) -> Diagram:
    """Order the wires into a node by the heights at which they come, the topmost first.

    Wires that come at the same height keep their order.

    Args:
        diagram: where the node is.
        node: the node.
        heights: of every wire into the node, downwards.
    """
    for wires in lists_into(diagram, node):
        diagram = _numbered(diagram, sorted(wires, key=heights.__getitem__))
    return diagram


def _numbered(diagram: Diagram, order: Sequence[WireId]) -> Diagram:
    """Number wires by their place, and leave those alone that have it already."""
    moved = {
        key: replace(diagram.wires[key], order=number)
        for number, key in enumerate(order)
        if diagram.wires[key].order != number
    }
    return edited(diagram, wires=with_records(diagram.wires, moved)) if moved else diagram
