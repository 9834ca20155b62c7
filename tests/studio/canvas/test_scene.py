"""The items follow the document and what is known about it."""

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QColor, QHelpEvent
from PySide6.QtWidgets import QApplication, QGraphicsScene, QToolTip
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagnostics import Severity
from graphstudio.diagram.diagram import Diagram, NodeId, Position, Wire, WireId
from graphstudio.diagram.project import Project
from graphstudio.protocol import Cost, Inspected, Measured, NodeInfo, Tensor
from graphstudio.studio.canvas.halo import Halo
from graphstudio.studio.canvas.hits import hit, tooltip
from graphstudio.studio.canvas.node_drawing import content_width
from graphstudio.studio.canvas.node_item import NodeItem
from tests.studio.canvas.hand import Hand

CONV, DENSE = NodeId("conv"), NodeId("dense")


def item(hand: Hand, node: NodeId) -> NodeItem:
    return hand.view.diagram_scene.nodes[node]


def haloed(hand: Hand) -> set[NodeId]:
    """The nodes that lie within the halo."""
    scene = hand.view.diagram_scene
    halo = scene.halo.path()
    return {node for node, one in scene.nodes.items() if halo.contains(one.frame())}


def test_a_node_says_name_class_shape_and_parameters(hand: Hand) -> None:
    value = item(hand, CONV).value
    assert (value.name, value.class_name) == ("conv", "Conv2D")
    assert (value.shape, value.params) == ("(None, 8, 8, 32)", "9,248")
    assert item(hand, DENSE).value.shape == "?"


def test_an_edit_touches_only_what_changed(hand: Hand) -> None:
    before = {node: one.drawing for node, one in hand.view.diagram_scene.nodes.items()}
    hand.document.apply(
        "set", lambda p: p.with_diagram(edits.set_parameter(p.diagram, CONV, "filters", 64))
    )
    after = {node: one.drawing for node, one in hand.view.diagram_scene.nodes.items()}
    assert [node for node in after if after[node] is not before[node]] == ["conv"]


def test_shapes_are_dimmed_while_an_answer_is_awaited(
    hand: Hand, answer: Inspected, qtbot: QtBot
) -> None:
    assert not item(hand, CONV).state.pending
    hand.document.apply("rename", lambda p: p.with_diagram(edits.rename(p.diagram, CONV, "first")))
    qtbot.waitUntil(lambda: item(hand, CONV).state.pending)
    hand.findings.receive(answer)
    assert not item(hand, CONV).state.pending


def test_a_finding_is_marked_and_said_on_hover(hand: Hand) -> None:
    value = item(hand, DENSE).value
    assert value.severity is Severity.ERROR
    assert "'dense' receives no tensor" in value.messages
    place = item(hand, DENSE).frame().center()
    assert tooltip(hit(hand.view.diagram_scene, place)) == value.messages
    assert item(hand, CONV).value.severity is None


def test_what_is_said_on_hover_is_read_as_it_is_and_not_as_html(hand: Hand) -> None:
    hand.document.apply(
        "rename", lambda p: p.with_diagram(edits.rename(p.diagram, DENSE, "<h1>big</h1>"))
    )
    place = hand.node("dense")
    where = hand.view.viewport().mapToGlobal(place)
    QApplication.sendEvent(hand.view.viewport(), QHelpEvent(QEvent.Type.ToolTip, place, where))
    assert "&lt;h1&gt;big" in QToolTip.text()
    QToolTip.hideText()


def test_the_pointer_marks_what_lies_under_it(hand: Hand) -> None:
    hand.move(QPoint(0, 0), hand.node("dense"))
    assert item(hand, DENSE).state.hovered
    hand.move(hand.node("dense"), hand.input("conv"))
    assert not item(hand, DENSE).state.hovered
    assert item(hand, CONV).state.port is not None


def test_calls_of_one_layer_are_marked_and_found_by_a_halo(hand: Hand) -> None:
    again = NodeId("again")
    layer = next(key for key, one in hand.diagram.layers.items() if one.name == "dense")
    hand.document.apply(
        "share",
        lambda p: p.with_diagram(edits.add_call(p.diagram, again, layer, Position(600, 160))),
    )
    assert item(hand, DENSE).value.shared
    assert item(hand, again).value.shared
    hand.click(hand.node("again"))
    assert haloed(hand) == {DENSE, again}
    hand.click(hand.node("conv"))
    assert haloed(hand) == set()


def test_one_halo_joins_the_calls_of_what_the_pointer_is_on_and_moves_with_them(
    hand: Hand,
) -> None:
    again = NodeId("again")
    layer = next(key for key, one in hand.diagram.layers.items() if one.name == "dense")
    hand.document.apply(
        "share",
        lambda p: p.with_diagram(edits.add_call(p.diagram, again, layer, Position(600, 160))),
    )
    hand.move(QPoint(0, 0), hand.node("dense"))
    assert haloed(hand) == {DENSE, again}
    frames = [item(hand, node).frame() for node in (DENSE, again)]
    between = (frames[0].center() + frames[1].center()) / 2
    assert hand.view.diagram_scene.halo.path().contains(between)
    hand.document.apply(
        "move",
        lambda p: p.with_diagram(edits.move_nodes(p.diagram, {again: Position(600, 320)})),
    )
    assert haloed(hand) == {DENSE, again}
    hand.move(hand.node("dense"), hand.node("conv"))
    assert haloed(hand) == set()


def test_a_diagram_without_places_is_arranged(empty: Hand, diagram: Diagram) -> None:
    bare = Diagram(layers=diagram.layers, nodes=diagram.nodes, wires=diagram.wires)
    empty.document.reset(Project(diagram=bare))
    frames = [one.frame() for one in empty.view.diagram_scene.nodes.values()]
    assert not any(a.intersects(b) for n, a in enumerate(frames) for b in frames[n + 1 :])


def test_a_layer_of_ones_own_shows_too(empty: Hand, diagram: Diagram) -> None:
    layers = {key: replace(one, class_name="own.Thing")
              for key, one in diagram.layers.items()}  # fmt: skip
    empty.document.reset(Project(diagram=replace(diagram, layers=layers)))
    assert item(empty, CONV).value.class_name == "Thing"
    assert len(empty.view.diagram_scene.wires) == len(diagram.wires)


def test_items_come_and_go_a_hundred_thousand_times(qapp: QApplication) -> None:
    """PySide6 6.12.0 on Python 3.11 loses references to None here and aborts the program."""
    scene = QGraphicsScene(qapp)
    one = Halo()
    for _ in range(100_000):
        scene.addItem(one)
        scene.removeItem(one)
    assert one.scene() is None


def test_the_wires_of_a_cycle_are_red_until_it_is_broken(hand: Hand) -> None:
    scene, error = hand.view.diagram_scene, QColor(hand.theme.palette.error)
    back = Wire(source=NodeId("add"), target=CONV, port="inputs")
    hand.document.apply(
        "cycle", lambda p: p.with_diagram(edits.add_wire(p.diagram, WireId("back"), back))
    )
    red = {key for key in scene.wires if scene.wires[key].colour == error}
    assert {"w2", "back"} <= red
    assert "w5" not in red
    hand.document.undo_stack.undo()
    assert not any(scene.wires[key].colour == error for key in scene.wires)


def test_a_cost_takes_the_room_beside_the_parameters_and_no_more_of_the_canvas(hand: Hand) -> None:
    width = item(hand, DENSE).frame().width()
    hand.findings.show_cost(shown=True)
    hand.findings.receive_cost(Measured(id=0, nodes={DENSE: Cost(flops=544)}))
    assert item(hand, DENSE).value.cost == "544 FLOPs"
    assert item(hand, DENSE).frame().width() == width
    hand.findings.show_cost(shown=False)
    assert item(hand, DENSE).value.cost == ""


def test_words_are_cut_before_a_shape_is(hand: Hand) -> None:
    tensor = Tensor(shape=(None, 2, 2, 1024), dtype="float32")
    info = NodeInfo(outputs=(tensor,), params=3_228_864)
    hand.findings.receive(Inspected(id=0, nodes={CONV: info}))
    drawing = item(hand, CONV).drawing
    assert drawing.shape_text.text == "(None, 2, 2, 1024)"
    named = replace(item(hand, CONV).value, name="a_name_that_no_node_has_the_room_for", shape="?")
    assert content_width(named) < content_width(item(hand, CONV).value)


def test_what_paints_all_nodes_lies_over_no_item_of_others(hand: Hand) -> None:
    scene = hand.view.diagram_scene
    mine = scene.addRect(item(hand, DENSE).frame())
    assert scene.items(item(hand, DENSE).frame().center()) == [mine]


def test_the_rectangle_around_all_that_is_painted_holds_nodes_wires_and_other_items(
    hand: Hand,
) -> None:
    scene = hand.view.diagram_scene
    around = scene.itemsBoundingRect()
    assert around.contains(scene.outline())
    assert all(around.contains(wire.boundingRect()) for wire in scene.wires.values())
    assert around.width() < 2 * scene.outline().width()
    scene.addRect(-900.0, -900.0, 10.0, 10.0)
    assert scene.itemsBoundingRect().contains(-899.0, -899.0)
