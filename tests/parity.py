"""Whether a run and the script of its project reach the same numbers, to the last bit."""

import re
import runpy
from collections.abc import Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import keras
from tensorflow.python.framework import config as tensorflow_config

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.script import python_script
from graphstudio.diagram.project import Project
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.train import Run
from graphstudio.protocol import Event, Failed, RunEnded

CATALOG = shipped_catalog()


def assert_run_and_script_agree(project: Project, folder: Path) -> Mapping[str, float]:
    """Train a project in a run and by its script; return what both reached."""
    with sums_in_one_order():
        reached = run_here(project, folder)
        keras.utils.clear_session()
        assert script_reaches(project, folder) == reached
    return reached


def run_here(project: Project, folder: Path) -> Mapping[str, float]:
    """Train a project to the end, and return what it reached on what was held out."""
    events: list[Event] = []
    training = Run(project, folder, RunFolder(folder / "run"), CATALOG, events.append, trusted=True)
    training.start()
    assert training.wait(700)
    assert not isinstance(events[-1], Failed), events[-1].message
    assert isinstance(events[-1], RunEnded)
    prefix = "val_"
    return {
        name.removeprefix(prefix): value
        for name, value in events[-1].logs.items()
        if name.startswith(prefix)
    }


def script_reaches(project: Project, folder: Path) -> Mapping[str, float]:
    """Run the script of a project in a folder, and return what it prints at its end."""
    script = folder / "script.py"
    paths = Inspector(CATALOG).inspect(project.diagram).paths
    script.write_text(python_script(project, CATALOG, paths=paths))
    printed = StringIO()
    with chdir(folder), redirect_stdout(printed):
        runpy.run_path(str(script), run_name="__main__")
    found = re.findall(r"^(\w+): ([-+\d.e]+)$", printed.getvalue(), re.MULTILINE)
    return {key: float(value) for key, value in found}


def script_data(project: Project, folder: Path) -> tuple[Any, Any]:
    """Write the script of a project, and return what it trains on and what it holds out."""
    script = folder / "script.py"
    script.write_text(python_script(project, CATALOG))
    with chdir(folder):
        train, held_out = runpy.run_path(str(script), run_name="script")["load_data"]()
    return train, held_out


@contextmanager
def sums_in_one_order() -> Iterator[None]:
    """Let two runs of one program agree.

    TensorFlow's threads sum in the order in which they end, and a large model turns that last
    digit into percents: one script of three_heads, run twice, differs from itself by 0.7%.
    """
    tensorflow_config.enable_op_determinism()
    try:
        yield
    finally:
        # TensorFlow offers no public way back.
        tensorflow_config.disable_op_determinism()
