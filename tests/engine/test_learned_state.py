"""Keras tells which layers learn a state before training, and what may give it to them."""

from typing import Any

import keras
import numpy as np
import pytest

from graphstudio.engine.learned_state import adapts, state_parameters

TEXTS, NUMBERS = np.array([["a"], ["b"]]), np.array([[1], [2]])
# Data to learn from, what has to be given anyhow, and a state, in the terms of each class.
CASES: dict[str, tuple[Any, dict[str, Any], dict[str, Any]]] = {
    "Normalization": (NUMBERS, {}, {"mean": [5.0], "variance": [1.0]}),
    "Discretization": (NUMBERS, {"num_bins": 2}, {"bin_boundaries": [5.0]}),
    "StringLookup": (TEXTS, {}, {"vocabulary": ["b"]}),
    "IntegerLookup": (NUMBERS, {}, {"vocabulary": [2]}),
    "TextVectorization": (TEXTS, {}, {"vocabulary": ["b"]}),
}


def test_the_cases_are_all_that_keras_has() -> None:
    classes = {name: one for name, one in vars(keras.layers).items() if isinstance(one, type)}
    assert {name for name, one in classes.items() if adapts(one)} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_a_layer_that_is_given_those_parameters_works_without_data(name: str) -> None:
    data, needed, state = CASES[name]
    cls = getattr(keras.layers, name)
    assert set(state_parameters(cls)) == set(state)
    given = cls(**(state if name == "Discretization" else needed | state))
    learnt = cls(**needed)
    learnt.adapt(data)
    assert not np.array_equal(given(data), learnt(data))


def test_a_class_that_tells_nothing_is_given_nothing() -> None:
    class Silent:
        def __init__(self, vocabulary: object = None) -> None:
            self.vocabulary = vocabulary

        def adapt(self, data: object) -> None:
            pass

    assert adapts(Silent)
    assert state_parameters(Silent) == ()
    assert not adapts(keras.layers.Dense)
