"""Nested models on the canvas: how they look, and how they are opened and left."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.class_checks import can_be_sequential
from graphstudio.diagram.diagram import (
    CallNode,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
)
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.canvas.hits import hit, tooltip
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.layer_commands import open_model
from tests.code.projects import diagram, layer
from tests.nesting import encoder, swap
from tests.studio.canvas.hand import LEFT, Hand

M, S = LayerId("m"), LayerId("s")
CODE = NodeInfo((Tensor((None, 4), "float32"),), params=52, trainable_params=52)


def outer(inner: Layer) -> Layer:
    """Return a model with another one in it."""
    drawn = diagram(
        "outer",
        {
            "o_in": InputNode(name="features", config={"shape": [12]}),
            "o_m": inner,
            "o_out": HeadNode(name="code", loss="mse"),
        },
        ("o_in o_m:features", "o_m o_out"),
    )
    return Layer(class_name="keras.Model", name="outer", diagram=drawn)


@pytest.fixture
def nested(empty: Hand) -> Hand:
    """A canvas with a model in a model that is called twice, and one of two ports on each side."""
    drawn = diagram(
        "whole",
        {
            "x": InputNode(name="x", config={"shape": [12]}),
            "m": outer(encoder()),
            "m2": CallNode(layer=M),
            "s": swap(),
            "dense": layer("Dense", "dense", units=4),
            "y": HeadNode(name="y", loss="mse"),
        },
        ("x m:features", "x m2:features", "m s:a", "m2 s:b", "s.1 dense", "dense y"),
    )
    empty.document.reset(Project(diagram=drawn))
    names = ("m", "m2", "o_m", "o_out", "e_dense", "e_out")
    empty.findings.receive(Inspected(id=1, nodes={NodeId(name): CODE for name in names}))
    empty.view.fit_all()
    return empty


def item(hand: Hand, node: str) -> NodeItem:
    return hand.view.diagram_scene.nodes[NodeId(node)]


def shown(hand: Hand) -> list[str]:
    return list(hand.view.diagram_scene.nodes)


def double_click(hand: Hand, node: str) -> None:
    hand.click(hand.node(node))
    QTest.mouseDClick(hand.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, hand.node(node))


def test_a_model_has_a_doubled_edge_and_a_port_for_each_input_and_head(nested: Hand) -> None:
    assert item(nested, "s").drawing.edge is not None
    assert item(nested, "dense").drawing.edge is None
    texts = [text.text for text in item(nested, "s").drawing.texts]
    assert {"a", "b", "sum", "difference"} <= set(texts)
    place = item(nested, "s").port_place(Side.OUTPUT, 1)
    assert tooltip(hit(nested.view.diagram_scene, place)) == "difference: output"


def test_a_double_click_opens_a_model_and_shows_it_whole(nested: Hand) -> None:
    double_click(nested, "m")
    assert nested.document.place == (M,)
    assert shown(nested) == ["o_in", "o_m", "o_out"]
    outline = nested.view.diagram_scene.outline()
    seen = nested.view.mapToScene(nested.view.viewport().rect()).boundingRect()
    assert seen.contains(outline)


def test_a_double_click_on_anything_else_opens_nothing(nested: Hand) -> None:
    double_click(nested, "dense")
    double_click(nested, "x")
    assert nested.document.place == ()


def test_enter_opens_and_escape_leaves_level_by_level(nested: Hand) -> None:
    nested.click(nested.node("m2"))
    nested.key(Qt.Key.Key_Return)
    nested.click(nested.node("o_m"))
    nested.key(Qt.Key.Key_Enter)
    places = [nested.document.place]
    assert shown(nested) == ["e_in", "e_dense", "e_out"]
    nested.key(Qt.Key.Key_Escape)
    assert nested.document.selection == {"o_m"}
    places.append(nested.document.place)
    for _ in range(2):
        nested.key(Qt.Key.Key_Escape)
        places.append(nested.document.place)
    assert places == [(M, LayerId("o_m")), (M,), (M,), ()]


def test_the_canvas_comes_back_as_it_was_left(nested: Hand) -> None:
    nested.view.zoom_to(63)
    nested.view.centerOn(item(nested, "dense").frame().center())
    before = nested.node("dense")
    nested.document.open_model(M)
    nested.document.close_model()
    assert nested.view.zoom == pytest.approx(63)
    assert (nested.node("dense") - before).manhattanLength() <= 2


def test_inside_each_node_shows_what_keras_said_of_it(nested: Hand) -> None:
    nested.document.open_model(M)
    assert item(nested, "o_m").value.shape == "(None, 4)"
    nested.document.open_model(LayerId("o_m"))
    assert item(nested, "e_dense").value.params == "52"


def test_a_head_inside_says_nothing_of_a_loss(nested: Hand) -> None:
    assert item(nested, "y").value.parameters.startswith("mse")
    nested.document.open_model(M)
    value = item(nested, "o_out").value
    assert (value.class_name, value.parameters) == ("Output", "")


def test_a_model_says_how_many_layers_it_has(nested: Hand) -> None:
    assert item(nested, "m").value.parameters == "1 layer"
    assert item(nested, "s").value.parameters == "2 layers"


def test_a_wire_drawn_inside_is_there_when_the_model_is_opened_again(nested: Hand) -> None:
    nested.document.open_model(M)
    nested.view.add_entry("keras.layers.Dropout")
    nested.document.close_model()
    nested.document.open_model(M)
    assert [nested.diagram.name_of(node) for node in nested.diagram.nodes][-1] == "dropout"
    assert len(nested.document.whole.diagram.nodes) == 6


@pytest.mark.parametrize("path", ["keras.Model", "keras.Sequential"])
def test_a_new_model_is_placed_with_a_layer_in_it(empty: Hand, path: str) -> None:
    empty.drop(path, empty.at(0, 0))
    (node,) = empty.diagram.nodes
    assert open_model(empty.document, node)
    assert [empty.diagram.name_of(one) for one in empty.diagram.nodes] == ["input", "dense", "head"]
    assert len(empty.diagram.wires) == 2
    assert can_be_sequential(empty.diagram, shipped_catalog())
