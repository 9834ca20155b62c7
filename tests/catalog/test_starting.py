"""What a layer starts with when it is put on the canvas."""

import pytest

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.catalog.starting import rank_of, starting_arguments, starting_config


def entry(name: str, *parameters: Parameter) -> Entry:
    return Entry(path=f"keras.layers.{name}", parameters=parameters)


@pytest.mark.parametrize(
    ("kind", "type_"),
    [
        (Kind.BOOLEAN, bool),
        (Kind.INTEGER, int),
        (Kind.NUMBER, float),
        (Kind.TEXT, str),
        (Kind.NUMBERS, list),
    ],
)
def test_every_kind_of_value_starts_with_one_of_its_type(kind: Kind, type_: type) -> None:
    config = starting_config(entry("Own", Parameter("something", kind, required=True)))
    assert isinstance(config["something"], type_)


def test_a_choice_starts_with_the_first() -> None:
    choice = Parameter("mode", Kind.CHOICE, required=True, choices=("int", "one_hot"))
    assert starting_config(entry("Own", choice)) == {"mode": "int"}


def test_what_has_a_default_is_left_to_keras() -> None:
    assert starting_config(entry("Own", Parameter("strides", Kind.NUMBERS, default=1))) == {}


@pytest.mark.parametrize(("name", "rank"), [("Conv2D", 2), ("Conv3DTranspose", 3), ("Dense", None)])
def test_the_rank_is_in_the_name(name: str, rank: int | None) -> None:
    assert rank_of(name) == rank


def test_a_window_has_a_number_for_each_axis() -> None:
    size = Parameter("kernel_size", Kind.NUMBERS, required=True)
    assert starting_config(entry("Conv2D", size)) == {"kernel_size": [3, 3]}


def test_every_layer_of_keras_starts_with_a_value_for_all_that_it_requires() -> None:
    for one in shipped_catalog().layers.values():
        required = {parameter.name for parameter in one.parameters if parameter.required}
        assert starting_config(one).keys() >= required
        assert starting_config(one) == starting_config(one)


def test_common_layers_start_as_people_expect() -> None:
    layers = shipped_catalog().layers
    assert starting_config(layers["keras.layers.Dense"]) == {"units": 32}
    assert starting_config(layers["keras.layers.Dropout"]) == {"rate": 0.5}
    assert starting_config(layers["keras.layers.Flatten"]) == {}


def test_a_wrapper_starts_around_a_layer_and_stacked_cells_with_two() -> None:
    layers = shipped_catalog().layers
    inner = starting_config(layers["keras.layers.Bidirectional"])["layer"]
    assert inner == {"class": "keras.layers.LSTM", "config": {"units": 32}}
    cells = starting_config(layers["keras.layers.StackedRNNCells"])["cells"]
    assert isinstance(cells, list)
    assert [cell["class"] for cell in cells] == ["keras.layers.GRUCell"] * 2


def test_a_model_starts_without_weights_and_without_its_top() -> None:
    model = shipped_catalog().applications["keras.applications.MobileNet"]
    assert starting_config(model) == {"include_top": False, "weights": None}


def test_every_function_starts_with_a_value_for_all_that_it_requires() -> None:
    for one in shipped_catalog().functions.values():
        required = {parameter.name for parameter in one.call_parameters if parameter.required}
        started = starting_arguments(one)
        assert started.keys() >= required
        assert started.keys() <= {parameter.name for parameter in one.call_parameters}


def test_functions_start_as_people_expect() -> None:
    functions = shipped_catalog().functions
    assert starting_arguments(functions["keras.ops.matmul"]) == {}
    assert starting_arguments(functions["keras.ops.expand_dims"]) == {"axis": -1}
    assert starting_arguments(functions["keras.ops.cast"]) == {"dtype": "float32"}
    assert starting_arguments(functions["keras.ops.image.resize"]) == {"size": [8, 8]}
