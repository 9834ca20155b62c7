"""How high the places of each column lie, so that wires are straight and nodes have room.

Sweeps to and fro pull every place towards the ports at the other ends of its wires. A place with a
wire past other columns follows that wire alone, which is the hardest to keep straight.
"""

from collections.abc import Mapping, Sequence
from statistics import median_low

from graphstudio.diagram.columns import Columns, Link, Place
from graphstudio.diagram.straight import straighten

_SWEEPS = 8
# How much more than other nodes a wire past a column insists on its height, and the nodes at its
# ends on theirs: it stays straight, the others make room.
_LANE_WEIGHT = 1000.0
_BOUND_WEIGHT = 30.0


def heights_of(
    layout: Columns, lengths: Mapping[Place, float], gap: float, *, by_ports: bool = True
) -> dict[Place, float]:
    """Return how far down each place begins.

    Args:
        layout: the columns.
        lengths: how high each place is.
        gap: the least gap between two places of a column.
        by_ports: whether ports are to be level with each other, or else middles.
    """
    tops: dict[Place, float] = {}
    for column in layout.columns:
        _spread(column, {p: -lengths[p] / 2 for p in column}, {}, lengths, gap, tops)
    # The last sweep goes forward: what follows a node lies straight behind it.
    for sweep in range(_SWEEPS + 1):
        forward = sweep % 2 == 0
        links = layout.before if forward else layout.after
        for column in (layout.columns if forward else layout.columns[::-1])[1:]:
            wanted: dict[Place, float] = {}
            weights: dict[Place, float] = {}
            for place in column:
                found = _wanted(place, links.get(place, ()), lengths, tops, by_ports=by_ports)
                wanted[place], weights[place] = found or (tops[place], 1.0)
            _spread(column, wanted, weights, lengths, gap, tops)
    if by_ports:
        straighten(layout, lengths, gap, tops)
    return tops


def _wanted(
    place: Place,
    links: Sequence[Link],
    lengths: Mapping[Place, float],
    tops: Mapping[Place, float],
    *,
    by_ports: bool,
) -> tuple[float, float] | None:
    """Return where a place's wires want its top, and how much; none for a place without wires."""
    near: list[float] = []
    far: list[float] = []
    for link in links:
        comes = link.right == place
        there = link.left if comes else link.right
        at, here = (link.start, link.end) if comes else (link.end, link.start)
        if not by_ports:
            at = here = 0.5
        top = tops[there] + at * lengths[there] - here * lengths[place]
        (near if isinstance(there, str) else far).append(top)
    if not isinstance(place, str):
        return (near or far)[0], _LANE_WEIGHT
    if far:
        return median_low(far), _BOUND_WEIGHT
    return (sum(near) / len(near), 1.0) if near else None


def _spread(
    column: Sequence[Place],
    wanted: Mapping[Place, float],
    weights: Mapping[Place, float],
    lengths: Mapping[Place, float],
    gap: float,
    tops: dict[Place, float],
) -> None:
    """Give each place of a column the nearest top to the wanted one without overlaps.

    Places that would overlap form a block, which lies at the mean of what its members want (the
    pool-adjacent-violators method of isotonic regression).
    """
    offsets: list[float] = []
    below = 0.0
    for place in column:
        offsets.append(below)
        below += lengths[place] + gap
    blocks: list[tuple[float, float, int]] = []
    for place, offset in zip(column, offsets, strict=True):
        mean, weight, count = wanted[place] - offset, weights.get(place, 1.0), 1
        while blocks and blocks[-1][0] > mean:
            above, its_weight, members = blocks.pop()
            mean = (above * its_weight + mean * weight) / (its_weight + weight)
            weight, count = weight + its_weight, count + members
        blocks.append((mean, weight, count))
    starts = [mean for mean, _, count in blocks for _ in range(count)]
    for place, start, offset in zip(column, starts, offsets, strict=True):
        tops[place] = start + offset
