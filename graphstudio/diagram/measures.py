"""How large nodes are and where their ports lie, as the canvas draws them or as it is guessed."""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from graphstudio.diagram.course import Point
from graphstudio.diagram.diagram import Diagram, NodeId, Wire, WireId
from graphstudio.diagram.direction import Direction

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
        ports: how far along the edges of its nodes each wire begins and ends, from the top or from
            the left.
        direction: which way wires leave their nodes, which says on which edges ports lie.
    """

    sizes: Mapping[NodeId, Size] = {}
    ports: Mapping[WireId, tuple[float, float]] = {}
    direction: Direction = Direction.RIGHT

    def within(self, diagram: Diagram) -> "Measures":
        """Return the measures of everything in a diagram; what is not known is guessed."""
        guess = _guessed_size_down if self.direction is Direction.DOWN else _guessed_size
        sizes = {node: self.sizes.get(node) or guess(diagram, node) for node in diagram.nodes}
        ports = {
            key: self.ports.get(key) or _guessed_ports(diagram, wire, sizes, self.edge)
            for key, wire in diagram.wires.items()
        }
        return Measures(sizes, ports, self.direction)

    @property
    def edge(self) -> int:
        """Along which edge ports lie: 1 along the height of a node, 0 along its width."""
        return 0 if self.direction is Direction.DOWN else 1

    def ends(self, key: WireId, wire: Wire, source: Point, target: Point) -> tuple[Point, Point]:
        """Return where a wire begins and ends, with the top left corners of its nodes there."""
        start, end = self.ports[key]
        width, height = self.sizes[wire.source]
        if self.direction is Direction.DOWN:
            return (source[0] + start, source[1] + height), (target[0] + end, target[1])
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


def _guessed_size_down(diagram: Diagram, node: NodeId) -> Size:
    """Return about what a node takes whose ports lie above and below, with a row of names each."""
    ports = len({wire.port for wire in diagram.incoming.get(node, ())})
    outputs = len({wire.output for wire in diagram.outgoing.get(node, ())})
    width, height = _GUESSED_WIDTH, DEFAULT_SIZE[1]
    return width, height + _ROW * ((ports > 1) + (outputs > 1))


def _guessed_ports(
    diagram: Diagram, wire: Wire, sizes: Mapping[NodeId, Size], edge: int
) -> tuple[float, float]:
    outputs = 1 + max(other.output for other in diagram.outgoing[wire.source])
    incoming = diagram.incoming[wire.target]
    start = _along(sizes[wire.source][edge], wire.output, outputs)
    return start, _along(sizes[wire.target][edge], incoming.index(wire), len(incoming))


def _along(length: float, number: int, count: int) -> float:
    """Return how far along an edge one of several ports lies."""
    pitch = min(_PITCH, length / count)
    return length / 2 + pitch * (number - (count - 1) / 2)
