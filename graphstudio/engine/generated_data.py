"""Random numbers and texts in place of data, drawn as the exported script draws them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from graphstudio.code.generated_source import WORDS
from graphstudio.diagram.generated import Column, Draw, GeneratedSource


def draw_columns(source: GeneratedSource) -> Mapping[str, Any]:
    """Return the columns of generated data as arrays, by name.

    They are drawn in the order of their names, since a project file keeps no other: all from one
    generator, so that the same source always gives the same numbers.
    """
    random = np.random.default_rng(source.seed)
    return {
        name: _draw(random, column, (source.samples, *column.shape))
        for name, column in sorted(source.columns.items())
    }


def _draw(random: np.random.Generator, column: Column, shape: tuple[int, ...]) -> Any:
    match column.values:
        case Draw.UNIFORM:
            if (column.low, column.high) == (0, 1):
                return random.random(shape, "float32")
            return random.uniform(column.low, column.high, shape)
        case Draw.NORMAL:
            return random.standard_normal(shape, "float32")
        case Draw.INTEGERS:
            return random.integers(int(column.low), int(column.high), shape)
        case Draw.ONE_HOT:
            *places, classes = shape
            return np.eye(classes, dtype="float32")[random.integers(classes, size=places)]
        case Draw.WORDS:
            words = random.choice(WORDS, (*shape, column.words))
            texts = [" ".join(text) for text in words.reshape(-1, column.words)]
            return np.array(texts).reshape(shape)
