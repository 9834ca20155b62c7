"""Which frame holds which nodes and which other frames."""

from collections.abc import Iterable, Mapping
from math import ceil

import msgspec

from graphstudio.diagram.diagram import Diagram, FrameId, NodeId
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import Rectangle, around, rectangle_of, rectangles

_LEAST_MARGIN = 16.0
# Above the nodes of a frame stands its title.
_LEAST_TOP = 40.0


class Margins(msgspec.Struct, frozen=True):
    """What a frame leaves free around its content on each side."""

    left: float
    top: float
    right: float
    bottom: float

    def around(self, content: Rectangle) -> Rectangle:
        """Return the frame around a content."""
        return Rectangle(
            content.left - self.left,
            content.top - self.top,
            content.right + self.right,
            content.bottom + self.bottom,
        )


class Held(msgspec.Struct, frozen=True):
    """What lies in a frame.

    Attributes:
        box: the frame.
        nodes: all nodes that lie whole inside of it.
        frames: the frames inside of it that hold nodes themselves.
        margins: what is free around all of that.
    """

    box: Rectangle
    nodes: tuple[NodeId, ...]
    frames: tuple[FrameId, ...]
    margins: Margins


class Tree(msgspec.Struct, frozen=True):
    """Frames in frames.

    Attributes:
        own: the nodes that each frame holds and no frame inside of it, the inner frames first.
        outer: the frame right around each that lies in one.
    """

    own: Mapping[FrameId, tuple[NodeId, ...]]
    outer: Mapping[FrameId, FrameId]


def frames_of(diagram: Diagram, measures: Measures) -> dict[FrameId, Held]:
    """Return what each frame holds, the inner frames first; empty ones are left out.

    Args:
        diagram: whose frames they are.
        measures: how large nodes are drawn.
    """
    if not diagram.frames:
        return {}
    known = {key: at for key, at in diagram.positions.items() if key in diagram.nodes}
    nodes = rectangles(known, measures)
    boxes = {key: rectangle_of(frame) for key, frame in diagram.frames.items()}
    found: dict[FrameId, Held] = {}
    for key, box in sorted(boxes.items(), key=lambda one: (_area(one[1]), one[0])):
        held = tuple(node for node in diagram.nodes if node in nodes and box.holds(nodes[node]))
        inner = tuple(other for other in found if box.holds(found[other].box))
        content = around([*(nodes[one] for one in held), *(found[one].box for one in inner)])
        if held and content is not None:
            found[key] = Held(box, held, inner, _margins(box, content))
    return found


def tree_of(frames: Mapping[FrameId, Held], nodes: Iterable[NodeId]) -> Tree:
    """Return which frame has which nodes and frames to itself.

    A node in two frames that only overlap is the smaller one's. Only frames count whose nodes are
    all among the given ones.

    Args:
        frames: what each holds, the inner frames first.
        nodes: those that are looked at.
    """
    free = set(nodes)
    whole = {key: held for key, held in frames.items() if free.issuperset(held.nodes)}
    own: dict[FrameId, tuple[NodeId, ...]] = {}
    outer: dict[FrameId, FrameId] = {}
    for key, held in whole.items():
        own[key] = tuple(node for node in held.nodes if node in free)
        free.difference_update(held.nodes)
        for inner in held.frames:
            if inner in whole:
                outer.setdefault(inner, key)
    return Tree(own, outer)


def _margins(box: Rectangle, content: Rectangle) -> Margins:
    """Return the margins that a frame has, or at least those that it needs."""
    return Margins(
        float(ceil(max(content.left - box.left, _LEAST_MARGIN))),
        float(ceil(max(content.top - box.top, _LEAST_TOP))),
        float(ceil(max(box.right - content.right, _LEAST_MARGIN))),
        float(ceil(max(box.bottom - content.bottom, _LEAST_MARGIN))),
    )


def _area(box: Rectangle) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
