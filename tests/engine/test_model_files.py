"""A built model in the forms that Keras writes."""

import sys
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf

from graphstudio.engine.model_files import ModelFileError, write_model

numbers = keras.ops.convert_to_numpy


@pytest.fixture(scope="module")
def model() -> Any:
    made = keras.Sequential([keras.Input((4,), name="x"), keras.layers.Dense(2)], name="tiny")
    made.compile("sgd", "mse")
    return made


@pytest.fixture
def batch() -> Any:
    return np.random.default_rng(0).random((3, 4), dtype="float32")


def test_a_keras_file_predicts_the_same(model: Any, batch: Any, tmp_path: Path) -> None:
    write_model(model, "keras", tmp_path / "m.keras")
    loaded = keras.saving.load_model(tmp_path / "m.keras")
    np.testing.assert_array_equal(numbers(loaded(batch)), numbers(model(batch)))


def test_json_builds_the_same_architecture(model: Any, tmp_path: Path) -> None:
    write_model(model, "json", tmp_path / "m.json")
    loaded = keras.models.model_from_json((tmp_path / "m.json").read_text())
    assert loaded.count_params() == model.count_params()


def test_a_saved_model_predicts_the_same(model: Any, batch: Any, tmp_path: Path) -> None:
    write_model(model, "savedmodel", tmp_path / "m")
    loaded = tf.saved_model.load(str(tmp_path / "m"))
    np.testing.assert_allclose(numbers(loaded.serve(batch)), numbers(model(batch)), rtol=1e-6)


@pytest.mark.filterwarnings("ignore:.*tf.lite.Interpreter is deprecated:UserWarning")
def test_litert_predicts_the_same(model: Any, batch: Any, tmp_path: Path) -> None:
    write_model(model, "litert", tmp_path / "m.tflite")
    interpreter = tf.lite.Interpreter(str(tmp_path / "m.tflite"))
    interpreter.allocate_tensors()
    (given,), (taken,) = interpreter.get_input_details(), interpreter.get_output_details()
    interpreter.set_tensor(given["index"], batch[:1])
    interpreter.invoke()
    answer = interpreter.get_tensor(taken["index"])
    np.testing.assert_allclose(answer, numbers(model(batch[:1])), rtol=1e-5)


def test_the_wrong_ending_is_refused(model: Any, tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match=r"ends in \.keras; received"):
        write_model(model, "keras", tmp_path / "m.h5")


def test_a_missing_package_is_named(
    model: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "onnx", None)
    monkeypatch.setitem(sys.modules, "tf2onnx", None)
    with pytest.raises(ModelFileError, match="needs the package"):
        write_model(model, "onnx", tmp_path / "m.onnx")
