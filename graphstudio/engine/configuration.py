"""From a live layer back to the arguments that its author wrote."""

import inspect
from collections.abc import Collection, Mapping
from typing import Any

import keras
import numpy as np

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.diagram.values import ARRAY, SLICE, Value, make_object
from graphstudio.engine.keras_errors import KERAS_ERRORS


class UnknownObjectError(ValueError):
    """A configuration holds an object that is not one of Keras's public classes."""


def written_config(layer: Any, entry: Entry, catalog: Catalog) -> dict[str, Value]:
    """Return the arguments of a layer that its author must have written.

    They are those without which another layer of the class would have another configuration: a
    default may depend on other arguments, as the strides of a pooling do on the size of its
    window.

    Raises:
        UnknownObjectError: an argument holds an object that the catalog does not know.
    """
    config = layer.get_config()
    known = {one.name: one.required for one in entry.parameters if one.name in config}
    written = {name for name, required in known.items() if required}
    while missing := _missing(type(layer), config, known.keys(), written):
        written |= missing
    return {name: to_value(config[name], catalog) for name in known if name in written}


def _missing(
    cls: Any, config: Mapping[str, Any], known: Collection[str], written: set[str]
) -> set[str]:
    """Return the arguments that a layer with only the written ones would have otherwise."""
    try:
        made = cls.from_config({name: config[name] for name in written}).get_config()
    except KERAS_ERRORS:
        return _wanted(cls, config, known, written)
    return {name for name in known if config[name] != made.get(name, _Missing)} - written


def _wanted(
    cls: Any, config: Mapping[str, Any], known: Collection[str], written: set[str]
) -> set[str]:
    """Return the arguments that a layer may want to be made: its own first, then its bases'."""
    signature = inspect.signature(cls.__init__).parameters
    own = {name for name in known if name in signature and config[name] != signature[name].default}
    return own - written or {name for name in known if name not in signature} - written


def to_value(value: Any, catalog: Catalog) -> Value:
    """Return a value of a Keras configuration as the document holds it.

    Raises:
        UnknownObjectError: the value holds an object that the catalog does not know.
    """
    if isinstance(value, Mapping) and "class_name" in value:
        return _object(value, catalog)
    if isinstance(value, Mapping):
        return {str(key): to_value(item, catalog) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [to_value(item, catalog) for item in value]
    if value is None or isinstance(value, bool | int | float | str):
        return value
    found = _constant(value)
    if found is None:
        raise UnknownObjectError(f"Expected a plain value; received {value!r}.")
    return found


def _constant(value: Any) -> Value:
    """Return a slice, a number of NumPy or an array as the document holds it; none for others."""
    if isinstance(value, slice):
        return make_object(SLICE, {"start": value.start, "stop": value.stop, "step": value.step})
    if isinstance(value, np.generic):
        number: Value = value.item()
        return number
    if keras.ops.is_tensor(value) or isinstance(value, np.ndarray):
        array = keras.ops.convert_to_numpy(value)
        return make_object(ARRAY, {"object": array.tolist(), "dtype": str(array.dtype)})
    return None


def _object(record: Mapping[str, Any], catalog: Catalog) -> Value:
    """Return a serialised object: a dtype policy by its name, any other as class and config."""
    name, config = record["class_name"], record.get("config") or {}
    if name == "DTypePolicy":
        return str(config["name"])
    path = f"{record.get('module')}.{name}"
    entry = catalog.entries.get(path)
    if entry is None:
        raise UnknownObjectError(f"Expected a public object of Keras; received {path}.")
    parameters = {one.name: one for one in entry.parameters}
    written = {
        key: to_value(value, catalog)
        for key, value in config.items()
        if key in parameters and (parameters[key].required or value != parameters[key].default)
    }
    return make_object(path, written) if written or not entry.identifier else entry.identifier


class _Missing:
    """Equal to no value of a configuration."""
