"""Where the parts of a node lie: arithmetic on its ports and the widths of its texts.

All lengths are pixels at 100% zoom, from the node's top left corner.
"""

from functools import lru_cache
from math import ceil, hypot

import msgspec

from graphstudio.diagram.direction import Direction
from graphstudio.studio.canvas.ports import Ports, Side, Slot

WIDTHS = (120, 256)
HEIGHT = 76.0
HEAD_HEIGHT = 50.0
FOOT_HEIGHT = HEIGHT - HEAD_HEIGHT
PORT_RADIUS = 5.5
EXTRA_RADIUS = 4.5
ROW = 20.0
GRID = 8
_PITCH = 16.0
_EXTRA_PITCH = 12.0
# Left of the mark at the corner, extras lie on the upper edge.
_EXTRA_RIGHT = 24.0
PORT_REACH = 9.0
_SHAPES = 2000

Point = tuple[float, float]


class NodeShape(msgspec.Struct, frozen=True):
    """A node's outline and ports.

    Attributes:
        width: of the body.
        height: of the body.
        inputs: centres of the input ports.
        outputs: centres of the output ports.
        rows: how many rows of port labels the body has.
        extras: the inputs that are drawn small: optional ones without a wire.
        head: where the lines of text begin, below the names of ports on the upper edge.
        foot: where the line of shape and parameters begins.
        direction: which way wires leave, which says on which edges ports lie.
    """

    width: float
    height: float
    inputs: tuple[Point, ...]
    outputs: tuple[Point, ...]
    rows: int
    extras: frozenset[int]
    head: float = 0.0
    foot: float = HEAD_HEIGHT
    direction: Direction = Direction.RIGHT

    def centre(self, side: Side, index: int) -> Point:
        """Return a port's centre; one that the node does not have lies at the edge's middle."""
        centres = self.inputs if side is Side.INPUT else self.outputs
        if index < len(centres):
            return centres[index]
        if self.direction is Direction.DOWN:
            return (self.width / 2, 0.0 if side is Side.INPUT else self.height)
        return (0.0 if side is Side.INPUT else self.width, self.height / 2)


def label_rows(ports: Ports) -> int:
    """Return how many rows of port labels a node needs; none where no port needs a name."""
    main = _main(ports)
    extras = len(ports.inputs) - len(main)
    inputs = len({slot.port for slot in main}) > 1 or extras > 2 or (extras and len(main) > 1)
    outputs = ports.outputs > 1
    return max(len(ports.inputs), ports.outputs) if inputs or outputs else 0


def named_inputs(ports: Ports) -> tuple[Slot, ...]:
    """Return the inputs whose names stand below the upper edge: all but extras, if they differ."""
    main = _main(ports)
    return main if len({slot.port for slot in main}) > 1 else ()


def node_shape(
    ports: Ports, content: float, direction: Direction = Direction.RIGHT, pitch: float = 0.0
) -> NodeShape:
    """Return the shape of a node.

    Args:
        ports: its ports.
        content: width that its widest line of text wants, margins included.
        direction: which way wires leave it.
        pitch: width that the name of a port wants on the upper or lower edge.
    """
    width = min(max(ceil(content / 4) * 4, WIDTHS[0]), WIDTHS[1])
    if direction is Direction.DOWN:
        return _shape_down(ports, width, ceil(pitch / 4) * 4)
    return _shape(ports, width)


@lru_cache(_SHAPES)
def _shape_down(ports: Ports, content: int, pitch: int) -> NodeShape:
    """Return the shape of a node with its ports on the upper and lower edges."""
    main, names, outputs = _main(ports), named_inputs(ports), ports.outputs
    extras = len(ports.inputs) - len(main)
    steps = (float(pitch) if names else _PITCH, float(pitch) if outputs > 1 else _PITCH)
    # Extras lie at one side of what stands in the middle, so there is room for them at both.
    aside = 2 * (_EXTRA_RIGHT + _EXTRA_PITCH * (extras - 1)) if extras else 0.0
    width = max(content, steps[0] * len(main) + aside, steps[1] * outputs)
    width = float(ceil(width / 4) * 4)
    head = ROW if names else 0.0
    height = HEIGHT + head + (ROW if outputs > 1 else 0.0)
    across = iter(_centred(len(main), width, steps[0]))
    small = iter(width - _EXTRA_RIGHT - _EXTRA_PITCH * (extras - 1 - n) for n in range(extras))
    return NodeShape(
        width=width,
        height=height,
        inputs=tuple((next(small if _is_extra(s) else across), 0.0) for s in ports.inputs),
        outputs=tuple((x, height) for x in _centred(outputs, width, steps[1])),
        rows=1 if names or outputs > 1 else 0,
        extras=_extras(ports),
        head=head,
        foot=head + HEAD_HEIGHT,
        direction=Direction.DOWN,
    )


@lru_cache(_SHAPES)
def _shape(ports: Ports, width: int) -> NodeShape:
    """Return the shape of a node of that width; most nodes of a diagram have one of a few."""
    rows = label_rows(ports)
    extras = _extras(ports)
    if rows:
        inputs = _in_rows(len(ports.inputs))
        height = HEIGHT + ROW * rows
    else:
        main = len(ports.inputs) - len(extras)
        height = max(HEIGHT, ceil((main * _PITCH + 12) / 4) * 4)
        inputs = _along_edge(main, height) + _above_foot(len(extras), height)
    outputs = _in_rows(ports.outputs) if rows else _along_edge(ports.outputs, height)
    return NodeShape(
        width=float(width),
        height=float(height),
        inputs=tuple((0.0, y) for y in inputs),
        outputs=tuple((float(width), y) for y in outputs),
        rows=rows,
        extras=extras,
        foot=height - FOOT_HEIGHT,
    )


def hit_port(shape: NodeShape, x: float, y: float) -> tuple[Side, int] | None:
    """Return the port under a point, if there is one."""
    near: list[tuple[float, Side, int]] = []
    for side, centres in ((Side.INPUT, shape.inputs), (Side.OUTPUT, shape.outputs)):
        near += [(hypot(x - cx, y - cy), side, n) for n, (cx, cy) in enumerate(centres)]
    if not near:
        return None
    distance, side, number = min(near, key=lambda one: one[0])
    return (side, number) if distance <= PORT_REACH else None


def in_body(shape: NodeShape, x: float, y: float) -> bool:
    """Return whether a point lies on the node's body."""
    return 0 <= x <= shape.width and 0 <= y <= shape.height


def snapped(value: float) -> float:
    """Return the nearest line of the grid."""
    return float(round(value / GRID) * GRID)


def _is_extra(slot: Slot) -> bool:
    return slot.optional and not slot.wired


def _main(ports: Ports) -> tuple[Slot, ...]:
    return tuple(slot for slot in ports.inputs if not _is_extra(slot))


def _extras(ports: Ports) -> frozenset[int]:
    return frozenset(number for number, slot in enumerate(ports.inputs) if _is_extra(slot))


def _in_rows(count: int) -> list[float]:
    """Return heights in the label rows; a single port keeps its place beside the head."""
    if count == 1:
        return [HEIGHT / 2]
    return [HEAD_HEIGHT + ROW * (row + 0.5) for row in range(count)]


def _along_edge(count: int, height: float) -> list[float]:
    return _centred(count, height, _PITCH)


def _centred(count: int, length: float, pitch: float) -> list[float]:
    first = length / 2 - pitch * (count - 1) / 2
    return [first + pitch * number for number in range(count)]


def _above_foot(count: int, height: float) -> list[float]:
    top = height - 10.0 - _EXTRA_PITCH * (count - 1)
    return [top + _EXTRA_PITCH * number for number in range(count)]
