"""The edit that arranges a diagram or a part of it, with all that lies around the nodes."""

from collections.abc import Collection, Iterable, Mapping

from msgspec.structs import replace

from graphstudio.diagram.arrange_frames import arrange_with_frames
from graphstudio.diagram.detours import detours
from graphstudio.diagram.diagram import Diagram, NodeId, Position
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.frame_contents import follow_nodes
from graphstudio.diagram.frame_tree import frames_of
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import Rectangle, around, rectangles

# The least space between an arranged part and the nodes that stay.
_GAP = 32.0


def arranged(
    diagram: Diagram,
    measures: Measures | None = None,
    direction: Direction = Direction.RIGHT,
    nodes: Collection[NodeId] = (),
    drawn: Measures | None = None,
) -> Diagram:
    """Return a diagram with its nodes, or some of them, laid out anew.

    All of a diagram is read in the direction from then on; a part keeps that of the diagram.
    What a frame held stays together, without others between, as far as
    :mod:`~graphstudio.diagram.arrange_frames` says. Of the wires between nodes that are laid out
    only those have bends that would run behind nodes. Locked nodes stay. A part stays where it
    was, by its top left corner, or goes to the nearest place where it covers no other node.

    Args:
        diagram: what to lay out.
        measures: how large nodes are and where their ports lie, by :func:`read_in` this
            direction; what is missing is guessed.
        direction: which way the tensors go.
        nodes: the part; all nodes without.
        drawn: how large nodes are before that, if it is read another way then.
    """
    read = read_in(diagram, direction, nodes)
    known = (measures or Measures(direction=read)).within(diagram)
    chosen = (set(nodes) or set(diagram.nodes)) - diagram.locked
    part = diagram if len(chosen) == len(diagram.nodes) else _part(diagram, chosen)
    if drawn is None:
        drawn = known if read is diagram.direction else Measures(direction=diagram.direction)
    frames = frames_of(diagram, drawn.within(diagram))
    places, room = arrange_with_frames(part, known, direction, frames)
    if part is not diagram and room:
        places = _fitted_in(diagram, places, room, known)
    bends = {key: places for key, places in diagram.bends.items() if key not in part.wires}
    turned = replace(diagram, bends=bends, direction=read)
    moved = move_nodes(turned, places)
    round_nodes = {**moved.bends, **detours(moved, known, part.wires.keys())}
    return follow_nodes(diagram, replace(moved, bends=round_nodes), frames, known)


def read_in(diagram: Diagram, direction: Direction, nodes: Collection[NodeId] = ()) -> Direction:
    """Return which way a diagram is read after it, or a part of it, is laid out in a direction."""
    everything = not nodes or diagram.nodes.keys() <= set(nodes)
    return direction if everything else diagram.direction


def _part(diagram: Diagram, chosen: set[NodeId]) -> Diagram:
    """Return the nodes of a part with the wires between them."""
    return replace(
        diagram,
        nodes={key: node for key, node in diagram.nodes.items() if key in chosen},
        wires={
            key: wire
            for key, wire in diagram.wires.items()
            if wire.source in chosen and wire.target in chosen
        },
    )


def _fitted_in(
    diagram: Diagram, places: Mapping[NodeId, Position], new: Rectangle, measures: Measures
) -> dict[NodeId, Position]:
    """Return the places of a part, moved together to where the part was or can be."""
    boxes = rectangles(diagram.positions, measures)
    old = around(boxes[node] for node in places if node in boxes)
    if old is None:
        return dict(places)
    right, down = old.left - new.left, old.top - new.top
    others = [box for node, box in boxes.items() if node not in places and node in diagram.nodes]
    aside, below = _free_way(new.moved(right, down), others)
    x, y = right + aside, down + below
    return {node: Position(place.x + x, place.y + y) for node, place in places.items()}


def _free_way(box: Rectangle, others: Iterable[Rectangle]) -> tuple[float, float]:
    """Return the shortest way, across or down, that takes a rectangle off all others."""
    roomy = [other.grown(_GAP) for other in others]
    if not any(other.meets(box) for other in roomy):
        return 0.0, 0.0
    ways = [
        way
        for other in roomy
        for way in (
            (other.left - box.right, 0.0),
            (other.right - box.left, 0.0),
            (0.0, other.top - box.bottom),
            (0.0, other.bottom - box.top),
        )
    ]
    ways.sort(key=lambda way: (abs(way[0]) + abs(way[1]), way))
    # One of them leads beyond all others.
    return next(way for way in ways if not any(one.meets(box.moved(*way)) for one in roomy))
