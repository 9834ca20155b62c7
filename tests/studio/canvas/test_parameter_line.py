"""The dim line on a node."""

import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, Layer, LayerId, NodeId
from graphstudio.diagram.values import Value, make_object
from graphstudio.studio.canvas.parameter_line import TIMES, parameter_line

NODE = NodeId("n")


def line(class_name: str, config: dict[str, Value]) -> str:
    layer = Layer(class_name=class_name, name="own", config=config)
    diagram = edits.add_layer(Diagram(), (LayerId("l"), NODE), layer)
    return parameter_line(diagram, NODE, shipped_catalog().layers.get(class_name))


@pytest.mark.parametrize(
    ("class_name", "config", "expected"),
    [
        ("Conv2D", {"filters": 32, "kernel_size": 3, "activation": "relu"}, "32 · 3x3 · relu"),
        ("Conv2D", {"filters": 8, "kernel_size": [5, 3], "strides": 2}, "8 · 5x3 · strides 2x2"),
        ("Dense", {"units": 10, "activation": None}, "10"),
        ("Dense", {"units": 10, "use_bias": False}, "10 · no use_bias"),
        ("Dense", {"units": 10, "kernel_initializer": "zeros"}, "10"),
        ("Dropout", {"rate": 0.5}, "0.5"),
        ("Add", {}, "0 inputs"),
        ("Flatten", {}, ""),
        ("Bidirectional", {"layer": "LSTM", "merge_mode": None}, "LSTM · merge_mode None"),
        ("LSTM", {"units": 16, "return_state": True}, "16 · return_state"),
    ],
)
def test_a_layer_says_what_matters(
    class_name: str, config: dict[str, Value], expected: str
) -> None:
    assert line(f"keras.layers.{class_name}", config) == expected.replace("x", TIMES)


def test_an_object_is_said_by_its_class() -> None:
    leaky = make_object("keras.layers.LeakyReLU")
    assert line("keras.layers.Dense", {"units": 4, "activation": leaky}) == "4 · LeakyReLU"


def test_a_class_that_keras_does_not_know_says_what_was_set() -> None:
    assert line("own.Scale", {"factor": 2}) == "factor 2"


def test_an_input_says_its_dtype() -> None:
    node = InputNode(name="image", config={"shape": [8], "dtype": "uint8"})
    assert parameter_line(edits.add_input(Diagram(), NODE, node), NODE, None) == "uint8"


@pytest.mark.parametrize(
    ("loss", "weight", "expected"),
    [
        ("sparse_categorical_crossentropy", 1.0, f"sparse crossentropy {TIMES} 1"),
        ("mse", 0.5, f"mse {TIMES} 0.5"),
        (make_object("keras.losses.Huber", {"delta": 2.0}), 10.0, f"Huber {TIMES} 10"),
        (None, 1.0, "no loss"),
    ],
)
def test_a_head_says_its_loss_and_weight(loss: Value, weight: float, expected: str) -> None:
    head = HeadNode(name="digit", loss=loss, weight=weight)
    assert parameter_line(edits.add_head(Diagram(), NODE, head), NODE, None) == expected
