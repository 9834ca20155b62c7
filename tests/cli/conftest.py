"""What the tests of the command line share: copies of the example, and one trained run."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from graphstudio.cli import run_command
from graphstudio.resource import resource_path

# Seconds that a command of these tests may take, beside other work on two cores.
TIMEOUT = 120


class Done(NamedTuple):
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


Command = Callable[..., Done]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Command:
    """Return a function that carries out a command in this process."""

    def carry_out(*words: str | Path) -> Done:
        capfd.readouterr()
        code = run_command([str(word) for word in words])
        return Done(code, *capfd.readouterr())

    return carry_out


def graphstudio(*words: str | Path, folder: Path | None = None) -> Done:
    """Carry out a command as a program of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "graphstudio", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=TIMEOUT,
    )
    return Done(done.returncode, done.stdout, done.stderr)


def copy_example(folder: Path) -> Path:
    """Copy the example and its data into a folder, and return the project's file."""
    for name in ("examples", "data"):
        shutil.copytree(resource_path(name), folder / name)
    return folder / "examples" / "digits.gstudio"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    """Return a copy of the example that a test may change."""
    return copy_example(tmp_path)


class Trained(NamedTuple):
    """Two epochs of the example, trained by ``graphstudio train --json``."""

    file: Path
    run: Path
    done: Done


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """Return a run that tests may look at, but not change."""
    file = copy_example(tmp_path_factory.mktemp("trained"))
    run = file.parent / "run"
    done = graphstudio("train", file, "--run-dir", run, "--epochs", "2", "--json")
    return Trained(file, run, done)


@pytest.fixture
def run_copy(trained: Trained, tmp_path: Path) -> Path:
    """Return a copy of the trained run's folder that a test may change."""
    return Path(shutil.copytree(trained.run, tmp_path / "run"))
