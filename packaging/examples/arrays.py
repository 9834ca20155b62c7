"""Real data for the examples, small enough to ship: made from what scikit-learn ships."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import sklearn.datasets
import tensorflow as tf
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_wine

Arrays: TypeAlias = Mapping[str, Any]

# Pixels of a side of what is cut from a photograph, and how many are cut from each.
_CUT = 16
_CUTS = 240


def digits() -> Arrays:
    """Return 1,797 digits: image, digit, even (0 or 1) and ink (mean of pixels)."""
    data = load_digits()
    image = (data.images / 16).astype("float32")
    return {
        "image": image[..., np.newaxis],
        "digit": data.target.astype("int32"),
        "even": (data.target % 2 == 0).astype("float32")[:, np.newaxis],
        "ink": image.mean(axis=(1, 2))[:, np.newaxis],
    }


def digit_mosaics() -> Arrays:
    """Return 449 mosaics of four digits each: with noise, and the mask of their ink (0 or 1)."""
    tiles = (load_digits().images[: 449 * 4] / 16).reshape(449, 2, 2, 8, 8)
    mosaics = tiles.transpose(0, 1, 3, 2, 4).reshape(449, 16, 16, 1)
    noise = np.random.default_rng(0).normal(0, 0.25, mosaics.shape)
    noisy = np.clip(mosaics + noise, 0, 1) * 255
    return {"noisy": noisy.astype("uint8"), "ink": (mosaics > 0.4).astype("uint8")}


def photographs() -> Arrays:
    """Return pieces of two photographs: image (uint8) and whether it shows the flower."""
    random = np.random.default_rng(0)
    pieces = []
    for name in ("china.jpg", "flower.jpg"):
        photograph = _photograph(name)
        rows, columns = (size - _CUT for size in photograph.shape[:2])
        corners = random.integers((rows, columns), size=(_CUTS, 2))
        pieces += [photograph[y : y + _CUT, x : x + _CUT] for y, x in corners]
    flower = np.repeat([[0.0], [1.0]], _CUTS, axis=0).astype("float32")
    return {"image": np.stack(pieces), "flower": flower}


def _photograph(name: str) -> Any:
    """Return one of scikit-learn's photographs, of shape (height, width, 3)."""
    file = Path(sklearn.datasets.__file__).parent / "images" / name
    return tf.io.decode_jpeg(file.read_bytes(), dct_method="INTEGER_ACCURATE").numpy()


def wine() -> Arrays:
    """Return 178 wines: their measurements, some of them by themselves, and the cultivar."""
    data = load_wine()
    values = data.data.astype("float32")
    place = data.feature_names.index
    phenols = ["total_phenols", "flavanoids", "nonflavanoid_phenols", "proanthocyanins"]
    return {
        "measurements": values,
        "phenols": values[:, [place(name) for name in phenols]],
        "colour": values[:, [place(name) for name in ("color_intensity", "hue")]],
        "alcohol": values[:, [place("alcohol")]],
        "cultivar": data.target.astype("int32"),
    }


def tumours() -> Arrays:
    """Return 569 tumours: ten measures of their cells, as mean and at worst; 1 if malignant."""
    data = load_breast_cancer()
    values = data.data.astype("float32")
    return {
        "mean": values[:, :10],
        "worst": values[:, 20:],
        "malignant": (data.target == 0).astype("float32")[:, np.newaxis],
    }


def diabetes() -> Arrays:
    """Return 442 patients: age in years, sex (1 or 2), all measurements, progression in a year."""
    data = load_diabetes(scaled=False)
    return {
        "age": data.data[:, :1].astype("int32"),
        "sex": data.data[:, 1:2].astype("int32"),
        "measurements": data.data.astype("float32"),
        "progression": data.target.astype("float32")[:, np.newaxis],
    }


# What makes each file of data, by its name.
REAL: Mapping[str, Callable[[], Arrays]] = {
    make.__name__: make for make in (digits, digit_mosaics, photographs, wine, tumours, diabetes)
}
