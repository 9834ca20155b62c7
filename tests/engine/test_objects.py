"""What a document names becomes an object of Keras, and nothing that is not listed does."""

import keras
import numpy as np
import pytest

from graphstudio.diagram.values import ARRAY, Value, make_object
from graphstudio.engine.objects import resolve, to_keras


@pytest.mark.parametrize(
    "path",
    [
        "keras.saving.load_model",
        "keras.layers.Dense.from_config",
        "keras.optimizers.schedules.Nope",
        "os.system",
        "x.__class__.__base__.__subclasses__",
        "x.__reduce_ex__",
    ],
)
def test_a_path_that_the_catalog_does_not_list_leads_nowhere(path: str) -> None:
    with pytest.raises(ValueError, match="Expected the public path of a class of Keras"):
        resolve(path)


@pytest.mark.parametrize(
    "config",
    [
        {"class_name": "function", "module": "keras.utils", "config": "set_random_seed"},
        {"class_name": "StringLookup", "module": "keras.layers", "config": {"vocabulary": "/x"}},
    ],
)
def test_keras_is_handed_no_description_of_an_object_that_it_would_make_itself(
    config: Value,
) -> None:
    with pytest.raises(ValueError, match="Expected an object as its class and config"):
        to_keras({"given": [config]})


def test_a_whole_model_is_no_object_of_a_configuration() -> None:
    assert resolve("keras.applications.MobileNet") is keras.applications.MobileNet
    function = make_object("keras.applications.MobileNet", {"weights": "/x"})
    with pytest.raises(ValueError, match="received the model"):
        to_keras({"function": function})


def test_an_array_has_the_dtype_that_it_names() -> None:
    array = to_keras(make_object(ARRAY, {"object": [[1, 2]], "dtype": "float32"}))
    np.testing.assert_array_equal(array, np.array([[1, 2]], "float32"), strict=True)


def test_the_texts_of_an_array_take_no_more_memory_than_they_need() -> None:
    array = to_keras(make_object(ARRAY, {"object": ["a", "bc"], "dtype": "U1000000"}))
    assert array.tolist() == ["a", "bc"]
    assert array.nbytes < 100
