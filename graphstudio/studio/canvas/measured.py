"""How large the canvas draws the nodes of a diagram, for whoever lays them out."""

from collections.abc import Mapping

from graphstudio.diagram.diagram import Diagram, NodeId, WireId
from graphstudio.diagram.measures import Measures
from graphstudio.studio.canvas.geometry import NodeShape
from graphstudio.studio.canvas.ports import Ports, Side


def measures_of(diagram: Diagram, drawn: Mapping[NodeId, tuple[Ports, NodeShape]]) -> Measures:
    """Return the measures of what is drawn.

    Args:
        diagram: the diagram; of a wire whose nodes are not both drawn, nothing is said.
        drawn: ports and shape of each node that is.
    """
    sizes = {node: (shape.width, shape.height) for node, (_, shape) in drawn.items()}
    ports: dict[WireId, tuple[float, float]] = {}
    for key, wire in diagram.wires.items():
        if wire.source in drawn and wire.target in drawn:
            (_, source), (slots, target) = drawn[wire.source], drawn[wire.target]
            start = source.centre(Side.OUTPUT, wire.output)[1]
            ports[key] = (start, target.centre(Side.INPUT, slots.slot_of(wire))[1])
    return Measures(sizes, ports)
