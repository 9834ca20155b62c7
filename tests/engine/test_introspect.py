"""What is read from Keras can be used as it was read."""

import keras
import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.catalog.starting import starting_config
from graphstudio.diagram.values import make_object
from graphstudio.engine.objects import arguments, resolve, to_keras

LAYERS = shipped_catalog().layers


@pytest.mark.parametrize("path", sorted(LAYERS))
def test_every_layer_can_be_made_from_what_it_starts_with(path: str) -> None:
    entry = LAYERS[path]
    made = resolve(path)(**arguments(starting_config(entry)), name="made")
    assert made.name == "made"


CHOICES = [
    (path, one.name, choice)
    for path, entry in sorted(LAYERS.items())
    for one in entry.parameters
    for choice in one.choices
]


@pytest.mark.parametrize(("path", "name", "choice"), CHOICES)
def test_a_layer_takes_each_of_its_choices(path: str, name: str, choice: str) -> None:
    config = {**starting_config(LAYERS[path]), name: choice}
    resolve(path)(**arguments(config))


@pytest.mark.parametrize("path", ["os.system", "keras.layers._Dense", "keras.layers.Nope", ""])
def test_nothing_but_public_classes_of_keras_is_resolved(path: str) -> None:
    with pytest.raises(ValueError, match=r"Expected .* of Keras .*; received"):
        resolve(path)


def test_values_become_what_keras_takes() -> None:
    zeros = to_keras(make_object("keras.initializers.Constant", {"value": 3}))
    assert isinstance(zeros, keras.initializers.Constant)
    assert to_keras([3, 3]) == (3, 3)
    assert to_keras(["a", "b"]) == ["a", "b"]
    assert to_keras({"a": [1]}) == {"a": (1,)}
