"""Nodes step out of the way of wires that would run through them.

Columns leave a lane for a wire that goes past them, but the canvas draws one curve from port to
port, which need not keep to its lanes. So the curves themselves are looked at, and a node that one
of them crosses goes to the nearest place in its column where none does.
"""

from collections.abc import Iterable, Mapping

import msgspec

from graphstudio.diagram.columns import Columns
from graphstudio.diagram.course import Point, between, course
from graphstudio.diagram.diagram import Diagram, NodeId, Wire, WireId
from graphstudio.diagram.measures import Measures

_ROUNDS = 12
_MARGIN = 10.0
# Where more wires than this pass a column, none has room: the nodes stay where they are.
_MOST_WIRES = 60

Span = tuple[float, float]


class _Course(msgspec.Struct, frozen=True):
    """A wire's curve between two ends, and from where to where it goes along the axis."""

    ends: tuple[Point, Point]
    places: list[Point]
    low: float
    high: float


class Clearance:
    """Nodes at their places, with the wires between them.

    Args:
        diagram: whose nodes they are.
        layout: the column of each node.
        measures: of everything in the diagram.
        places: the top left corner of each node.
        axis: along which nodes step aside: 1 down a column, 0 along a row.
        gap: the least gap between two nodes of a column.
    """

    def __init__(
        self,
        diagram: Diagram,
        layout: Columns,
        measures: Measures,
        places: Mapping[NodeId, Point],
        axis: int,
        gap: float,
    ) -> None:
        self._measures = measures
        self._axis = axis
        self._gap = gap
        self._places = dict(places)
        self._columns = [[p for p in one if isinstance(p, str)] for one in layout.columns]
        self._passing: list[list[tuple[WireId, Wire]]] = [[] for _ in self._columns]
        for key, wire in diagram.wires.items():
            if wire.source in layout.depth and wire.target in layout.depth:
                for number in range(layout.depth[wire.source], layout.depth[wire.target] + 1):
                    self._passing[number].append((key, wire))
        self._depth = layout.depth
        self._wires = {
            node: (*diagram.incoming.get(node, ()), *diagram.outgoing.get(node, ()))
            for node in layout.depth
        }
        self._courses: dict[WireId, _Course] = {}

    def make(self) -> Mapping[NodeId, Point]:
        """Return places where wires run clear of nodes, as far as there are any."""
        waiting = set(range(len(self._columns)))
        for _ in range(_ROUNDS):
            moved = [node for number in sorted(waiting) for node in self._clear(number)]
            if not moved:
                break
            waiting = {number for node in moved for number in self._reached(node)}
        return self._places

    def _reached(self, node: NodeId) -> Iterable[int]:
        """Yield the columns that a node's wires pass, which it takes along when it moves."""
        yield self._depth[node]
        for wire in self._wires[node]:
            if wire.source in self._depth and wire.target in self._depth:
                yield from range(self._depth[wire.source], self._depth[wire.target] + 1)

    def _clear(self, number: int) -> list[NodeId]:
        """Move the nodes of a column out of the way; return those that moved."""
        column, wires = self._columns[number], self._passing[number]
        if not 1 <= len(wires) <= _MOST_WIRES:
            return []
        moved = []
        for node in column:
            others = [(k, wire) for k, wire in wires if node not in {wire.source, wire.target}]
            if any(self._is_crossed(node, key, wire) for key, wire in others):
                blocked = [span for key, wire in others if (span := self._span(key, wire, node))]
                blocked += [self._room(other) for other in column if other != node]
                top = self._places[node][self._axis]
                self._move(node, _nearest_free(top, self._length(node), blocked))
                moved.append(node)
        return moved

    def _is_crossed(self, node: NodeId, key: WireId, wire: Wire) -> bool:
        """Return whether a wire runs through a node, or nearly so."""
        top = self._places[node][self._axis]
        room, curve = (top, top + self._length(node)), self._course(key, wire)
        if not _overlap(room, (curve.low - _MARGIN, curve.high + _MARGIN)):
            return False
        span = self._span(key, wire, node)
        return span is not None and _overlap(room, span)

    def _span(self, key: WireId, wire: Wire, node: NodeId) -> Span | None:
        """Return what a wire takes of a node's part of the column, margins included, if any."""
        main = 1 - self._axis
        low = self._places[node][main]
        high = low + self._measures.sizes[node][main]
        across = list(between(self._course(key, wire).places, low, high, self._axis))
        return (min(across) - _MARGIN, max(across) + _MARGIN) if across else None

    def _course(self, key: WireId, wire: Wire) -> "_Course":
        ends = self._measures.ends(key, wire, self._places[wire.source], self._places[wire.target])
        known = self._courses.get(key)
        if known is None or known.ends != ends:
            places = course(ends, self._measures.direction)
            across = [place[self._axis] for place in places]
            known = self._courses[key] = _Course(ends, places, min(across), max(across))
        return known

    def _length(self, node: NodeId) -> float:
        return self._measures.sizes[node][self._axis]

    def _room(self, node: NodeId) -> Span:
        """Return what a node takes of its column, the gaps around it included."""
        top = self._places[node][self._axis]
        return top - self._gap, top + self._length(node) + self._gap

    def _move(self, node: NodeId, to: float) -> None:
        x, y = self._places[node]
        self._places[node] = (x, to) if self._axis else (to, y)


def _overlap(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _nearest_free(top: float, length: float, blocked: Iterable[Span]) -> float:
    """Return the top nearest to a wanted one where a length fits between what is blocked."""
    # Where the top itself cannot lie, with the whole length below it.
    barred: list[Span] = []
    for low, high in sorted((low - length, high) for low, high in blocked):
        if barred and low < barred[-1][1]:
            barred[-1] = (barred[-1][0], max(barred[-1][1], high))
        else:
            barred.append((low, high))
    inside = next((span for span in barred if span[0] < top < span[1]), None)
    if inside is None:
        return top
    return inside[0] if top - inside[0] < inside[1] - top else inside[1]
