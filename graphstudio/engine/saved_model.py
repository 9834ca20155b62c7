"""The trained model that a run has left."""

from typing import Any

import keras

from graphstudio.engine.keras_errors import KERAS_ERRORS, reason
from graphstudio.engine.run_folder import RunFolder, RunFolderError


def load_saved_model(run: RunFolder) -> Any:
    """Return a run's model with what it has learnt, compiled.

    Raises:
        RunFolderError: the run has left none, or one that Keras cannot read.
    """
    file = run.expect_model()
    try:
        return keras.saving.load_model(file)
    except KERAS_ERRORS as error:
        message = f"Keras cannot read the run's model {file}: {reason(error)}"
        raise RunFolderError(message) from error
