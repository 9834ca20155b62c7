"""Layers with a state of their own learn it from the data, before the model is compiled."""

from typing import Any

import keras

from graphstudio.code.adapting import Adapting, adapting
from graphstudio.code.steps import Plan
from graphstudio.engine.build import BuildError
from graphstudio.engine.data.samples import Samples, Stream
from graphstudio.engine.keras_errors import KERAS_ERRORS, refused_part


def adapt_layers(model: Any, plan: Plan, train: Samples | Stream) -> None:
    """Let the model's layers learn from the inputs what they have to know before training.

    Args:
        model: the plan's model, not yet compiled.
        plan: which layers there are.
        train: the samples to train on.

    Raises:
        PlanError: data does not reach such a layer.
        BuildError: Keras refuses the data that reaches a layer; the diagnostic names its call.
    """
    for one in adapting(plan):
        owner = model
        for name in one.path:
            owner = owner.get_layer(name)
        layer = owner.get_layer(one.step.layer.name)
        try:
            layer.adapt(_reaching(owner, layer, one, train))
        except KERAS_ERRORS as error:
            name, cls = one.step.layer.name, one.step.entry.name
            expected = f"data that {cls} can learn from"
            raise BuildError(refused_part(error, name, expected, one.step.id)) from error


def _reaching(owner: Any, layer: Any, one: Adapting, train: Samples | Stream) -> Any:
    """Return the values that reach a layer of a model, which may be a nested one."""
    if one.input is not None:
        return train.input(one.input)
    return train.through(keras.Model(owner.inputs, layer.input), one.columns)
