"""Plain values of the document become the Python that a person would write for them."""

import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.source import call, lay_out
from graphstudio.code.values import UnwritableError, constructor_arguments, value_source
from graphstudio.diagram.values import ARRAY, Value, make_object

CATALOG = shipped_catalog()


def written(value: Value) -> str:
    return lay_out(value_source(value, CATALOG))


def arguments(class_name: str, **config: Value) -> str:
    entry = CATALOG.layers[f"keras.layers.{class_name}"]
    return lay_out(call(("",), constructor_arguments(entry, config, CATALOG)))


@pytest.mark.parametrize(
    ("value", "source"),
    [
        (None, "None"),
        (True, "True"),
        (12345, "12345"),
        (0.001, "0.001"),
        (1e20, "1e20"),
        (float("nan"), 'float("nan")'),
        (float("-inf"), 'float("-inf")'),
        ("same", '"same"'),
        ([3, 3], "(3, 3)"),
        ([None, 8], "(None, 8)"),
        ([5], "(5,)"),
        ([[1, 1], [2, 2]], "((1, 1), (2, 2))"),
        (["a", "b"], '["a", "b"]'),
        ({"b": 1, "a": [2]}, '{"a": (2,), "b": 1}'),
        (make_object(ARRAY, {"object": [float("inf")]}), 'np.array([float("inf")])'),
    ],
)
def test_a_plain_value_is_written(value: Value, source: str) -> None:
    assert written(value) == source


def test_an_object_is_a_call_of_its_class() -> None:
    value = make_object("keras.initializers.HeNormal", {"seed": 1})
    assert written(value) == "keras.initializers.HeNormal(seed=1)"


def test_objects_nest() -> None:
    inner = make_object("keras.layers.GRU", {"units": 8, "return_sequences": True})
    value = make_object("keras.layers.TimeDistributed", {"layer": inner})
    assert written(value) == (
        "keras.layers.TimeDistributed(keras.layers.GRU(8, return_sequences=True))"
    )


def test_a_learning_rate_schedule_may_stand_in_an_optimizer() -> None:
    path = "keras.optimizers.schedules.ExponentialDecay"
    schedule = make_object(path, {"initial_learning_rate": 0.1, "decay_rate": 0.9})
    assert written(schedule) == f"{path}(decay_rate=0.9, initial_learning_rate=0.1)"


def test_required_arguments_stand_by_place_and_the_others_by_name_in_keras_order() -> None:
    assert (
        arguments("Conv2D", use_bias=False, activation="relu", kernel_size=[3, 3], filters=8)
        == '(8, (3, 3), activation="relu", use_bias=False)'
    )


def test_required_arguments_after_a_missing_one_stand_by_name() -> None:
    assert arguments("Conv2D", kernel_size=3) == "(kernel_size=3)"


def test_what_equals_keras_default_is_left_out() -> None:
    assert (
        arguments("Conv2D", filters=8, kernel_size=3, strides=[1, 1], padding="valid") == "(8, 3)"
    )


def test_one_is_not_taken_for_true() -> None:
    assert arguments("Dense", units=1, use_bias=1) == "(1, use_bias=1)"


def test_an_argument_that_the_catalog_does_not_know_stands_last() -> None:
    assert arguments("Dense", units=1, aroma="mint", use_bias=False) == (
        '(1, use_bias=False, aroma="mint")'
    )


@pytest.mark.parametrize(
    "path",
    [
        "os.system",
        "keras.utils.get_file",
        "keras.src.utils.file_utils.os.system",
        "keras.layers.Dense(1); print",
        "keras.optimizers.schedules.ExponentialDecay()\nprint",
        "__import__('os').system",
    ],
)
def test_what_is_no_class_of_keras_is_refused(path: str) -> None:
    with pytest.raises(UnwritableError, match="public path of a class of Keras"):
        written(make_object(path, {}))


@pytest.mark.parametrize("name", ["a b", "x=1, y", "lambda", "", "\uff55nits"])
def test_an_argument_without_a_python_name_is_refused(name: str) -> None:
    with pytest.raises(UnwritableError, match="the name of an argument"):
        written(make_object("keras.initializers.HeNormal", {name: 1}))


def test_arguments_of_an_object_have_to_have_names() -> None:
    with pytest.raises(UnwritableError, match=r"arguments of .*Huber by name"):
        written({"class": "keras.losses.Huber", "config": [1]})
