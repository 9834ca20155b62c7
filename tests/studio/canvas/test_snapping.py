"""Dragged nodes come in line with what is near, and thin lines show with what."""

import pytest
from PySide6.QtCore import QPoint, Qt

from graphstudio.diagram.diagram import Diagram, NodeId, Position
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.studio.canvas.guides import GuideLines
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.snapping import Guide, Joint, Neighbour, Snap, snap
from tests.studio.canvas.hand import Hand

ALT = Qt.KeyboardModifier.AltModifier
OTHER = Neighbour(Rectangle(300, 100, 450, 176), (138,))


def dragged(x: float, y: float, *ports: float) -> Neighbour:
    """Return a node of 100 by 60 at a place, with ports so far below its top."""
    return Neighbour(Rectangle(x, y, x + 100, y + 60), [y + port for port in ports])


def test_far_from_everything_a_node_lies_on_the_grid() -> None:
    assert snap(dragged(13, 901), (), [OTHER], 6) == Snap(16, 904)


@pytest.mark.parametrize(
    ("x", "lies", "line"),
    [(297, 300, 300), (354, 350, 450), (321, 325, 375)],
    ids=["left edges", "right edges", "centres"],
)
def test_across_edges_and_centres_come_into_line(x: float, lies: float, line: float) -> None:
    found = snap(dragged(x, 901), (), [OTHER], 6)
    assert found == Snap(lies, 904, (Guide(True, line, 100, 961),))


@pytest.mark.parametrize(
    ("y", "lies", "line"),
    [(97, 100, 100), (119, 116, 176), (104.5, 108, 138)],
    ids=["top edges", "bottom edges", "centres"],
)
def test_down_edges_and_centres_come_into_line(y: float, lies: float, line: float) -> None:
    found = snap(dragged(13, y), (), [OTHER], 4)
    assert found == Snap(16, lies, (Guide(False, line, 13, 450),))


def test_ports_count_more_than_nearer_edges() -> None:
    found = snap(dragged(13, 99, 34), (), [OTHER], 6)
    assert found.y == 138 - 34


def test_the_other_end_of_a_wire_counts_most() -> None:
    found = snap(dragged(13, 99, 34), [Joint(30, 124, 600)], [OTHER], 6)
    assert found.y == 124 - 30
    assert found.guides == (Guide(False, 124, 13, 600),)


def guides(hand: Hand) -> list[GuideLines]:
    return [item for item in hand.view.diagram_scene.items() if isinstance(item, GuideLines)]


def far_port(hand: Hand) -> float:
    return hand.view.diagram_scene.nodes[NodeId("add")].port_place(Side.OUTPUT, 0).y()


@pytest.fixture
def near(hand: Hand) -> Hand:
    """The canvas at 100 percent with flat, which a wire joins with add, a little lower."""
    hand.view.zoom_to(100)
    hand.view.center_on_node(NodeId("flat"))
    hand.document.apply(
        "move",
        lambda project: project.with_diagram(_at(project.diagram, Position(613, 301))),
    )
    return hand


def _at(diagram: Diagram, place: Position) -> Diagram:
    return move_nodes(diagram, {NodeId("flat"): place})


def test_a_node_dragged_about_level_makes_its_wire_straight(near: Hand) -> None:
    flat = near.view.diagram_scene.nodes[NodeId("flat")]
    way = far_port(near) - flat.port_place(Side.INPUT, 0).y()
    start = near.node("flat")
    near.press(start)
    near.move(start, start + QPoint(0, round(way) + 3))
    assert flat.port_place(Side.INPUT, 0).y() == far_port(near)
    (lines,) = guides(near)
    assert any(line.y1() == line.y2() == far_port(near) for line in lines.lines)


def test_the_lines_go_when_the_hand_lets_go_or_gives_up(near: Hand) -> None:
    start = near.node("flat")
    near.drag(start, start + QPoint(40, -40))
    assert not guides(near)
    start = near.node("flat")
    near.press(start)
    near.move(start, start + QPoint(40, -40))
    near.key(Qt.Key.Key_Escape)
    assert not guides(near)


def test_a_click_leaves_no_lines(near: Hand) -> None:
    near.click(near.node("flat"))
    assert not guides(near)


def test_with_alt_a_node_goes_where_it_is_dragged(near: Hand) -> None:
    flat = near.view.diagram_scene.nodes[NodeId("flat")]
    way = far_port(near) - flat.port_place(Side.INPUT, 0).y()
    start = near.node("flat")
    near.drag(start, start + QPoint(0, round(way) + 3), ALT)
    assert abs(flat.port_place(Side.INPUT, 0).y() - far_port(near)) == pytest.approx(3, abs=1)


def test_nodes_that_are_dragged_along_do_not_hold_each_other(near: Hand) -> None:
    near.document.select([NodeId("flat"), NodeId("dense")])
    before = near.diagram.positions
    start = near.node("flat")
    near.drag(start, start + QPoint(37, 51))
    after = near.diagram.positions
    ways = {
        (after[node].x - before[node].x, after[node].y - before[node].y)
        for node in (NodeId("flat"), NodeId("dense"))
    }
    assert len(ways) == 1
    assert ways != {(0.0, 0.0)}


def test_several_dragged_nodes_come_in_line_by_the_rectangle_around_them(near: Hand) -> None:
    part = [NodeId("flat"), NodeId("dense")]
    near.document.select(part)
    scene = near.view.diagram_scene
    frames = [scene.nodes[node].frame() for node in part]
    top = min(frame.top() for frame in frames)
    start = near.node("flat")
    assert scene.nodes[NodeId("flat")].frame().top() > top
    # The upper one of the two is not the one in the hand, and stands on nobody's level yet.
    level = scene.nodes[NodeId("conv")].frame().top()
    near.press(start)
    near.move(start, start + QPoint(-11, round(level - top) + 2))
    moved = min(scene.nodes[node].frame().top() for node in part)
    assert moved == level
    (lines,) = guides(near)
    assert any(line.y1() == line.y2() == level for line in lines.lines)


def test_downwards_ports_come_in_line_across() -> None:
    box, other = Rectangle(99, 13, 199, 73), Rectangle(300, 300, 376, 450)
    found = snap(
        Neighbour(box, (133,)), [Joint(30, 130, 600)], [Neighbour(other)], 6, Direction.DOWN
    )
    assert found.x + 30 == 130
    assert Guide(True, 130, 13, 600) in found.guides
