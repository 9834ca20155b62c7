"""The edit behind every wire that a hand draws or moves."""

from msgspec.structs import replace

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, Wire, WireId
from graphstudio.diagram.input_order import put_in_order


def put_wire(diagram: Diagram, wire_id: WireId, wire: Wire) -> Diagram:
    """Add a wire, or move the one of that id.

    A wire that ends at the same place gives way. A wire that moves within a port that takes a
    list changes the order of the list; on another one it takes at most the first free place.
    """
    lifted = diagram.wires.get(wire_id)
    if lifted is None:
        return edits.add_wire(diagram, wire_id, wire)
    if (lifted.target, lifted.port) == (wire.target, wire.port):
        return put_in_order(diagram, wire_id, wire)
    moved = edits.add_wire(edits.remove_wires(diagram, [wire_id]), wire_id, wire)
    bends = diagram.bends.get(wire_id)
    return replace(moved, bends={**moved.bends, wire_id: bends}) if bends else moved
