"""What every test runs under: no screen, no user's own settings, no noise from TensorFlow."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

# Before anything imports Qt or TensorFlow.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"


@pytest.fixture(autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep journals and runs of the tests out of the user's folders, and out of each other's."""
    home: Path = tmp_path_factory.mktemp("user")
    names = {"XDG_STATE_HOME": "state", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config"}
    with pytest.MonkeyPatch.context() as patch:
        for variable, folder in names.items():
            patch.setenv(variable, str(home / folder))
        yield
