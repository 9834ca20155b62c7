"""What people type into fields, and what it means."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.values import Value, make_object
from graphstudio.studio.panels.inspector.editors.notation import (
    IntegerNotation,
    JsonNotation,
    NamesNotation,
    NumberNotation,
    TextNotation,
)
from graphstudio.studio.panels.inspector.editors.numbers import NumbersNotation, numbers_notation

CROSS = "\N{MULTIPLICATION SIGN}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("3, 3", [3, 3]),
        (f"3 {CROSS} 5", [3, 5]),
        ("3x5", [3, 5]),
        ("(3, 3)", [3, 3]),
        ("None, 8", [None, 8]),
        ("3,", [3]),
        ("(1, 1), (2, 2)", [[1, 1], [2, 2]]),
        ("((1, 1), (2, 2))", [[1, 1], [2, 2]]),
        ("-.5, 0.25", [-0.5, 0.25]),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, value: Value) -> None:
    assert NumbersNotation().parse(text) == value


@pytest.mark.parametrize("text", ["", "a", "3 3", "true", '"3"', "{}", "3;3", "None", "((1, 2)"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the field makes the sentence
        NumbersNotation().parse(text)


def test_a_shape_is_a_list_even_of_one_or_none() -> None:
    shape = numbers_notation("shape")
    assert shape.parse("8") == [8]
    assert shape.parse("None") == [None]
    assert shape.parse("()") == []
    assert shape.format([8, 8, 1]) == "8, 8, 1"


def test_extents_are_shown_with_a_cross() -> None:
    assert numbers_notation("kernel_size").format([3, 3]) == f"3 {CROSS} 3"


dimensions = st.none() | st.integers(-(2**62), 2**62)
flat = st.lists(dimensions, min_size=1, max_size=4)


@given(flat | st.lists(flat, min_size=2, max_size=3), st.sampled_from(["kernel_size", "padding"]))
def test_lists_are_read_back_as_they_are_shown(value: Value, name: str) -> None:
    notation = numbers_notation(name)
    assert notation.parse(notation.format(value)) == value


@given(flat)
def test_shapes_are_read_back_as_they_are_shown(value: Value) -> None:
    notation = numbers_notation("target_shape")
    assert notation.parse(notation.format(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_back_exactly(value: float) -> None:
    notation = NumberNotation()
    assert notation.parse(notation.format(value)) == value


@given(st.recursive(st.none() | st.booleans() | st.integers(-99, 99) | st.text(), st.lists))
def test_json_is_read_back_as_it_is_shown(value: Value) -> None:
    assert JsonNotation().parse(JsonNotation().format(value)) == value


@pytest.mark.parametrize("text", ["nan", "inf", "1e999", "", "x"])
def test_a_number_is_finite(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        NumberNotation().parse(text)


@pytest.mark.parametrize("text", ["0", "2.5", "", "9" * 30])
def test_an_integer_stays_in_its_bounds(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        IntegerNotation(minimum=1).parse(text)


def test_a_name_is_not_blank_where_one_is_required() -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        TextNotation(blank=False).parse("")


@pytest.mark.parametrize(
    ("value", "up"), [(0.5, 0.6), (0.001, 0.002), (1.0, 2.0), (1e-07, 2e-07), (32, 33.0)]
)
def test_a_number_steps_by_its_last_decimal(value: Value, up: float) -> None:
    stepped = NumberNotation().step(value, 1)
    assert isinstance(stepped, float)
    assert math.isclose(stepped, up)


def test_metric_names_keep_the_arguments_of_their_objects() -> None:
    notation = NamesNotation({"accuracy", "mae"}, "accuracy, mae")
    top = make_object("keras.metrics.TopKCategoricalAccuracy", {"k": 3})
    assert notation.format(["accuracy", top]) == "accuracy, TopKCategoricalAccuracy"
    assert notation.parse("TopKCategoricalAccuracy, mae") == [top, "mae"]
    with pytest.raises(ValueError):  # noqa: PT011
        notation.parse("acuracy")
