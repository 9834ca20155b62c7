"""Automatic layout: left to right, without overlaps, the same each time."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId, Position
from graphstudio.diagram.graph import calling_order
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


@given(st.data(), diagrams())
def test_no_node_covers_another(data: st.DataObject, diagram: Diagram) -> None:
    sizes = {node: data.draw(sizes_of_nodes) for node in diagram.nodes}
    places = arrange(diagram, sizes)
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


def test_a_wire_that_skips_columns_goes_around_the_nodes_between() -> None:
    places = arrange(drawing("image a", "a b", "b c", "image c", "c digit"))
    ends = {places[NodeId(node)].y + DEFAULT_SIZE[1] / 2 for node in ("image", "c")}
    between = places[NodeId("a")], places[NodeId("b")]
    assert not all(place.y < end < place.y + DEFAULT_SIZE[1] for end in ends for place in between)


def test_an_empty_diagram_has_no_places() -> None:
    assert arrange(Diagram()) == {}
