"""Layers whose weights have shapes and no values: to ask for shapes costs no memory."""

from collections.abc import Iterator
from contextlib import contextmanager

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
    try:
        with keras.StatelessScope(initialize_variables=False):
            yield
    finally:
        global_state.set_global_attribute(_WAITING, [])
