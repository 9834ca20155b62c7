"""Where wires bend: what each edit does to it, and what takes bends along."""

import pytest
from msgspec.structs import replace

from graphstudio.diagram import bends, edits
from graphstudio.diagram.bends import Bend
from graphstudio.diagram.diagram import (
    Diagram,
    InputNode,
    NodeId,
    Position,
    Wire,
    WireId,
)

A, B = NodeId("a"), NodeId("b")
W = WireId("w")


@pytest.fixture
def bent() -> Diagram:
    diagram = Diagram()
    for number, node in enumerate((A, B)):
        diagram = edits.add_input(diagram, node, InputNode(name=node), Position(400 * number, 0))
    diagram = edits.add_wire(diagram, W, Wire(source=A, target=B, port="inputs"))
    return replace(diagram, bends={W: (Position(100, 80), Position(300, 80))})


def test_a_bend_goes_in_between_the_others(bent: Diagram) -> None:
    after = bends.add_bend(bent, Bend(W, 1), Position(200, 0))
    assert after.bends == {W: (Position(100, 80), Position(200, 0), Position(300, 80))}


def test_what_loses_its_last_bend_has_no_record(bent: Diagram) -> None:
    once = bends.remove_bends(bent, [Bend(W, 0)])
    assert once.bends == {W: (Position(300, 80),)}
    assert bends.remove_bends(once, [Bend(W, 0)]).bends == {}


def test_removing_a_bend_that_is_not_there_changes_nothing(bent: Diagram) -> None:
    assert bends.remove_bends(bent, [Bend(W, 7), Bend(WireId("other"), 0)]) is bent


def test_a_bend_moves_alone(bent: Diagram) -> None:
    after = bends.move_bends(bent, {Bend(W, 1): Position(1, 2), Bend(W, 9): Position(3, 4)})
    assert after.bends == {W: (Position(100, 80), Position(1, 2))}


def test_bends_go_along_when_both_ends_move_the_same_way(bent: Diagram) -> None:
    after = edits.move_nodes(bent, {A: Position(8, 16), B: Position(408, 16)})
    assert after.bends == {W: (Position(108, 96), Position(308, 96))}


def test_bends_stay_when_one_end_moves_or_both_move_apart(bent: Diagram) -> None:
    assert edits.move_nodes(bent, {A: Position(8, 16)}).bends is bent.bends
    apart = edits.move_nodes(bent, {A: Position(8, 16), B: Position(400, 16)})
    assert apart.bends is bent.bends


def test_a_wire_that_goes_takes_its_bends_with_it(bent: Diagram) -> None:
    assert edits.remove_nodes(bent, [B]).bends == {}
