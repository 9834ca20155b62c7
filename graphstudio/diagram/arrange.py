"""Automatic layout: columns in calling order, with few crossings, straight wires and open ways.

Nodes are put into columns and ordered there, get heights that keep wires straight, and step out of
the way of wires that go past them. Top to bottom is the same with rows for columns.
"""

import math
from collections.abc import Mapping, Sequence

from graphstudio.diagram.clearance import Clearance
from graphstudio.diagram.columns import Columns, Ends, Place, columns_of
from graphstudio.diagram.course import Point
from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.heights import heights_of
from graphstudio.diagram.measures import Measures

_GAP_X = 64.0
_GAP_Y = 32.0
_LANE = 24.0
# Wires leave to the right and arrive from the left: between rows they need room to turn around.
_GAP_ROWS = 120.0
_GAP_IN_ROW = 72.0
# A wire past a row comes from the right edge of a node to the left edge of another.
_LANE_IN_ROW = 96.0


def arrange(
    diagram: Diagram,
    measures: Measures | None = None,
    direction: Direction = Direction.RIGHT,
) -> dict[NodeId, Position]:
    """Return a place for every node. The same diagram and measures give the same places.

    Args:
        diagram: what to lay out; nodes on a cycle go below the rest.
        measures: how large nodes are and where their ports lie; what is missing is guessed.
        direction: which way the tensors go.
    """
    known = (measures or Measures()).within(diagram)
    down = direction is Direction.DOWN
    layout = columns_of(diagram, _fractions(diagram, known))
    places = _placed(layout, known, down=down)
    axis, gap = (0, _GAP_IN_ROW) if down else (1, _GAP_Y)
    clear = Clearance(diagram, layout, known, places, axis, gap).make()
    positions = {node: Position(_whole(x), _whole(y)) for node, (x, y) in clear.items()}
    return {**positions, **_below(diagram, positions, known)}


def _fractions(diagram: Diagram, measures: Measures) -> Ends:
    """Return how far down its nodes each wire begins and ends, from 0 to 1."""
    found: dict[WireId, tuple[float, float]] = {}
    for key, wire in diagram.wires.items():
        start, end = measures.ports[key]
        found[key] = (start / measures.sizes[wire.source][1], end / measures.sizes[wire.target][1])
    return found


def _placed(layout: Columns, measures: Measures, *, down: bool) -> dict[NodeId, Point]:
    across, along = (0, 1) if down else (1, 0)
    lane, gap = (_LANE_IN_ROW, _GAP_IN_ROW) if down else (_LANE, _GAP_Y)
    lengths: dict[Place, float] = {
        place: measures.sizes[place][across] if isinstance(place, str) else lane
        for column in layout.columns
        for place in column
    }
    heights = heights_of(layout, lengths, gap, by_ports=not down)
    places: dict[NodeId, Point] = {}
    start = 0.0
    for column in layout.columns:
        nodes = _nodes(column)
        for node in nodes:
            places[node] = (heights[node], start) if down else (start, heights[node])
        start += max((measures.sizes[node][along] for node in nodes), default=0.0)
        start += _GAP_ROWS if down else _GAP_X
    return places


def _nodes(column: Sequence[Place]) -> list[NodeId]:
    return [place for place in column if isinstance(place, str)]


def _below(
    diagram: Diagram, placed: Mapping[NodeId, Position], measures: Measures
) -> dict[NodeId, Position]:
    """Return places, in a row below what is placed, for the nodes that are not."""
    bottoms = [place.y + measures.sizes[node][1] for node, place in placed.items()]
    x, y = 0.0, max(bottoms, default=-2 * _GAP_Y) + 2 * _GAP_Y
    row: dict[NodeId, Position] = {}
    for node in diagram.nodes:
        if node not in placed:
            row[node] = Position(x, y)
            x += measures.sizes[node][0] + _GAP_X
    return row


def _whole(length: float) -> float:
    """Return whole pixels, always rounded the same way so that what is level stays level."""
    return float(math.floor(length + 0.5))
