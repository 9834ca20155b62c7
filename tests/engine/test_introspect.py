"""What is read from Keras can be used as it was read."""

import inspect

import keras
import pytest

from graphstudio.catalog.entries import Kind
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
LAYERS, FUNCTIONS = shipped_catalog().layers, shipped_catalog().functions


# A Lambda starts without the function that only its user can write.
MADE = sorted(LAYERS.keys() - {"keras.layers.Lambda"})


@pytest.mark.parametrize("path", MADE)
def test_every_layer_can_be_made_from_what_it_starts_with(path: str) -> None:
    entry = LAYERS[path]
    made = resolve(path)(**arguments(starting_config(entry)), name="made")
    assert made.name == "made"


@pytest.mark.parametrize("name", ["dtype", "trainable"])
@pytest.mark.parametrize("path", sorted(LAYERS))
def test_what_every_layer_may_be_told_is_there_or_refused(path: str, name: str) -> None:
    default = inspect.signature(keras.layers.Layer.__init__).parameters[name].default
    config = {**arguments(starting_config(LAYERS[path])), name: default}
    if path == "keras.layers.Lambda":
        config["function"] = keras.activations.linear
    if LAYERS[path].parameter(name):
        resolve(path)(**config)
    else:
        with pytest.raises(TypeError, match=f"unexpected keyword argument '{name}'"):
            resolve(path)(**config)


def test_few_layers_refuse_what_every_other_may_be_told() -> None:
    refusing = {
        (entry.name, name)
        for entry in LAYERS.values()
        for name in ("dtype", "trainable")
        if not entry.parameter(name)
    }
    assert refusing == {
        ("Discretization", "trainable"),
        ("Pipeline", "dtype"),
        ("Pipeline", "trainable"),
        ("SpatialDropout1D", "trainable"),
        ("SpatialDropout2D", "trainable"),
        ("SpatialDropout3D", "trainable"),
    }


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (path, one.name)
        for path, entry in sorted(LAYERS.items())
        for one in entry.parameters
        if one.kind is Kind.CHOICE and one.nullable and path in MADE
    ],
)
def test_a_layer_takes_none_where_a_choice_may_be_none(path: str, name: str) -> None:
    resolve(path)(**{**arguments(starting_config(LAYERS[path])), name: None})


@pytest.mark.parametrize(
    ("name", "argument", "several", "one"),
    [
        ("split", "indices_or_sections", [1], 2),
        ("hsplit", "indices_or_sections", [1, 3], 2),
        ("vsplit", "indices_or_sections", [1, 2], 2),
        ("mean", "axis", [0, 1], 0),
        ("sum", "axis", [0, 1], 0),
        ("max", "axis", [0, 1], 0),
        ("amax", "axis", [0, 1], 0),
        ("std", "axis", [0, 1], 0),
        ("var", "axis", [0, 1], 0),
        ("all", "axis", [0, 1], 0),
        ("count_nonzero", "axis", [0, 1], 0),
        ("logsumexp", "axis", [0, 1], 0),
        ("softmax", "axis", [0, 1], 0),
        ("norm", "axis", [0, 1], 0),
        ("expand_dims", "axis", [0, 1], 0),
        ("flip", "axis", [0, 1], 0),
        ("tile", "repeats", [1, 2], 2),
        ("repeat", "repeats", [1] * 16, 2),
    ],
)
def test_an_argument_of_a_function_may_be_one_number_or_several(
    name: str, argument: str, several: list[int], one: int
) -> None:
    known = {one.name: one for one in FUNCTIONS[f"keras.ops.{name}"].call_parameters}
    assert known[argument].kind is Kind.NUMBERS
    function = getattr(keras.ops, name)
    for value in (several, one):
        assert function(keras.ops.ones((4, 4)), **arguments({argument: value})) is not None


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("argmax", "axis"),
        ("cumsum", "axis"),
        ("stack", "axis"),
        ("concatenate", "axis"),
        ("array_split", "indices_or_sections"),
        ("one_hot", "num_classes"),
    ],
)
def test_an_argument_that_takes_one_number_alone_is_an_integer(name: str, argument: str) -> None:
    known = {one.name: one for one in FUNCTIONS[f"keras.ops.{name}"].call_parameters}
    assert known[argument].kind is Kind.INTEGER


@pytest.mark.parametrize(
    ("name", "argument", "value"),
    [
        ("RandomZoom", "height_factor", [0.1, 0.2]),
        ("RandomShear", "x_factor", [0.1, 0.2]),
        ("Solarization", "addition_factor", [0.1, 0.2]),
        ("RandomGaussianBlur", "kernel_size", [3, 3]),
        ("Hashing", "salt", [1, 2]),
        ("Conv1DTranspose", "dilation_rate", [1]),
    ],
)
def test_an_argument_of_a_layer_may_be_a_range_or_a_list(
    name: str, argument: str, value: list[float]
) -> None:
    entry = LAYERS[f"keras.layers.{name}"]
    described = entry.parameter(argument)
    assert described is not None
    assert described.kind is Kind.NUMBERS
    resolve(entry.path)(**arguments({**starting_config(entry), argument: value}))


def test_layers_know_the_formats_of_boxes_that_keras_converts() -> None:
    formats = LAYERS["keras.layers.RandomFlip"].parameter("bounding_box_format")
    assert formats is not None
    assert (formats.kind, formats.nullable) == (Kind.CHOICE, True)
    assert {"xyxy", "yxyx", "xywh", "center_xywh", "rel_xyxy"} <= set(formats.choices)
    convert = keras.utils.bounding_boxes.convert_format
    for one in formats.choices:
        box = keras.ops.ones((1, 4))
        assert convert(box, source=one, target="xyxy", height=4, width=4).shape == (1, 4)


def test_a_cell_takes_a_list_of_states_where_it_has_several() -> None:
    cells = {
        entry.name: port.variadic
        for entry in LAYERS.values()
        for port in entry.ports
        if port.name == "states"
    }
    assert cells == {
        "GRUCell": False,
        "LSTMCell": True,
        "SimpleRNNCell": False,
        "StackedRNNCells": True,
    }


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
