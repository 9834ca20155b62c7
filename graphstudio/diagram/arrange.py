"""Automatic layout: columns in calling order, with few crossings, straight wires and open ways.

Nodes are put into columns and ordered there, get heights that keep wires straight, and step out of
the way of wires that go past them. Top to bottom is the same with rows for columns.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from graphstudio.diagram.clearance import Clearance
from graphstudio.diagram.columns import Columns, Ends, Place, columns_of
from graphstudio.diagram.course import Point
from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.heights import heights_of
from graphstudio.diagram.measures import Measures


class _Gaps(msgspec.Struct, frozen=True):
    """The least room between columns, between the nodes of one, and of a wire past one."""

    columns: float
    nodes: float
    lane: float


_GAPS = _Gaps(64.0, 32.0, 24.0)
# Where ports lie on the other edges, wires need room to turn around between columns, and come to
# a lane from the edge of a node in another one.
_TURNING = _Gaps(120.0, 72.0, 96.0)


def arrange(
    diagram: Diagram,
    measures: Measures | None = None,
    direction: Direction = Direction.RIGHT,
) -> dict[NodeId, Position]:
    """Return a place for every node. The same diagram and measures give the same places.

    Args:
        diagram: what to lay out; nodes on a cycle go below the rest.
        measures: how large nodes are and where their ports lie; what is missing is guessed, with
            ports on the edges that the direction leads to.
        direction: which way the tensors go.
    """
    known = (measures or Measures(direction=direction)).within(diagram)
    layout = columns_of(diagram, _fractions(diagram, known))
    gaps = _GAPS if known.direction is direction else _TURNING
    places = _placed(layout, known, gaps, direction)
    axis = 0 if direction is Direction.DOWN else 1
    clear = Clearance(diagram, layout, known, places, axis, gaps.nodes).make()
    positions = {node: Position(_whole(x), _whole(y)) for node, (x, y) in clear.items()}
    return {**positions, **_below(diagram, positions, known)}


def _fractions(diagram: Diagram, measures: Measures) -> Ends:
    """Return how far along the edges of its nodes each wire begins and ends, from 0 to 1."""
    sizes, edge = measures.sizes, measures.edge
    found: dict[WireId, tuple[float, float]] = {}
    for key, wire in diagram.wires.items():
        start, end = measures.ports[key]
        found[key] = (start / sizes[wire.source][edge], end / sizes[wire.target][edge])
    return found


def _placed(
    layout: Columns, measures: Measures, gaps: _Gaps, direction: Direction
) -> dict[NodeId, Point]:
    down = direction is Direction.DOWN
    across, along = (0, 1) if down else (1, 0)
    lengths: dict[Place, float] = {
        place: measures.sizes[place][across] if isinstance(place, str) else gaps.lane
        for column in layout.columns
        for place in column
    }
    heights = heights_of(layout, lengths, gaps.nodes, by_ports=measures.direction is direction)
    places: dict[NodeId, Point] = {}
    start = 0.0
    for column in layout.columns:
        nodes = _nodes(column)
        for node in nodes:
            places[node] = (heights[node], start) if down else (start, heights[node])
        start += max((measures.sizes[node][along] for node in nodes), default=0.0)
        start += gaps.columns
    return places


def _nodes(column: Sequence[Place]) -> list[NodeId]:
    return [place for place in column if isinstance(place, str)]


def _below(
    diagram: Diagram, placed: Mapping[NodeId, Position], measures: Measures
) -> dict[NodeId, Position]:
    """Return places, in a row below what is placed, for the nodes that are not."""
    bottoms = [place.y + measures.sizes[node][1] for node, place in placed.items()]
    x, y = 0.0, max(bottoms, default=-_GAPS.columns) + _GAPS.columns
    row: dict[NodeId, Position] = {}
    for node in diagram.nodes:
        if node not in placed:
            row[node] = Position(x, y)
            x += measures.sizes[node][0] + _GAPS.columns
    return row


def _whole(length: float) -> float:
    """Return whole pixels, always rounded the same way so that what is level stays level."""
    return float(math.floor(length + 0.5))
