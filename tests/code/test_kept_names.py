"""Keras names calls of functions by counters, which keep off the names of layers and inputs."""

from collections.abc import Mapping

import pytest

from graphstudio.catalog.own_code import with_own
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.kept_names import kept_names
from graphstudio.code.plan import make_plan
from graphstudio.diagram.diagram import HeadNode, InputNode, Layer
from tests.code.projects import diagram, layer

CATALOG = with_own(shipped_catalog(), "def twice(x):\n    return x + x\n")


def kept(layer_name: str, function: str, *, input_name: str = "x") -> Mapping[str, int]:
    """Return what is kept where a layer of some name feeds a function."""
    drawn = diagram(
        "m",
        {
            "x": InputNode(name=input_name, config={"shape": [4]}),
            "layer": layer("ReLU", layer_name),
            "function": Layer(class_name=function, name="absolute_7"),
            "y": HeadNode(name="y"),
        },
        ("x layer", "layer function:x", "function y"),
    )
    return kept_names(make_plan(drawn, CATALOG), CATALOG)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("absolute", {"absolute": 0}),
        ("absolute_12", {"absolute": 12}),
        ("absolute_123456", {}),
        ("absolutely", {}),
        ("add", {}),
    ],
)
def test_a_counter_moves_behind_the_number_of_a_layer(
    name: str, expected: Mapping[str, int]
) -> None:
    assert kept(name, "keras.ops.absolute") == expected


def test_inputs_have_names_in_keras_too() -> None:
    assert kept("relu", "keras.ops.absolute", input_name="absolute_1") == {"absolute": 1}


def test_an_own_function_may_call_any_other() -> None:
    assert kept("add_2", "own.twice", input_name="dense") == {"add": 2}
