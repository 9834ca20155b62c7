"""The order of the tensors that a port receives."""

import pytest

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, InputNode, NodeId, Wire, WireId
from graphstudio.diagram.input_order import lists_into, move_input, sort_inputs, wires_into

SUM = NodeId("sum")
A, B, C, OTHER = (WireId(key) for key in ("a", "b", "c", "other"))


@pytest.fixture
def merge() -> Diagram:
    diagram = Diagram()
    for node in ("one", "two", "three", SUM):
        diagram = edits.add_input(diagram, NodeId(node), InputNode(name=node))
    for order, (key, source) in enumerate(((A, "one"), (B, "two"), (C, "three"))):
        wire = Wire(source=NodeId(source), target=SUM, port="inputs", order=order)
        diagram = edits.add_wire(diagram, key, wire)
    return edits.add_wire(diagram, OTHER, Wire(source=NodeId("one"), target=SUM, port="mask"))


def order(diagram: Diagram) -> list[WireId]:
    assert [diagram.wires[key].order for key in wires_into(diagram, SUM, "inputs")] == [0, 1, 2]
    return wires_into(diagram, SUM, "inputs")


@pytest.mark.parametrize(
    ("wire", "step", "after"),
    [(B, -1, [B, A, C]), (B, 1, [A, C, B]), (A, -1, [A, B, C]), (A, 9, [B, C, A])],
)
def test_a_wire_moves_in_its_list_and_no_further(
    merge: Diagram, wire: WireId, step: int, after: list[WireId]
) -> None:
    assert order(move_input(merge, wire, step)) == after


def test_a_move_beyond_the_list_changes_nothing(merge: Diagram) -> None:
    assert move_input(merge, A, -1) is merge


def test_sorting_follows_the_heights_and_keeps_what_is_level(merge: Diagram) -> None:
    assert order(sort_inputs(merge, SUM, {A: 9.0, B: 1.0, C: 5.0})) == [B, C, A]
    assert sort_inputs(merge, SUM, {A: 5.0, B: 5.0, C: 5.0}) is merge


def test_only_ports_with_several_wires_have_an_order(merge: Diagram) -> None:
    assert lists_into(merge, SUM) == [[A, B, C]]
    assert lists_into(merge, NodeId("one")) == []
