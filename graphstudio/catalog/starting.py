"""What a node starts with when it is put on the canvas, so that it can be called at once."""

import re
from collections.abc import Mapping

from graphstudio.catalog.entries import Entry, Kind, Parameter, Role
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
    "height_factor": 0.1,
    "num_heads": 4,
    "num_query_heads": 4,
    "num_key_value_heads": 4,
    "output_size": 4,
    "rate": 0.5,
    "scale": 1.0,
    "stddev": 0.1,
    "target_shape": [-1],
    "vocabulary_dtype": "int64",
    "width_factor": 0.1,
}
# Where Keras refuses what its own signature allows, or takes another range than its kin.
_BY_CLASS: Mapping[str, Mapping[str, Value]] = {
    "CategoryEncoding": {"num_tokens": 32},
    "Discretization": {"num_bins": 10},
    "EinsumDense": {"equation": "...a,ab->...b", "output_shape": [32]},
    "RandomPosterization": {"factor": 4},
}
# A model starts without weights from the network, and as something that layers can follow.
_MODEL: Mapping[str, Value] = {"include_top": False, "weights": None}
# What the arguments of functions start with, by their names.
_IN_CALL: Mapping[str, Value] = {
    "axis": -1,
    "dtype": "float32",
    "indices_or_sections": 1,
    "num_classes": 10,
    "pad_width": 1,
    "pool_size": 2,
    "repeats": 1,
    "size": 1,
}
_IN_CALL_BY_KIND: Mapping[Kind, Value] = {
    Kind.BOOLEAN: False,
    Kind.INTEGER: 1,
    Kind.NUMBER: 1.0,
    Kind.TEXT: "",
    Kind.NUMBERS: [1],
    Kind.ANY: 1,
}
# Where a name means something else in one function, or where Keras refuses what its own signature
# allows.
_BY_FUNCTION: Mapping[str, Mapping[str, Value]] = {
    "crop_images": {"top_cropping": 1, "left_cropping": 1, "target_height": 8, "target_width": 8},
    "einsum": {"subscripts": "...a,...a->..."},
    "multi_hot": {"num_classes": 10},
    "pad_images": {"top_padding": 1, "left_padding": 1, "target_height": 32, "target_width": 32},
    "rearrange": {"pattern": "b h w -> b w h"},
    "resize": {"size": [8, 8]},
    "scale_and_translate": {
        "output_shape": [2, 8, 8, 3],
        "spatial_dims": [1, 2],
        "method": "linear",
    },
    "scatter": {"shape": [4, 4, 4, 4]},
}
_BY_KIND: Mapping[Kind, Value] = {
    Kind.BOOLEAN: False,
    Kind.INTEGER: 32,
    Kind.NUMBER: 0.1,
    Kind.TEXT: "",
    Kind.NUMBERS: [1],
}
# The layer that a wrapper starts around, and the cells that an RNN starts with.
_INNER: Mapping[str, Value] = {
    "Bidirectional": make_object("keras.layers.LSTM", {"units": 32}),
    "Pipeline": [make_object("keras.layers.Rescaling", {"scale": 1 / 255})],
    "RNN": make_object("keras.layers.LSTMCell", {"units": 32}),
    "SpectralNormalization": make_object("keras.layers.Dense", {"units": 32}),
    # These have one state each; lists in a list, as of cells with two, cannot be wired.
    "StackedRNNCells": [make_object("keras.layers.GRUCell", {"units": 32})] * 2,
    "TimeDistributed": make_object("keras.layers.Dense", {"units": 32}),
}


def rank_of(class_name: str) -> int | None:
    """Return how many axes a class's window has by its name: 2 for ``"Conv2D"``."""
    found = re.search(r"([123])D", class_name)
    return int(found.group(1)) if found else None


def starting_config(entry: Entry) -> dict[str, Value]:
    """Return a value for all that a class cannot do without; the same entry gives the same.

    Args:
        entry: the class, or the function that makes a model, as the catalog knows it.
    """
    if entry.role is Role.MODEL:
        return {name: value for name, value in _MODEL.items() if entry.parameter(name)}
    required = {one.name: _value(entry, one) for one in entry.parameters if one.required}
    return {**required, **_BY_CLASS.get(entry.name, {})}


def starting_arguments(entry: Entry) -> dict[str, Value]:
    """Return values for the arguments that a call cannot do without, its tensors apart.

    Args:
        entry: the layer or the function, as the catalog knows it.
    """
    required = {one.name: one for one in entry.call_parameters if one.required}
    own = _BY_FUNCTION.get(entry.name, {})
    return {**{name: _value_in_call(one) for name, one in required.items()}, **own}


def _value_in_call(parameter: Parameter) -> Value:
    if parameter.name in _IN_CALL:
        return _IN_CALL[parameter.name]
    if parameter.choices:
        return parameter.choices[0]
    return _IN_CALL_BY_KIND.get(parameter.kind)


def _value(entry: Entry, parameter: Parameter) -> Value:
    if parameter.name in _WINDOWS:
        rank = rank_of(entry.name) or 1
        return [3] * rank if rank > 1 else 3
    if parameter.name in _BY_NAME:
        return _BY_NAME[parameter.name]
    if parameter.choices:
        return parameter.choices[0]
    if parameter.family == "layers":
        return _INNER.get(entry.name)
    return _BY_KIND.get(parameter.kind)
