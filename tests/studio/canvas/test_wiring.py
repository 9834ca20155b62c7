"""Drawing, moving and removing wires by hand."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from graphstudio.diagram.diagram import NodeId, Position, WireId
from graphstudio.diagram.edits import move_nodes
from graphstudio.studio.canvas.ports import End, Side
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
        return {node for node, item in items if item.state.fitting and node != "add"}

    hand.press(hand.output("add"))
    hand.move(hand.output("add"), hand.at(600, 200))
    assert lit() == {"flat", "digit", "dense"}
    hand.key(Qt.Key.Key_Escape)
    assert lit() == set()


def test_what_does_not_fit_is_dimmed(hand: Hand) -> None:
    conv = hand.node("conv") + QPoint(0, 26)
    before = hand.view.grab().toImage().pixelColor(conv)
    hand.press(hand.output("add"))
    hand.move(hand.output("add"), hand.at(600, 200))
    during = hand.view.grab().toImage().pixelColor(conv)
    assert during.lightness() < before.lightness()
    hand.key(Qt.Key.Key_Escape)
    assert hand.view.grab().toImage().pixelColor(conv) == before


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (lambda hand: hand.input("conv"), "would close a cycle"),
        (lambda hand: hand.node("conv"), "would close a cycle"),
        (lambda hand: hand.output("dense"), "Expected an input"),
        (lambda hand: hand.node("flat"), "no free port"),
        (lambda hand: hand.node("image"), "takes no tensor"),
        (lambda hand: hand.input("add", 1), "its own tensor"),
    ],
)
def test_the_reason_shows_beside_the_pointer_while_it_hovers_over_what_does_not_fit(
    hand: Hand, refused: list[str], place: Callable[[Hand], QPoint], words: str
) -> None:
    start = hand.output("add")
    hand.press(start)
    hand.move(start, place(hand))
    assert hand.view.notice.isVisible()
    assert words in hand.view.notice.text()
    hand.move(place(hand), hand.input("dense"))
    assert not hand.view.notice.isVisible()
    hand.key(Qt.Key.Key_Escape)
    assert refused == []


def test_a_wire_that_has_not_left_its_node_needs_no_reason(hand: Hand) -> None:
    hand.press(hand.output("add"))
    hand.move(hand.output("add"), hand.output("add") - QPoint(20, 0))
    assert not hand.view.notice.isVisible()


def test_a_locked_node_keeps_its_wires_and_says_so(hand: Hand, refused: list[str]) -> None:
    locked = frozenset({NodeId("dense"), NodeId("digit")})
    hand.document.apply("lock", lambda p: p.with_diagram(replace(p.diagram, locked=locked)))
    hand.drag(hand.output("conv"), hand.input("dense"))
    hand.drag(hand.input("digit"), hand.at(700, 200))
    assert hand.wires == START
    assert [("locked" in reason) for reason in refused] == [True, True]


def on_wire(hand: Hand, wire: WireId, part: float) -> QPoint:
    """Where a wire is after a part of its way."""
    return hand.view.mapFromScene(hand.view.diagram_scene.wires[wire].path.pointAtPercent(part))


def test_the_end_of_a_wire_is_taken_near_the_port_too(hand: Hand) -> None:
    at = on_wire(hand, WireId("w5"), 0.75)
    hand.drag(at, hand.input("dense"))
    assert hand.wires == START - {("flat", "digit", "tensor", 0)} | {("flat", "dense", "inputs", 0)}


def test_the_source_end_of_a_wire_moves_and_its_other_end_stays(hand: Hand) -> None:
    at = on_wire(hand, WireId("w5"), 0.25)
    hand.drag(at, hand.output("dense"))
    assert hand.wires == START - {("flat", "digit", "tensor", 0)} | {
        ("dense", "digit", "tensor", 0)
    }
    assert hand.document.undo_stack.undoText() == "move wire"
    hand.document.undo_stack.undo()
    assert hand.wires == START


def test_a_source_end_keeps_its_place_in_a_list(hand: Hand) -> None:
    place = {NodeId("conv"): Position(100, -200)}
    hand.document.apply("move", lambda p: p.with_diagram(move_nodes(p.diagram, place)))
    hand.view.fit_all()
    hand.drag(on_wire(hand, W2, 0.15), hand.output("dense"))
    assert hand.wires == START - {("conv", "add", "inputs", 0)} | {("dense", "add", "inputs", 0)}


def test_a_source_end_that_falls_on_nothing_removes_the_wire(hand: Hand) -> None:
    hand.drag(on_wire(hand, WireId("w5"), 0.25), hand.at(700, 200))
    assert hand.wires == START - {("flat", "digit", "tensor", 0)}


def test_a_moved_wire_keeps_its_bends(hand: Hand) -> None:
    bends = {WireId("w5"): (Position(784, 120),)}
    hand.document.apply("bend", lambda p: p.with_diagram(replace(p.diagram, bends=bends)))
    hand.drag(hand.input("digit"), hand.input("dense"))
    assert hand.diagram.bends == bends


def test_who_opens_a_search_hears_where_a_new_wire_ended_in_nothing(hand: Hand) -> None:
    heard: list[tuple[End, QPointF]] = []
    hand.view.wire_let_go.connect(lambda end, place: heard.append((end, place)))
    hand.drag(hand.output("conv"), hand.at(500, 300))
    ((end, place),) = heard
    assert end == End(NodeId("conv"), Side.OUTPUT)
    assert (place - QPointF(500, 300)).manhattanLength() < 3
    hand.drag(hand.input("digit"), hand.at(700, 200))
    assert len(heard) == 1


def test_a_clicked_wire_is_selected_and_deleted(hand: Hand) -> None:
    middle = (hand.output("flat") + hand.input("digit")) / 2
    hand.click(middle)
    assert hand.document.selected_wires == {"w5"}
    hand.key(Qt.Key.Key_Delete)
    assert hand.wires == START - {("flat", "digit", "tensor", 0)}
    assert hand.document.selected_wires == set()


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


def test_a_merge_numbers_its_inputs_while_it_stands_out(hand: Hand) -> None:
    drawing = hand.view.diagram_scene.nodes[NodeId("add")].drawing
    assert [order.text for order in drawing.orders] == ["0", "1"]
    at = hand.input("add", 0) + QPoint(7, -6)
    number = QRect(at, QSize(8, 12))
    QTest.mouseMove(hand.view.viewport(), hand.at(100, 200))
    before = hand.view.viewport().grab(number).toImage()
    QTest.mouseMove(hand.view.viewport(), hand.node("add"))
    assert hand.view.viewport().grab(number).toImage() != before
    QTest.mouseMove(hand.view.viewport(), hand.at(100, 200))
    assert hand.view.viewport().grab(number).toImage() == before


def test_a_layer_of_one_tensor_numbers_nothing(hand: Hand) -> None:
    assert hand.view.diagram_scene.nodes[NodeId("conv")].drawing.orders == ()
