"""From a live layer back to the arguments that its author wrote."""

import inspect
from collections.abc import Mapping
from typing import Any

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.diagram.values import Value, make_object
from graphstudio.engine.keras_errors import KERAS_ERRORS


class UnknownObjectError(ValueError):
    """A configuration holds an object that is not one of Keras's public classes."""


def written_config(layer: Any, entry: Entry, catalog: Catalog) -> dict[str, Value]:
    """Return the arguments of a layer that differ from its class's defaults.

    The defaults are those of a second layer, made with nothing but what the class requires.

    Raises:
        UnknownObjectError: an argument holds an object that the catalog does not know.
    """
    config = layer.get_config()
    known = {one.name: one for one in entry.parameters}
    required = {name: config[name] for name, one in known.items() if one.required}
    defaults = _defaults(type(layer), required)
    return {
        name: to_value(value, catalog)
        for name, value in config.items()
        if name in known and (name in required or value != defaults.get(name, _Missing))
    }


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
    raise UnknownObjectError(f"Expected a plain value; received {value!r}.")


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


def _defaults(cls: Any, required: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the configuration of a layer with nothing but its required arguments."""
    try:
        config: Mapping[str, Any] = cls.from_config(dict(required)).get_config()
    except KERAS_ERRORS:
        signature = inspect.signature(cls.__init__)
        return {one.name: one.default for one in signature.parameters.values()}
    return config


class _Missing:
    """Equal to no value of a configuration."""
