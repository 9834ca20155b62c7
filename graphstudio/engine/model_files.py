"""A built model in the forms that Keras itself writes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphstudio.diagram.atomic import write_atomically
from graphstudio.engine.keras_errors import KERAS_ERRORS, reason

# What Keras's exporter calls each form.
_EXPORTER_FORMATS: Mapping[str, str] = {
    "savedmodel": "tf_saved_model",
    "litert": "litert",
    "onnx": "onnx",
}
_ENDINGS: Mapping[str, str] = {"keras": ".keras", "litert": ".tflite", "onnx": ".onnx"}
MODEL_FORMS = frozenset({"keras", "json", *_EXPORTER_FORMATS})


class ModelFileError(Exception):
    """A model cannot be written in a form; the message says why, in one sentence."""


def write_model(model: Any, form: str, output: Path) -> None:
    """Write a model.

    Args:
        model: a built ``keras.Model``; ``keras`` also keeps how it was compiled.
        form: one of :data:`MODEL_FORMS`.
        output: the file, or for ``savedmodel`` the folder.

    Raises:
        ModelFileError: Keras cannot write the model in this form, or lacks a package for it.
        OSError: the file cannot be written.
    """
    ending = _ENDINGS.get(form)
    if ending and output.suffix != ending:
        raise ModelFileError(f"Expected a file that ends in {ending}; received {output}.")
    if form == "json":
        write_atomically(output, model.to_json(indent=1) + "\n")
    elif form == "keras":
        if model.optimizer is not None:
            # Keras warns when it loads an optimizer that had no variables yet.
            model.optimizer.build(model.trainable_variables)
        model.save(output)
    else:
        _export(model, form, output)


def _export(model: Any, form: str, output: Path) -> None:
    try:
        # Keras refuses to write a model as ONNX that was never called, be it on symbols.
        model(model.inputs)
        model.export(output, format=_EXPORTER_FORMATS[form], verbose=False)
    except ImportError as error:
        raise ModelFileError(
            f"Writing {form} needs the package {error.name}: install it with pip."
        ) from error
    except OSError:
        raise
    except KERAS_ERRORS as error:
        raise ModelFileError(f"Keras cannot write this model as {form}: {reason(error)}") from error
