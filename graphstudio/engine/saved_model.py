"""The trained model that a run has left."""

from typing import Any

import keras

from graphstudio.engine.keras_errors import KERAS_ERRORS, reason
from graphstudio.engine.own_code import own_objects
from graphstudio.engine.run_folder import RunFolder, RunFolderError


def load_saved_model(run: RunFolder) -> Any:
    """Return a run's model with what it has learnt, compiled.

    Its own code has to be there already; see :func:`use_own`.

    Raises:
        RunFolderError: the run has left none, or one that Keras cannot read.
    """
    file = run.expect_model()
    try:
        return keras.saving.load_model(file, custom_objects=own_objects())
    except KERAS_ERRORS as error:
        message = f"Keras cannot read the run's model {file}: {reason(error)}"
        raise RunFolderError(message) from error
