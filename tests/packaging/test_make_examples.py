"""What ships under examples and data is what ``packaging/make_examples.py`` makes."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from graphstudio.resource import resource_path

SCRIPT = Path(__file__).parents[2] / "packaging/make_examples.py"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the examples and their data were made anew."""
    folder = tmp_path_factory.mktemp("made")
    # Another seed for the order of sets, which nothing may depend on.
    command: list[str | Path] = [sys.executable, SCRIPT, "--to", folder]
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_same_projects_are_made_to_the_letter(made: Path) -> None:
    shipped = resource_path("examples")
    assert names(made / "examples") == names(shipped)
    for path in shipped.iterdir():
        assert (made / "examples" / path.name).read_text() == path.read_text()


def test_the_same_data_is_made(made: Path) -> None:
    shipped = resource_path("data")
    assert names(made / "data")
    for path in (made / "data").iterdir():
        with np.load(shipped / path.name) as theirs, np.load(path) as ours:
            assert ours.files == theirs.files
            for column in theirs.files:
                np.testing.assert_array_equal(ours[column], theirs[column])
