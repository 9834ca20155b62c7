"""A model of ``keras.applications`` as the layers that it is made of."""

import tensorflow as tf
from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagram import Diagram, Layer
from graphstudio.diagram.models import constructor_config
from graphstudio.engine.import_model import ModelImportError, import_model
from graphstudio.engine.keras_errors import KERAS_ERRORS, reason
from graphstudio.engine.objects import arguments, resolve
from graphstudio.engine.unallocated import unallocated_weights


class UnfoldError(ValueError):
    """A model cannot be shown as layers; the message says why, in one sentence."""


def unfold(layer: Layer, catalog: Catalog, prefix: str) -> Diagram:
    """Return the diagram of the model that an application makes, without its weights.

    Args:
        layer: the application, with the arguments that it is given.
        catalog: what a diagram can hold.
        prefix: what the ids of the diagram begin with, so that nothing else has them.

    Raises:
        UnfoldError: Keras refuses the arguments, or the model holds what no diagram can.
    """
    if layer.class_name not in catalog.applications:
        raise UnfoldError(f"Expected a model of keras.applications; received {layer.class_name}.")
    config = constructor_config(layer)
    try:
        with unallocated_weights(), tf.Graph().as_default():
            model = resolve(layer.class_name)(**arguments(config) | {"weights": None})
        diagram, _ = import_model(model, catalog, prefix=prefix)
    except ModelImportError as error:
        raise UnfoldError(f"{layer.name} cannot be shown as layers: {error}") from error
    except KERAS_ERRORS as error:
        raise UnfoldError(f"{layer.name} cannot be made: {reason(error)}") from error
    return replace(diagram, name=layer.name)
