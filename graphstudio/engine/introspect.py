"""The catalog, read from the installed Keras: signatures, defaults, docstrings and calls.

No list of layers, arguments or defaults stands in this program: where a signature is silent, the
docstring is read, and where both are, the class is called to see what it accepts.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import keras

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.diagram.names import snake_case
from graphstudio.engine.box_formats import box_formats
from graphstudio.engine.docstrings import arguments, prose, remarks, summary
from graphstudio.engine.introspect_applications import application_entries
from graphstudio.engine.introspect_classes import class_entry, public_classes
from graphstudio.engine.introspect_functions import read_functions
from graphstudio.engine.introspect_layers import (
    layer_entry,
    layers_left_out,
    public_layers,
    with_lists,
)
from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.parameters import Family, named_alike, parameter

# What a module's classes have in common, so that a base class is not taken for one of them.
_FAMILIES: Mapping[str, tuple[ModuleType, type | None]] = {
    "initializers": (keras.initializers, keras.initializers.Initializer),
    "regularizers": (keras.regularizers, keras.regularizers.Regularizer),
    "constraints": (keras.constraints, keras.constraints.Constraint),
    "activations": (keras.activations, None),
    "losses": (keras.losses, keras.losses.Loss),
    "metrics": (keras.metrics, keras.metrics.Metric),
    "optimizers": (keras.optimizers, keras.optimizers.Optimizer),
}


def read_catalog() -> Catalog:
    """Return what the installed Keras offers; it takes about a minute."""
    layers = [layer_entry(f"keras.layers.{name}", cls) for name, cls in public_layers()]
    objects = {family: dict(_object_entries(family)) for family in _FAMILIES}
    others = [entry for family in objects.values() for entry in family.values()]
    functions, _ = read_functions()
    complete = named_alike([*layers, *others, box_formats()])
    completed = named_alike(functions.values())
    return Catalog(
        keras_version=keras.__version__,
        input=complete(_input_entry()),
        layers={entry.path: entry for entry in with_lists([complete(one) for one in layers])},
        objects={
            family: {path: complete(entry) for path, entry in entries.items()}
            for family, entries in objects.items()
        },
        functions={path: complete(completed(entry)) for path, entry in functions.items()},
        applications=dict(application_entries()),
    )


def left_out() -> Mapping[str, str]:
    """Return the public layers and functions that are not in the catalog, each with the reason."""
    _, functions = read_functions()
    return {**layers_left_out(), **functions}


def _input_entry() -> Entry:
    documented = arguments(keras.Input)
    signature = inspect.signature(keras.Input)
    parameters = tuple(
        parameter(one, documented.get(one.name, ""), keras.Input)
        for one in signature.parameters.values()
        if one.name not in {"name", "tensor"}
    )
    return Entry(
        path="keras.Input",
        category="input",
        summary=summary(keras.Input),
        doc=prose(keras.Input),
        remarks=remarks(keras.Input),
        parameters=parameters,
    )


def _object_entries(family: Family) -> Iterator[tuple[str, Entry]]:
    module, base = _FAMILIES[family]
    found = _functions(module) if base is None else public_classes(module, base)
    for name, documented in found:
        path = f"keras.{family}.{name}"
        yield path, class_entry(path, documented, _identifier(module, name, documented))


def _functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    helpers = {"get", "serialize", "deserialize"}
    for name, found in sorted(vars(module).items()):
        if inspect.isfunction(found) and found.__name__ == name and name not in helpers:
            yield name, found


def _identifier(module: Any, name: str, documented: object) -> str:
    """Return the name by which Keras finds the object, if asking for it gives the object."""
    for candidate in (snake_case(name), name.lower(), name):
        try:
            found = module.get(candidate)
        except KERAS_ERRORS:
            continue
        if found is documented or type(found) is documented or _function_of(documented) is found:
            return candidate
    return ""


def _function_of(documented: Any) -> object:
    """Return the function that a loss class wraps, if it is one that needs no arguments."""
    try:
        return getattr(documented(), "fn", None)
    except KERAS_ERRORS:
        return None
