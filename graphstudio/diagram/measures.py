"""How large nodes are and where their ports lie, as the canvas draws them or as it is guessed."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from graphstudio.diagram.course import Point
from graphstudio.diagram.diagram import Diagram, NodeId, Wire, WireId

Size: TypeAlias = tuple[float, float]

DEFAULT_SIZE: Size = (168.0, 76.0)
# Nodes of an unknown width get the room of a wide one, so that none touch.
_GUESSED_WIDTH = 220.0
# What the name of a port adds to the height of a node that has several.
_ROW = 20.0
_PITCH = 16.0


class Measures(msgspec.Struct, frozen=True):
    """The sizes of nodes and the ports of their wires, in pixels at 100% zoom.

    Attributes:
        sizes: width and height of each node.
        ports: how far below the tops of its nodes each wire begins and ends.
    """

    sizes: Mapping[NodeId, Size] = {}
    ports: Mapping[WireId, tuple[float, float]] = {}

    def within(self, diagram: Diagram) -> "Measures":
        """Return the measures of everything in a diagram; what is not known is guessed."""
        sizes = {node: self.sizes.get(node) or _guessed_size(diagram, node)
                 for node in diagram.nodes}  # fmt: skip
        ports = {
            key: self.ports.get(key) or _guessed_ports(diagram, wire, sizes)
            for key, wire in diagram.wires.items()
        }
        return Measures(sizes, ports)

    def ends(self, key: WireId, wire: Wire, source: Point, target: Point) -> tuple[Point, Point]:
        """Return where a wire begins and ends, with the top left corners of its nodes there."""
        start, end = self.ports[key]
        width = self.sizes[wire.source][0]
        return (source[0] + width, source[1] + start), (target[0], target[1] + end)


def _guessed_size(diagram: Diagram, node: NodeId) -> Size:
    """Return about what a node takes where nobody knows what it shows: a row for each port."""
    incoming = diagram.incoming.get(node, ())
    outputs = 1 + max((wire.output for wire in diagram.outgoing.get(node, ())), default=0)
    inputs = len(incoming) if len({wire.port for wire in incoming}) > 1 else 1
    rows = max(inputs, outputs)
    height = DEFAULT_SIZE[1]
    # One more for a port that takes no wire here.
    return _GUESSED_WIDTH, height + (_ROW * (rows + 1) if rows > 1 else 0.0)


def _guessed_ports(
    diagram: Diagram, wire: Wire, sizes: Mapping[NodeId, Size]
) -> tuple[float, float]:
    outputs = 1 + max(other.output for other in diagram.outgoing[wire.source])
    incoming = diagram.incoming[wire.target]
    start = _along(sizes[wire.source][1], wire.output, outputs)
    return start, _along(sizes[wire.target][1], incoming.index(wire), len(incoming))


def _along(height: float, number: int, count: int) -> float:
    """Return how far down an edge one of several ports lies."""
    pitch = min(_PITCH, height / count)
    return height / 2 + pitch * (number - (count - 1) / 2)
