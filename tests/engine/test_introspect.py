"""What is read from Keras can be used as it was read."""

import inspect

import keras
import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.catalog.starting import starting_config
from graphstudio.diagram.values import make_object
from graphstudio.engine.introspect_functions import read_functions
from graphstudio.engine.introspect_layers import layers_left_out
from graphstudio.engine.objects import arguments, resolve, to_keras

TAKE_FUNCTIONS = {
    "associative_scan",
    "cond",
    "custom_gradient",
    "fori_loop",
    "jvp",
    "map",
    "scan",
    "switch",
    "vectorize",
    "vectorized_map",
    "while_loop",
}
TAKE_NO_TENSOR = {"arange", "empty", "eye", "identity", "ones", "tri", "zeros"}
GIVE_NO_TENSOR = {"dtype", "is_tensor", "ndim", "shape"}
# Keras refuses symbolic tensors here.
TAKE_NO_SYMBOL = {"bartlett", "blackman", "convert_to_numpy", "hamming", "hanning", "kaiser"}
LAYERS = shipped_catalog().layers


# A Lambda starts without the function that only its user can write.
MADE = sorted(LAYERS.keys() - {"keras.layers.Lambda"})


@pytest.mark.parametrize("path", MADE)
def test_every_layer_can_be_made_from_what_it_starts_with(path: str) -> None:
    entry = LAYERS[path]
    made = resolve(path)(**arguments(starting_config(entry)), name="made")
    assert made.name == "made"


CHOICES = [
    (path, one.name, choice)
    for path, entry in sorted(LAYERS.items())
    for one in entry.parameters
    for choice in one.choices
]


@pytest.mark.parametrize(("path", "name", "choice"), CHOICES)
def test_a_layer_takes_each_of_its_choices(path: str, name: str, choice: str) -> None:
    config = {**starting_config(LAYERS[path]), name: choice}
    resolve(path)(**arguments(config))


def test_layers_are_left_out_for_a_reason_alone() -> None:
    assert {path.rpartition(".")[2]: reason for path, reason in layers_left_out().items()} == {
        "Layer": "It is the base class of layers and calls nothing.",
        "Wrapper": "It is the base class of wrappers and calls nothing.",
        "InputLayer": "It is what an input is in the model: keras.Input.",
        "FlaxLayer": "It wraps a program of another framework (keras.src.utils.jax_layer).",
        "JaxLayer": "It wraps a program of another framework (keras.src.utils.jax_layer).",
        "TFSMLayer": "It wraps a program of another framework (keras.src.export.tfsm_layer).",
        "TorchModuleWrapper": "It wraps a program of another framework "
        "(keras.src.utils.torch_utils).",
    }


def test_every_public_layer_is_in_or_has_a_reason() -> None:
    known = {path.rpartition(".")[2] for path in LAYERS.keys() | layers_left_out().keys()}
    classes = {getattr(keras.layers, name) for name in known}
    public = {
        one
        for one in vars(keras.layers).values()
        if inspect.isclass(one) and issubclass(one, keras.layers.Layer)
    }
    assert public == classes


def test_functions_are_in_where_they_take_tensors_and_give_tensors() -> None:
    functions, left_out = read_functions()
    assert len(functions) == 323
    assert {path.rpartition(".")[2] for path in left_out} == TAKE_FUNCTIONS | TAKE_NO_TENSOR | (
        GIVE_NO_TENSOR | TAKE_NO_SYMBOL
    )
    reasons = {path.rpartition(".")[2]: reason for path, reason in left_out.items()}
    assert all("takes a function" in reasons[name] for name in TAKE_FUNCTIONS)
    assert all("no argument that can be a tensor" in reasons[name] for name in TAKE_NO_TENSOR)


@pytest.mark.parametrize("path", ["os.system", "keras.layers._Dense", "keras.layers.Nope", ""])
def test_nothing_but_public_classes_of_keras_is_resolved(path: str) -> None:
    with pytest.raises(ValueError, match=r"Expected .* of Keras .*; received"):
        resolve(path)


def test_values_become_what_keras_takes() -> None:
    zeros = to_keras(make_object("keras.initializers.Constant", {"value": 3}))
    assert isinstance(zeros, keras.initializers.Constant)
    assert to_keras([3, 3]) == (3, 3)
    assert to_keras(["a", "b"]) == ["a", "b"]
    assert to_keras({"a": [1]}) == {"a": (1,)}
