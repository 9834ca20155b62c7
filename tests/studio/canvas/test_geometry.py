"""Sizes, port places and hits, without a painter."""

from hypothesis import given
from hypothesis import strategies as st

from graphstudio.studio.canvas.geometry import (
    HEIGHT,
    hit_port,
    in_body,
    label_rows,
    node_shape,
    snapped,
)
from graphstudio.studio.canvas.ports import Ports, Side, Slot

SIMPLE = Ports((Slot("inputs"),), 1)
MERGE = Ports(tuple(Slot("inputs", n, variadic=True, wired=n < 2) for n in range(3)), 1)
SEVERAL = Ports((Slot("query"), Slot("value"), Slot("mask", optional=True)), 2)
slots = st.builds(Slot, st.sampled_from("abc"), st.integers(0, 3), st.booleans(), st.booleans())
any_ports = st.builds(Ports, st.lists(slots, max_size=8).map(tuple), st.integers(0, 4))


def test_a_simple_node_has_its_ports_at_the_middle_of_both_edges() -> None:
    shape = node_shape(SIMPLE, 150)
    assert (shape.width, shape.height) == (152, HEIGHT)
    assert (shape.inputs, shape.outputs) == (((0, 38),), ((152, 38),))


def test_the_width_follows_the_content_within_bounds() -> None:
    assert [node_shape(SIMPLE, width).width for width in (10, 121, 1000)] == [120, 124, 256]


def test_a_merge_spreads_its_places_and_needs_no_labels() -> None:
    assert label_rows(MERGE) == 0
    heights = [y for _, y in node_shape(MERGE, 150).inputs]
    assert heights == sorted(set(heights))


def test_several_different_ports_get_a_labelled_row_each() -> None:
    assert label_rows(SEVERAL) == 3
    assert node_shape(SEVERAL, 150).height > HEIGHT


def test_an_optional_port_without_a_wire_is_small_and_makes_the_node_no_taller() -> None:
    shape = node_shape(Ports((Slot("inputs"), Slot("mask", optional=True)), 1), 150)
    assert (shape.height, shape.extras, shape.rows) == (HEIGHT, frozenset({1}), 0)


@given(any_ports, st.floats(0, 400))
def test_every_port_can_be_hit_at_its_centre(ports: Ports, content: float) -> None:
    shape = node_shape(ports, content)
    for side, centres in ((Side.INPUT, shape.inputs), (Side.OUTPUT, shape.outputs)):
        for number, centre in enumerate(centres):
            assert hit_port(shape, *centre) == (side, number)
            assert in_body(shape, *centre)


def test_beside_a_port_nothing_is_hit() -> None:
    shape = node_shape(SIMPLE, 150)
    assert hit_port(shape, 20, 38) is None
    assert not in_body(shape, -1, 38)


@given(st.floats(-10_000, 10_000))
def test_the_grid_is_near(value: float) -> None:
    assert snapped(value) % 8 == 0
    assert abs(snapped(value) - value) <= 4
