"""Layers whose weights have shapes and no values: to ask for shapes costs no memory."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import TypeVar

import keras
from keras.src.backend.common import global_state

from graphstudio.engine.keras_errors import KERAS_ERRORS

# Keras's list of the weights that it would make at the end of the next scope of its own. It has
# no public name.
_WAITING = "uninitialized_variables"

Made = TypeVar("Made")


@contextmanager
def unallocated_weights() -> Iterator[None]:
    """Put off, for ever, the making of the weights of layers that are built here.

    Layers that give a weight its value when they are built are refused by Keras here.
    """
    _make_random_state()
    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        global_state.set_global_attribute(_WAITING, [])


def without_values(make: Callable[[], Made]) -> Made:
    """Return what a function makes of layers, with weights that have no values if that can be.

    A layer that gives its weights values as it is built is refused there; in a TensorFlow graph,
    in which this is called, it is not, and its values are symbolic.

    Args:
        make: called once, or once more after an exception of ``KERAS_ERRORS``.
    """
    try:
        with unallocated_weights():
            return make()
    except KERAS_ERRORS:
        return make()


@cache
def _make_random_state() -> None:
    """Have Keras make the state of all its random numbers, which would have no value in here."""
    keras.random.uniform(())
