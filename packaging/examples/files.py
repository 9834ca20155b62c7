"""The examples' data as files."""

from pathlib import Path

import numpy as np

from examples.arrays import REAL
from examples.made_up import MADE_UP


def write_data(folder: Path) -> None:
    """Write every file of data that the examples learn from, compressed."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in (REAL | MADE_UP).items():
        np.savez_compressed(folder / f"{name}.npz", **make())
