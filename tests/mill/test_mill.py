"""Every layer and every function of Keras goes through the mill."""

from collections.abc import Mapping
from typing import Any

import keras
import pytest

from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.objects import resolve
from graphstudio.engine.sample_calls import sample_call
from graphstudio.engine.sample_runs import call
from tests.mill.drawing import batch
from tests.mill.mill import CATALOG, mill

_BY_ITSELF = "Keras on TensorFlow cannot run a model of it either"
# What the mill cannot take, and why.
SKIPPED: Mapping[str, str] = {
    "keras.layers.Equalization": "it gives back the symbolic tensor that it is given, so that "
    "Keras makes no functional model of it",
    "keras.layers.Lambda": "it calls the project's own code: see test_own_code.py",
    "keras.ops.conv_transpose": _BY_ITSELF,
    "keras.ops.histogram": _BY_ITSELF,
    "keras.ops.view_as_complex": _BY_ITSELF,
}
EVERYTHING = [path for path in (*CATALOG.layers, *CATALOG.functions) if path not in SKIPPED]


@pytest.mark.parametrize("path", EVERYTHING)
def test_everything_goes_through_the_mill(path: str) -> None:
    mill(path, sample_call(CATALOG.callables[path]))


def test_nothing_is_skipped_without_a_reason() -> None:
    assert set(SKIPPED) <= {*CATALOG.layers, *CATALOG.functions}
    assert all(SKIPPED.values())


@pytest.mark.parametrize("path", [path for path, why in SKIPPED.items() if why == _BY_ITSELF])
def test_what_keras_cannot_run_by_itself_is_skipped_alone(path: str) -> None:
    entry = CATALOG.callables[path]
    sample = sample_call(entry)
    symbols = {
        port: [keras.Input(batch_shape=one.shape, dtype=one.dtype) for one in given]
        for port, given in sample.ports.items()
    }
    model = keras.Model(
        keras.tree.flatten(symbols), call(entry, resolve(path), symbols, sample.arguments)
    )
    values: list[Any] = [keras.ops.convert_to_tensor(one) for one in batch(sample).values()]
    with pytest.raises(KERAS_ERRORS):
        model(values)


def test_equalization_makes_no_functional_model() -> None:
    image = keras.Input((16, 16, 3))
    given = keras.layers.Equalization()(image)
    assert given is image
