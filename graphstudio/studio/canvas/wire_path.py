"""The curve of a wire: from where it begins, through its bends, to where it ends.

All of it is arithmetic on places of the scene, in pixels at 100% zoom.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF
from PySide6.QtGui import QPainterPath

from graphstudio.diagram import course
from graphstudio.diagram.direction import Direction

_STEPS = 16


class Segment(NamedTuple):
    """A cubic curve between two places that a wire passes."""

    start: QPointF
    leave: QPointF
    arrive: QPointF
    end: QPointF

    def at(self, part: float) -> QPointF:
        """Return the place after a part of the way, from 0 to 1."""
        rest = 1 - part
        return (
            self.start * rest**3
            + self.leave * (3 * rest**2 * part)
            + self.arrive * (3 * rest * part**2)
            + self.end * part**3
        )


def segments(points: Sequence[QPointF], direction: Direction = Direction.RIGHT) -> list[Segment]:
    """Return the curves between the places of a wire, as :func:`course.segments` has them.

    Args:
        points: start, bends and end; at least two.
        direction: which way it leaves and comes.
    """
    places = [(point.x(), point.y()) for point in points]
    return [Segment(*(QPointF(x, y) for x, y in one)) for one in course.segments(places, direction)]


def wire_path(points: Sequence[QPointF], direction: Direction = Direction.RIGHT) -> QPainterPath:
    """Return the curve through the places of a wire: start, bends and end."""
    path = QPainterPath(points[0])
    for segment in segments(points, direction):
        path.cubicTo(segment.leave, segment.arrive, segment.end)
    return path


def outline(points: Sequence[QPointF], direction: Direction) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a box that holds the curve through some places."""
    places = [place for segment in segments(points, direction) for place in segment]
    xs, ys = [place.x() for place in places], [place.y() for place in places]
    return min(xs), min(ys), max(xs), max(ys)


def nearest_segment(
    points: Sequence[QPointF], place: QPointF, direction: Direction = Direction.RIGHT
) -> int:
    """Return between which places of a wire a place lies, which is where its bend would go in."""

    def distance(segment: Segment) -> float:
        ways = (segment.at(step / _STEPS) - place for step in range(_STEPS + 1))
        return min(hypot(way.x(), way.y()) for way in ways)

    found = [distance(segment) for segment in segments(points, direction)]
    return found.index(min(found))


def crosses(
    points: Sequence[QPointF], line: QLineF, direction: Direction = Direction.RIGHT
) -> bool:
    """Return whether a straight line crosses the curve of a wire."""
    bounded = QLineF.IntersectionType.BoundedIntersection
    for segment in segments(points, direction):
        places = [segment.at(step / _STEPS) for step in range(_STEPS + 1)]
        for pair in pairwise(places):
            # Qt's stubs give the type of the answer with the place of the crossing.
            kind, _ = QLineF(*pair).intersects(line)
            if kind is bounded:
                return True
    return False
