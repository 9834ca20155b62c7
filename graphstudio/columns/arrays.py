"""Arrays in NumPy files."""

from collections.abc import Collection
from pathlib import Path

import numpy as np

from graphstudio.columns.samples import Columns


def read_arrays(path: Path, names: Collection[str]) -> Columns:
    """Return some of the arrays in a .npz file; the others are not read."""
    with np.load(path) as arrays:
        return {name: arrays[name] for name in names}


def read_array(path: Path) -> Columns:
    """Return the array in a .npy file, by the name of the file."""
    return {path.stem: np.load(path)}
