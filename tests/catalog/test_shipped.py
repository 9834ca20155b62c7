"""The shipped catalog says of each class what the installed Keras says."""

from functools import cache

import keras
import pytest

from graphstudio.catalog.entries import Catalog, Entry, Kind
from graphstudio.catalog.shipped import CATALOG_FILE, format_catalog, shipped_catalog
from graphstudio.engine.introspect import read_catalog

SHIPPED = shipped_catalog()
FAMILIES = sorted(SHIPPED.objects)
POOLINGS = ("MaxPooling2D", "AveragePooling2D")


@cache
def installed() -> Catalog:
    """Return what Keras says now, read once."""
    return read_catalog()


def layer(name: str) -> Entry:
    return SHIPPED.layers[f"keras.layers.{name}"]


def test_it_was_read_from_the_installed_keras() -> None:
    assert SHIPPED.keras_version == keras.__version__


@pytest.mark.parametrize("path", sorted(SHIPPED.layers))
def test_a_shipped_layer_is_as_keras_has_it(path: str) -> None:
    assert SHIPPED.layers[path] == installed().layers.get(path)


def test_no_layer_of_keras_is_left_out() -> None:
    assert sorted(installed().layers) == sorted(SHIPPED.layers)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_objects_of_a_family_are_as_keras_has_them(family: str) -> None:
    now = installed().objects[family]
    different = [path for path, entry in SHIPPED.objects[family].items() if entry != now.get(path)]
    assert different == []
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
