"""Calls that work are found by trying."""

import keras
import pytest

from graphstudio.catalog.entries import Entry, Port, Role
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.engine.sample_calls import sample_call
from graphstudio.engine.sample_runs import SampleCall, needs_all, run
from graphstudio.engine.sample_tensors import Tensor, documented

CATALOG = shipped_catalog()


@pytest.mark.parametrize(
    "path",
    [
        "keras.layers.Dense",
        "keras.layers.Conv2D",
        "keras.layers.LSTM",
        "keras.layers.Dot",
        "keras.layers.MultiHeadAttention",
        "keras.layers.HashedCrossing",
        "keras.layers.LSTMCell",
        "keras.layers.StackedRNNCells",
        "keras.layers.StringLookup",
        "keras.layers.TextVectorization",
        "keras.ops.matmul",
        "keras.ops.concatenate",
        "keras.ops.einsum",
        "keras.ops.fft",
        "keras.ops.batch_normalization",
        "keras.ops.ctc_loss",
        "keras.ops.image.resize",
        "keras.ops.linalg.cholesky",
    ],
)
def test_a_call_is_found_that_keras_accepts(path: str) -> None:
    entry = CATALOG.callables[path.replace("linalg.", "")]
    found = sample_call(entry)
    assert found.promised
    assert found.ports.keys() == {port.name for port in entry.ports if not port.optional}
    assert run(entry, found)
    assert sample_call(entry) == found


def test_optional_ports_have_tensors_on_request() -> None:
    attention = CATALOG.layers["keras.layers.MultiHeadAttention"]
    assert "key" not in sample_call(attention).ports
    found = sample_call(attention, ["key"])
    assert found.ports["key"]
    assert run(attention, found)


def test_a_promise_that_keras_does_not_keep_is_told() -> None:
    # `compute_output_spec` takes the default data format for channels first.
    found = sample_call(CATALOG.functions["keras.ops.adaptive_max_pool"])
    assert not found.promised


def test_what_no_call_works_for_is_refused_with_the_reason() -> None:
    shape = Entry(path="keras.ops.shape", role=Role.FUNCTION, ports=(Port(name="x"),))
    with pytest.raises(LookupError, match=r"Expected a call of keras\.ops\.shape .*received"):
        sample_call(shape)


def test_a_call_that_leaves_a_tensor_unused_is_refused() -> None:
    entry = Entry(
        path="keras.ops.trapezoid", role=Role.FUNCTION, ports=(Port(name="y"), Port(name="x"))
    )
    numbers = (Tensor((None, 4)),)
    with pytest.raises(ValueError, match="Expected every tensor to be used"):
        run(entry, SampleCall({}, {"y": numbers, "x": numbers}, {}))


def test_a_list_that_a_call_computes_with_in_part_is_told() -> None:
    rows = Tensor((None, 4))
    ports = (Port(name="inputs"), Port(name="states", variadic=True))
    sample = SampleCall({"units": 4}, {"inputs": (rows,), "states": (rows, rows)}, {})
    needs = {}
    for name in ("LSTMCell", "GRUCell"):
        cell = Entry(path=f"keras.layers.{name}", ports=ports)
        assert run(cell, sample)
        needs[name] = needs_all(cell, sample)
    assert needs == {"LSTMCell": True, "GRUCell": False}


@pytest.mark.parametrize("shape", [(None, 4), (2, 3), ()])
def test_an_input_can_be_made_for_every_tensor(shape: tuple[int | None, ...]) -> None:
    tensor = Tensor(shape, "int32")
    made = keras.Input(**tensor.input_config)
    assert (made.shape, made.dtype) == (shape, "int32")
    assert tensor.values().dtype == "int32"
    assert tensor.values().shape == tuple(2 if size is None else size for size in shape)


def test_the_same_seed_gives_the_same_values() -> None:
    tensor = Tensor((None, 4))
    assert (tensor.values(3) == tensor.values(3)).all()
    assert (tensor.values(3) != tensor.values(4)).any()


@pytest.mark.parametrize(
    ("doc", "tensor"),
    [
        ("A tensor of shape `(batch_size, max_length)`.", Tensor((None, 4))),
        ("A tensor of shape `(N, 4, 2)` or `(4, 2)`.", Tensor((None, 4, 2))),
        ("Integer indices, of shape (3,) each.", Tensor((3,), "int32")),
        ("Input image or batch of images.", Tensor((None, 16, 16, 3))),
        ("Input tensor.", None),
    ],
)
def test_a_description_may_tell_the_shape(doc: str, tensor: Tensor | None) -> None:
    assert documented(doc) == tensor
