"""Where the parts of a node lie: arithmetic on its ports and the widths of its texts.

All lengths are pixels at 100% zoom, from the node's top left corner.
"""

from functools import lru_cache
from math import ceil, hypot

import msgspec

from graphstudio.studio.canvas.ports import Ports, Side

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
    """

    width: float
    height: float
    inputs: tuple[Point, ...]
    outputs: tuple[Point, ...]
    rows: int
    extras: frozenset[int]

    def centre(self, side: Side, index: int) -> Point:
        """Return a port's centre; one that the node does not have lies at the edge's middle."""
        centres = self.inputs if side is Side.INPUT else self.outputs
        if index < len(centres):
            return centres[index]
        return (0.0 if side is Side.INPUT else self.width, self.height / 2)


def label_rows(ports: Ports) -> int:
    """Return how many rows of port labels a node needs; none where no port needs a name."""
    main = [slot for slot in ports.inputs if slot.wired or not slot.optional]
    extras = len(ports.inputs) - len(main)
    inputs = len({slot.port for slot in main}) > 1 or extras > 2 or (extras and len(main) > 1)
    outputs = ports.outputs > 1
    return max(len(ports.inputs), ports.outputs) if inputs or outputs else 0


def node_shape(ports: Ports, content: float) -> NodeShape:
    """Return the shape of a node.

    Args:
        ports: its ports.
        content: width that its widest line of text wants, margins included.
    """
    return _shape(ports, min(max(ceil(content / 4) * 4, WIDTHS[0]), WIDTHS[1]))


@lru_cache(_SHAPES)
def _shape(ports: Ports, width: int) -> NodeShape:
    """Return the shape of a node of that width; most nodes of a diagram have one of a few."""
    rows = label_rows(ports)
    extras = frozenset(
        number for number, slot in enumerate(ports.inputs) if slot.optional and not slot.wired
    )
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


def _in_rows(count: int) -> list[float]:
    """Return heights in the label rows; a single port keeps its place beside the head."""
    if count == 1:
        return [HEIGHT / 2]
    return [HEAD_HEIGHT + ROW * (row + 0.5) for row in range(count)]


def _along_edge(count: int, height: float) -> list[float]:
    top = height / 2 - _PITCH * (count - 1) / 2
    return [top + _PITCH * number for number in range(count)]


def _above_foot(count: int, height: float) -> list[float]:
    top = height - 10.0 - _EXTRA_PITCH * (count - 1)
    return [top + _EXTRA_PITCH * number for number in range(count)]
