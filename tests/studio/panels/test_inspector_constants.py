"""Constants are written as Python writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.values import ARRAY, Value, make_object
from graphstudio.studio.panels.inspector.editors.constants import ConstantNotation

NOTATION = ConstantNotation()
TYPES = {"float32": 0.5, "int32": 3, "bool": True}


def array(numbers: Value, dtype: str) -> Value:
    return make_object(ARRAY, {"object": numbers, "dtype": dtype})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2", 2),
        ("-2.5", -2.5),
        ("True", True),
        ("[1, 2]", array([1, 2], "int32")),
        ("(1, 2.5)", array([1, 2.5], "float32")),
        ("[[1, 2], [3, 4]]", array([[1, 2], [3, 4]], "int32")),
        ("[[1, 2.0]]", array([[1, 2.0]], "float32")),
        ("[[True, False]]", array([[True, False]], "bool")),
        ("array([1, 2])", array([1, 2], "int32")),
        ('np.array([[1, 2]], "float64")', array([[1, 2]], "float64")),
        ('numpy.array(3, dtype="uint8")', array(3, "uint8")),
    ],
)
def test_a_constant_is_read_as_python_has_it(text: str, value: Value) -> None:
    assert NOTATION.parse(text) == value


@pytest.mark.parametrize(
    "text",
    [
        *("", "a", "2 3", "[]", "[[1], [1, 2]]", "1e999", "[1, 'a']", "None", "{}", "open('x')"),
        *("array()", "array([1], 2)", 'array([1], "int8", "int8")', "array([1], order='C')"),
    ],
)
def test_what_is_no_constant_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the field makes the sentence
        NOTATION.parse(text)


@given(st.integers(1, 3), st.integers(1, 3), st.sampled_from(sorted(TYPES)))
def test_an_array_is_read_back_as_it_was_written(rows: int, columns: int, dtype: str) -> None:
    value = array([[TYPES[dtype]] * columns] * rows, dtype)
    assert NOTATION.parse(NOTATION.format(value)) == value


@given(st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_as_it_was_written(number: float) -> None:
    assert NOTATION.parse(NOTATION.format(number)) == number


def test_the_arrows_step_whole_numbers_alone() -> None:
    assert NOTATION.step(2, 1) == 3
    assert [NOTATION.step(value, 1) for value in (True, 2.5, [1])] == [True, 2.5, [1]]
