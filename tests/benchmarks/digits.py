"""The digits example, in a folder where a benchmark may write."""

import shutil
from pathlib import Path

from msgspec.structs import replace

from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.resource import resource_path


def digits_project(folder: Path, epochs: int) -> Path:
    """Write a copy of the example, with its data.

    Args:
        folder: where to.
        epochs: how long it trains.

    Returns:
        The project's file.
    """
    example = resource_path("examples/digits.gstudio")
    for name in ("examples", "data"):
        (folder / name).mkdir()
    shutil.copy(resource_path("data/digits.npz"), folder / "data")
    project = load_project(example)
    copy = folder / "examples" / example.name
    save_project(replace(project, training=replace(project.training, epochs=epochs)), copy)
    return copy
