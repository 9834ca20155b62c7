"""Batches that are read when they are needed."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np
import tensorflow as tf

from graphstudio.columns.samples import Array

# How much is read at once: enough that reading costs little, little enough for memory.
BLOCK_BYTES = 2**25


def batches(
    parts: tuple[dict[str, Any], ...], rows: Array, size: int, seed: int | None = None
) -> tf.data.Dataset:
    """Return batches of some rows, as `fit` takes them.

    Args:
        parts: inputs, targets and weights; of each column, rows are read at need.
        rows: which rows; all of them make an epoch.
        size: rows of a batch; the last may be smaller.
        seed: what the order of each epoch is drawn from; without, it is that of `rows`.
    """
    epochs = count()
    block = rows_of_block(parts, size)

    def read() -> Iterator[tuple[dict[str, Array], ...]]:
        order = rows
        if seed is not None:
            order = np.random.default_rng([seed, next(epochs)]).permutation(rows)
        for start in range(0, len(order), block):
            places, back = np.unique(order[start : start + block], return_inverse=True)
            # Read in the order of the file, and put back into the order drawn.
            yield tuple(
                {name: column[places][back] for name, column in part.items()}
                for part in parts
            )

    dataset = tf.data.Dataset.from_generator(read, output_signature=signature(parts))
    steps = tf.data.experimental.assert_cardinality(-(-len(rows) // size))
    return dataset.prefetch(1).rebatch(size).apply(steps).prefetch(2)


def rows_of_block(parts: tuple[dict[str, Any], ...], size: int) -> int:
    """Return how many rows are read at once: some batches, of a bounded size."""
    columns = [column for part in parts for column in part.values()]
    row = sum(column.dtype.itemsize * np.prod(column.shape[1:]) for column in columns)
    return size * max(1, min(64, int(BLOCK_BYTES // (row * size))))


def signature(
    parts: tuple[dict[str, Any], ...],
) -> tuple[dict[str, tf.TensorSpec], ...]:
    """Return the shapes and types of batches of columns."""
    return tuple(
        {
            name: tf.TensorSpec(
                (None, *column.shape[1:]),
                tf.string if column.dtype.kind in "OSU" else column.dtype,
            )
            for name, column in part.items()
        }
        for part in parts
    )
