"""The compiler: from the plan to a ``keras.Model``, compiled with each head's loss."""

from collections.abc import Mapping
from typing import Any

import keras
import tensorflow as tf

from graphstudio.catalog.entries import Role
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.data_plan import is_masked
from graphstudio.code.kept_names import kept_names
from graphstudio.code.steps import (
    CallStep,
    Constant,
    HeadStep,
    InputStep,
    Item,
    Plan,
    TensorRef,
)
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import LayerId, NodeId
from graphstudio.diagram.models import SEQUENTIAL, constructor_config
from graphstudio.diagram.project import Project, Training
from graphstudio.engine.keras_errors import KERAS_ERRORS, refusal, refused_part
from graphstudio.engine.objects import arguments, resolve, to_keras
from graphstudio.engine.own_code import guarded, located

# Keras takes these for the metric that suits the shape of the head's tensor.
_METRICS_BY_SHAPE = ("accuracy", "acc")


class BuildError(ValueError):
    """Keras refuses the model; the diagnostics name the calls that it refuses."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostics = (diagnostic,)


def build_model(plan: Plan, *, pretrained: bool = True) -> Any:
    """Return the plan's model, a ``keras.Model`` with a dict of outputs by head.

    A nested plan's model gives its outputs in a list, or the only one as it is.

    Args:
        plan: the plan.
        pretrained: whether models of ``keras.applications`` get the weights that they name, which
            may have to be downloaded; without, the same model has fresh ones.

    Raises:
        BuildError: Keras refuses a call.
    """
    _keep_names(plan)
    tensors: dict[NodeId, Any] = {step.id: make_input(step) for step in plan.inputs}
    layers: dict[LayerId, Any] = {}
    for step in plan.calls:
        try:
            with guarded():
                if step.first:
                    layers[step.layer_id] = make_layer(step, pretrained=pretrained)
                tensors[step.id] = call_layer(layers[step.layer_id], step, tensors)
        except KERAS_ERRORS as error:
            raise BuildError(located(refusal(error, step, tensors), error, step)) from error
    inputs = [tensors[step.id] for step in plan.inputs if step.node.in_model]
    outputs = {head.node.name: _output(tensors, head) for head in plan.heads}
    try:
        if plan.is_nested:
            gives = _one_or_list(list(outputs.values()))
            return keras.Model(_one_or_list(inputs), gives, name=plan.name)
        return keras.Model(inputs=inputs, outputs=outputs, name=plan.name)
    except KERAS_ERRORS as error:
        raise BuildError(refused_part(error, plan.name, "a model that Keras can make")) from error


def _keep_names(plan: Plan) -> None:
    """Have Keras name calls of functions otherwise than layers; see :func:`kept_names`."""
    for counter, number in kept_names(plan, shipped_catalog()).items():
        while keras.backend.get_uid(counter) <= number:
            pass


def _build_sequential(plan: Plan, *, pretrained: bool) -> Any:
    inputs = [make_input(step) for step in plan.inputs]
    layers = [make_layer(step, pretrained=pretrained) for step in plan.calls]
    return keras.Sequential([*inputs, *layers], name=plan.name)


def compile_model(model: Any, plan: Plan, project: Project) -> None:
    """Compile a model with its optimizer and, for each trained head, loss, weight and metrics.

    Metrics of a head whose labels may be missing leave such samples out.

    Raises:
        BuildError: Keras refuses the optimizer, a loss or a metric.
    """
    steps = plan.trained_heads
    weights = {step.node.name: step.node.weight for step in steps}
    measured = [step for step in steps if step.node.metrics]
    masked = {step.node.name for step in measured if is_masked(project.data, step.node)}
    metrics = {step.node.name: _metrics(step) for step in measured}
    model.compile(
        optimizer=_optimizer(project.training),
        loss={step.node.name: _loss(step) for step in steps},
        loss_weights=weights if any(weight != 1 for weight in weights.values()) else None,
        metrics={name: metrics[name] for name in metrics if name not in masked} or None,
        weighted_metrics={name: metrics[name] for name in metrics if name in masked} or None,
    )


def make_input(step: InputStep) -> Any:
    """Return the symbolic tensor of an input."""
    return keras.Input(**arguments(step.node.config), name=step.node.name)


def make_layer(step: CallStep, *, pretrained: bool = True) -> Any:
    """Return the layer, model or function that a call names.

    Args:
        step: the call.
        pretrained: see :func:`build_model`.
    """
    layer = step.layer
    if step.inner is not None:
        build = _build_sequential if layer.class_name == SEQUENTIAL else build_model
        return _with_trainable(build(step.inner, pretrained=pretrained), step)
    found = resolve(layer.class_name)
    if step.entry.role is Role.FUNCTION:
        return found
    is_model = step.entry.role is Role.MODEL
    given = arguments(constructor_config(layer) if is_model else layer.config)
    given |= {"weights": None} if is_model and not pretrained else {}
    if step.entry.named:
        return _with_trainable(found(**given, name=layer.name), step)
    made = found(**given)
    made.name = layer.name
    return _with_trainable(made, step)


def call_layer(layer: Any, step: CallStep, tensors: Mapping[NodeId, Any]) -> Any:
    """Call what a step names on the tensors and constants that the plan gives it."""
    by_place, by_name = [], {}
    for given in step.given:
        value = _argument(tensors, given.argument)
        if given.keyword is None:
            by_place.append(value)
        else:
            by_name[given.keyword] = value
    return layer(*by_place, **by_name)


def _with_trainable(model: Any, step: CallStep) -> Any:
    if step.is_frozen:
        model.trainable = False
    return model


def _one_or_list(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items


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
    several = keras.tree.flatten(tensors[ref.node])
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


def _argument(tensors: Mapping[NodeId, Any], argument: Item | tuple[Item, ...]) -> Any:
    if isinstance(argument, Constant):
        return to_keras(argument.value)
    if isinstance(argument, TensorRef):
        return pick(tensors, argument)
    return [_argument(tensors, one) for one in argument]
