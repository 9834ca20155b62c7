"""Bends that lead wires round nodes which they would run behind.

A layout keeps most ways open, yet some wires are left that no order of the nodes serves: into the
middle of a frame, past a full column, to a node that stays. Each of them goes along a free line
beside what is in its way, if there is one near.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice, product

from graphstudio.diagram.course import Point, between, course
from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import Rectangle, rectangles

# How near a wire comes to a node that it passes, and where along it a detour runs.
_LEAST = 4.0
_BESIDE = 16.0
# How far before and behind a node a detour turns.
_TURN = 32.0
# Two detours lie so far apart.
_APART = 12.0
# So many lines are tried for a wire, and so many wires are led round.
_TRIES = 24
_MOST = 150


def detours(
    diagram: Diagram, measures: Measures, wires: Collection[WireId]
) -> dict[WireId, tuple[Position, ...]]:
    """Return bends for those of some wires that would run behind nodes, as far as there is a way.

    Args:
        diagram: with its nodes in their places.
        measures: of everything in it.
        wires: which wires to look at; they have no bends.
    """
    ground = _Ground(diagram, measures)
    found: dict[WireId, tuple[Position, ...]] = {}
    hidden = (key for key in diagram.wires if key in wires and ground.hides(key))
    for key in islice(hidden, _MOST):
        bends = ground.way_round(key)
        if bends:
            found[key] = tuple(Position(*bend) for bend in bends)
    return found


class _Ground:
    """What stands on the canvas, turned so that wires leave to the right."""

    def __init__(self, diagram: Diagram, measures: Measures) -> None:
        self._wires = diagram.wires
        self._measures = measures
        self._down = measures.direction is Direction.DOWN
        placed = {key: at for key, at in diagram.positions.items() if key in diagram.nodes}
        boxes = rectangles(placed, measures)
        self._corners = {key: (at.x, at.y) for key, at in placed.items()}
        turned = ((key, _turned(box) if self._down else box) for key, box in boxes.items())
        self._boxes = sorted(turned, key=lambda one: (one[1].left, one[1].top, one[0]))
        self._lefts = [box.left for _, box in self._boxes]
        self._widest = max((box.right - box.left for _, box in self._boxes), default=0.0)
        self._taken: list[tuple[Point, Point]] = []

    def hides(self, key: WireId) -> bool:
        """Return whether a wire runs behind a node."""
        ends = self._ends(key)
        return ends is not None and not self._is_clear(key, ends)

    def way_round(self, key: WireId) -> tuple[Point, ...]:
        """Return the bends of a free way for a wire, in the scene; none where there is none."""
        ends = self._ends(key)
        if ends is None:
            return ()
        for line in self._lines(key, ends):
            if self._is_free(line) and self._is_clear(key, (ends[0], *line, ends[1])):
                self._taken.append(line)
                return tuple((y, x) if self._down else (x, y) for x, y in line)
        return ()

    def _lines(self, key: WireId, ends: tuple[Point, Point]) -> Iterator[tuple[Point, Point]]:
        """Yield the lines that a detour may run along, what is nearest first."""
        (start, _), (end, _) = ends
        boxes = list(self._near(key, start, end))
        if not boxes:
            return
        lefts = (start + _TURN, min(box.left for box in boxes) - _TURN)
        rights = (end - _TURN, max(box.right for box in boxes) + _TURN)
        for level in islice(self._levels(boxes, ends), _TRIES):
            for left, right in product(lefts, rights):
                # Most lines lead through another node, which is seen before there is a curve.
                if left < right and not any(_is_on(box, left, right, level) for box in boxes):
                    yield (left, level), (right, level)

    def _levels(self, boxes: Iterable[Rectangle], ends: tuple[Point, Point]) -> Iterator[float]:
        """Yield where a detour may run beside boxes, what is nearest first."""
        levels = {edge for box in boxes for edge in (box.top - _BESIDE, box.bottom + _BESIDE)}
        (x, y), (to_x, to_y) = ends
        for (left, level), (right, _) in self._taken:
            if left < to_x and x < right:
                levels |= {level - _APART, level + _APART}
        yield from sorted(levels, key=lambda at: (abs(at - y) + abs(at - to_y), at))

    def _is_free(self, line: tuple[Point, Point]) -> bool:
        """Return whether no other detour runs nearly along a line."""
        (left, level), (right, _) = line
        return not any(
            abs(level - at) < _APART and left < to and start < right
            for (start, at), (to, _) in self._taken
        )

    def _is_clear(self, key: WireId, points: tuple[Point, ...]) -> bool:
        curve = course(points, Direction.RIGHT)
        low, high = min(x for x, _ in curve), max(x for x, _ in curve)
        for box in self._near(key, low, high):
            across = list(between(curve, box.left - _LEAST, box.right + _LEAST, 1))
            if across and min(across) < box.bottom + _LEAST and box.top - _LEAST < max(across):
                return False
        return True

    def _near(self, key: WireId, low: float, high: float) -> Iterator[Rectangle]:
        """Yield the nodes between two places, but for those at a wire's ends."""
        wire = self._wires[key]
        first = bisect_left(self._lefts, low - self._widest)
        for node, box in self._boxes[first : bisect_right(self._lefts, high)]:
            if box.right >= low and node not in {wire.source, wire.target}:
                yield box

    def _ends(self, key: WireId) -> tuple[Point, Point] | None:
        """Return the places of a wire's ends; none where one of its nodes has no place."""
        wire = self._wires[key]
        corners: Mapping[NodeId, Point] = self._corners
        if wire.source not in corners or wire.target not in corners:
            return None
        (x, y), (to_x, to_y) = self._measures.ends(
            key, wire, corners[wire.source], corners[wire.target]
        )
        return ((y, x), (to_y, to_x)) if self._down else ((x, y), (to_x, to_y))


def _is_on(box: Rectangle, left: float, right: float, level: float) -> bool:
    """Return whether a line runs behind a node, or nearly so."""
    is_level = box.top - _LEAST < level < box.bottom + _LEAST
    return is_level and box.left < right and left < box.right


def _turned(box: Rectangle) -> Rectangle:
    return Rectangle(box.top, box.left, box.bottom, box.right)
