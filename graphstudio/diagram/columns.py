"""Which column each node stands in, and in which order the nodes of a column stand.

The method is the layered one of Sugiyama, Tagawa and Toda (1981): nodes go into columns by their
longest distance from an input; a wire that skips columns holds a place in each of them, a lane;
sweeps order the columns by the mean place of their neighbours, and those of one node by its ports.
Of all sweeps the one with the fewest crossings counts, and neighbours that cross less the other
way round change places.
"""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import TypeAlias

import msgspec

from graphstudio.diagram.diagram import Diagram, NodeId, WireId
from graphstudio.diagram.graph import calling_order

# A place in a column: a node, or a wire's way past the column.
Place: TypeAlias = NodeId | tuple[WireId, int]

# How far down its nodes each wire begins and ends, from 0 to 1.
Ends: TypeAlias = Mapping[WireId, tuple[float, float]]
_Sides: TypeAlias = tuple[list[float], list[float]]

# How much more a wire past a column counts in the order than a node does.
_LANE_WEIGHT = 8.0
_SWEEPS = 8
_PASSES = 4
# Neighbours with more wires than this stay as the sweeps left them: comparing them takes long.
_MOST_PAIRS = 400


class Link(msgspec.Struct, frozen=True):
    """A piece of a wire between two columns next to each other.

    Attributes:
        wire: the wire.
        left: where the piece begins.
        right: where it ends.
        start: how far down its node it begins, from 0 to 1; halfway at a lane.
        end: how far down its node it ends, from 0 to 1; halfway at a lane.
    """

    wire: WireId
    left: Place
    right: Place
    start: float
    end: float


class Columns(msgspec.Struct, frozen=True):
    """What stands where, from left to right and from top to bottom.

    Attributes:
        columns: the places of each column, in their order.
        before: the pieces of wires that come to a place.
        after: the pieces of wires that leave a place.
        depth: each node's column.
    """

    columns: list[list[Place]]
    before: Mapping[Place, list[Link]]
    after: Mapping[Place, list[Link]]
    depth: Mapping[NodeId, int]


def columns_of(diagram: Diagram, ends: Ends) -> Columns:
    """Return the columns of a diagram; nodes on a cycle, and what depends on them, are left out.

    Args:
        diagram: the diagram.
        ends: where each wire begins and ends on its nodes.
    """
    order = calling_order(diagram)
    depth = _depths(diagram, order)
    columns: list[list[Place]] = [[] for _ in range(max(depth.values(), default=-1) + 1)]
    before: defaultdict[Place, list[Link]] = defaultdict(list)
    after: defaultdict[Place, list[Link]] = defaultdict(list)
    for node in order:
        columns[depth[node]].append(node)
    for key, wire in diagram.wires.items():
        if wire.source in depth and wire.target in depth:
            lanes = [(key, n) for n in range(depth[wire.source] + 1, depth[wire.target])]
            for lane in lanes:
                columns[lane[1]].append(lane)
            for link in _links(key, [wire.source, *lanes, wire.target], ends[key]):
                before[link.right].append(link)
                after[link.left].append(link)
    made = Columns(columns, dict(before), dict(after), depth)
    _order(made)
    return made


def _links(wire: WireId, way: Sequence[Place], ends: tuple[float, float]) -> Iterable[Link]:
    for left, right in pairwise(way):
        start = ends[0] if isinstance(left, str) else 0.5
        yield Link(wire, left, right, start, ends[1] if isinstance(right, str) else 0.5)


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


def _order(layout: Columns) -> None:
    """Order every column so that few wires cross."""
    best, fewest = [list(column) for column in layout.columns], _crossings(layout)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        _sweep(layout, forward=sweep % 2 == 0)
        crossings = _crossings(layout)
        if crossings < fewest:
            best, fewest = [list(column) for column in layout.columns], crossings
    for column, ordered in zip(layout.columns, best, strict=True):
        column[:] = ordered
    for _ in range(_PASSES if fewest else 0):
        if not _change_places(layout):
            break


def _sweep(layout: Columns, *, forward: bool) -> None:
    """Order each column by the column before it, or by the one after it."""
    for fixed, free in pairwise(layout.columns if forward else layout.columns[::-1]):
        rank = _ranks(fixed)
        means: dict[Place, float] = {}
        for number, place in enumerate(free):
            links = (layout.before if forward else layout.after).get(place, ())
            ends = [(one.left, one.start) if forward else (one.right, one.end) for one in links]
            weights = [1.0 if isinstance(other, str) else _LANE_WEIGHT for other, _ in ends]
            means[place] = (
                fmean([rank[other] for other, _ in ends], weights) + fmean(f for _, f in ends)
                if ends
                else float(number)
            )
        free.sort(key=means.__getitem__)


def _ranks(column: Sequence[Place]) -> dict[Place, float]:
    return {place: float(number) for number, place in enumerate(column)}


def _crossings(layout: Columns) -> int:
    """Return how often wires cross, those that come to the ports of one node among them."""
    total = 0
    for left, right in pairwise(layout.columns):
        ranks = _ranks(right)
        ends = sorted(
            (number + link.start, ranks[link.right] + link.end)
            for number, place in enumerate(left)
            for link in layout.after.get(place, ())
        )
        passed: list[float] = []
        for _, end in ends:
            total += len(passed) - bisect_right(passed, end)
            insort(passed, end)
    return total


def _change_places(layout: Columns) -> bool:
    """Let neighbours change places where fewer wires cross then; return whether any did."""
    changed = False
    for number, column in enumerate(layout.columns):
        ranks = [_ranks(layout.columns[n]) if 0 <= n < len(layout.columns) else {}
                 for n in (number - 1, number + 1)]  # fmt: skip
        ends = [_ends(layout, place, *ranks) for place in column]
        for upper in range(len(column) - 1):
            above, below = ends[upper], ends[upper + 1]
            if _gain(above, below) > 0:
                column[upper], column[upper + 1] = column[upper + 1], column[upper]
                ends[upper], ends[upper + 1] = below, above
                changed = True
    return changed


def _ends(
    layout: Columns, place: Place, before: Mapping[Place, float], after: Mapping[Place, float]
) -> _Sides:
    """Return where the wires of a place begin in the column before, and end in the one after."""
    starts = [before[link.left] + link.start for link in layout.before.get(place, ())]
    return starts, [after[link.right] + link.end for link in layout.after.get(place, ())]


def _gain(above: _Sides, below: _Sides) -> int:
    """Return how many crossings fewer there are if two neighbours change places."""
    gain = 0
    for ours, theirs in zip(above, below, strict=True):
        if len(ours) * len(theirs) <= _MOST_PAIRS:
            gain += sum((one > two) - (one < two) for one in ours for two in theirs)
    return gain
