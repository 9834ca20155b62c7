"""The way of a wire over the canvas: the curve that joins an output to an input.

The canvas draws it and the layout keeps nodes out of it, so both ask here. All lengths are pixels
at 100% zoom.
"""

from typing import TypeAlias

Point: TypeAlias = tuple[float, float]

# How far a wire goes straight on at a port: at least, where it has to turn back, and at most.
STRAIGHT_ON = (24.0, 160.0)


def bend(start: Point, end: Point) -> float:
    """Return how far a wire runs on to the right, and comes from the left, before it turns."""
    ahead = abs(end[0] - start[0]) / 2
    across = abs(end[1] - start[1]) / 4
    least = STRAIGHT_ON[0] if end[0] < start[0] else 0.0
    return min(max(ahead, across, least), STRAIGHT_ON[1])


def course(start: Point, end: Point, steps: int = 24) -> list[Point]:
    """Return places on a wire's curve, from its start to its end.

    Args:
        start: the centre of the output.
        end: the centre of the input.
        steps: into how many parts the curve is cut.
    """
    (x0, y0), (x3, y3) = start, end
    reach = bend(start, end)
    x1, x2 = x0 + reach, x3 - reach
    places = []
    for step in range(steps + 1):
        t = step / steps
        s = 1.0 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        places.append((a * x0 + b * x1 + c * x2 + d * x3, (a + b) * y0 + (c + d) * y3))
    return places
