"""What a layer starts with when it is put on the canvas, so that it can be called at once."""

import re
from collections.abc import Mapping

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.diagram.values import Value, make_object

# Sizes of windows over an image or a series; a Conv2D wants one number for each axis.
_WINDOWS = frozenset({"kernel_size", "pool_size", "size", "strides"})
# Where the kind alone would give a value that Keras refuses, or that nobody would keep.
_BY_NAME: Mapping[str, Value] = {
    "activation": "relu",
    "axes": -1,
    "batch_size": None,
    "dims": [1],
    "factor": 0.2,
    "groups": 1,
    "num_heads": 4,
    "num_query_heads": 4,
    "num_key_value_heads": 4,
    "output_size": 1,
    "rate": 0.5,
    "scale": 1.0,
    "stddev": 0.1,
    "target_shape": [-1],
    "vocabulary_dtype": "int64",
}
# Where Keras refuses what its own signature allows, or takes another range than its kin.
_BY_CLASS: Mapping[str, Mapping[str, Value]] = {
    "CategoryEncoding": {"num_tokens": 32},
    "Discretization": {"num_bins": 10},
    "RandomPosterization": {"factor": 4},
}
_BY_KIND: Mapping[Kind, Value] = {
    Kind.BOOLEAN: False,
    Kind.INTEGER: 32,
    Kind.NUMBER: 0.1,
    Kind.TEXT: "",
    Kind.NUMBERS: [1],
}
# The layer that a wrapper starts around, and the cell that an RNN starts with.
_INNER: Mapping[str, Value] = {
    "Bidirectional": make_object("keras.layers.LSTM", {"units": 32}),
    "RNN": make_object("keras.layers.LSTMCell", {"units": 32}),
    "SpectralNormalization": make_object("keras.layers.Dense", {"units": 32}),
    "StackedRNNCells": make_object("keras.layers.LSTMCell", {"units": 32}),
    "TimeDistributed": make_object("keras.layers.Dense", {"units": 32}),
}


def rank_of(class_name: str) -> int | None:
    """Return how many axes a class's window has by its name: 2 for ``"Conv2D"``."""
    found = re.search(r"([123])D", class_name)
    return int(found.group(1)) if found else None


def starting_config(entry: Entry) -> dict[str, Value]:
    """Return a value for all that a class cannot do without; the same entry gives the same.

    Args:
        entry: the class, as the catalog knows it.
    """
    required = {one.name: _value(entry, one) for one in entry.parameters if one.required}
    return {**required, **_BY_CLASS.get(entry.name, {})}


def _value(entry: Entry, parameter: Parameter) -> Value:
    if parameter.name in _WINDOWS:
        rank = rank_of(entry.name)
        return [3] * rank if rank else 3
    if parameter.name in _BY_NAME:
        return _BY_NAME[parameter.name]
    if parameter.choices:
        return parameter.choices[0]
    if parameter.family == "layers":
        return _INNER.get(entry.name)
    return _BY_KIND.get(parameter.kind)
