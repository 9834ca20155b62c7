"""From the document's plain values to objects of Keras."""

from collections.abc import Mapping
from typing import Any

import keras

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.values import Value, is_list, is_object


def resolve(path: str) -> Any:
    """Return the class of Keras at a path such as ``"keras.layers.Dense"``.

    Raises:
        ValueError: the path is not one that a document may name.
    """
    found: Any = keras if shipped_catalog().names_object(path) else None
    for name in path.split(".")[1:]:
        found = getattr(found, name, None)
    if found is None:
        raise ValueError(
            f"Expected the public path of a class of Keras {keras.__version__}; received {path!r}."
        )
    return found


def to_keras(value: Value) -> Any:
    """Return a value as Keras takes it: with objects made, and lists of numbers as tuples."""
    if is_object(value):
        return resolve(value["class"])(**arguments(value.get("config", {})))
    if is_list(value):
        items = [to_keras(item) for item in value]
        return items if any(isinstance(item, str) for item in items) else tuple(items)
    if isinstance(value, Mapping):
        return {key: to_keras(item) for key, item in value.items()}
    return value


def arguments(config: Mapping[str, Value]) -> dict[str, Any]:
    """Return a configuration as the keyword arguments of a constructor."""
    return {name: to_keras(value) for name, value in config.items()}
