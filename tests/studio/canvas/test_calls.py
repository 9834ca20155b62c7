"""Functions, models, constants and calls with several outputs on the canvas."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from graphstudio.catalog.entries import Role
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import CallNode, NodeId
from graphstudio.diagram.values import ARRAY, SLICE, Value, make_object
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.canvas.parameter_line import TIMES
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme
from tests.studio.canvas.hand import Hand

PLACE = QPoint(600, 300)


@pytest.fixture
def full(qtbot: QtBot) -> Iterator[Hand]:
    """An empty canvas on which everything can be put."""
    theme = Theme("dark")
    document = Document()
    findings = Findings(document)
    view = CanvasView(document, findings, theme, shipped_catalog())
    qtbot.addWidget(view)
    view.resize(1200, 600)
    with qtbot.waitExposed(view):
        view.show()
    yield Hand(view, document, findings, theme)
    view.close()


def place(hand: Hand, path: str, at: QPoint = PLACE) -> NodeId:
    hand.drop(path, at)
    (node,) = hand.document.selection
    return node


def labels(hand: Hand, node: NodeId) -> list[str]:
    ports = hand.view.diagram_scene.nodes[node].value.ports
    return [slot.label for slot in ports.inputs]


def give(hand: Hand, node: NodeId, name: str, value: Value) -> None:
    hand.document.apply(
        "set",
        lambda project: project.with_diagram(
            edits.set_argument(project.diagram, node, name, value)
        ),
    )


def says(hand: Hand, node: NodeId) -> str:
    return hand.view.diagram_scene.nodes[node].value.parameters


def test_a_dropped_function_is_a_call_with_what_it_requires(full: Hand) -> None:
    node = place(full, "keras.ops.reshape")
    layer, call = full.diagram.layer_of(node), full.diagram.nodes[node]
    assert layer is not None
    assert (layer.class_name, layer.name, layer.config) == ("keras.ops.reshape", "reshape", {})
    assert isinstance(call, CallNode)
    required = [
        one.name for one in shipped_catalog().functions["keras.ops.reshape"].call_parameters
    ]
    assert list(call.arguments) == required[:1]


def test_two_calls_of_a_function_have_names_of_their_own(full: Hand) -> None:
    nodes = [place(full, "keras.ops.matmul", QPoint(x, 100)) for x in (200, 700)]
    names = [full.diagram.name_of(node) for node in nodes]
    assert names == ["matmul", "matmul_1"]


def test_a_dropped_model_is_a_layer_without_weights_from_the_network(full: Hand) -> None:
    node = place(full, "keras.applications.Xception")
    layer = full.diagram.layer_of(node)
    assert layer is not None
    assert shipped_catalog().applications[layer.class_name].role is Role.MODEL
    assert layer.config["weights"] is None
    assert labels(full, node) == ["inputs"]


@pytest.mark.parametrize(("path", "port"), [("stack", "x"), ("einsum", "operands")])
def test_a_port_for_many_tensors_grows_with_its_wires(full: Hand, path: str, port: str) -> None:
    source = place(full, "keras.Input", QPoint(200, 300))
    target = place(full, f"keras.ops.{path}")
    assert labels(full, target) == [port]
    for count in (1, 2):
        full.drag(full.output(source), full.input(target, count - 1))
        assert labels(full, target) == [f"{port}[{number}]" for number in range(count + 1)]
    assert full.wires == {(source, target, port, 0), (source, target, port, 1)}


def test_one_tensor_feeds_both_ports_of_a_function(full: Hand) -> None:
    source = place(full, "keras.Input", QPoint(200, 300))
    target = place(full, "keras.ops.matmul")
    for index in (0, 1):
        full.drag(full.output(source), full.input(target, index))
    assert full.wires == {(source, target, "x1", 0), (source, target, "x2", 0)}


def test_a_constant_shows_on_its_node_until_a_wire_takes_its_place(full: Hand) -> None:
    source = place(full, "keras.Input", QPoint(200, 300))
    target = place(full, "keras.ops.matmul")
    give(full, target, "x2", 2.0)
    assert says(full, target) == "x2=2.0"
    give(full, target, "x2", make_object(ARRAY, {"object": [[1, 2, 3]], "dtype": "int32"}))
    assert says(full, target) == f"x2=array 1{TIMES}3"
    full.drag(full.output(source), full.input(target, 1))
    assert says(full, target) == ""


def test_a_wire_dropped_on_a_function_passes_over_the_port_with_a_constant(full: Hand) -> None:
    source = place(full, "keras.Input", QPoint(200, 300))
    target = place(full, "keras.ops.matmul")
    give(full, target, "x1", 2.0)
    full.drag(full.output(source), full.node(target))
    assert full.wires == {(source, target, "x2", 0)}


def test_the_arguments_of_a_call_show_on_its_node(full: Hand) -> None:
    split = place(full, "keras.ops.split", QPoint(300, 100))
    give(full, split, "indices_or_sections", 2)
    give(full, split, "axis", 1)
    assert says(full, split) == "2 · axis 1"
    item = place(full, "keras.ops.get_item", QPoint(600, 100))
    every = make_object(SLICE, {"start": None, "stop": None, "step": None})
    give(full, item, "key", [every, -1])
    assert says(full, item) == ":, -1"
    dropout = place(full, "keras.layers.Dropout")
    give(full, dropout, "training", value=True)
    assert says(full, dropout) == "0.5 · training"


def test_each_tensor_of_a_call_leaves_by_a_port_of_its_own(full: Hand) -> None:
    node = place(full, "keras.layers.LSTM")
    row = Tensor((None, 32), "float32")
    full.findings.receive(
        Inspected(id=1, nodes={node: NodeInfo((row, row, row), paths=((0,), (1,), (2,)))})
    )
    item = full.view.diagram_scene.nodes[node]
    places = {item.port_place(Side.OUTPUT, number).toTuple() for number in range(3)}
    assert (item.value.ports.outputs, len(places)) == (3, 3)
    head = place(full, "head", QPoint(1000, 300))
    full.findings.receive(
        Inspected(id=2, nodes={node: NodeInfo((row, row, row), paths=((0,), (1,), (2,)))})
    )
    full.drag(full.output(node, 2), full.input(head))
    (wire,) = full.diagram.wires.values()
    assert wire.output == 2


def test_one_tensor_feeds_two_heads_with_names_of_their_own(full: Hand) -> None:
    source = place(full, "keras.layers.Dense", QPoint(300, 300))
    heads = [place(full, "head", QPoint(900, y)) for y in (150, 450)]
    for head in heads:
        full.drag(full.output(source), full.input(head))
    assert full.wires == {(source, head, "tensor", 0) for head in heads}
    assert [full.diagram.name_of(head) for head in heads] == ["head", "head_1"]
