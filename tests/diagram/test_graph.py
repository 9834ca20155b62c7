"""The diagram as a graph: orders, ancestors, cycles and islands."""

from hypothesis import given

from graphstudio.diagram.diagram import CallNode, Diagram, InputNode, LayerId, NodeId
from graphstudio.diagram.graph import (
    ancestors,
    calling_order,
    cycles,
    descendants,
    islands,
)
from tests.code.projects import diagram, layer
from tests.diagram.strategies import diagrams
from tests.diagram.test_checks import drawing


def test_calls_stand_after_what_they_receive_else_as_they_were_added() -> None:
    diagram = drawing("image b", "image a", "a c", "b c", "c digit")
    assert calling_order(diagram) == ["image", "b", "a", "c", "digit"]


def test_what_hangs_on_a_cycle_has_no_place_in_the_order() -> None:
    diagram = drawing("image a", "a b", "b a", "b digit", "image even", heads="digit even")
    assert calling_order(diagram) == ["image", "even"]


@given(diagrams())
def test_the_order_holds_every_node_unless_there_is_a_cycle(diagram: Diagram) -> None:
    order = calling_order(diagram)
    place = {node: number for number, node in enumerate(order)}
    for wire in diagram.wires.values():
        if wire.target in place:
            assert place[wire.source] < place[wire.target]
    assert (len(order) == len(diagram.nodes)) == (not cycles(diagram))


@given(diagrams())
def test_the_wires_of_a_cycle_lead_back_to_where_they_began(diagram: Diagram) -> None:
    for keys in cycles(diagram):
        wires = [diagram.wires[key] for key in keys]
        following = [*wires[1:], wires[0]]
        assert [wire.target for wire in wires] == [wire.source for wire in following]


def test_ancestors_are_all_that_a_node_depends_on() -> None:
    diagram = drawing("image a", "a b", "image c", "b digit", "c even", heads="digit even")
    assert ancestors(diagram, NodeId("digit")) == {"image", "a", "b"}


def test_islands_are_the_parts_that_no_wire_joins_the_largest_first() -> None:
    diagram = drawing("other more", "image a", "a digit", inputs="image other", heads="digit more")
    assert islands(diagram) == [{"image", "a", "digit"}, {"other", "more"}]


def test_descendants_are_all_that_depend_on_a_node() -> None:
    diagram = drawing("image a", "a b", "image c", "b digit", "c even", heads="digit even")
    assert descendants(diagram, NodeId("a")) == {"b", "digit"}


def test_calls_of_one_layer_are_no_islands() -> None:
    twice = diagram(
        "twice",
        {
            "a": InputNode(name="a"),
            "b": InputNode(name="b"),
            "one": layer("Dense", "one", units=1),
            "two": CallNode(layer=LayerId("one")),
        },
        ("a one", "b two"),
    )
    assert islands(twice) == [{"a", "b", "one", "two"}]
