"""Calls made on TensorFlow's own symbolic tensors, which know operations where Keras knows shapes.

Keras answers most symbolic calls from shapes alone. TensorFlow's graph then says what Keras does
not: whether the operations exist for a dtype, and how much they compute.
"""

from collections.abc import Mapping
from typing import Any

import keras
import tensorflow as tf
from msgspec.structs import replace

from graphstudio.catalog.entries import Role
from graphstudio.code.steps import CallStep
from graphstudio.diagram.diagram import NodeId
from graphstudio.engine.build import call_layer
from graphstudio.engine.keras_errors import KERAS_ERRORS


def trace(layer: Any, step: CallStep, tensors: Mapping[NodeId, Any], dtype: str = "") -> Any:
    """Call what a step names in the default graph, and return the graph's tensors.

    Args:
        layer: what is called; it has its weights already.
        step: the call.
        tensors: Keras's symbolic tensors, for which placeholders stand in.
        dtype: what the placeholders hold, where it is not what the tensors do.
    """

    def placeholder(tensor: Any) -> Any:
        return tf.compat.v1.placeholder(dtype or tensor.dtype, tensor.shape)

    given = {ref.node: tensors[ref.node] for ref in step.refs}
    return call_layer(layer, step, keras.tree.map_structure(placeholder, given))


def check_dtypes(layer: Any, step: CallStep, tensors: Mapping[NodeId, Any]) -> None:
    """Make sure that a call takes the dtypes of its tensors, which Keras does not look at.

    What fails for numbers of its own kind alone has a reason that tracing cannot tell.

    Raises:
        Exception: one of :data:`KERAS_ERRORS`, for a dtype that TensorFlow refuses.
    """
    given = [one for ref in step.refs for one in keras.tree.flatten(tensors[ref.node])]
    plain = all("float" in one.dtype or one.sparse for one in given)
    if plain or step.entry.role is Role.MODEL:
        return
    try:
        trace(layer, step, tensors)
    except KERAS_ERRORS:
        try:
            trace(layer, step, tensors, "float32")
        except KERAS_ERRORS:
            return
        raise


def check_lists(layer: Any, step: CallStep, tensors: Mapping[NodeId, Any]) -> None:
    """Make sure that a call takes the tensors of optional lists, such as the states of an LSTM.

    Keras does not count them. What fails without them too has a reason that tracing cannot tell.

    Raises:
        Exception: one of :data:`KERAS_ERRORS`, for a list that is too short or does not fit.
    """
    lists = {port.name for port in step.entry.ports if port.optional and port.variadic}
    if not lists & step.tensors.keys():
        return
    try:
        trace(layer, step, tensors)
    except KERAS_ERRORS:
        others = {name: one for name, one in step.tensors.items() if name not in lists}
        try:
            trace(layer, replace(step, tensors=others), tensors)
        except KERAS_ERRORS:
            return
        raise
