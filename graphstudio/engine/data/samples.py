"""Samples as the model takes them."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import keras
from msgspec import Struct

Columns: TypeAlias = Mapping[str, Any]


class Samples(Struct, frozen=True):
    """Columns by the name of the input or the head that takes them.

    Attributes:
        x: an array for each input.
        y: an array for each trained head.
        weights: how much each sample counts, for each trained head; empty where all count 1.
    """

    x: Columns
    y: Columns
    weights: Columns = {}

    def __len__(self) -> int:
        return len(next(iter(self.x.values())))

    def rows(self, order: Any) -> "Samples":
        """Return the samples at the given places, as Keras trains on them."""
        return Samples(*({n: _for_keras(c[order]) for n, c in part.items()} for part in self.parts))

    @property
    def for_keras(self) -> tuple[Columns, ...]:
        """Inputs and targets, and weights where there are any, as ``fit`` validates with them."""
        return self.parts if self.weights else self.parts[:2]

    @property
    def parts(self) -> tuple[Columns, Columns, Columns]:
        """Inputs, targets and weights."""
        return self.x, self.y, self.weights


class Split(Struct, frozen=True):
    """Samples to learn from, and those that are held out; none where nothing is."""

    train: Samples
    validation: Samples | None


def holds_texts(column: Any) -> bool:
    """Return whether a column holds texts."""
    return column.dtype.kind in "OSU"


def _for_keras(column: Any) -> Any:
    """Return a column as Keras takes it: texts in tensors, since it takes no arrays of them."""
    return keras.ops.convert_to_tensor(column) if holds_texts(column) else column
