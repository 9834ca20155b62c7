"""Automatic layout: columns from left to right in calling order, with few crossings.

The method is the layered one of Sugiyama, Tagawa and Toda (1981): nodes go into columns by their
longest distance from an input; a wire that skips columns holds a place in each of them, so that it
bends around nodes and not through them; sweeps order the columns by the mean place of their
neighbours, and those of one node by its ports; the same means then pull nodes onto straight lines.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import TypeAlias

import msgspec

from graphstudio.diagram.diagram import Diagram, NodeId, Position, Wire
from graphstudio.diagram.graph import calling_order

Size: TypeAlias = tuple[float, float]
# A place in a column: a node, or a wire's way past the column.
Place: TypeAlias = NodeId | tuple[str, int]

DEFAULT_SIZE: Size = (168.0, 76.0)
# Nodes of an unknown width get the room of a wide one, so that none touch.
_GUESSED_WIDTH = 220.0
# What the name of a port adds to the height of a node that has several.
_ROW = 20.0
_GAP_X = 64.0
_GAP_Y = 32.0
_LANE = 24.0
# How much more a wire past a column pulls than a node does: it stays straight, nodes make room.
_LANE_WEIGHT = 8.0
_SWEEPS = 8


class _Layout(msgspec.Struct, frozen=True):
    columns: list[list[Place]]
    before: Mapping[Place, list[Place]]
    after: Mapping[Place, list[Place]]
    sizes: Mapping[Place, Size]
    # How far down an edge a wire that comes to a place begins and ends, from 0 to below 1.
    starts: Mapping[Place, list[float]]
    ends: Mapping[Place, list[float]]


def arrange(diagram: Diagram, sizes: Mapping[NodeId, Size] | None = None) -> dict[NodeId, Position]:
    """Return a place for every node. The same diagram and sizes give the same places.

    Args:
        diagram: what to lay out; nodes on a cycle go below the rest.
        sizes: width and height of each node in pixels; without, they are guessed.
    """
    sizes = sizes or {node: _guessed_size(diagram, node) for node in diagram.nodes}
    layout = _layout(diagram, sizes)
    _order_columns(layout)
    heights = _heights(layout)
    positions: dict[NodeId, Position] = {}
    x = 0.0
    for column in layout.columns:
        width = max((layout.sizes[place][0] for place in column), default=0.0)
        for place in column:
            if isinstance(place, str):
                top = heights[place] - layout.sizes[place][1] / 2
                positions[place] = Position(x, float(round(top)))
        x += width + _GAP_X
    return {**positions, **_below(diagram, positions, sizes)}


def _guessed_size(diagram: Diagram, node: NodeId) -> Size:
    """Return about what a node takes where nobody knows what it shows: a row for each port."""
    incoming = diagram.incoming.get(node, ())
    outputs = 1 + max((wire.output for wire in diagram.outgoing.get(node, ())), default=0)
    inputs = len(incoming) if len({wire.port for wire in incoming}) > 1 else 1
    rows = max(inputs, outputs)
    height = DEFAULT_SIZE[1]
    # One more for a port that takes no wire here.
    return _GUESSED_WIDTH, height + (_ROW * (rows + 1) if rows > 1 else 0.0)


def _layout(diagram: Diagram, sizes: Mapping[NodeId, Size]) -> _Layout:
    order = calling_order(diagram)
    depth = _depths(diagram, order)
    columns: list[list[Place]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    place_sizes: dict[Place, Size] = {}
    before: defaultdict[Place, list[Place]] = defaultdict(list)
    after: defaultdict[Place, list[Place]] = defaultdict(list)
    starts: defaultdict[Place, list[float]] = defaultdict(list)
    ends: defaultdict[Place, list[float]] = defaultdict(list)
    for node in order:
        columns[depth[node]].append(node)
        place_sizes[node] = sizes.get(node, DEFAULT_SIZE)
    for key, wire in diagram.wires.items():
        if wire.source not in depth or wire.target not in depth:
            continue
        lanes: list[Place] = [(key, n) for n in range(depth[wire.source] + 1, depth[wire.target])]
        for number, lane in enumerate(lanes, depth[wire.source] + 1):
            columns[number].append(lane)
            place_sizes[lane] = (0.0, _LANE)
        for left, right in pairwise([wire.source, *lanes, wire.target]):
            after[left].append(right)
            before[right].append(left)
            starts[right].append(_start(diagram, wire) if left == wire.source else 0.0)
            ends[left].append(_end(diagram, wire) if right == wire.target else 0.0)
    return _Layout(columns, before, after, place_sizes, starts, ends)


def _start(diagram: Diagram, wire: Wire) -> float:
    outputs = 1 + max(other.output for other in diagram.outgoing[wire.source])
    return wire.output / outputs


def _end(diagram: Diagram, wire: Wire) -> float:
    incoming = diagram.incoming[wire.target]
    return incoming.index(wire) / len(incoming)


def _depths(diagram: Diagram, order: Sequence[NodeId]) -> dict[NodeId, int]:
    """Return each node's column; an input stands right before the first node that it feeds."""
    depth: dict[NodeId, int] = {}
    for node in order:
        sources = [wire.source for wire in diagram.incoming.get(node, ())]
        depth[node] = max((depth[source] + 1 for source in sources), default=0)
    for node in reversed(order):
        targets = [depth[w.target] for w in diagram.outgoing.get(node, ()) if w.target in depth]
        if node not in diagram.incoming and targets:
            depth[node] = min(targets) - 1
    return depth


def _order_columns(layout: _Layout) -> None:
    for sweep in range(_SWEEPS):
        forward = sweep % 2 == 0
        columns = layout.columns if forward else layout.columns[::-1]
        neighbours = layout.before if forward else layout.after
        ports = layout.starts if forward else layout.ends
        for fixed, free in pairwise(columns):
            rank = {place: float(number) for number, place in enumerate(fixed)}
            own = {place: float(number) for number, place in enumerate(free)}
            means = {
                p: _mean(neighbours.get(p, ()), rank, own[p]) + fmean(ports.get(p) or [0.0])
                for p in free
            }
            free.sort(key=means.__getitem__)


def _heights(layout: _Layout) -> dict[Place, float]:
    """Return the vertical centre of every place."""
    centre: dict[Place, float] = {}
    for column in layout.columns:
        _spread(column, dict.fromkeys(column, 0.0), layout.sizes, centre)
    # The last sweep goes forward: what follows a node lies straight behind it.
    for sweep in range(_SWEEPS + 1):
        forward = sweep % 2 == 0
        columns = layout.columns if forward else layout.columns[::-1]
        neighbours = layout.before if forward else layout.after
        for column in columns[1:]:
            wanted = {
                place: _mean(neighbours.get(place, ()), centre, centre[place]) for place in column
            }
            _spread(column, wanted, layout.sizes, centre)
    return centre


def _spread(
    column: Sequence[Place],
    wanted: Mapping[Place, float],
    sizes: Mapping[Place, Size],
    centre: dict[Place, float],
) -> None:
    """Give each place of a column the nearest height to the wanted one without overlaps.

    Places that would overlap form a block, which lies at the mean of what its members want (the
    pool-adjacent-violators method of isotonic regression).
    """
    offsets: list[float] = []
    below = 0.0
    for place in column:
        half = sizes[place][1] / 2
        offsets.append(below + half)
        below += 2 * half + _GAP_Y
    blocks: list[tuple[float, float, int]] = []
    for place, offset in zip(column, offsets, strict=True):
        mean, weight, count = wanted[place] - offset, _weight(place), 1
        while blocks and blocks[-1][0] > mean:
            above, its_weight, members = blocks.pop()
            mean = (above * its_weight + mean * weight) / (its_weight + weight)
            weight, count = weight + its_weight, count + members
        blocks.append((mean, weight, count))
    starts = [mean for mean, _, count in blocks for _ in range(count)]
    for place, start, offset in zip(column, starts, offsets, strict=True):
        centre[place] = start + offset


def _below(
    diagram: Diagram, placed: Mapping[NodeId, Position], sizes: Mapping[NodeId, Size]
) -> dict[NodeId, Position]:
    """Return places, in a row below what is placed, for the nodes that are not."""
    bottoms = [place.y + sizes.get(node, DEFAULT_SIZE)[1] for node, place in placed.items()]
    x, y = 0.0, max(bottoms, default=-2 * _GAP_Y) + 2 * _GAP_Y
    row: dict[NodeId, Position] = {}
    for node in diagram.nodes:
        if node not in placed:
            row[node] = Position(x, y)
            x += sizes.get(node, DEFAULT_SIZE)[0] + _GAP_X
    return row


def _mean(places: Sequence[Place], values: Mapping[Place, float], default: float) -> float:
    """Return the mean of the places' values, in which wires that go on count for more."""
    weight = sum(_weight(place) for place in places)
    return sum(_weight(place) * values[place] for place in places) / weight if weight else default


def _weight(place: Place) -> float:
    return 1.0 if isinstance(place, str) else _LANE_WEIGHT
