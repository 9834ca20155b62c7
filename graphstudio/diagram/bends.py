"""Edits of the places that wires pass on their way. They mean nothing to the model."""

from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, NodeId, Position, Wire, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.pages import with_records, without

Bends: TypeAlias = Mapping[WireId, tuple[Position, ...]]
# How far something goes to the right and down, in pixels.
Way: TypeAlias = tuple[float, float]


class Bend(msgspec.Struct, frozen=True):
    """One place that a wire passes.

    Attributes:
        wire: the wire.
        index: which of its bends, counted from 0 at the source.
    """

    wire: WireId
    index: int


def bends_within(diagram: Diagram, bends: Iterable[Bend]) -> frozenset[Bend]:
    """Return those of some bends that a diagram has."""
    table = diagram.bends
    return frozenset(bend for bend in bends if bend.index < len(table.get(bend.wire, ())))


def add_bend(diagram: Diagram, bend: Bend, place: Position) -> Diagram:
    """Let a wire pass a place, before what was its bend of that index."""
    old = diagram.bends.get(bend.wire, ())
    new = (*old[: bend.index], place, *old[bend.index :])
    return replace(diagram, bends={**diagram.bends, bend.wire: new})


def remove_bends(diagram: Diagram, bends: Collection[Bend]) -> Diagram:
    """Let wires pass these bends no longer; a bend that is not there is passed over."""
    gone = frozenset(bends)
    table = dict(diagram.bends)
    for wire in {bend.wire for bend in gone} & table.keys():
        left = tuple(
            place for number, place in enumerate(table[wire]) if Bend(wire, number) not in gone
        )
        if left:
            table[wire] = left
        else:
            del table[wire]
    return replace(diagram, bends=table) if table != diagram.bends else diagram


def move_bends(diagram: Diagram, places: Mapping[Bend, Position]) -> Diagram:
    """Put bends at other places; a bend that is not there is passed over."""
    return replace(diagram, bends=with_bends(diagram.bends, places))


def with_bends(table: Bends, places: Mapping[Bend, Position]) -> Bends:
    """Return a table of bends with some of them at other places."""
    moved = {
        wire: tuple(
            places.get(Bend(wire, number), place) for number, place in enumerate(table[wire])
        )
        for wire in {bend.wire for bend in places} & table.keys()
    }
    return with_records(table, moved)


def carried_bends(diagram: Diagram, positions: Mapping[NodeId, Position]) -> Bends:
    """Return the bends as they lie when nodes move.

    A wire whose ends move the same way takes its bends along; any other keeps them.

    Args:
        diagram: with the nodes where they were.
        positions: where the nodes go.
    """
    moved: dict[WireId, tuple[Position, ...]] = {}
    for key, bends in diagram.bends.items():
        wire = diagram.wires.get(key)
        if wire is None:
            continue
        way, other = (_way(diagram, positions, end) for end in (wire.source, wire.target))
        if way is not None and way == other and way != (0, 0):
            moved[key] = tuple(farther(place, way) for place in bends)
    return with_records(diagram.bends, moved)


def with_wires(diagram: Diagram, wires: Mapping[WireId, Wire]) -> Diagram:
    """Return the diagram with other wires: bends stay with their wires, and go with them."""
    gone = [key for key in diagram.bends if key not in wires]
    return replace(diagram, wires=wires, bends=without(diagram.bends, gone))


def parted(diagram: Diagram, wire: WireId, node: NodeId, new_wire: WireId) -> Bends:
    """Return the bends with those of a wire parted where a node goes into it.

    Args:
        diagram: with the node in its place, and the wire as it was.
        wire: the wire, which will begin at the node.
        node: the node.
        new_wire: the wire that will lead to the node.
    """
    passed, here = diagram.bends[wire], diagram.positions.get(node)
    down = diagram.direction is Direction.DOWN
    before = tuple(
        place
        for place in passed
        if here is not None and (place.y < here.y if down else place.x < here.x)
    )
    after = tuple(place for place in passed if place not in before)
    halves = {key: bends for key, bends in ((new_wire, before), (wire, after)) if bends}
    return {**{key: bends for key, bends in diagram.bends.items() if key != wire}, **halves}


def farther(place: Position, way: Way) -> Position:
    """Return the place to which a way leads from a place."""
    return Position(place.x + way[0], place.y + way[1])


def _way(diagram: Diagram, positions: Mapping[NodeId, Position], node: NodeId) -> Way | None:
    """Return how far a node moves, as far as that is known."""
    before, after = diagram.positions.get(node), positions.get(node)
    return (after.x - before.x, after.y - before.y) if before and after else None
