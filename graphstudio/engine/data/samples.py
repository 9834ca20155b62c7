"""Samples as the model takes them."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import keras
from msgspec import Struct

from graphstudio.columns.batches import batches

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

    def to_fit(self, batch_size: int) -> dict[str, Any]:
        """Return the arguments of ``fit`` and ``evaluate``."""
        weights = self.weights or None
        return {"x": self.x, "y": self.y, "sample_weight": weights, "batch_size": batch_size}

    def input(self, name: str) -> Any:
        """Return the values of an input, as layers adapt to them."""
        return self.x[name]

    def through(self, model: Any, columns: Mapping[str, str]) -> Any:
        """Return what a part of the model makes of the inputs, as layers adapt to it.

        Args:
            model: the part.
            columns: the input that each of its inputs takes.
        """
        return model.predict({name: self.x[read] for name, read in columns.items()}, verbose=0)

    @property
    def parts(self) -> tuple[Columns, Columns, Columns]:
        """Inputs, targets and weights."""
        return self.x, self.y, self.weights


class Split(Struct, frozen=True):
    """Samples to learn from, and those that are held out; none where nothing is."""

    train: "Samples | Stream"
    validation: "Samples | Stream | None"


class Stream:
    """Samples on disk, of which batches are read at need.

    Args:
        parts: inputs and targets, and weights where there are any.
        chosen: which rows.
        batch_size: samples of a batch.
        seed: what the order of each epoch is drawn from; none where they stay in order.
    """

    def __init__(
        self,
        parts: tuple[dict[str, Any], ...],
        chosen: Any,
        batch_size: int,
        seed: int | None = None,
    ) -> None:
        self._size = len(chosen)
        # One for all, since each time that it is read is an epoch with an order of its own.
        self.for_keras = batches(parts, chosen, batch_size, seed)

    def __len__(self) -> int:
        return self._size

    def to_fit(self, batch_size: int) -> dict[str, Any]:  # noqa: ARG002 - batches have their size
        """Return the arguments of ``fit`` and ``evaluate``."""
        return {"x": self.for_keras}

    def input(self, name: str) -> Any:
        """Return batches of the values of an input, as layers adapt to them."""
        return self.for_keras.map(lambda x, *_: x[name])

    def through(self, model: Any, columns: Mapping[str, str]) -> Any:
        """Return batches of what a part of the model makes of the inputs."""
        return self.for_keras.map(
            lambda x, *_: model({name: x[read] for name, read in columns.items()})
        )


def holds_texts(column: Any) -> bool:
    """Return whether a column holds texts."""
    return column.dtype.kind in "OSU"


def _for_keras(column: Any) -> Any:
    """Return a column as Keras takes it: texts in tensors, since it takes no arrays of them."""
    return keras.ops.convert_to_tensor(column) if holds_texts(column) else column
