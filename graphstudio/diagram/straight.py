"""Steps taken out of wires that are almost straight, or that could be.

Nodes of a chain may differ in size, so what keeps one of them off its neighbours need not keep the
others: those go along where they have room. And where nodes crowd together, a wire that misses its
port by a few pixels looks like a mistake, so it may take a little of the gaps.
"""

from collections.abc import Mapping, Sequence

from graphstudio.diagram.columns import Columns, Link, Place

# A step that is small enough to look like a mistake, and how much of a gap it is worth.
_SMALL = 10.0
_LEAST_GAP = 0.7
_STRAIGHT = 0.5


def straighten(
    layout: Columns, lengths: Mapping[Place, float], gap: float, tops: dict[Place, float]
) -> None:
    """Move nodes so that more wires are straight; their order and most of their gaps stay.

    Args:
        layout: the columns.
        lengths: how high each place is.
        gap: the least gap between two places of a column.
        tops: how far down each place begins, which is changed.
    """
    for column in reversed(layout.columns):
        for number, place in enumerate(column):
            step = _step(layout.after.get(place, ()), lengths, tops)
            before = layout.before.get(place, ())
            is_led = any(abs(_off(link, lengths, tops)) < _STRAIGHT for link in before)
            if step and not is_led and _has_room(column, number, step, lengths, gap, tops):
                tops[place] += step
    for column in layout.columns:
        for number, place in enumerate(column):
            step = -_step(layout.before.get(place, ()), lengths, tops)
            near = 0 < abs(step) <= _SMALL
            if near and _has_room(column, number, step, lengths, gap * _LEAST_GAP, tops):
                tops[place] += step


def _step(
    links: Sequence[Link], lengths: Mapping[Place, float], tops: Mapping[Place, float]
) -> float:
    """Return how much lower the only wire of a node ends than it begins; 0 where it has others."""
    if len(links) != 1 or not (isinstance(links[0].left, str) and isinstance(links[0].right, str)):
        return 0.0
    return _off(links[0], lengths, tops)


def _off(link: Link, lengths: Mapping[Place, float], tops: Mapping[Place, float]) -> float:
    start = tops[link.left] + link.start * lengths[link.left]
    return tops[link.right] + link.end * lengths[link.right] - start


def _has_room(
    column: Sequence[Place],
    number: int,
    step: float,
    lengths: Mapping[Place, float],
    gap: float,
    tops: Mapping[Place, float],
) -> bool:
    """Return whether a place can move by a step without coming too near to the next one."""
    place = column[number]
    if step < 0:
        if number == 0:
            return True
        above = column[number - 1]
        return tops[above] + lengths[above] + gap <= tops[place] + step
    if number + 1 == len(column):
        return True
    return tops[place] + step + lengths[place] + gap <= tops[column[number + 1]]
