"""The compiler: from the plan to a ``keras.Model``, compiled with each head's loss."""

from collections.abc import Mapping
from typing import Any

import keras
import tensorflow as tf

from graphstudio.code.plan import Argument, CallStep, HeadStep, InputStep, Plan, TensorRef
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import LayerId, NodeId
from graphstudio.diagram.project import Training
from graphstudio.engine.keras_errors import KERAS_ERRORS, refusal, refused_part
from graphstudio.engine.objects import arguments, resolve, to_keras

# Keras takes these for the metric that suits the shape of the head's tensor.
_METRICS_BY_SHAPE = ("accuracy", "acc")


class BuildError(ValueError):
    """Keras refuses the model; the diagnostics name the calls that it refuses."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostics = (diagnostic,)


def build_model(plan: Plan) -> Any:
    """Return the plan's model, a ``keras.Model`` with a dict of outputs by head.

    Raises:
        BuildError: Keras refuses a call.
    """
    tensors: dict[NodeId, Any] = {step.id: make_input(step) for step in plan.inputs}
    layers: dict[LayerId, Any] = {}
    for step in plan.calls:
        try:
            if step.first:
                layers[step.layer_id] = make_layer(step)
            tensors[step.id] = call_layer(layers[step.layer_id], step, tensors)
        except KERAS_ERRORS as error:
            raise BuildError(refusal(error, step, tensors)) from error
    inputs = [tensors[step.id] for step in plan.inputs if step.node.in_model]
    return keras.Model(
        inputs=inputs,
        outputs={head.node.name: _output(tensors, head) for head in plan.heads},
        name=plan.name,
    )


def compile_model(model: Any, plan: Plan, training: Training) -> None:
    """Compile a model with its optimizer and, for each trained head, loss, weight and metrics.

    Raises:
        BuildError: Keras refuses the optimizer, a loss or a metric.
    """
    steps = plan.trained_heads
    weights = {step.node.name: step.node.weight for step in steps}
    metrics = {step.node.name: _metrics(step) for step in steps if step.node.metrics}
    model.compile(
        optimizer=_optimizer(training),
        loss={step.node.name: _loss(step) for step in steps},
        loss_weights=weights if any(weight != 1 for weight in weights.values()) else None,
        metrics=metrics or None,
    )


def make_input(step: InputStep) -> Any:
    """Return the symbolic tensor of an input."""
    return keras.Input(**arguments(step.node.config), name=step.node.name)


def make_layer(step: CallStep) -> Any:
    """Return the layer that a call names."""
    cls = resolve(step.layer.class_name)
    return cls(**arguments(step.layer.config), name=step.layer.name)


def call_layer(layer: Any, step: CallStep, tensors: Mapping[NodeId, Any]) -> Any:
    """Call a layer on the tensors that the plan names: the first by place, the others by name."""
    (_, first), *others = [
        (port, _argument(tensors, argument)) for port, argument in step.tensors.items()
    ]
    return layer(first, **dict(others), **arguments(step.node.arguments))


def check_head(head: HeadStep) -> None:
    """Make sure that Keras knows a head's loss and metrics.

    They are made in a graph that is thrown away, where their variables take no memory.

    Raises:
        BuildError: it does not.
    """
    if head.node.loss is not None:
        with tf.Graph().as_default():
            _loss(head)
            _metrics(head)


def pick(tensors: Mapping[NodeId, Any], ref: TensorRef) -> Any:
    """Return the tensor that a reference of the plan means.

    Raises:
        ValueError: the call gives fewer tensors.
    """
    given = tensors[ref.node]
    if ref.output is None:
        return given
    several = given if isinstance(given, list | tuple) else [given]
    if ref.output >= len(several):
        raise ValueError(
            f"A wire leaves output {ref.output} of a node: expected {ref.output + 1} or more "
            f"tensors from it; received {len(several)}."
        )
    return several[ref.output]


def _optimizer(training: Training) -> Any:
    try:
        return keras.optimizers.get(to_keras(training.optimizer))
    except KERAS_ERRORS as error:
        raise BuildError(refused_part(error, "optimizer", "an optimizer of Keras")) from error


def _loss(head: HeadStep) -> Any:
    """Return a head's loss. Keras would find a wrong one no sooner than in the first step."""
    try:
        loss = to_keras(head.node.loss)
        keras.losses.get(loss)
    except KERAS_ERRORS as error:
        raise BuildError(refused_part(error, head.node.name, "a loss of Keras", head.id)) from error
    return loss


def _metrics(head: HeadStep) -> list[Any]:
    metrics = []
    for given in head.node.metrics:
        try:
            metric = to_keras(given)
            if metric not in _METRICS_BY_SHAPE:
                keras.metrics.get(metric)
        except KERAS_ERRORS as error:
            raise BuildError(
                refused_part(error, head.node.name, "a metric of Keras", head.id)
            ) from error
        metrics.append(metric)
    return metrics


def _output(tensors: Mapping[NodeId, Any], head: HeadStep) -> Any:
    try:
        return pick(tensors, head.tensor)
    except ValueError as error:
        raise BuildError(refused_part(error, head.node.name, "a tensor", head.id)) from error


def _argument(tensors: Mapping[NodeId, Any], argument: Argument) -> Any:
    if isinstance(argument, TensorRef):
        return pick(tensors, argument)
    return [pick(tensors, ref) for ref in argument]
