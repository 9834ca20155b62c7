"""Fragments: parts of a diagram that are copied, and put into any diagram.

A copy has ids of its own and free names. Calls that are copied together share their layer as they
did; a call that is copied alone gets a layer of its own.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.annotations import Marks, remove_marks, shifted
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.bends import farther
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    FrameId,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    Node,
    NodeId,
    NoteId,
    Position,
    Wire,
    WireId,
)
from graphstudio.diagram.edits import closed_up, remove_nodes, renamed
from graphstudio.diagram.models import with_new_ids
from graphstudio.diagram.names import FreeNames
from graphstudio.diagram.pages import with_records


class Fragment(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a diagram.

    Attributes:
        diagram: the nodes, their layers, the wires between them, and what lies with them.
        incoming: the wires into them from nodes outside.
    """

    diagram: Diagram
    incoming: Mapping[WireId, Wire] = {}


class Pasted(NamedTuple):
    """What came of putting a fragment into a diagram.

    Attributes:
        diagram: the diagram with it.
        nodes: the new id of each of its nodes, by the old one.
        frames: the new frames.
        notes: the new notes.
    """

    diagram: Diagram
    nodes: Mapping[NodeId, NodeId]
    frames: tuple[FrameId, ...]
    notes: tuple[NoteId, ...]


def copy_fragment(
    diagram: Diagram,
    nodes: Collection[NodeId],
    frames: Collection[FrameId] = (),
    notes: Collection[NoteId] = (),
) -> Fragment:
    """Return the fragment of some nodes, frames and notes. Copies are not locked."""
    chosen = {key: node for key, node in diagram.nodes.items() if key in nodes}
    called = {node.layer for node in chosen.values() if isinstance(node, CallNode)}
    reaching = {key: wire for key, wire in diagram.wires.items() if wire.target in chosen}
    inside = {key: wire for key, wire in reaching.items() if wire.source in chosen}
    part = Diagram(
        name=diagram.name,
        layers={key: layer for key, layer in diagram.layers.items() if key in called},
        nodes=chosen,
        wires=inside,
        positions={key: place for key, place in diagram.positions.items() if key in chosen},
        bends={key: bends for key, bends in diagram.bends.items() if key in inside},
        frames={key: frame for key, frame in diagram.frames.items() if key in frames},
        notes={key: note for key, note in diagram.notes.items() if key in notes},
    )
    incoming = {key: wire for key, wire in reaching.items() if key not in inside}
    return Fragment(diagram=part, incoming=incoming)


def cut_fragment(diagram: Diagram, fragment: Fragment) -> Diagram:
    """Return a diagram without what was copied from it."""
    part = fragment.diagram
    marks = Marks(frozenset(part.frames), frozenset(part.notes))
    return remove_marks(remove_nodes(diagram, part.nodes), marks)


def corner_of(diagram: Diagram) -> Position:
    """Return the top left corner of everything in a diagram; the origin where it is empty."""
    corners = list(_corners(diagram))
    if not corners:
        return Position(0.0, 0.0)
    return Position(min(one.x for one in corners), min(one.y for one in corners))


def free_corner(diagram: Diagram, fragment: Fragment, corner: Position, step: float) -> Position:
    """Return where a fragment hides nothing, as near to a corner as whole steps lead.

    Args:
        diagram: what the fragment is put into.
        fragment: what is put there; none of it comes to lie over something, save for half a step
            and at the very edge of the canvas.
        corner: where its top left corner would lie.
        step: length of a step to the right and down, in pixels.
    """
    taken = _Corners(_corners(diagram), step)
    start = corner_of(fragment.diagram)
    own = [(one.x - start.x, one.y - start.y) for one in _corners(fragment.diagram)]
    while any(taken.near(corner.x + x, corner.y + y) for x, y in own):
        before, corner = corner, Position(corner.x + step, corner.y + step)
        if corner == before:
            break
    return corner


class _Corners:
    """Places, found by where they are: each lies in a square cell of the canvas."""

    def __init__(self, corners: Iterable[Position], side: float) -> None:
        self._side = side
        self._cells: dict[tuple[int, int], list[Position]] = {}
        for one in corners:
            self._cells.setdefault(self._cell(one.x, one.y), []).append(one)

    def near(self, x: float, y: float) -> bool:
        """Return whether one of them lies less than half a cell away, in both directions."""
        column, row = self._cell(x, y)
        around = (
            one
            for beside in (column - 1, column, column + 1)
            for below in (row - 1, row, row + 1)
            for one in self._cells.get((beside, below), ())
        )
        reach = self._side / 2
        return any(abs(one.x - x) < reach and abs(one.y - y) < reach for one in around)

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return int(x // self._side), int(y // self._side)


def paste_fragment(
    diagram: Diagram,
    fragment: Fragment,
    ids: Iterator[str],
    corner: Position | None = None,
    *,
    with_incoming: bool = False,
) -> Pasted:
    """Put a fragment into a diagram.

    Args:
        diagram: what it is put into.
        fragment: what is put there.
        ids: ids that nothing has yet.
        corner: where its top left corner comes to lie; where it lay before if none is given.
        with_incoming: whether it keeps the wires from nodes outside, as far as these are here.
    """
    return _Paste(diagram, fragment, ids, corner).into(with_incoming=with_incoming)


class _Paste:
    """A fragment on its way into a diagram."""

    def __init__(
        self, diagram: Diagram, fragment: Fragment, ids: Iterator[str], corner: Position | None
    ) -> None:
        self._diagram = diagram
        self._fragment = fragment
        self._part = fragment.diagram
        self._ids = ids
        start = corner_of(self._part)
        end = start if corner is None else corner
        self._way = (end.x - start.x, end.y - start.y)
        # A head may have the name of a layer.
        inputs = {one.name for one in diagram.inputs.values()}
        self._names = FreeNames(diagram.layer_names, inputs)
        self._head_names = FreeNames({head.name for head in diagram.heads.values()})
        self._new_layers = {key: LayerId(next(ids)) for key in self._part.layers}
        self._new_nodes = {key: NodeId(next(ids)) for key in self._part.nodes}
        self._new_wires = {key: WireId(next(ids)) for key in self._part.wires}

    def into(self, *, with_incoming: bool) -> Pasted:
        """Return the diagram with the fragment."""
        before, part = self._diagram, self._part
        wires = {new: self._moved(part.wires[key]) for key, new in self._new_wires.items()}
        if with_incoming:
            wires |= self._incoming()
        frames = {FrameId(next(self._ids)): shifted(one, self._way) for one in part.frames.values()}
        notes = {NoteId(next(self._ids)): shifted(one, self._way) for one in part.notes.values()}
        bends = {self._new_wires[key]: places for key, places in part.bends.items()}
        targets = set(self._new_nodes.values())
        whole = replace(
            before,
            layers=with_records(before.layers, dict(self._layers())),
            nodes=with_records(before.nodes, dict(self._nodes())),
            wires=with_records(before.wires, closed_up(wires, targets)),
            positions=with_records(before.positions, dict(self._positions())),
            bends={**before.bends, **{k: tuple(map(self._there, b)) for k, b in bends.items()}},
            frames={**before.frames, **frames},
            notes={**before.notes, **notes},
        )
        return Pasted(whole, self._new_nodes, tuple(frames), tuple(notes))

    def _layers(self) -> Iterator[tuple[LayerId, Layer]]:
        for key, new in self._new_layers.items():
            layer = self._part.layers[key]
            inner = layer.diagram and with_new_ids(layer.diagram, self._ids)
            yield new, renamed(replace(layer, diagram=inner), self._names.take(layer.name))

    def _nodes(self) -> Iterator[tuple[NodeId, Node]]:
        for key, new in self._new_nodes.items():
            node = self._part.nodes[key]
            if isinstance(node, CallNode):
                yield new, replace(node, layer=self._new_layers[node.layer])
            elif isinstance(node, InputNode):
                yield new, replace(node, name=self._names.take(node.name))
            else:
                yield new, replace(node, name=self._head_names.take(node.name))

    def _positions(self) -> Iterator[tuple[NodeId, Position]]:
        for key, place in _places(self._part).items():
            yield self._new_nodes[key], self._there(place)

    def _incoming(self) -> dict[WireId, Wire]:
        """Return the wires from nodes outside that are in this diagram too, and give tensors."""
        nodes = self._diagram.nodes
        return {
            WireId(next(self._ids)): replace(wire, target=self._new_nodes[wire.target])
            for wire in self._fragment.incoming.values()
            if wire.source in nodes and not isinstance(nodes[wire.source], HeadNode)
        }

    def _moved(self, wire: Wire) -> Wire:
        source, target = self._new_nodes[wire.source], self._new_nodes[wire.target]
        return replace(wire, source=source, target=target)

    def _there(self, place: Position) -> Position:
        return farther(place, self._way)


def _corners(diagram: Diagram) -> Iterator[Position]:
    """Yield the top left corner of every node, frame and note."""
    yield from _places(diagram).values()
    for frame in diagram.frames.values():
        yield Position(frame.x, frame.y)
    for note in diagram.notes.values():
        yield Position(note.x, note.y)


def _places(diagram: Diagram) -> Mapping[NodeId, Position]:
    """Return every node's place, also where a diagram has not been laid out yet."""
    if diagram.nodes.keys() <= diagram.positions.keys():
        return diagram.positions
    return {**arrange(diagram), **diagram.positions}
