"""How large the canvas draws the nodes of a diagram, for whoever lays them out."""

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, NodeId, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.measures import Measures
from graphstudio.studio.canvas.geometry import NodeShape
from graphstudio.studio.canvas.node_drawing import shape_of
from graphstudio.studio.canvas.node_value import NodeValue
from graphstudio.studio.canvas.ports import Side


def measures_of(
    diagram: Diagram,
    values: Mapping[NodeId, NodeValue],
    direction: Direction,
    shape: Callable[[NodeValue], NodeShape] = shape_of,
) -> Measures:
    """Return the measures of what is drawn.

    Args:
        diagram: the diagram; of a wire whose nodes are not both drawn, nothing is said.
        values: what is drawn of each node that is.
        direction: which way the diagram is read, or would be.
        shape: how large a node is that shows a value.
    """
    drawn = {
        node: (value.ports, shape(replace(value, direction=direction)))
        for node, value in values.items()
    }
    edge = 0 if direction is Direction.DOWN else 1
    sizes = {node: (one.width, one.height) for node, (_, one) in drawn.items()}
    ports: dict[WireId, tuple[float, float]] = {}
    for key, wire in diagram.wires.items():
        if wire.source in drawn and wire.target in drawn:
            (_, source), (slots, target) = drawn[wire.source], drawn[wire.target]
            start = source.centre(Side.OUTPUT, wire.output)[edge]
            ports[key] = (start, target.centre(Side.INPUT, slots.slot_of(wire))[edge])
    return Measures(sizes, ports, direction)
