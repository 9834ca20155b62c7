"""The shipped catalog says of each class what the installed Keras says."""

from collections.abc import Mapping
from functools import cache

import keras
import pytest

from graphstudio.catalog.entries import TRAINABLE, Catalog, Entry, Kind, Role
from graphstudio.catalog.shipped import CATALOG_FILE, format_catalog, shipped_catalog
from graphstudio.engine.introspect import read_catalog

SHIPPED = shipped_catalog()
FAMILIES = sorted(SHIPPED.objects)
POOLINGS = ("MaxPooling2D", "AveragePooling2D")


@cache
def installed() -> Catalog:
    """Return what Keras says now, read once."""
    return read_catalog()


def different(shipped: Mapping[str, Entry], now: Mapping[str, Entry]) -> list[str]:
    return [path for path, entry in shipped.items() if entry != now.get(path)]


def layer(name: str) -> Entry:
    return SHIPPED.layers[f"keras.layers.{name}"]


def test_it_was_read_from_the_installed_keras() -> None:
    assert SHIPPED.keras_version == keras.__version__


@pytest.mark.parametrize("path", sorted(SHIPPED.layers))
def test_a_shipped_layer_is_as_keras_has_it(path: str) -> None:
    assert SHIPPED.layers[path] == installed().layers.get(path)


def test_every_layer_function_and_application_of_keras_is_shipped_and_no_other() -> None:
    assert sorted(installed().callables) == sorted(SHIPPED.callables)


def test_the_shipped_functions_are_as_keras_has_them() -> None:
    assert different(SHIPPED.functions, installed().functions) == []


def test_the_shipped_applications_are_as_keras_has_them() -> None:
    assert different(SHIPPED.applications, installed().applications) == []


@pytest.mark.parametrize("family", FAMILIES)
def test_the_objects_of_a_family_are_as_keras_has_them(family: str) -> None:
    now = installed().objects[family]
    assert different(SHIPPED.objects[family], now) == []
    assert sorted(now) == sorted(SHIPPED.objects[family])


def test_the_input_is_as_keras_has_it() -> None:
    assert installed().input == SHIPPED.input


def test_the_file_is_written_in_one_way_only() -> None:
    assert format_catalog(SHIPPED) == CATALOG_FILE.read_bytes()


def test_dense_cannot_do_without_its_units() -> None:
    dense = layer("Dense")
    units = dense.parameter("units")
    assert units is not None
    assert (units.required, units.kind) == (True, Kind.INTEGER)
    assert [one.name for one in dense.parameters if one.required] == ["units"]
    with pytest.raises(TypeError, match="units"):
        keras.layers.Dense()


def test_one_pooling_has_a_default_size_and_its_sibling_has_none() -> None:
    largest, mean = (layer(name).parameter("pool_size") for name in POOLINGS)
    assert largest is not None
    assert mean is not None
    assert (largest.required, largest.default) == (False, [2, 2])
    assert mean.required
    keras.layers.MaxPooling2D()
    with pytest.raises(TypeError, match="pool_size"):
        keras.layers.AveragePooling2D()


@pytest.mark.parametrize("name", ["Add", "Concatenate", "Multiply", "Average", "Dot"])
def test_a_merge_takes_a_list_of_tensors(name: str) -> None:
    assert [(port.variadic, port.optional) for port in layer(name).ports] == [(True, False)]


def test_only_the_sequences_of_an_lstm_have_to_be_wired() -> None:
    ports = layer("LSTM").ports
    assert {port.name: port.optional for port in ports} == {
        "sequences": False,
        "initial_state": True,
        "mask": True,
    }


@pytest.mark.parametrize(
    ("name", "least", "most"),
    [
        ("Conv2D", 4, None),
        ("MaxPooling2D", 4, 4),
        ("Dense", 2, None),
        ("LSTM", 3, 3),
        ("Add", None, None),
        ("Permute", None, None),
    ],
)
def test_a_port_knows_how_many_axes_keras_says_that_it_takes(
    name: str, least: int | None, most: int | None
) -> None:
    port = layer(name).ports[0]
    assert (port.min_ndim, port.max_ndim) == (least, most)


@pytest.mark.parametrize("path", sorted(SHIPPED.layers))
def test_training_is_an_argument_and_no_port(path: str) -> None:
    assert "training" not in {port.name for port in SHIPPED.layers[path].ports}


def test_dropout_can_be_told_whether_it_trains() -> None:
    assert "training" in {one.name for one in layer("Dropout").call_parameters}


def test_a_choice_lists_what_keras_takes_and_no_more() -> None:
    padding = layer("Conv2D").parameter("padding")
    assert padding is not None
    assert padding.kind is Kind.CHOICE
    assert set(padding.choices) == {"valid", "same"}
    for choice in padding.choices:
        keras.layers.Conv2D(1, 1, padding=choice)


@pytest.mark.parametrize("family", FAMILIES)
def test_keras_finds_every_object_by_its_identifier(family: str) -> None:
    get = getattr(keras, family).get
    identifiers = [one.identifier for one in SHIPPED.objects[family].values() if one.identifier]
    assert identifiers
    assert all(get(one) is not None for one in identifiers)


def test_an_optimizer_in_an_optimizer_is_an_object() -> None:
    scaling = SHIPPED.objects["optimizers"]["keras.optimizers.LossScaleOptimizer"]
    inner = scaling.parameter("inner_optimizer")
    assert inner is not None
    assert (inner.kind, inner.family) == (Kind.OBJECT, "optimizers")


def test_a_layer_in_a_layer_is_an_object_and_cells_are_a_list_of_them() -> None:
    inner, cells = layer("Bidirectional").parameter("layer"), layer("StackedRNNCells").parameters[0]
    assert inner is not None
    assert (inner.kind, inner.family) == (Kind.OBJECT, "layers")
    assert (cells.name, cells.kind, cells.family) == ("cells", Kind.OBJECTS, "layers")


def test_an_einsum_layer_has_an_equation_and_the_sizes_of_its_output() -> None:
    kinds = {one.name: one.kind for one in layer("EinsumDense").parameters if one.required}
    assert kinds == {"equation": Kind.TEXT, "output_shape": Kind.NUMBERS}


def test_the_layers_that_learn_from_data_are_those_with_adapt() -> None:
    adapting = {entry.name for entry in SHIPPED.layers.values() if entry.adapts}
    assert adapting == {
        "Discretization",
        "IntegerLookup",
        "Normalization",
        "StringLookup",
        "TextVectorization",
    }


@pytest.mark.parametrize(
    ("name", "ports", "others"),
    [
        ("matmul", ["x1", "x2"], []),
        ("power", ["x1", "x2"], []),
        ("mean", ["x"], ["axis", "keepdims"]),
        ("where", ["condition", "x1", "x2"], []),
        ("clip", ["x"], ["x_min", "x_max"]),
        ("take", ["x", "indices"], ["axis"]),
        ("reshape", ["x"], ["newshape"]),
        ("conv", ["inputs", "kernel"], None),
        ("image.resize", ["images"], None),
    ],
)
def test_tensors_of_a_function_are_ports_and_the_rest_are_not(
    name: str, ports: list[str], others: list[str] | None
) -> None:
    function = SHIPPED.functions[f"keras.ops.{name}"]
    assert function.role is Role.FUNCTION
    assert [port.name for port in function.ports] == ports
    assert others is None or [one.name for one in function.call_parameters] == others


def test_a_list_of_tensors_may_be_one_argument_or_many() -> None:
    ways = {
        name: [
            (port.variadic, port.unpacked) for port in SHIPPED.functions[f"keras.ops.{name}"].ports
        ]
        for name in ("concatenate", "einsum", "meshgrid", "add")
    }
    assert ways == {
        "concatenate": [(True, False)],
        "einsum": [(True, True)],
        "meshgrid": [(True, True)],
        "add": [(False, False), (False, False)],
    }


def test_the_signature_has_the_arguments_of_a_function_in_their_order() -> None:
    assert SHIPPED.functions["keras.ops.einsum"].signature == ("subscripts", "operands")
    assert SHIPPED.functions["keras.ops.batch_normalization"].signature[:4] == (
        "x",
        "mean",
        "variance",
        "axis",
    )


def test_a_function_knows_what_stands_for_it_in_a_graph() -> None:
    made = keras.ops.matmul(keras.Input((2,)), keras.Input((2,), batch_size=2))
    operation = type(made._keras_history.operation)
    shipped = SHIPPED.functions["keras.ops.matmul"].operation
    assert shipped == f"{operation.__module__}.{operation.__qualname__}"


def test_an_application_takes_one_tensor_and_can_be_frozen() -> None:
    model = SHIPPED.applications["keras.applications.ResNet50"]
    assert model.role is Role.MODEL
    assert [port.name for port in model.ports] == ["inputs"]
    assert TRAINABLE in model.parameters
    weights, pooling = model.parameter("weights"), model.parameter("pooling")
    assert weights is not None
    assert pooling is not None
    assert (weights.kind, weights.default, weights.nullable) == (Kind.TEXT, "imagenet", True)
    assert (pooling.choices, pooling.nullable) == (("avg", "max"), True)
    assert not {"name", "input_tensor"} & {one.name for one in model.parameters}
