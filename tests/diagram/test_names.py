"""Names that Keras can live with, and free ones."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.names import (
    free_name,
    problem_with_layer_name,
    problem_with_tensor_name,
    safe_name,
    snake_case,
)


@pytest.mark.parametrize(
    ("class_name", "name"),
    [
        ("Dense", "dense"),
        ("Conv2D", "conv2d"),
        ("MaxPooling2D", "max_pooling2d"),
        ("LSTM", "lstm"),
        ("ConvLSTM2D", "conv_lstm2d"),
        ("ReLU", "re_lu"),
        ("GlobalAveragePooling1D", "global_average_pooling1d"),
    ],
)
def test_a_class_has_the_name_that_keras_gives_its_first_layer(class_name: str, name: str) -> None:
    assert snake_case(class_name) == name


def test_a_free_name_stays_as_it_is() -> None:
    assert free_name("dense", {"dense_1"}) == "dense"


def test_a_taken_name_gets_the_first_free_number() -> None:
    assert free_name("dense", {"dense", "dense_1"}) == "dense_2"
    assert free_name("dense_1", {"dense_1"}) == "dense_2"


def test_among_very_many_that_are_taken_the_next_is_found() -> None:
    taken = {"dense", *(f"dense_{number}" for number in range(1, 1000))}
    assert free_name("dense", taken) == "dense_1000"
    assert free_name("dense", taken - {"dense_7"}) == "dense_7"
    assert free_name("dense", taken - {"dense_700"}) not in taken - {"dense_700"}


@given(st.text(), st.sets(st.text()))
def test_a_free_name_is_free(wanted: str, taken: set[str]) -> None:
    assert free_name(wanted, taken) not in taken


@given(st.text())
def test_a_safe_name_is_safe_for_everything(name: str) -> None:
    assert problem_with_layer_name(safe_name(name)) is None
    assert problem_with_tensor_name(safe_name(name)) is None


@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]*", fullmatch=True))
def test_a_safe_name_stays_as_it_is(name: str) -> None:
    assert safe_name(name) == name
