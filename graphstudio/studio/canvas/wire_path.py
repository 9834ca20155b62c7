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

# How much of the way to the next place the curve keeps its direction at a bend.
_ROUND = 0.35
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


def segments(points: Sequence[QPointF]) -> list[Segment]:
    """Return the curves between the places of a wire.

    It leaves its first place to the right and comes to its last from the left; at a bend it goes
    the way from the place before to the place after, so that no corner shows.

    Args:
        points: start, bends and end; at least two.
    """
    last = len(points) - 1
    found = []
    for number, (start, end) in enumerate(pairwise(points)):
        straight = course.bend(start.toTuple(), end.toTuple())
        bend = _ROUND * hypot(end.x() - start.x(), end.y() - start.y())
        leave = straight if number == 0 else bend
        arrive = straight if number + 1 == last else bend
        found.append(
            Segment(
                start,
                start + _direction(points, number) * leave,
                end - _direction(points, number + 1) * arrive,
                end,
            )
        )
    return found


def wire_path(points: Sequence[QPointF]) -> QPainterPath:
    """Return the curve through the places of a wire: start, bends and end."""
    path = QPainterPath(points[0])
    for segment in segments(points):
        path.cubicTo(segment.leave, segment.arrive, segment.end)
    return path


def outline(points: Sequence[QPointF]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a box that holds the curve through some places."""
    places = [place for segment in segments(points) for place in segment]
    xs, ys = [place.x() for place in places], [place.y() for place in places]
    return min(xs), min(ys), max(xs), max(ys)


def nearest_segment(points: Sequence[QPointF], place: QPointF) -> int:
    """Return between which places of a wire a place lies, which is where its bend would go in."""

    def distance(segment: Segment) -> float:
        ways = (segment.at(step / _STEPS) - place for step in range(_STEPS + 1))
        return min(hypot(way.x(), way.y()) for way in ways)

    found = [distance(segment) for segment in segments(points)]
    return found.index(min(found))


def crosses(points: Sequence[QPointF], line: QLineF) -> bool:
    """Return whether a straight line crosses the curve of a wire."""
    bounded = QLineF.IntersectionType.BoundedIntersection
    for segment in segments(points):
        places = [segment.at(step / _STEPS) for step in range(_STEPS + 1)]
        for pair in pairwise(places):
            # Qt's stubs give the type of the answer with the place of the crossing.
            kind, _ = QLineF(*pair).intersects(line)
            if kind is bounded:
                return True
    return False


def _direction(points: Sequence[QPointF], number: int) -> QPointF:
    """Return the way, of length 1, in which the curve passes a place."""
    if number in {0, len(points) - 1}:
        return QPointF(1, 0)
    way = points[number + 1] - points[number - 1]
    length = hypot(way.x(), way.y())
    return way / length if length else QPointF(1, 0)
