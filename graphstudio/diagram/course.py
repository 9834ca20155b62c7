"""The way of a wire over the canvas: the curve that joins an output to an input.

The canvas draws it and the layout keeps nodes out of it, so both ask here. All lengths are pixels
at 100% zoom.
"""

from typing import TypeAlias

from graphstudio.diagram.direction import Direction

Point: TypeAlias = tuple[float, float]

# How far a wire goes straight on at a port: at least, where it has to turn back, and at most.
STRAIGHT_ON = (24.0, 160.0)
_CLOSE = 48.0


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


def course(start: Point, end: Point, direction: Direction, steps: int = 24) -> list[Point]:
    """Return places on a wire's curve, from its start to its end.

    Args:
        start: the centre of the output.
        end: the centre of the input.
        direction: which way it leaves the output and comes to the input.
        steps: into how many parts the curve is cut.
    """
    (x0, y0), (x3, y3) = start, end
    reach = bend(start, end, direction)
    right, down = (0.0, reach) if direction is Direction.DOWN else (reach, 0.0)
    x1, y1, x2, y2 = x0 + right, y0 + down, x3 - right, y3 - down
    places = []
    for step in range(steps + 1):
        t = step / steps
        s = 1.0 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        places.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return places
