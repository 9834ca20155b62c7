"""Layers whose weights have shapes and no values: to ask for shapes costs no memory."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import keras
from keras.src.backend.common import global_state

# Keras's list of the weights that it would make at the end of the next scope of its own. It has
# no public name.
_WAITING = "uninitialized_variables"


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


@cache
def _make_random_state() -> None:
    """Have Keras make the state of all its random numbers, which would have no value in here."""
    keras.random.uniform(())
