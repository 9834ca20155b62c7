"""Aligning and distributing nodes of different sizes."""

from itertools import pairwise

import pytest

from graphstudio.diagram.align import Line, Spread, aligned, distributed
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.rectangles import Rectangle

BOXES = {
    NodeId("a"): Rectangle(0, 0, 100, 76),
    NodeId("b"): Rectangle(150, 40, 350, 160),
    NodeId("c"): Rectangle(500, 10, 560, 86),
    NodeId("d"): Rectangle(700, 400, 800, 476),
}


def after(spread: Spread | Line) -> list[Rectangle]:
    """Return the boxes, from left to right or top to bottom as they were, where they lie then."""
    made = aligned(BOXES, spread) if isinstance(spread, Line) else distributed(BOXES, spread)
    return [
        box.moved(made[node].x - box.left, made[node].y - box.top) for node, box in BOXES.items()
    ]


@pytest.mark.parametrize(
    ("line", "where"),
    [
        (Line.LEFT, {0}),
        (Line.RIGHT, {800}),
        (Line.CENTRE, {400}),
        (Line.TOP, {0}),
        (Line.BOTTOM, {476}),
        (Line.MIDDLE, {238}),
    ],
)
def test_a_line_of_all_is_that_of_the_whole(line: Line, where: set[float]) -> None:
    lines = {
        Line.LEFT: lambda box: box.left,
        Line.RIGHT: lambda box: box.right,
        Line.CENTRE: lambda box: (box.left + box.right) / 2,
        Line.TOP: lambda box: box.top,
        Line.BOTTOM: lambda box: box.bottom,
        Line.MIDDLE: lambda box: (box.top + box.bottom) / 2,
    }
    assert {lines[line](box) for box in after(line)} == where


@pytest.mark.parametrize("line", Line)
def test_aligning_moves_nodes_one_way_only(line: Line) -> None:
    upright = line in {Line.LEFT, Line.RIGHT, Line.CENTRE}
    for before, box in zip(BOXES.values(), after(line), strict=True):
        assert box.top == before.top if upright else box.left == before.left


def test_even_gaps_lie_between_the_outermost() -> None:
    made = after(Spread.GAPS_ACROSS)
    gaps = [two.left - one.right for one, two in pairwise(made)]
    assert max(gaps) - min(gaps) <= 1
    assert (made[0], made[-1]) == (BOXES[NodeId("a")], BOXES[NodeId("d")])


def test_even_centres_lie_between_the_outermost() -> None:
    made = after(Spread.CENTRES_ACROSS)
    middles = [(box.left + box.right) / 2 for box in made]
    steps = [two - one for one, two in pairwise(middles)]
    assert max(steps) - min(steps) <= 1
    assert (made[0], made[-1]) == (BOXES[NodeId("a")], BOXES[NodeId("d")])


def test_down_the_order_is_that_of_the_middles() -> None:
    made = sorted(after(Spread.GAPS_DOWN), key=lambda box: box.top)
    gaps = [two.top - one.bottom for one, two in pairwise(made)]
    assert max(gaps) - min(gaps) <= 1
    middles = sorted((box.top + box.bottom) / 2 for box in after(Spread.CENTRES_DOWN))
    steps = [two - one for one, two in pairwise(middles)]
    assert max(steps) - min(steps) <= 1


def test_nothing_is_put_in_order_without_nodes() -> None:
    assert aligned({}, Line.LEFT) == {}
    assert distributed({}, Spread.GAPS_ACROSS) == {}
