"""A diagram that is read from top to bottom: ports above and below, and all that follows them."""

import json
from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt

from graphstudio.diagram import edits
from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.diagram import NodeId, Position, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.project_file import format_project, parse_project
from graphstudio.studio.canvas.geometry import PORT_REACH, node_shape
from graphstudio.studio.canvas.guides import GuideLines
from graphstudio.studio.canvas.hits import wire_near
from graphstudio.studio.canvas.node_drawing import lay_out
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.ports import Ports, Side, Slot
from tests.studio.canvas.hand import Hand

DOWN = Direction.DOWN
DROPOUT = "keras.layers.Dropout"
SEVERAL = Ports((Slot("query"), Slot("value"), Slot("mask", optional=True)), 2)


@pytest.fixture
def down(hand: Hand) -> Hand:
    """The canvas with all of the diagram laid out from top to bottom, at 100 percent."""
    after = arranged(hand.diagram, hand.view.measures(DOWN), DOWN)
    hand.document.apply("arrange", lambda project: project.with_diagram(after))
    hand.view.zoom_to(100)
    hand.view.center_on_node(NodeId("add"))
    return hand


def item(hand: Hand, node: str) -> NodeItem:
    return hand.view.diagram_scene.nodes[NodeId(node)]


def test_ports_lie_on_the_upper_and_lower_edges_and_wires_run_down(down: Hand) -> None:
    scene = down.view.diagram_scene
    for node in scene.nodes.values():
        frame = node.frame()
        sides = node.value.ports
        inputs = [node.port_place(Side.INPUT, n) for n in range(len(sides.inputs))]
        outputs = [node.port_place(Side.OUTPUT, n) for n in range(sides.outputs)]
        assert {place.y() for place in inputs} <= {frame.top()}
        assert {place.y() for place in outputs} <= {frame.bottom()}
        assert all(frame.left() < at.x() < frame.right() for at in (*inputs, *outputs))
    for wire in scene.wires.values():
        heights = [wire.path.pointAtPercent(step / 20).y() for step in range(21)]
        assert heights == sorted(heights)


def test_what_follows_one_node_alone_stands_straight_below_it(down: Hand) -> None:
    for source, target in (("add", "flat"), ("flat", "digit")):
        start = item(down, source).port_place(Side.OUTPUT, 0)
        assert start.x() == item(down, target).port_place(Side.INPUT, 0).x()


def test_undo_turns_it_back(down: Hand) -> None:
    down.document.undo_stack.undo()
    assert down.diagram.direction is Direction.RIGHT
    conv = item(down, "conv")
    assert conv.port_place(Side.OUTPUT, 0).x() == conv.frame().right()
    down.document.undo_stack.redo()
    assert conv.port_place(Side.OUTPUT, 0).y() == conv.frame().bottom()


def test_the_file_says_it_and_a_diagram_to_the_right_says_nothing(down: Hand) -> None:
    text = format_project(down.document.project)
    assert json.loads(text)["direction"] == "down"
    assert parse_project(text).diagram.direction is DOWN
    assert down.diagram.means_same(replace(down.diagram, direction=Direction.RIGHT))
    down.document.undo_stack.undo()
    assert "direction" not in json.loads(format_project(down.document.project))


def test_a_wire_is_drawn_from_below_to_above(down: Hand) -> None:
    down.drag(down.output("flat"), down.input("dense"))
    assert ("flat", "dense", "inputs", 0) in down.wires


def test_a_wire_is_found_along_its_way_and_its_end_can_be_lifted(down: Hand) -> None:
    wire = down.view.diagram_scene.wires[WireId("w2")]
    middle = wire.path.pointAtPercent(0.5)
    assert wire_near(down.view.diagram_scene, middle) == "w2"
    end = down.input("digit")
    down.drag(end, end + QPoint(250, 0))
    assert not any(target == "digit" for _, target, *_ in down.wires)


def test_what_is_inserted_gets_room_below(down: Hand) -> None:
    before = down.diagram
    middle = down.view.diagram_scene.wires[WireId("w4")].path.pointAtPercent(0.5)
    down.drop(DROPOUT, down.view.mapFromScene(middle))
    (new,) = down.diagram.nodes.keys() - before.nodes.keys()
    frames = [item(down, node).frame() for node in ("add", new, "flat", "digit")]
    assert all(one.bottom() < two.top() for one, two in pairwise(frames))
    assert down.diagram.positions[NodeId("image")] == before.positions[NodeId("image")]


def test_what_is_added_after_the_selected_node_stands_below_it(down: Hand) -> None:
    down.document.select([NodeId("dense")])
    before = down.diagram
    down.view.add_entry(DROPOUT)
    (new,) = down.diagram.nodes.keys() - before.nodes.keys()
    dense, added = item(down, "dense").frame(), item(down, new).frame()
    assert added.top() > dense.bottom()
    assert abs(added.center().x() - dense.center().x()) < added.width() / 2


def test_a_node_dragged_about_below_another_makes_its_wire_straight(down: Hand) -> None:
    start = down.node("flat")
    down.press(start)
    down.move(start, start + QPoint(3, 24))
    here = item(down, "flat").port_place(Side.INPUT, 0)
    assert here.x() == item(down, "add").port_place(Side.OUTPUT, 0).x()
    (lines,) = (one for one in down.view.diagram_scene.items() if isinstance(one, GuideLines))
    assert any(line.x1() == line.x2() == here.x() for line in lines.lines)
    down.key(Qt.Key.Key_Escape)


def test_names_of_ports_keep_off_each_other_and_off_the_shape() -> None:
    shape = node_shape(SEVERAL, 150, DOWN, 60)
    assert [x for x, _ in shape.inputs] == sorted(x for x, _ in shape.inputs)
    (query, _), (value, _), (mask, _) = shape.inputs
    assert value - query >= 60
    assert mask - value > PORT_REACH
    assert shape.head > 0
    assert shape.foot > shape.head


def test_names_of_ports_stand_under_their_ports(down: Hand) -> None:
    node = item(down, "conv")
    value = replace(node.value, ports=replace(SEVERAL, outputs=1), arriving=(None,) * 3)
    shape = node_shape(value.ports, 150, DOWN, 60)
    texts = {text.text: text.place for text in lay_out(value, shape, down.theme.palette).texts}
    assert "mask" not in texts
    assert texts["query"].x() < shape.inputs[0][0] < texts["query"].x() + 60
    assert texts["query"].y() < texts[value.name].y()


def test_a_part_that_is_laid_out_the_other_way_leaves_the_ports_where_they_are(
    hand: Hand,
) -> None:
    part = [NodeId("image"), NodeId("conv")]
    after = arranged(hand.diagram, hand.view.measures(), DOWN, part)
    assert after.direction is Direction.RIGHT
    places = after.positions
    assert places[part[0]].y < places[part[1]].y


def test_keys_wire_the_upper_of_two_nodes_to_the_lower(down: Hand) -> None:
    places = {NodeId("dense"): Position(600, -100), NodeId("flat"): Position(0, 2000)}
    down.document.apply(
        "move", lambda project: project.with_diagram(edits.move_nodes(project.diagram, places))
    )
    wires = [WireId("w4"), WireId("w5")]
    down.document.apply(
        "cut", lambda project: project.with_diagram(edits.remove_wires(project.diagram, wires))
    )
    down.document.select(places)
    down.view.connect_selected()
    assert ("dense", "flat", "inputs", 0) in down.wires
