"""Drawing, moving and removing wires by hand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from graphstudio.diagram.diagram import NodeId, WireId
from graphstudio.studio.canvas.ports import Side
from tests.studio.canvas.hand import Hand

START = {
    ("image", "conv", "inputs", 0),
    ("conv", "add", "inputs", 0),
    ("image", "add", "inputs", 1),
    ("add", "flat", "inputs", 0),
    ("flat", "digit", "tensor", 0),
}
W1, W2, W3 = WireId("w1"), WireId("w2"), WireId("w3")


@pytest.fixture
def refused(hand: Hand) -> list[str]:
    reasons: list[str] = []
    hand.view.refused.connect(reasons.append)
    return reasons


def test_a_drag_from_output_to_input_connects_and_can_be_undone(hand: Hand) -> None:
    hand.drag(hand.output("conv"), hand.input("dense"))
    assert hand.wires == START | {("conv", "dense", "inputs", 0)}
    hand.document.undo_stack.undo()
    assert hand.wires == START


def test_a_drag_from_input_to_output_connects_too(hand: Hand) -> None:
    hand.drag(hand.input("dense"), hand.output("image"))
    assert hand.wires == START | {("image", "dense", "inputs", 0)}


def test_a_wire_dropped_on_a_taken_port_replaces_what_was_there(hand: Hand) -> None:
    hand.drag(hand.output("dense"), hand.input("digit"))
    assert hand.wires == START - {("flat", "digit", "tensor", 0)} | {
        ("dense", "digit", "tensor", 0)
    }


def test_a_wire_dropped_on_a_body_takes_the_first_free_port(hand: Hand) -> None:
    hand.drag(hand.output("dense"), hand.node("add"))
    assert hand.wires == START | {("dense", "add", "inputs", 2)}


def test_a_body_without_a_free_port_refuses(hand: Hand, refused: list[str]) -> None:
    hand.drag(hand.output("dense"), hand.node("flat"))
    assert hand.wires == START
    assert "no free port" in refused[0]
    assert hand.view.notice.isVisible()
    assert hand.view.notice.text() == refused[0]


def test_a_wire_that_would_close_a_cycle_is_refused_with_the_reason(
    hand: Hand, refused: list[str]
) -> None:
    hand.drag(hand.output("flat"), hand.input("add", 2))
    assert hand.wires == START
    assert "cycle" in refused[0]
    assert not hand.document.undo_stack.canUndo()


def test_a_wire_dropped_on_nothing_comes_to_nothing(hand: Hand, refused: list[str]) -> None:
    hand.drag(hand.output("conv"), hand.at(500, -80))
    assert (hand.wires, refused) == (START, [])


def test_a_picked_up_wire_moves_to_another_port_as_one_edit(hand: Hand) -> None:
    hand.drag(hand.input("digit"), hand.input("dense"))
    assert hand.wires == START - {("flat", "digit", "tensor", 0)} | {("flat", "dense", "inputs", 0)}
    hand.document.undo_stack.undo()
    assert hand.wires == START


def test_a_picked_up_wire_that_falls_on_nothing_is_removed_and_the_list_closes_up(
    hand: Hand,
) -> None:
    hand.drag(hand.input("add", 0), hand.at(350, -80))
    assert hand.wires == START - {
        ("conv", "add", "inputs", 0),
        ("image", "add", "inputs", 1),
    } | {("image", "add", "inputs", 0)}


def test_a_picked_up_wire_put_back_leaves_no_trace(hand: Hand) -> None:
    hand.press(hand.input("digit"))
    hand.move(hand.input("digit"), hand.at(700, 200))
    hand.drag(hand.at(700, 200), hand.input("digit"))
    assert hand.wires == START
    assert not hand.document.undo_stack.canUndo()


def test_within_a_list_a_picked_up_wire_changes_the_order(hand: Hand) -> None:
    hand.drag(hand.input("add", 1), hand.input("add", 0))
    assert {("image", "add", "inputs", 0), ("conv", "add", "inputs", 1)} <= hand.wires
    assert len(hand.wires) == len(START)


def test_a_click_on_a_wired_port_keeps_the_wire(hand: Hand) -> None:
    hand.click(hand.input("digit"))
    assert hand.wires == START


def test_escape_leaves_a_picked_up_wire_where_it_was(hand: Hand) -> None:
    hand.press(hand.input("digit"))
    hand.move(hand.input("digit"), hand.at(700, 200))
    hand.key(Qt.Key.Key_Escape)
    assert hand.wires == START
    assert not hand.view.diagram_scene.wires[WireId("w5")].hidden


def test_ports_that_fit_light_up_while_a_wire_is_drawn(hand: Hand) -> None:
    def lit() -> set[str]:
        items = hand.view.diagram_scene.nodes.items()
        return {node for node, item in items if item.state.fitting is Side.INPUT}

    hand.press(hand.output("add"))
    hand.move(hand.output("add"), hand.at(600, 200))
    assert lit() == {"flat", "digit", "dense"}
    hand.key(Qt.Key.Key_Escape)
    assert lit() == set()


def test_a_clicked_wire_is_selected_and_deleted(hand: Hand) -> None:
    scene = hand.view.diagram_scene
    middle = (hand.output("flat") + hand.input("digit")) / 2
    hand.click(middle)
    assert scene.selected_wires == {"w5"}
    hand.key(Qt.Key.Key_Delete)
    assert hand.wires == START - {("flat", "digit", "tensor", 0)}
    assert scene.selected_wires == set()


def test_a_wire_has_the_colour_of_what_it_carries_and_says_its_shape(hand: Hand) -> None:
    wires, palette = hand.view.diagram_scene.wires, hand.theme.palette
    assert wires[W1].colour == QColor(palette.wire_integer)
    assert wires[W2].colour == QColor(palette.wire_float)
    assert wires[W1].tooltip == "(None, 8, 8, 1) uint8"


def test_a_wire_is_accented_when_an_end_is_selected(hand: Hand) -> None:
    hand.click(hand.node("conv"))
    wires, accent = hand.view.diagram_scene.wires, QColor(hand.theme.palette.accent)
    assert [wires[wire].colour == accent for wire in (W1, W2, W3)] == [True, True, False]


def test_two_selected_nodes_are_connected_by_key(hand: Hand) -> None:
    hand.document.select([NodeId("image"), NodeId("dense")])
    hand.key(Qt.Key.Key_W)
    assert hand.wires == START | {("image", "dense", "inputs", 0)}
