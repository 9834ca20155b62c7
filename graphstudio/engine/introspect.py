"""The catalog, read from the installed Keras: signatures, defaults, docstrings and calls.

No list of layers, arguments or defaults stands in this program: where a signature is silent, the
docstring is read, and where both are, the class is called to see what it accepts.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from types import ModuleType
from typing import Any

import keras

from graphstudio.catalog.entries import Catalog, Entry, Port
from graphstudio.diagram.names import snake_case
from graphstudio.engine.docstrings import arguments, prose, summary
from graphstudio.engine.parameters import (
    REFUSALS,
    Family,
    can_be_drawn,
    hands_on,
    named_alike,
    parameter,
)

_BASE = keras.layers.Layer
_MERGE = keras.layers.Add.__base__
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
# Arguments of `Layer.call` that every layer may take and that are no tensors.
_NO_TENSORS = frozenset({"training"})


def read_catalog() -> Catalog:
    """Return what the installed Keras offers."""
    layers = list(_layer_entries())
    objects = {family: dict(_object_entries(family)) for family in _FAMILIES}
    others = [entry for family in objects.values() for entry in family.values()]
    complete = named_alike([*layers, *others])
    return Catalog(
        keras_version=keras.__version__,
        input=complete(_input_entry()),
        layers={entry.path: complete(entry) for entry in layers if can_be_drawn(complete(entry))},
        objects={
            family: {path: complete(entry) for path, entry in entries.items()}
            for family, entries in objects.items()
        },
    )


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
        parameters=parameters,
    )


def _layer_entries() -> Iterator[Entry]:
    for name, cls in _classes(keras.layers, _BASE):
        # What lives outside of Keras's layers wraps other frameworks' programs.
        foreign = "layers" not in cls.__module__.split(".")
        if foreign or cls in {keras.layers.InputLayer, keras.layers.Wrapper}:
            continue
        entry = _class_entry(f"keras.layers.{name}", cls)
        ports, call_parameters = _call(cls)
        yield Entry(
            path=entry.path,
            category=_category(cls),
            summary=entry.summary,
            doc=entry.doc,
            parameters=entry.parameters,
            ports=ports,
            call_parameters=call_parameters,
        )


def _object_entries(family: Family) -> Iterator[tuple[str, Entry]]:
    module, base = _FAMILIES[family]
    found = _functions(module) if base is None else _classes(module, base)
    for name, documented in found:
        path = f"keras.{family}.{name}"
        yield path, _class_entry(path, documented, _identifier(module, name, documented))


def _class_entry(path: str, documented: Any, identifier: str = "") -> Entry:
    is_class = inspect.isclass(documented)
    return Entry(
        path=path,
        identifier=identifier,
        summary=summary(documented),
        doc=prose(documented),
        parameters=tuple(_constructor(documented)) if is_class else (),
    )


def _constructor(cls: type) -> Iterator[Any]:
    """Yield the arguments of a constructor, and those that it hands on to its bases."""
    seen = {"self", "name"}
    for owner in cls.__mro__:
        constructor = vars(owner).get("__init__")
        if constructor is None or owner is object:
            continue
        signature = inspect.signature(constructor)
        documented = arguments(owner) | arguments(cls)
        for one in signature.parameters.values():
            named = one.kind in {one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY}
            if named and one.name not in seen and (owner is cls or hands_on(cls, one)):
                seen.add(one.name)
                yield parameter(one, documented.get(one.name, ""), cls)
        if not any(one.kind is one.VAR_KEYWORD for one in signature.parameters.values()):
            return


def _call(cls: type) -> tuple[tuple[Port, ...], tuple[Any, ...]]:
    """Return the tensor arguments of a layer's call, and the others."""
    documented = arguments(cls, ("Call arguments", "Call Args"))
    ports, others = [], []
    for number, one in enumerate(_call_signature(cls)):
        doc = documented.get(one.name, "")
        if number == 0 or (one.name not in _NO_TENSORS and not isinstance(one.default, bool)):
            ports.append(
                Port(
                    name=one.name,
                    variadic=issubclass(cls, _MERGE) or doc.lower().startswith("list of"),
                    optional=number > 0 and one.default is not one.empty,
                    doc=doc,
                )
            )
        else:
            others.append(parameter(one, doc, cls))
    return tuple(ports), tuple(others)


def _call_signature(cls: Any) -> list[inspect.Parameter]:
    parameters = list(inspect.signature(cls.call).parameters.values())[1:]
    return [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]


def _classes(module: ModuleType, base: type) -> Iterator[tuple[str, type]]:
    """Yield the classes of a module under their own names, without aliases and the base."""
    for name, found in sorted(vars(module).items()):
        if not inspect.isclass(found) or not issubclass(found, base) or found is base:
            continue
        if found.__name__ == name and not inspect.isabstract(found):
            yield name, found


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
        except REFUSALS:
            continue
        if found is documented or type(found) is documented or _function_of(documented) is found:
            return candidate
    return ""


def _function_of(documented: Any) -> object:
    """Return the function that a loss class wraps, if it is one that needs no arguments."""
    try:
        return getattr(documented(), "fn", None)
    except REFUSALS:
        return None


def _category(cls: type) -> str:
    """Return the folder of Keras that the class lives in."""
    parts = cls.__module__.split(".")
    return parts[parts.index("layers") + 1]
