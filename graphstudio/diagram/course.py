"""The way of a wire over the canvas: the curve that joins an output to an input.

The canvas draws it and the layout keeps nodes out of it, so both ask here. All lengths are pixels
at 100% zoom.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import hypot
from typing import TypeAlias

from graphstudio.diagram.direction import Direction

Point: TypeAlias = tuple[float, float]
# A cubic curve: where it begins, the two places that pull at it, and where it ends.
Segment: TypeAlias = tuple[Point, Point, Point, Point]

# How far a wire goes straight on at a port: at least, where it has to turn back, and at most.
STRAIGHT_ON = (24.0, 160.0)
_CLOSE = 48.0
# How much of the way to the next place the curve keeps its direction at a bend, and how long.
_ROUND = (0.35, 64.0)


def bend(start: Point, end: Point, direction: Direction) -> float:
    """Return how far a wire runs straight on, and comes straight, before it turns."""
    main = 1 if direction is Direction.DOWN else 0
    ahead = end[main] - start[main]
    across = abs(end[1 - main] - start[1 - main]) / 4
    if ahead > 0:
        # A longer way on would lead the curve back again; close by, that comes on bit by bit.
        across -= max(across - ahead, 0.0) * min(ahead / _CLOSE, 1.0)
    least = STRAIGHT_ON[0] if ahead < 0 else 0.0
    return min(max(abs(ahead) / 2, across, least), STRAIGHT_ON[1])


def segments(points: Sequence[Point], direction: Direction) -> list[Segment]:
    """Return the curves between the places of a wire.

    It leaves its first place and comes to its last in one direction; at a bend it goes the way
    from the place before to the place after, so that no corner shows.

    Args:
        points: start, bends and end; at least two.
        direction: which way it leaves and comes.
    """
    last = len(points) - 1
    ahead = (0.0, 1.0) if direction is Direction.DOWN else (1.0, 0.0)
    headings = [ahead, *(_heading(points, n, ahead) for n in range(1, last)), ahead]
    found = []
    for number, (start, end) in enumerate(pairwise(points)):
        straight = bend(start, end, direction)
        rounded = min(_ROUND[0] * hypot(end[0] - start[0], end[1] - start[1]), _ROUND[1])
        leave = straight if number == 0 else rounded
        arrive = straight if number + 1 == last else rounded
        (right, down), (to_right, to_down) = headings[number], headings[number + 1]
        first = (start[0] + right * leave, start[1] + down * leave)
        second = (end[0] - to_right * arrive, end[1] - to_down * arrive)
        found.append((start, first, second, end))
    return found


def course(points: Sequence[Point], direction: Direction, steps: int = 24) -> list[Point]:
    """Return places on a wire's curve, from its start to its end.

    Args:
        points: the centre of the output, bends, and the centre of the input.
        direction: which way it leaves the output and comes to the input.
        steps: into how many parts the curve between two of the points is cut.
    """
    places = [points[0]]
    for (x0, y0), (x1, y1), (x2, y2), (x3, y3) in segments(points, direction):
        for step in range(1, steps + 1):
            t = step / steps
            s = 1.0 - t
            a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
            places.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return places


def between(curve: Sequence[Point], low: float, high: float, axis: int) -> Iterator[float]:
    """Yield how far along an axis a curve is where it lies between two places along the other.

    Args:
        curve: places on it, as :func:`course` gives them.
        low: the first place along the other axis.
        high: the second one.
        axis: 0 for across the canvas, 1 for down.
    """
    main = 1 - axis
    for one, two in pairwise(curve):
        a, p = one[main], two[main]
        # Thousands of pieces lie elsewhere, which is found out first.
        if (a < low and p < low) or (a > high and p > high):
            continue
        b, q = one[axis], two[axis]
        if a > p:
            a, b, p, q = p, q, a, b
        for place in (max(a, low), min(p, high)):
            yield b if p == a else b + (q - b) * (place - a) / (p - a)
        if p == a:
            yield q


def _heading(points: Sequence[Point], number: int, ahead: Point) -> Point:
    """Return the way, of length 1, in which the curve passes a bend."""
    (x, y), (to_x, to_y) = points[number - 1], points[number + 1]
    length = hypot(to_x - x, to_y - y)
    return ((to_x - x) / length, (to_y - y) / length) if length else ahead
