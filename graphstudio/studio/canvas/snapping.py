"""Where what is dragged comes to rest: level with a port, in line with a neighbour, on the grid.

Ports count most, those of its own wires before others: a wire between two ports that are level is
straight. Several nodes come in line as one, by the rectangle around them. All lengths are pixels at
100% zoom.
"""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.direction import Direction
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.studio.canvas.geometry import snapped

# From within this many pixels of the screen something catches the node.
REACH = 6.0


class Neighbour(msgspec.Struct, frozen=True):
    """A node that others can come in line with.

    Attributes:
        box: its rectangle.
        ports: where its ports lie, across the direction that wires leave in.
    """

    box: Rectangle
    ports: Sequence[float] = ()


class Joint(msgspec.Struct, frozen=True):
    """A wire of the dragged node.

    Attributes:
        own: how far from the first edge of what is dragged its end lies, across the direction.
        other: where its other end lies, across the direction.
        reach: where the other end lies, along the direction.
    """

    own: float
    other: float
    reach: float


class Guide(msgspec.Struct, frozen=True):
    """A line that shows with what a node is in line.

    Attributes:
        upright: whether it goes from top to bottom, else from left to right.
        at: where it lies, along the other axis.
        start: where it begins.
        end: where it ends.
    """

    upright: bool
    at: float
    start: float
    end: float


class Snap(msgspec.Struct, frozen=True):
    """Where a node comes to rest, and what shows why.

    Attributes:
        x: of the top left corner.
        y: of the top left corner.
        guides: at most one for each axis.
    """

    x: float
    y: float
    guides: tuple[Guide, ...] = ()


class _Catch(msgspec.Struct, frozen=True, order=True):
    """How far something moves a node, the best one first."""

    rank: int
    distance: float
    way: float
    guide: tuple[float, float, float]


def snap(
    node: Neighbour,
    joints: Iterable[Joint],
    neighbours: Sequence[Neighbour],
    reach: float,
    direction: Direction = Direction.RIGHT,
) -> Snap:
    """Return where a node, or what is dragged together, comes to rest near a place.

    Args:
        node: what is dragged, where it is dragged to.
        joints: its wires to nodes that stay.
        neighbours: the nodes around it that stay.
        reach: from how near they catch it.
        direction: which way wires leave nodes.
    """
    if direction is Direction.DOWN:
        others = [_turned(one) for one in neighbours]
        found = snap(_turned(node), joints, others, reach)
        guides = tuple(replace(guide, upright=not guide.upright) for guide in found.guides)
        return Snap(found.y, found.x, guides)
    box = node.box
    across = _best(_across(box, neighbours), reach)
    down = _best((*_joined(box, joints), *_ports(node, neighbours), *_down(box, neighbours)), reach)
    lines = []
    if across:
        lines.append(Guide(True, *across.guide))
    if down:
        lines.append(Guide(False, *down.guide))
    return Snap(
        box.left + across.way if across else snapped(box.left),
        box.top + down.way if down else snapped(box.top),
        tuple(lines),
    )


def _turned(node: Neighbour) -> Neighbour:
    """Return a node with right and down exchanged."""
    box = node.box
    return Neighbour(Rectangle(box.top, box.left, box.bottom, box.right), node.ports)


def _best(catches: Iterable[_Catch], reach: float) -> _Catch | None:
    return min((one for one in catches if one.distance <= reach), default=None)


def _joined(box: Rectangle, joints: Iterable[Joint]) -> Iterator[_Catch]:
    for joint in joints:
        span = min(joint.reach, box.left), max(joint.reach, box.right)
        yield _catch(0, box.top + joint.own, joint.other, span)


def _ports(node: Neighbour, neighbours: Iterable[Neighbour]) -> Iterator[_Catch]:
    for other in neighbours:
        span = _span(node.box.left, node.box.right, other.box.left, other.box.right)
        for own in node.ports:
            for port in other.ports:
                yield _catch(1, own, port, span)


def _down(box: Rectangle, neighbours: Iterable[Neighbour]) -> Iterator[_Catch]:
    for other in (one.box for one in neighbours):
        span = _span(box.left, box.right, other.left, other.right)
        yield _catch(2, box.top, other.top, span)
        yield _catch(2, box.bottom, other.bottom, span)
        yield _catch(3, (box.top + box.bottom) / 2, (other.top + other.bottom) / 2, span)


def _across(box: Rectangle, neighbours: Iterable[Neighbour]) -> Iterator[_Catch]:
    for other in (one.box for one in neighbours):
        span = _span(box.top, box.bottom, other.top, other.bottom)
        yield _catch(2, box.left, other.left, span)
        yield _catch(2, box.right, other.right, span)
        yield _catch(3, (box.left + box.right) / 2, (other.left + other.right) / 2, span)


def _catch(rank: int, own: float, other: float, span: tuple[float, float]) -> _Catch:
    return _Catch(rank, abs(other - own), other - own, (other, *span))


def _span(low: float, high: float, other_low: float, other_high: float) -> tuple[float, float]:
    return min(low, other_low), max(high, other_high)
