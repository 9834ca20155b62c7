"""Finding nodes: by name, class, parameters and shape, wherever they are."""

import pytest

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId
from graphstudio.diagram.find import find, places
from graphstudio.diagram.values import make_object
from tests.code.projects import diagram, layer
from tests.nesting import encoder

SHAPES = {NodeId("conv"): ["(None, 8, 8, 32) float32"], NodeId("image"): ["(None, 8, 8, 1) uint8"]}


def drawn() -> Diagram:
    made = diagram(
        "model",
        {
            "image": InputNode(name="Image", config={"shape": [8, 8, 1]}, column="pixels"),
            "conv": layer("Conv2D", "first", filters=32, kernel_size=[3, 3], activation="relu"),
            "dense": layer("Dense", "scores", units=10, activation="softmax"),
            "m": encoder(),
            "out": HeadNode(name="digit", loss="mse", weight=0.5, metrics=("accuracy",)),
        },
        ("image conv", "conv dense"),
    )
    huber = make_object("keras.losses.Huber", {"delta": 2.0})
    return edits.set_parameter(made, NodeId("dense"), "kernel_initializer", huber)


def test_what_is_called_so_comes_before_what_says_so() -> None:
    made = diagram(
        "model",
        {
            "sep": layer("SeparableConv2D", "sep"),
            "odd": layer("Dense", "odd_par"),
            "parity": layer("Dense", "parity"),
        },
        (),
    )
    found = [place.node for place in find(places(made, {}), "par")]
    assert found == ["parity", "odd", "sep"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", []),
        ("   ", []),
        ("IMAGE", ["image"]),
        ("scores", ["dense"]),
        ("conv2d", ["conv"]),
        ("dense", ["dense", "e_dense"]),
        ("units=10", ["dense"]),
        ("units = 10", ["dense"]),
        ("relu 32", ["conv"]),
        ("relu 33", []),
        ("(3, 3)", ["conv"]),
        ("huber delta=2", ["dense"]),
        ("(None, 8, 8, 32)", ["conv"]),
        ("8, 8, 32", ["conv"]),
        ("uint8", ["image"]),
        ("pixels", ["image"]),
        ("loss=mse", ["out"]),
        ("accuracy", ["out"]),
        ("head digit", ["out"]),
    ],
)
def test_a_node_is_found_by_what_it_says(query: str, found: list[str]) -> None:
    hits = [one.node for one in find(places(drawn(), SHAPES), query)]
    assert hits == found


def test_what_is_inside_of_a_model_is_found_with_the_way_to_it() -> None:
    assert [one.path for one in find(places(drawn(), {}), "dense")] == [(), ("m",)]
