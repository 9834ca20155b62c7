"""Some rows of columns, as Keras takes them."""

import keras

from graphstudio.columns.samples import Array, Columns


def take(columns: Columns, rows: Array) -> Columns:
    """Return some rows of every column."""
    return {name: column[rows] for name, column in columns.items()}


def take_texts(columns: Columns, rows: Array) -> Columns:
    """Return some rows of every column, with texts in tensors."""
    return {
        name: keras.ops.convert_to_tensor(column[rows])
        if column.dtype.kind in "OSU"
        else column[rows]
        for name, column in columns.items()
    }
