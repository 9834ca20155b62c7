"""From one list of rows to another: which of them go, which come, and which stay as they are."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence


def steps(before: Sequence[str], after: Sequence[str]) -> tuple[list[range], list[range]]:
    """Return the runs of places in ``before`` that go, and those in ``after`` that come.

    As many as can be stay in their order; of what changes places the rest goes and comes again.
    No list holds anything twice.
    """
    start = _shared(before, after)
    most = min(len(before), len(after)) - start
    end = _shared(before[: -most - 1 : -1], after[: -most - 1 : -1]) if most else 0
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    places = {key: place for place, key in enumerate(old)}
    staying = set(_longest_rise([places[key] for key in new if key in places]))
    kept = {old[place] for place in staying}
    gone = (start + place for place in range(len(old)) if place not in staying)
    come = (start + place for place, key in enumerate(new) if key not in kept)
    return _runs(gone), _runs(come)


def _shared(before: Sequence[str], after: Sequence[str]) -> int:
    """Return how many lists have in common from their start."""
    pairs = enumerate(zip(before, after, strict=False))
    return next((n for n, (one, other) in pairs if one != other), min(len(before), len(after)))


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """Return the longest rising run of numbers that others may stand between."""
    least: list[int] = []
    ends: list[int] = []
    earlier: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(least, number)
        earlier.append(ends[length - 1] if length else None)
        least[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    found: list[int] = []
    at = ends[-1] if ends else None
    while at is not None:
        found.append(numbers[at])
        at = earlier[at]
    return found[::-1]


def _runs(places: Iterable[int]) -> list[range]:
    """Return rising places as runs of those that follow each other."""
    runs: list[range] = []
    for place in places:
        if runs and runs[-1].stop == place:
            runs[-1] = range(runs[-1].start, place + 1)
        else:
            runs.append(range(place, place + 1))
    return runs
