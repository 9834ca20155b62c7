"""Adding where something falls: on nothing, on a wire, or at the end of a loose wire."""

from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.spot import Spot
from graphstudio.studio.drag import ENTRY_MIME
from tests.studio.canvas.hand import LEFT, NONE, Hand

W1, W2, W4 = WireId("w1"), WireId("w2"), WireId("w4")
DROPOUT = "keras.layers.Dropout"


@pytest.fixture
def spots(hand: Hand) -> list[Spot]:
    """The spots that the canvas asks about."""
    found: list[Spot] = []
    hand.view.search_requested.connect(found.append)
    return found


def on_wire(hand: Hand, wire: WireId) -> QPoint:
    """Where the middle of a wire is in the view."""
    ends = hand.diagram.wires[wire]
    start, end = hand.output(ends.source), hand.input(ends.target, ends.order)
    return (start + end) / 2


def new_node(hand: Hand, before: Diagram) -> NodeId:
    (node,) = hand.diagram.nodes.keys() - before.nodes.keys()
    return node


def hover_with(hand: Hand, path: str, at: QPoint) -> None:
    """Hold something from the palette over the canvas."""
    mime = QMimeData()
    mime.setData(ENTRY_MIME, path.encode())
    copy, viewport = Qt.DropAction.CopyAction, hand.view.viewport()
    QApplication.sendEvent(viewport, QDragEnterEvent(at, copy, mime, LEFT, NONE))
    QApplication.sendEvent(viewport, QDragMoveEvent(at, copy, mime, LEFT, NONE))


def lit(hand: Hand) -> set[WireId]:
    wires = hand.view.diagram_scene.wires
    return {key for key, item in wires.items() if item.state.selected}


def test_a_layer_dropped_on_a_wire_is_inserted_into_it_as_one_edit(hand: Hand) -> None:
    before = hand.diagram
    hand.drop(DROPOUT, on_wire(hand, W4))
    new = new_node(hand, before)
    assert {("add", new, "inputs", 0), (new, "flat", "inputs", 0)} <= hand.wires
    assert ("add", "flat", "inputs", 0) not in hand.wires
    assert hand.document.undo_stack.undoText() == "insert Dropout"
    hand.document.undo_stack.undo()
    assert hand.diagram == before


def test_what_is_inserted_before_a_merge_keeps_the_order_of_its_inputs(hand: Hand) -> None:
    before = hand.diagram
    hand.drop(DROPOUT, on_wire(hand, W2))
    new = new_node(hand, before)
    assert {(new, "add", "inputs", 0), ("image", "add", "inputs", 1)} <= hand.wires


@pytest.mark.parametrize("path", ["head", "keras.Input"])
def test_what_does_not_fit_between_two_nodes_just_lies_on_the_wire(hand: Hand, path: str) -> None:
    wires = hand.wires
    hand.drop(path, on_wire(hand, W4))
    assert hand.wires == wires


def test_the_wire_below_what_is_dragged_lights_up_until_it_is_left(hand: Hand) -> None:
    hover_with(hand, DROPOUT, on_wire(hand, W4))
    assert lit(hand) == {W4}
    hover_with(hand, DROPOUT, hand.at(450, 400))
    assert lit(hand) == set()
    hover_with(hand, "head", on_wire(hand, W4))
    assert lit(hand) == set()
    hover_with(hand, DROPOUT, on_wire(hand, W4))
    QApplication.sendEvent(hand.view.viewport(), QDragLeaveEvent())
    assert lit(hand) == set()


def test_a_lonely_node_dragged_onto_a_wire_goes_into_it_as_one_edit(hand: Hand) -> None:
    before = hand.diagram
    start, end = hand.node("dense"), on_wire(hand, W4)
    hand.press(start)
    hand.move(start, end)
    assert lit(hand) == {W4}
    QTest.mouseRelease(hand.view.viewport(), LEFT, NONE, end)
    assert {("add", "dense", "inputs", 0), ("dense", "flat", "inputs", 0)} <= hand.wires
    assert hand.diagram.positions[NodeId("dense")] != before.positions[NodeId("dense")]
    assert hand.document.undo_stack.undoText() == "insert dense"
    hand.document.undo_stack.undo()
    assert hand.diagram == before


def test_escape_leaves_a_node_over_a_wire_where_it_was(hand: Hand) -> None:
    before = hand.diagram
    start = hand.node("dense")
    hand.press(start)
    hand.move(start, on_wire(hand, W4))
    hand.key(Qt.Key.Key_Escape)
    assert (hand.diagram, lit(hand)) == (before, set())
    item = hand.view.diagram_scene.nodes[NodeId("dense")]
    place = before.positions[NodeId("dense")]
    assert (item.x(), item.y()) == (place.x, place.y)


def test_a_wired_node_dragged_over_a_wire_only_moves(hand: Hand) -> None:
    wires = hand.wires
    start = hand.node("conv")
    hand.drag(start, on_wire(hand, W4))
    assert hand.wires == wires
    assert hand.document.undo_stack.undoText() == "move"


def test_a_wire_with_bends_keeps_them_where_it_is_parted(hand: Hand) -> None:
    bends = (Position(560, -40), Position(580, -40), Position(900, -40))
    parted = hand.diagram.positions[NodeId("flat")].x + 200
    bent = replace(hand.diagram, bends={W4: bends})
    hand.document.apply("bend", lambda project: project.with_diagram(bent))
    before = hand.diagram
    hand.view.add_entry(DROPOUT, Spot(QPoint(), QPointF(parted, 0), wire=W4))
    new = new_node(hand, before)
    (first,) = (key for key, wire in hand.diagram.wires.items() if wire.target == new)
    assert hand.diagram.bends == {first: bends[:2], W4: bends[2:]}


def test_a_wire_dropped_on_nothing_asks_for_what_takes_its_tensor(
    hand: Hand, spots: list[Spot]
) -> None:
    hand.drag(hand.output("conv"), hand.at(500, -80))
    (spot,) = spots
    assert spot.loose == End(NodeId("conv"), Side.OUTPUT)
    assert (spot.need.takes, spot.need.gives, spot.need.ndim) == (True, False, 4)
    assert spot.heading == "After conv · 4 axes"
    assert not hand.document.undo_stack.canUndo()


def test_a_wire_from_an_input_dropped_on_nothing_asks_for_what_gives_a_tensor(
    hand: Hand, spots: list[Spot]
) -> None:
    hand.drag(hand.input("dense"), hand.at(300, 240))
    (spot,) = spots
    assert spot.loose == End(NodeId("dense"), Side.INPUT)
    assert (spot.need.takes, spot.need.gives, spot.heading) == (False, True, "Before dense")


def test_the_lifted_end_of_a_wire_dropped_on_nothing_asks_nothing(
    hand: Hand, spots: list[Spot]
) -> None:
    hand.drag(hand.input("digit"), hand.at(700, 200))
    assert spots == []
    assert ("flat", "digit", "tensor", 0) not in hand.wires


def test_what_is_chosen_for_a_loose_wire_is_wired_and_meets_it(
    hand: Hand, spots: list[Spot]
) -> None:
    hand.drag(hand.output("conv"), hand.at(500, -80))
    before = hand.diagram
    hand.view.add_entry("keras.layers.MaxPooling2D", spots[0])
    new = new_node(hand, before)
    assert ("conv", new, "inputs", 0) in hand.wires
    port = hand.view.diagram_scene.nodes[new].port_place(Side.INPUT, 0)
    assert (port - QPointF(500, -80)).manhattanLength() < 4
    hand.document.undo_stack.undo()
    assert hand.diagram == before


def test_what_is_chosen_for_a_loose_input_leads_to_it(hand: Hand, spots: list[Spot]) -> None:
    hand.drag(hand.input("dense"), hand.at(300, 240))
    before = hand.diagram
    hand.view.add_entry("keras.Input", spots[0])
    assert (new_node(hand, before), "dense", "inputs", 0) in hand.wires


def test_what_is_chosen_while_one_wire_is_selected_is_inserted_into_it(hand: Hand) -> None:
    hand.click(on_wire(hand, W4))
    before = hand.diagram
    hand.view.add_entry(DROPOUT)
    new = new_node(hand, before)
    assert {("add", new, "inputs", 0), (new, "flat", "inputs", 0)} <= hand.wires
    frames = {key: item.frame() for key, item in hand.view.diagram_scene.nodes.items()}
    mine = frames.pop(new)
    assert not any(mine.intersects(other) for other in frames.values())


def test_tab_asks_where_the_pointer_is(hand: Hand, spots: list[Spot]) -> None:
    QTest.mouseMove(hand.view.viewport(), QPoint(320, 400))
    hand.key(Qt.Key.Key_Tab)
    (spot,) = spots
    assert spot.at == hand.view.viewport().mapToGlobal(QPoint(320, 400))
    assert spot.place == hand.view.mapToScene(QPoint(320, 400))
    hand.view.add_entry("keras.layers.Dense", spot)
    (node,) = hand.document.selection
    frame = hand.view.diagram_scene.nodes[node].frame()
    assert spot.place is not None
    assert frame.contains(spot.place)


def test_tab_with_a_selected_wire_asks_what_goes_into_it(hand: Hand, spots: list[Spot]) -> None:
    hand.click(on_wire(hand, W4))
    hand.key(Qt.Key.Key_Tab)
    (spot,) = spots
    assert spot.wire == W4
    assert (spot.need.takes, spot.need.gives, spot.need.ndim) == (True, True, 4)
    assert spot.heading == "Between add and flat · 4 axes"


def test_each_thing_that_is_added_is_told(hand: Hand) -> None:
    told: list[str] = []
    hand.view.added.connect(told.append)
    hand.drop(DROPOUT, hand.at(100, 300))
    hand.view.add_entry("head")
    assert told == [DROPOUT, "head"]


def test_what_is_inserted_gets_room_and_what_follows_it_moves_along(hand: Hand) -> None:
    before = hand.diagram
    hand.drop(DROPOUT, on_wire(hand, W4))
    new = new_node(hand, before)
    frames = {key: item.frame() for key, item in hand.view.diagram_scene.nodes.items()}
    row = [frames[NodeId(name)] for name in ("add", new, "flat", "digit")]
    assert all(one.right() < two.left() for one, two in pairwise(row))
    moved = {key for key, place in before.positions.items() if hand.diagram.positions[key] != place}
    assert moved == {"flat", "digit"}


def test_a_locked_node_stays_where_it_is_when_others_make_room(hand: Hand) -> None:
    locked = replace(hand.diagram, locked=frozenset({NodeId("digit")}))
    hand.document.apply("lock", lambda project: project.with_diagram(locked))
    hand.drop(DROPOUT, on_wire(hand, W4))
    assert hand.diagram.positions[NodeId("digit")] == locked.positions[NodeId("digit")]
    assert hand.diagram.positions[NodeId("flat")] != locked.positions[NodeId("flat")]
