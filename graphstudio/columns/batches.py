"""Batches that are read when they are needed."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np
import tensorflow as tf

from graphstudio.columns.samples import Array


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

    def read() -> Iterator[tuple[dict[str, Array], ...]]:
        order = rows
        if seed is not None:
            order = np.random.default_rng([seed, next(epochs)]).permutation(rows)
        for start in range(0, len(order), size):
            # In the file's order, which is read faster; a batch has no order.
            places = np.sort(order[start : start + size])
            yield tuple(
                {name: column[places] for name, column in part.items()}
                for part in parts
            )

    dataset = tf.data.Dataset.from_generator(read, output_signature=signature(parts))
    steps = -(-len(rows) // size)
    return dataset.apply(tf.data.experimental.assert_cardinality(steps)).prefetch(2)


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
