"""The applications of the catalog: functions of Keras that return whole models."""

import inspect
from collections.abc import Callable, Iterator
from typing import Any

import keras

from graphstudio.catalog.entries import TRAINABLE, TRAINING, Entry, Port, Role
from graphstudio.engine.docstrings import arguments, prose, remarks, summary
from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.parameters import parameter

_NONSENSE = "no_such_thing"
# The layer's own name is the model's, and its tensor comes by wire.
_NOT_ARGUMENTS = frozenset({"name", "input_tensor"})


def application_entries() -> Iterator[tuple[str, Entry]]:
    """Yield the models of ``keras.applications`` by public path."""
    for name, function in inspect.getmembers(keras.applications, inspect.isfunction):
        documented = arguments(function)
        path = f"keras.applications.{name}"
        # The functions are asked nothing: to try an argument is to make a whole model.
        parameters = tuple(
            parameter(one, documented.get(one.name, ""))
            for one in inspect.signature(function).parameters.values()
            if one.name not in _NOT_ARGUMENTS
        )
        yield (
            path,
            Entry(
                path=path,
                role=Role.MODEL,
                category="applications",
                summary=summary(function),
                doc=prose(function),
                remarks=remarks(function),
                parameters=(*parameters, TRAINABLE),
                ports=(Port(name="inputs"),),
                call_parameters=(TRAINING,),
                named=_takes_any_name(function),
            ),
        )


def _takes_any_name(function: Callable[..., Any]) -> bool:
    """Return whether a model can have another name; some look their blocks up by it.

    Weights that are not there keep a whole model from being made.
    """
    try:
        function(name=_NONSENSE, weights=_NONSENSE)
    except KERAS_ERRORS as error:
        return not isinstance(error, KeyError)
    return True
