"""Wires that would run behind nodes are led round them."""

import pytest

from graphstudio.diagram.course import course
from graphstudio.diagram.detours import detours
from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import rectangles
from tests.diagram.test_checks import drawing

SKIP = drawing("image a", "a b", "b c", "a c", "c digit")
both_ways = pytest.mark.parametrize("direction", Direction)


def in_line(diagram: Diagram, direction: Direction, step: float = 300) -> Diagram:
    """Return a diagram with its nodes in a straight line."""
    down = direction is Direction.DOWN
    places = {
        node: Position(0, step * n) if down else Position(step * n, 0)
        for n, node in enumerate(calling_order(diagram))
    }
    return move_nodes(diagram, places)


def runs_behind(diagram: Diagram, measures: Measures, bends: tuple[Position, ...]) -> bool:
    """Return whether the wire from a to c runs behind b, if it passes some bends."""
    key = WireId("a c")
    corners = [(diagram.positions[n].x, diagram.positions[n].y) for n in map(NodeId, "ac")]
    start, end = measures.ends(key, diagram.wires[key], corners[0], corners[1])
    passed = (start, *((one.x, one.y) for one in bends), end)
    box = rectangles(diagram.positions, measures)[NodeId("b")]
    curve = course(passed, measures.direction, 100)
    return any(box.left <= x <= box.right and box.top <= y <= box.bottom for x, y in curve)


@both_ways
def test_a_wire_behind_a_node_is_led_round_it(direction: Direction) -> None:
    line = in_line(SKIP, direction)
    measures = Measures(direction=direction).within(line)
    found = detours(line, measures, line.wires.keys())
    assert set(found) == {"a c"}
    assert runs_behind(line, measures, ())
    assert not runs_behind(line, measures, found[WireId("a c")])


@both_ways
def test_wires_with_a_clear_way_have_no_bends(direction: Direction) -> None:
    chain = drawing("image a", "a b", "b digit")
    line = in_line(chain, direction)
    assert detours(line, Measures(direction=direction).within(line), line.wires.keys()) == {}


def test_wires_that_are_not_asked_about_stay_as_they_are() -> None:
    line = in_line(SKIP, Direction.RIGHT)
    assert detours(line, Measures().within(line), [WireId("a b")]) == {}


def test_two_detours_do_not_lie_on_each_other() -> None:
    both = drawing("image a", "a b", "b c", "c d", "a d", "b d", "d digit")
    line = in_line(both, Direction.RIGHT)
    found = detours(line, Measures().within(line), line.wires.keys())
    levels = [bends[0].y for bends in found.values()]
    assert len(levels) == len({round(level) for level in levels}) == 2


def test_where_there_is_no_room_a_wire_stays_as_it_is() -> None:
    close = in_line(SKIP, Direction.RIGHT, step=221)
    assert detours(close, Measures().within(close), close.wires.keys()) == {}
