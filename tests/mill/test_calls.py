"""Calls with more than one tensor, with constants, and of layers with layers inside."""

from collections.abc import Mapping

import pytest

from graphstudio.diagram.values import Value, make_object
from graphstudio.engine.sample_calls import sample_call
from graphstudio.engine.sample_runs import SampleCall
from graphstudio.engine.sample_tensors import Tensor
from tests.mill.mill import CATALOG, mill

ROWS, STATE = Tensor((None, 4, 4)), Tensor((None, 3))
FOUR = Tensor((None, 4))
FILM, FRAME = Tensor((None, 4, 8, 8, 2)), Tensor((None, 8, 8, 3))
CELLS = [
    make_object("keras.layers.LSTMCell", {"units": 3}),
    make_object("keras.layers.GRUCell", {"units": 2}),
]
STACK = make_object("keras.layers.StackedRNNCells", {"cells": CELLS})


def sample(
    ports: Mapping[str, tuple[Tensor, ...]],
    config: Mapping[str, Value] | None = None,
    arguments: Mapping[str, Value] | None = None,
) -> SampleCall:
    return SampleCall(config or {}, ports, arguments or {})


CALLS = {
    "LSTM with its states": sample(
        {"sequences": (ROWS,), "initial_state": (STATE, STATE)},
        {"units": 3, "return_state": True, "return_sequences": True},
    ),
    "GRU with a mask": sample(
        {"sequences": (ROWS,), "mask": (Tensor((None, 4), "bool"),)}, {"units": 3}
    ),
    "Bidirectional with its states": sample(
        {"sequences": (ROWS,), "initial_state": (STATE, STATE, STATE, STATE)},
        {"layer": make_object("keras.layers.LSTM", {"units": 3, "return_state": True})},
    ),
    "Bidirectional that does not merge": sample(
        {"sequences": (ROWS,)},
        {"layer": make_object("keras.layers.GRU", {"units": 3}), "merge_mode": None},
    ),
    "ConvLSTM2D with its states": sample(
        {"sequences": (FILM,), "initial_state": (FRAME, FRAME)},
        {"filters": 3, "kernel_size": 3, "padding": "same"},
    ),
    "RNN with stacked cells": sample({"sequences": (ROWS,)}, {"cell": STACK, "return_state": True}),
    "RNN with a list of cells": sample({"sequences": (ROWS,)}, {"cell": CELLS}),
    "TimeDistributed over images": sample(
        {"inputs": (FILM,)},
        {"layer": make_object("keras.layers.Conv2D", {"filters": 2, "kernel_size": 3})},
    ),
    "SpectralNormalization": sample(
        {"inputs": (Tensor((None, 8, 8, 2)),)},
        {"layer": make_object("keras.layers.Conv2D", {"filters": 2, "kernel_size": 3})},
    ),
    "MultiHeadAttention with a mask and scores": sample(
        {
            "query": (ROWS,),
            "value": (Tensor((None, 6, 4)),),
            "key": (Tensor((None, 6, 4)),),
            "attention_mask": (Tensor((None, 4, 6), "bool"),),
        },
        {"num_heads": 2, "key_dim": 2},
        {"return_attention_scores": True},
    ),
    "Attention with masks": sample(
        {"inputs": (ROWS, ROWS), "mask": (Tensor((None, 4), "bool"), Tensor((None, 4), "bool"))},
        arguments={"use_causal_mask": True},
    ),
    "Dense with all that it can hold": sample(
        {"inputs": (ROWS,)},
        {
            "units": 2,
            "kernel_initializer": make_object(
                "keras.initializers.VarianceScaling", {"scale": 2.0, "mode": "fan_out", "seed": 3}
            ),
            "kernel_regularizer": make_object("keras.regularizers.L1L2", {"l1": 0.1, "l2": 0.2}),
            "kernel_constraint": make_object("keras.constraints.MaxNorm", {"max_value": 1.5}),
            "dtype": "mixed_bfloat16",
            "trainable": False,
        },
    ),
    "AdditiveAttention with masks": sample(
        {"inputs": (ROWS, ROWS), "mask": (Tensor((None, 4), "bool"), Tensor((None, 4), "bool"))}
    ),
    "CategoryEncoding with weights": sample(
        {"inputs": (Tensor((None, 4), "int32"),), "count_weights": (FOUR,)},
        {"num_tokens": 3, "output_mode": "count"},
    ),
    "ConvLSTM1D with its states": sample(
        {
            "sequences": (Tensor((None, 4, 8, 2)),),
            "initial_state": (Tensor((None, 8, 3)), Tensor((None, 8, 3))),
        },
        {"filters": 3, "kernel_size": 3, "padding": "same"},
    ),
    "ConvLSTM1D with a mask": sample(
        {"sequences": (Tensor((None, 4, 8, 2)),), "mask": (Tensor((None, 4), "bool"),)},
        {"filters": 3, "kernel_size": 3},
    ),
    "ConvLSTM3D with its states": sample(
        {
            "sequences": (Tensor((None, 2, 4, 4, 4, 2)),),
            "initial_state": (Tensor((None, 4, 4, 4, 3)), Tensor((None, 4, 4, 4, 3))),
        },
        {"filters": 3, "kernel_size": 3, "padding": "same"},
    ),
    "RNN with its states": sample(
        {"sequences": (ROWS,), "initial_state": (STATE, STATE)}, {"cell": CELLS[0]}
    ),
    "batch_normalization with all": sample(
        {
            "x": (FOUR,),
            **{name: (Tensor((4,)),) for name in ("mean", "variance", "offset", "scale")},
        },
        arguments={"axis": -1},
    ),
    "where of three tensors": sample(
        {"condition": (Tensor((None, 4), "bool"),), "x1": (FOUR,), "x2": (FOUR,)}
    ),
    "where with a number": sample(
        {"condition": (Tensor((None, 4), "bool"),), "x1": (FOUR,)}, arguments={"x2": 0.5}
    ),
    "add of an array": sample(
        {"x1": (FOUR,)},
        arguments={
            "x2": make_object("numpy.array", {"object": [1.0, 2.0, 3.0, 4.0], "dtype": "float32"})
        },
    ),
    "get_item of a column": sample(
        {"x": (ROWS,)},
        arguments={"key": [make_object("slice", {"start": None, "stop": None, "step": None}), 0]},
    ),
    "split at places": sample({"x": (ROWS,)}, arguments={"indices_or_sections": [1, 3], "axis": 1}),
    "einsum of two tensors": sample(
        {"operands": (FOUR, FOUR)}, arguments={"subscripts": "bi,bj->bij"}
    ),
}
# Tensors that only fit others, which trying does not find, and the calls that have them.
BY_HAND = {
    ("keras.layers.AdditiveAttention", "mask"): "AdditiveAttention with masks",
    ("keras.layers.Attention", "mask"): "Attention with masks",
    ("keras.layers.Bidirectional", "initial_state"): "Bidirectional with its states",
    ("keras.layers.CategoryEncoding", "count_weights"): "CategoryEncoding with weights",
    ("keras.layers.ConvLSTM1D", "initial_state"): "ConvLSTM1D with its states",
    ("keras.layers.ConvLSTM1D", "mask"): "ConvLSTM1D with a mask",
    ("keras.layers.ConvLSTM2D", "initial_state"): "ConvLSTM2D with its states",
    ("keras.layers.ConvLSTM3D", "initial_state"): "ConvLSTM3D with its states",
    ("keras.layers.LSTM", "initial_state"): "LSTM with its states",
    ("keras.layers.RNN", "initial_state"): "RNN with its states",
    ("keras.layers.Lambda", "mask"): "it calls the project's own code",
    ("keras.layers.Pipeline", "mask"): "its layers take no mask, and Keras warns of it",
    ("keras.ops.batch_normalization", "offset"): "batch_normalization with all",
    ("keras.ops.where", "x1"): "where of three tensors",
    ("keras.ops.where", "x2"): "where of three tensors",
}
CLASSES = {
    "batch_normalization": "keras.ops.batch_normalization",
    "where": "keras.ops.where",
    "add": "keras.ops.add",
    "get_item": "keras.ops.get_item",
    "split": "keras.ops.split",
    "einsum": "keras.ops.einsum",
}
OPTIONAL = [
    pytest.param(path, port.name, id=f"{path}-{port.name}")
    for path, entry in CATALOG.callables.items()
    for port in entry.ports
    if port.optional and (path, port.name) not in BY_HAND
]


@pytest.mark.parametrize("name", CALLS)
def test_it_goes_through_the_mill(name: str) -> None:
    first = name.partition(" ")[0]
    mill(CLASSES.get(first, f"keras.layers.{first}"), CALLS[name])


@pytest.mark.parametrize(("path", "port"), OPTIONAL)
def test_so_does_every_optional_tensor(path: str, port: str) -> None:
    mill(path, sample_call(CATALOG.callables[path], [port]))


def test_what_is_found_by_hand_is_among_the_calls() -> None:
    for (path, port), name in BY_HAND.items():
        if name in CALLS:
            assert port in CALLS[name].ports
            assert path.rpartition(".")[2] == name.partition(" ")[0]
        else:
            assert path in {"keras.layers.Lambda", "keras.layers.Pipeline"}
