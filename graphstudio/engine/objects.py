"""From the document's plain values to objects of Keras."""

import inspect
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.values import ARRAY, OWN, SLICE, Value, is_list, is_object
from graphstudio.engine.own_code import find_own
from graphstudio.engine.packages import offered_layers


def resolve(path: str) -> Any:
    """Return what stands at a path that a document may name.

    Args:
        path: a public path of Keras, such as ``"keras.layers.Dense"`` or ``"keras.ops.matmul"``,
            the path of a layer that an installed package offers, or ``"own.NAME"``.

    Raises:
        ValueError: the path is none of these.
    """
    if path.startswith(OWN):
        found: Any = find_own(path.removeprefix(OWN))
    else:
        found = offered_layers().get(path) or _of_keras(path)
    if found is None:
        raise ValueError(
            f"Expected the public path of a class of Keras {keras.__version__}; received {path!r}."
        )
    return found


def _of_keras(path: str) -> Any:
    catalog = shipped_catalog()
    if not (catalog.names_object(path) or path in catalog.applications):
        return None
    found: Any = keras
    for name in path.split(".")[1:]:
        found = getattr(found, name, None)
    return found


def to_keras(value: Value) -> Any:
    """Return a value as Keras takes it: with objects made, and lists of numbers as tuples.

    Raises:
        ValueError: an object in it is none that the catalog lists.
    """
    if is_object(value):
        return _object(value["class"], value.get("config") or {})
    if is_list(value):
        items = [to_keras(item) for item in value]
        return items if any(isinstance(item, str) for item in items) else tuple(items)
    if isinstance(value, Mapping):
        if "class_name" in value:
            # Keras would make what such a mapping describes, which is more than is listed.
            raise ValueError(
                f"Expected an object as its class and config; received {dict(value)!r}."
            )
        return {key: to_keras(item) for key, item in value.items()}
    return value


def _numbers(value: Value) -> Any:
    """Return what an array is made of: numbers or texts, in lists."""
    return [_numbers(item) for item in value] if is_list(value) else value


def _dtype(name: Value) -> "np.dtype[Any] | None":
    """Return what an array holds; none for texts, whose names could ask for any length."""
    dtype = np.dtype(str(name)) if name else None
    return None if dtype is None or dtype.kind in "SUV" else dtype


def _object(path: str, config: Mapping[str, Value]) -> Any:
    if path == ARRAY:
        return np.array(_numbers(config.get("object")), _dtype(config.get("dtype")))
    if path == SLICE:
        return slice(config.get("start"), config.get("stop"), config.get("step"))
    if path in shipped_catalog().applications:
        # It would read weights from wherever its arguments say.
        raise ValueError(f"Expected an object of a configuration; received the model {path!r}.")
    found = resolve(path)
    return found(**arguments(config)) if inspect.isclass(found) else found


def arguments(config: Mapping[str, Value]) -> dict[str, Any]:
    """Return a configuration as the keyword arguments of a constructor."""
    return {name: to_keras(value) for name, value in config.items()}
