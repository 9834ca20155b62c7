"""One call, asked of Keras: made on symbolic tensors, with weights that take no memory."""

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import keras
import tensorflow as tf

from graphstudio.catalog.entries import Role
from graphstudio.code.steps import CallStep, Path
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.values import Value, is_list
from graphstudio.engine.build import call_layer, make_layer
from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.own_code import guarded
from graphstudio.engine.tracing import check_dtypes, check_lists
from graphstudio.engine.unallocated import without_values
from graphstudio.protocol import NodeInfo, Tensor


class Answer(NamedTuple):
    """What became of a call: what it gave, or why it was refused.

    A layer that is called again is kept, with the graph that its weights live in; they are large.
    """

    outputs: Any = None
    info: NodeInfo = NodeInfo()
    error: Exception | None = None
    layer: Any = None
    graph: Any = None


def ask(step: CallStep, tensors: Mapping[NodeId, Any], before: Answer | None) -> Answer:
    """Return what Keras says to a call.

    Args:
        step: the call.
        tensors: symbolic tensors by the node that gives them.
        before: the answer to the call of the same layer that came before.
    """
    graph = before.graph if before else tf.Graph()
    layer = before.layer if before else None
    with graph.as_default():
        try:
            layer, outputs = without_values(lambda: _called(step, tensors, layer))
            specs, paths = specs_of(outputs), _paths(outputs)
        except KERAS_ERRORS as error:
            answer = Answer(error=error)
        else:
            weights, trainable = _weights(layer, "weights"), _weights(layer, "trainable_weights")
            info = NodeInfo(specs, _count(weights), _count(trainable), paths)
            answer = Answer(outputs, info)
    keeps = step.is_shared or (step.entry.role is Role.MODEL and step.inner is None)
    return answer._replace(layer=layer, graph=graph) if keeps else answer


def _called(step: CallStep, tensors: Mapping[NodeId, Any], layer: Any) -> tuple[Any, Any]:
    """Return what a step calls, made unless it is there already, and what the call gives."""
    with guarded():
        _refuse_addresses(step.layer.config)
        # Weights that would be downloaded have the shapes of fresh ones.
        layer = layer or make_layer(step, pretrained=False)
        given = call_layer(layer, step, tensors)
        check_dtypes(layer, step, tensors)
        check_lists(layer, step, tensors)
    return layer, _without_history(given)


def _refuse_addresses(value: Value) -> None:
    """Make sure that to look at a diagram fetches nothing: some layers read files that they name.

    Raises:
        ValueError: a text in a configuration is an address.
    """
    if isinstance(value, str):
        if "://" in value:
            raise ValueError(f"Expected a file on this machine; received {value!r}.")
    elif isinstance(value, Mapping):
        for item in value.values():
            _refuse_addresses(item)
    elif is_list(value):
        for item in value:
            _refuse_addresses(item)


def _weights(layer: Any, kind: str) -> Sequence[Any]:
    """Return the weights of a layer; a function has none."""
    return getattr(layer, kind, ())


def _paths(outputs: Any) -> tuple[Path, ...]:
    """Return the keys that lead to each tensor of a nest; none where it is a tensor alone."""
    found = tuple(path for path, _ in keras.tree.flatten_with_path(outputs))
    return () if found == ((),) else found


def specs_of(outputs: Any) -> tuple[Tensor, ...]:
    """Return shape and dtype of each symbolic tensor of a nest."""
    return tuple(
        Tensor(tuple(tensor.shape), str(tensor.dtype)) for tensor in keras.tree.flatten(outputs)
    )


def _without_history(outputs: Any) -> Any:
    """Return the same symbolic tensors without the calls that made them, which would pile up."""
    return keras.tree.map_structure(
        lambda tensor: keras.KerasTensor(tensor.shape, tensor.dtype, sparse=tensor.sparse), outputs
    )


def _count(weights: Iterable[Any]) -> int:
    return sum(math.prod(weight.shape) for weight in weights)
