"""What a call in the graph of a live model was given: tensors by port, and everything else."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import keras

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.diagram.values import Value
from graphstudio.engine.configuration import UnknownObjectError, to_value


class CallArguments(NamedTuple):
    """The arguments of a call.

    Attributes:
        tensors: symbolic tensors in their order, by port.
        others: the arguments that someone wrote and that no tensor gives.
    """

    tensors: Mapping[str, list[Any]]
    others: Mapping[str, Value]


def layer_arguments(call: Any, catalog: Catalog) -> CallArguments:
    """Return what a layer was called on.

    Raises:
        UnknownObjectError: the document cannot hold an argument.
    """
    signature = inspect.signature(call.operation.call)
    bound = signature.bind(*call.arguments.args, **call.arguments.kwargs)
    written = {
        name: value
        for name, value in bound.arguments.items()
        # Keras records `training` on calls where the author wrote nothing, and masks of its own.
        if name != "training" and not _is_own_mask(value, bound.arguments.values())
    }
    defaults = {name: one.default for name, one in signature.parameters.items()}
    return _sorted_out(written, defaults, catalog)


def function_arguments(call: Any, entry: Entry, catalog: Catalog) -> CallArguments:
    """Return what a function was called on: Keras keeps its other arguments in the operation.

    Raises:
        UnknownObjectError: the document cannot hold an argument.
    """
    operation = call.operation
    bound = inspect.signature(operation.call).bind(*call.arguments.args, **call.arguments.kwargs)
    ports = iter(port.name for port in entry.ports)
    given = {
        name if name in entry.signature else next(ports, name): value
        for name, value in bound.arguments.items()
    }
    settings = {key: value for key, value in operation.get_config().items() if key != "name"}
    defaults = {one.name: _as_written(one.default) for one in entry.call_parameters}
    return _sorted_out(given | settings, defaults, catalog)


def model_arguments(call: Any, catalog: Catalog) -> CallArguments:
    """Return what a model was called on, by the names of its inputs.

    Raises:
        UnknownObjectError: one of them is no tensor.
    """
    given = call.arguments.args[0]
    names = [tensor._keras_history.operation.name for tensor in call.operation.inputs]  # noqa: SLF001
    if isinstance(given, Mapping) and set(given) == set(names):
        tensors = [given[name] for name in names]
    else:
        tensors = keras.tree.flatten(given)
    for tensor in tensors:
        if not isinstance(tensor, keras.KerasTensor):
            received = type(tensor).__name__
            raise UnknownObjectError(f"Expected tensors; received {received}.")
    # Keras records these on calls of models only where the author wrote them.
    settings = {key: value for key, value in call.arguments.kwargs.items() if key != "mask"}
    others = {key: to_value(value, catalog) for key, value in settings.items() if value is not None}
    by_port = {name: [tensor] for name, tensor in zip(names, tensors, strict=True)}
    return CallArguments(by_port, others)


def _sorted_out(
    given: Mapping[str, Any], defaults: Mapping[str, Any], catalog: Catalog
) -> CallArguments:
    tensors: dict[str, list[Any]] = {}
    others: dict[str, Value] = {}
    for name, value in given.items():
        flat = keras.tree.flatten(value)
        symbolic = [isinstance(one, keras.KerasTensor) for one in flat]
        if any(symbolic):
            if not all(symbolic):
                constants = [one for one in flat if not isinstance(one, keras.KerasTensor)]
                received = ", ".join(type(one).__name__ for one in constants)
                raise UnknownObjectError(f"Expected tensors in {name}; received {received}.")
            tensors[name] = flat
        elif not _same(_as_written(value), defaults.get(name, inspect.Parameter.empty)):
            others[name] = to_value(value, catalog)
    return CallArguments(tensors, others)


def _is_own_mask(value: Any, arguments: Iterable[Any]) -> bool:
    """Return whether a tensor is the mask that another argument carries along."""
    if not isinstance(value, keras.KerasTensor):
        return False
    others = (one for one in keras.tree.flatten(list(arguments)) if one is not value)
    return any(getattr(one, "_keras_mask", None) is value for one in others)


def _same(value: Any, default: Any) -> bool:
    if hasattr(value, "shape") or hasattr(default, "shape"):
        return False
    return type(value) is type(default) and bool(value == default)


def _as_written(value: Any) -> Any:
    """Return a value with lists for tuples, as the catalog holds them."""
    return [_as_written(one) for one in value] if isinstance(value, tuple | list) else value
