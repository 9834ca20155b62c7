"""Automatic layout: in calling order, without overlaps, with clear ways, the same each time."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.course import course
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId, Position, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.measures import DEFAULT_SIZE, Measures, Size
from graphstudio.diagram.rectangles import rectangles
from tests.code.projects import diagram, layer
from tests.diagram.strategies import diagrams
from tests.diagram.test_checks import drawing

sizes_of_nodes = st.tuples(st.integers(40, 400), st.integers(20, 300))


def overlap(one: tuple[Position, Size], two: tuple[Position, Size]) -> bool:
    (first, (width, height)), (second, (other_width, other_height)) = one, two
    return (
        first.x < second.x + other_width
        and second.x < first.x + width
        and first.y < second.y + other_height
        and second.y < first.y + height
    )


def hidden_wires(diagram: Diagram, direction: Direction = Direction.RIGHT) -> set[str]:
    """Return the wires whose curve runs through a node that is at neither of their ends."""
    places = arrange(diagram, None, direction)
    measures = Measures(direction=direction).within(diagram)
    boxes = rectangles(places, measures)
    found = set()
    for key, wire in diagram.wires.items():
        corners = [(places[node].x, places[node].y) for node in (wire.source, wire.target)]
        ends = measures.ends(key, wire, corners[0], corners[1])
        curve = course(ends, direction, 200)
        for node in boxes.keys() - {wire.source, wire.target}:
            box = boxes[node]
            if any(box.left < x < box.right and box.top < y < box.bottom for x, y in curve):
                found.add(str(key))
    return found


both_ways = pytest.mark.parametrize("direction", Direction)


@given(st.data(), diagrams(), st.sampled_from(Direction))
def test_no_node_covers_another(
    data: st.DataObject, diagram: Diagram, direction: Direction
) -> None:
    sizes: dict[NodeId, Size] = {node: data.draw(sizes_of_nodes) for node in diagram.nodes}
    places = arrange(diagram, Measures(sizes), direction)
    boxes = [(places[node], sizes[node]) for node in diagram.nodes]
    assert not any(overlap(one, two) for one, two in combinations(boxes, 2))


@given(diagrams())
def test_every_node_has_a_place_and_the_same_one_each_time(diagram: Diagram) -> None:
    places = arrange(diagram)
    assert set(places) == set(diagram.nodes)
    assert arrange(diagram) == places


@given(diagrams())
def test_wires_lead_from_left_to_right(diagram: Diagram) -> None:
    places = arrange(diagram)
    sound = set(calling_order(diagram))
    for wire in diagram.wires.values():
        if wire.source in sound and wire.target in sound:
            assert places[wire.source].x + DEFAULT_SIZE[0] < places[wire.target].x


@given(diagrams())
def test_top_to_bottom_every_wire_leads_down(diagram: Diagram) -> None:
    places = arrange(diagram, None, Direction.DOWN)
    sound = set(calling_order(diagram))
    for wire in diagram.wires.values():
        if wire.source in sound and wire.target in sound:
            assert places[wire.source].y + DEFAULT_SIZE[1] < places[wire.target].y


def test_a_chain_from_top_to_bottom_is_one_column() -> None:
    places = arrange(drawing("image a", "a b", "b digit"), None, Direction.DOWN)
    assert len({place.x for place in places.values()}) == 1


SKIPS = {
    "residual": ["image a", "a b", "b c", "c sum", "a sum", "sum digit"],
    "nested": ["image a", "a b", "b c", "c d", "d e", "b e", "e f", "a f", "f digit"],
    "two around one": ["image a", "a b", "b c", "image c", "a c", "c digit"],
    "to all": ["image a", "image b", "a b", "image c", "a c", "b c", "image d", "a d", "b d",
               "c d", "d digit"],
}  # fmt: skip


@both_ways
@pytest.mark.parametrize("name", SKIPS)
def test_a_shortcut_goes_around_what_it_skips(name: str, direction: Direction) -> None:
    assert hidden_wires(drawing(*SKIPS[name]), direction) == set()


def test_a_shortcut_is_straight_and_what_it_skips_stands_beside_it() -> None:
    drawn = drawing(*SKIPS["residual"])
    places, measures = arrange(drawn), Measures().within(drawn)
    start, end = measures.ports[WireId("a sum")]
    level = places[NodeId("a")].y + start
    assert level == places[NodeId("sum")].y + end
    for skipped in ("b", "c"):
        place = places[NodeId(skipped)]
        assert not place.y <= level <= place.y + DEFAULT_SIZE[1]


@pytest.mark.parametrize("shortcut_first", [True, False])
def test_a_shortcut_comes_on_the_side_of_its_port(*, shortcut_first: bool) -> None:
    into = ["a sum", "c sum"] if shortcut_first else ["c sum", "a sum"]
    places = arrange(drawing("image a", "a b", "b c", *into, "sum digit"))
    assert (places[NodeId("c")].y > places[NodeId("a")].y) is shortcut_first


def test_ports_that_a_wire_joins_are_level_where_the_canvas_says_they_lie() -> None:
    drawn = drawing("image a", "a b", "b digit")
    ports = {WireId("image a"): (38.0, 20.0), WireId("a b"): (60.0, 38.0)}
    places = arrange(drawn, Measures({}, ports))
    assert places[NodeId("image")].y + 38 == places[NodeId("a")].y + 20
    assert places[NodeId("a")].y + 60 == places[NodeId("b")].y + 38


def test_a_chain_is_a_straight_line() -> None:
    places = arrange(drawing("image a", "a b", "b digit"))
    assert len({place.y for place in places.values()}) == 1


def test_two_branches_lie_on_either_side_of_their_source() -> None:
    places = arrange(drawing("image a", "image b", "a digit", "b even", heads="digit even"))
    low, high = sorted(places[NodeId(node)].y for node in ("a", "b"))
    assert low < places[NodeId("image")].y < high


def test_wires_do_not_cross_where_they_need_not() -> None:
    diagram = drawing("x a", "y b", "a even", "b digit", inputs="y x", heads="digit even")
    places = arrange(diagram)
    above = {places[NodeId("x")].y < places[NodeId("y")].y}
    above.add(places[NodeId("a")].y < places[NodeId("b")].y)
    above.add(places[NodeId("even")].y < places[NodeId("digit")].y)
    assert len(above) == 1


def test_branches_lie_in_the_order_of_the_ports_where_they_meet() -> None:
    branches = drawing(
        "image a", "image b", "image c", "c d", "d sum", "b sum", "a sum", "sum digit"
    )
    places = arrange(branches)
    assert places[NodeId("d")].y < places[NodeId("b")].y < places[NodeId("a")].y


def test_what_follows_a_node_lies_straight_behind_it() -> None:
    places = arrange(drawing("image a", "image b", "b c", "c sum", "a sum", "sum digit"))
    assert places[NodeId("b")].y == places[NodeId("c")].y


def test_a_node_with_several_outputs_has_room_for_their_names() -> None:
    drawn = diagram(
        "states",
        {
            "x": InputNode(name="x"),
            "y": InputNode(name="y"),
            "lstm": layer("LSTM", "lstm"),
            "other": layer("Dense", "other"),
            **{f"head_{n}": HeadNode(name=f"head_{n}") for n in range(4)},
        },
        ("x lstm", "y other", "other head_3", *(f"lstm.{n} head_{n}" for n in range(3))),
    )
    places = arrange(drawn)
    lstm, other = places[NodeId("lstm")], places[NodeId("other")]
    assert lstm.x == other.x
    three_rows = 60
    assert other.y - lstm.y >= DEFAULT_SIZE[1] + three_rows


def test_an_empty_diagram_has_no_places() -> None:
    assert arrange(Diagram()) == {}
