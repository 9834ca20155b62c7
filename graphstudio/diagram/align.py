"""Nodes in line with each other, and at even distances."""

from collections.abc import Callable, Mapping
from enum import Enum
from itertools import pairwise

from graphstudio.diagram.diagram import NodeId, Position
from graphstudio.diagram.rectangles import Rectangle, around


class Line(Enum):
    """What of the nodes comes into line."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"
    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"


class Spread(Enum):
    """What of the nodes comes to even distances."""

    CENTRES_ACROSS = "centres_across"
    CENTRES_DOWN = "centres_down"
    GAPS_ACROSS = "gaps_across"
    GAPS_DOWN = "gaps_down"


# How far right and down of a rectangle the line is that counts.
_LINES: Mapping[Line, Callable[[Rectangle], tuple[float, float]]] = {
    Line.LEFT: lambda box: (box.left, 0.0),
    Line.CENTRE: lambda box: ((box.left + box.right) / 2, 0.0),
    Line.RIGHT: lambda box: (box.right, 0.0),
    Line.TOP: lambda box: (0.0, box.top),
    Line.MIDDLE: lambda box: (0.0, (box.top + box.bottom) / 2),
    Line.BOTTOM: lambda box: (0.0, box.bottom),
}


def aligned(boxes: Mapping[NodeId, Rectangle], line: Line) -> dict[NodeId, Position]:
    """Return places of nodes at which a line of theirs is that of the rectangle around them all."""
    whole = around(boxes.values())
    if whole is None:
        return {}
    x, y = _LINES[line](whole)
    places = {}
    for node, box in boxes.items():
        its_x, its_y = _LINES[line](box)
        places[node] = Position(box.left + x - its_x, box.top + y - its_y)
    return places


def distributed(boxes: Mapping[NodeId, Rectangle], spread: Spread) -> dict[NodeId, Position]:
    """Return places of nodes between the outermost two, which stay, at even distances.

    Where the nodes have less room than they take, even gaps are even overlaps.
    """
    across = spread in {Spread.CENTRES_ACROSS, Spread.GAPS_ACROSS}
    spans = {node: (box.left, box.right) if across else (box.top, box.bottom)
             for node, box in boxes.items()}  # fmt: skip
    order = sorted(boxes, key=lambda node: (sum(spans[node]), node))
    if spread in {Spread.CENTRES_ACROSS, Spread.CENTRES_DOWN}:
        starts = _even_centres([spans[node] for node in order])
    else:
        starts = _even_gaps([spans[node] for node in order])
    return {
        node: Position(start, boxes[node].top) if across else Position(boxes[node].left, start)
        for node, start in zip(order, map(_whole, starts), strict=True)
    }


def _even_centres(spans: list[tuple[float, float]]) -> list[float]:
    """Return where each span begins when the middles lie evenly."""
    steps = max(len(spans) - 1, 1)
    middles = [(low + high) / 2 for low, high in spans]
    step = (middles[-1] - middles[0]) / steps if middles else 0.0
    return [
        middles[0] + number * step - (high - low) / 2 for number, (low, high) in enumerate(spans)
    ]


def _even_gaps(spans: list[tuple[float, float]]) -> list[float]:
    """Return where each span begins when what lies between them is even."""
    gaps = sum(two[0] - one[1] for one, two in pairwise(spans))
    gap = gaps / max(len(spans) - 1, 1)
    starts, start = [], spans[0][0] if spans else 0.0
    for low, high in spans:
        starts.append(start)
        start += high - low + gap
    return starts


def _whole(length: float) -> float:
    """Return whole pixels, on which lines are sharp."""
    return float(round(length))
