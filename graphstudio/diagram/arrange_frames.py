"""Automatic layout that keeps the nodes of a frame together.

What a frame holds is laid out by itself, the inner frames first, and then stands among the others
as one block. Some frames cannot be kept so: one that holds a node which stays where it is is passed
over, and of two that overlap the smaller one has the nodes that lie in both. A wire that leads back
into a frame from what depends on it goes against the direction.
"""

from collections.abc import Collection, Iterable, Mapping
from math import inf

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.course import Point
from graphstudio.diagram.diagram import Diagram, FrameId, Node, NodeId, Position, Wire, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.frame_tree import Held, tree_of
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.measures import Measures, Size
from graphstudio.diagram.rectangles import Rectangle, around, rectangles


class _Block(msgspec.Struct, frozen=True):
    """A frame with what is in it: its size, and where its nodes lie from its top left corner."""

    size: Size
    places: Mapping[NodeId, Point]


def arrange_with_frames(
    diagram: Diagram, measures: Measures, direction: Direction, frames: Mapping[FrameId, Held]
) -> tuple[dict[NodeId, Position], Rectangle | None]:
    """Return a place for every node, and the rectangle around nodes and frames.

    Args:
        diagram: what to lay out.
        measures: of everything in it.
        direction: which way the tensors go.
        frames: what each frame holds, the inner frames first.
    """
    tree = tree_of(frames, diagram.nodes)
    if not tree.own:
        found = arrange(diagram, measures, direction)
        return found, around(rectangles(found, measures).values())
    arranging = _Arranging(diagram, measures, direction)
    blocks: dict[FrameId, _Block] = {}
    for key, nodes in tree.own.items():
        inner = {other: blocks[other] for other in blocks if tree.outer.get(other) == key}
        if nodes or inner:
            places, content = arranging.places(nodes, inner)
            box = frames[key].margins.around(content)
            blocks[key] = _Block(
                (box.right - box.left, box.bottom - box.top),
                {node: (at.x - box.left, at.y - box.top) for node, at in places.items()},
            )
    free = diagram.nodes.keys() - {node for nodes in tree.own.values() for node in nodes}
    outer = {key: block for key, block in blocks.items() if key not in tree.outer}
    return arranging.places(free, outer)


class _Arranging:
    """Lays parts of a diagram out, with blocks as if they were nodes."""

    def __init__(self, diagram: Diagram, measures: Measures, direction: Direction) -> None:
        self._diagram = diagram
        self._measures = measures
        self._direction = direction
        self._order = {node: float(n) for n, node in enumerate(calling_order(diagram))}

    def places(
        self, nodes: Collection[NodeId], blocks: Mapping[FrameId, _Block]
    ) -> tuple[dict[NodeId, Position], Rectangle]:
        """Return places for some nodes and what is in some blocks, and the rectangle around."""
        ids = {key: NodeId(f"frame {key}") for key in blocks}
        stands = {node: node for node in nodes}
        stands |= {node: ids[key] for key, block in blocks.items() for node in block.places}
        sizes = {node: self._measures.sizes[node] for node in nodes}
        sizes |= {ids[key]: block.size for key, block in blocks.items()}
        wires = dict(self._wires(stands, set(ids.values())))
        ports = {key: self._ports(key, blocks) for key in wires}
        # A block is arranged like a node of any kind.
        known: dict[NodeId, Node] = {}
        for node, record in self._diagram.nodes.items():
            if node in stands:
                known.setdefault(stands[node], record)
        part = replace(self._diagram, nodes=known, wires=wires)
        measures = Measures(sizes, ports, self._measures.direction)
        found = arrange(part, measures, self._direction)
        content = around(rectangles(found, measures).values())
        places = {node: found[node] for node in nodes}
        for key, block in blocks.items():
            corner = found[ids[key]]
            places |= {
                node: Position(corner.x + x, corner.y + y) for node, (x, y) in block.places.items()
            }
        return places, content or Rectangle(0.0, 0.0, 0.0, 0.0)

    def _wires(
        self, stands: Mapping[NodeId, NodeId], blocks: Collection[NodeId]
    ) -> Iterable[tuple[WireId, Wire]]:
        """Yield the wires between nodes and blocks; none of those with blocks closes a cycle."""
        rank: dict[NodeId, float] = {}
        for node, stand in stands.items():
            rank[stand] = min(rank.get(stand, inf), self._order.get(node, inf))
        for key, wire in self._diagram.wires.items():
            source, target = stands.get(wire.source), stands.get(wire.target)
            if source is None or target is None:
                continue
            joins_block = source in blocks or target in blocks
            if not joins_block or rank[source] < rank[target]:
                yield key, replace(wire, source=source, target=target)

    def _ports(self, key: WireId, blocks: Mapping[FrameId, _Block]) -> tuple[float, float]:
        """Return how far along the edges of nodes or blocks a wire begins and ends."""
        wire, edge = self._diagram.wires[key], self._measures.edge
        start, end = self._measures.ports[key]
        for block in blocks.values():
            if wire.source in block.places:
                start += block.places[wire.source][edge]
            if wire.target in block.places:
                end += block.places[wire.target][edge]
        return start, end
