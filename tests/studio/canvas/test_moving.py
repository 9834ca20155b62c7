"""Selecting, moving and removing nodes by mouse and keys."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from graphstudio.diagram.diagram import NodeId, Position
from tests.studio.canvas.hand import Hand

SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
DENSE, CONV = NodeId("dense"), NodeId("conv")


def position(hand: Hand, node: str) -> Position:
    return hand.diagram.positions[NodeId(node)]


def test_a_click_selects_and_a_click_on_nothing_lets_go(hand: Hand) -> None:
    hand.click(hand.node("dense"))
    assert hand.document.selection == {"dense"}
    hand.click(hand.at(-20, 200))
    assert hand.document.selection == set()


def test_shift_click_adds_and_takes_away(hand: Hand) -> None:
    hand.click(hand.node("dense"))
    hand.click(hand.node("conv"), SHIFT)
    assert hand.document.selection == {"dense", "conv"}
    hand.click(hand.node("dense"), SHIFT)
    assert hand.document.selection == {"conv"}


def test_a_drag_moves_on_the_grid_and_undo_takes_it_back_in_one_step(hand: Hand) -> None:
    hand.drag(hand.node("dense"), hand.node("dense") + QPoint(37, 51))
    moved = position(hand, "dense")
    assert (moved.x % 8, moved.y % 8) == (0, 0)
    assert moved != Position(400, 160)
    assert hand.document.undo_stack.count() == 1
    hand.document.undo_stack.undo()
    assert hand.view.diagram_scene.nodes[DENSE].pos() == QPointF(400, 160)


def test_selected_nodes_move_together(hand: Hand) -> None:
    hand.document.select([DENSE, CONV])
    hand.drag(hand.node("dense"), hand.node("dense") + QPoint(80, 40))
    assert position(hand, "dense").x - 400 == position(hand, "conv").x - 200 > 0
    assert hand.document.selection == {"dense", "conv"}


def test_alt_leaves_the_grid(hand: Hand) -> None:
    hand.view.zoom_to(100)
    hand.view.center_on_node(DENSE)
    hand.press(hand.node("dense"))
    hand.move(hand.node("dense"), hand.node("dense") + QPoint(13, 0))
    from_here = hand.node("dense")
    hand.key(Qt.Key.Key_Escape)
    hand.drag(hand.node("dense"), from_here, ALT)
    assert position(hand, "dense").y == 160


def test_escape_puts_a_dragged_node_back(hand: Hand) -> None:
    hand.press(hand.node("dense"))
    hand.move(hand.node("dense"), hand.node("dense") + QPoint(80, 40))
    hand.key(Qt.Key.Key_Escape)
    assert hand.view.diagram_scene.nodes[DENSE].pos() == QPointF(400, 160)
    assert not hand.document.undo_stack.canUndo()


def test_wires_follow_while_a_node_is_dragged(hand: Hand) -> None:
    wire = hand.view.diagram_scene.wires
    before = [item.boundingRect() for item in wire.values()]
    hand.press(hand.node("conv"))
    hand.move(hand.node("conv"), hand.node("conv") + QPoint(0, 120))
    after = [item.boundingRect() for item in wire.values()]
    assert [old != new for old, new in zip(before, after, strict=True)] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_rubber_band_selects_what_it_touches_and_shift_adds(hand: Hand) -> None:
    hand.drag(hand.at(190, -20), hand.at(410, 60))
    assert hand.document.selection == {"conv", "add"}
    hand.drag(hand.at(380, 140), hand.at(450, 200), SHIFT)
    assert hand.document.selection == {"conv", "add", "dense"}


def test_escape_takes_a_rubber_band_back(hand: Hand) -> None:
    hand.click(hand.node("dense"))
    hand.press(hand.at(190, -20))
    hand.move(hand.at(190, -20), hand.at(410, 60))
    hand.key(Qt.Key.Key_Escape)
    assert hand.document.selection == {"dense"}


def test_delete_removes_nodes_and_wires_in_one_step(hand: Hand) -> None:
    before = hand.diagram
    hand.key(Qt.Key.Key_A, CONTROL)
    hand.key(Qt.Key.Key_Backspace)
    assert not hand.diagram.nodes
    assert not hand.view.diagram_scene.nodes
    hand.document.undo_stack.undo()
    assert hand.diagram == before
    assert hand.view.diagram_scene.wires.keys() == before.wires.keys()


def test_arrow_keys_nudge_by_a_step_of_the_grid(hand: Hand) -> None:
    hand.click(hand.node("dense"))
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Up)
    assert position(hand, "dense") == Position(408, 152)


def test_arrows_with_alt_are_for_the_menus_and_move_nothing(hand: Hand) -> None:
    hand.click(hand.node("dense"))
    before = position(hand, "dense")
    hand.key(Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert position(hand, "dense") == before


def test_control_and_arrows_walk_from_node_to_node(hand: Hand) -> None:
    hand.key(Qt.Key.Key_Right, CONTROL)
    assert hand.document.selection == {"image"}
    hand.key(Qt.Key.Key_Right, CONTROL)
    assert hand.document.selection == {"conv"}
    hand.key(Qt.Key.Key_Right, CONTROL | SHIFT)
    assert hand.document.selection == {"conv", "add"}


def test_the_selection_of_the_document_shows_on_the_canvas(hand: Hand) -> None:
    hand.document.select([DENSE])
    items = hand.view.diagram_scene.nodes
    assert [node for node, item in items.items() if item.state.selected] == ["dense"]


def test_an_undo_in_the_middle_of_a_drag_ends_it(hand: Hand) -> None:
    hand.click(hand.node("dense"))
    hand.key(Qt.Key.Key_Right)
    hand.press(hand.node("dense"))
    hand.move(hand.node("dense"), hand.node("dense") + QPoint(80, 40))
    hand.document.undo_stack.undo()
    assert hand.view.diagram_scene.nodes[DENSE].pos() == QPointF(400, 160)


def test_another_button_let_go_does_not_end_a_drag(hand: Hand) -> None:
    start = hand.node("dense")
    hand.press(start)
    hand.move(start, start + QPoint(80, 40))
    QTest.mouseRelease(hand.view.viewport(), Qt.MouseButton.RightButton, pos=start)
    assert not hand.document.undo_stack.canUndo()
    QTest.mouseRelease(hand.view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(80, 40))
    assert hand.document.undo_stack.canUndo()
