"""Small tensors to try a call with: which shapes and types there are, and what they hold."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from graphstudio.diagram.values import Value

# How many examples stand where a shape has an unknown number of them.
BATCH = 2
# Orders from what layers want most to what few functions want: vectors, sequences, images, and
# then single numbers, rows of them without a batch, kernels, volumes.
_BATCHES: tuple[tuple[int | None, ...], ...] = (
    (None, 4),
    (None, 4, 4),
    (None, 16, 16, 3),
    (None, 8, 8, 8, 3),
    (None,),
    (None, 32),
    (None, 4, 1),
    (None, 1),
    (None, 512, 1),
    (None, 2048),
    (None, 8, 8, 8, 8, 3),
)
_FIXED: tuple[tuple[int, ...], ...] = (
    (4,),
    (4, 4),
    (2, 16, 16, 3),
    (4, 2),
    (3, 3, 3, 8),
    (3, 3, 3, 1),
    (1, 1, 3, 8),
    (1, 8),
    (2, 4, 2),
    (2,),
    (1,),
    (),
)
_DTYPES = ("float32", "int32", "bool", "string", "complex64")
# A shape in a description, and the size of an axis that has a name there.
_SHAPE = re.compile(r"shape(?: of|:)? `?\(([\w, ]*)\)")
_SIZE = 4
_SHAPE_WORDS: tuple[tuple[re.Pattern[str], tuple[int | None, ...]], ...] = (
    (re.compile(r"^(\w+ )?image", re.IGNORECASE), (None, 16, 16, 3)),
    (re.compile(r"^A \[K\]"), (2,)),
    (re.compile(r"^(\w+ ){1,2}vector"), (_SIZE,)),
)
_TYPE_WORDS = (
    (re.compile(r"\b(integer|indices)"), "int32"),
    (re.compile(r"\b[Bb]oolean"), "bool"),
)
# Types of tensors of documented shapes; none for the type that is documented.
_TOLD_DTYPES = (None, "int32", "float32")
# Types of the first tensor and of those after it, where they differ.
_MIXED_DTYPES = (("float32",), ("float32", "int32"), ("bool", "float32"), ("int32", "float32"))
# How many ways of giving several tensors different shapes are tried for each of these.
_MOST_MIXTURES = 5000


@dataclass(frozen=True)
class Tensor:
    """A tensor that is given to a call.

    Attributes:
        shape: with the first axis, which is None where it is the batch.
        dtype: Keras's name of its type.
    """

    shape: tuple[int | None, ...]
    dtype: str = "float32"

    @property
    def input_config(self) -> dict[str, Value]:
        """Arguments of ``keras.Input`` that make such a tensor enter a model."""
        if self.shape[:1] == (None,):
            return {"shape": list(self.shape[1:]), "dtype": self.dtype}
        return {"batch_shape": list(self.shape), "dtype": self.dtype}

    def values(self, seed: int = 0) -> Any:
        """Return an array that any function can stand: small, positive, regular where square.

        Args:
            seed: of the numbers; the same one gives the same array.
        """
        chance = np.random.default_rng(seed)
        shape = tuple(BATCH if size is None else size for size in self.shape)
        if self.dtype == "string":
            return chance.choice(np.array(["a", "b"], dtype=object), shape)
        if self.dtype in {"int32", "bool"}:
            return np.asarray(chance.integers(0, 2, shape), dtype=self.dtype)
        numbers = chance.uniform(0.1, 0.9, shape)
        square = len(shape) > 1 and shape[-1] == shape[-2]
        # A matrix whose diagonal outweighs its rows has an inverse and a Cholesky factor.
        return np.asarray(numbers + (np.eye(shape[-1]) * shape[-1] if square else 0), self.dtype)


def documented(doc: str) -> Tensor | None:
    """Return the tensor that a description tells the shape of, as in "of shape `(batch, dim)`"."""
    dtype = next((dtype for form, dtype in _TYPE_WORDS if form.search(doc)), "float32")
    found = _SHAPE.search(doc)
    if found is None:
        shape = next((shape for form, shape in _SHAPE_WORDS if form.search(doc)), None)
        return None if shape is None else Tensor(shape, dtype)
    names = [name for name in re.split(r"[,\s]+", found.group(1)) if name]
    sizes = [int(name) if name.isdigit() else _SIZE for name in names]
    batched = bool(re.match(r"batch|samples|[bn]$", names[0], re.IGNORECASE)) if names else False
    return Tensor((None, *sizes[1:]) if batched else tuple(sizes), dtype)


def candidates(docs: Sequence[str]) -> Iterator[tuple[Tensor, ...]]:
    """Yield tensors for some places: as documented, all alike, then mixtures.

    Args:
        docs: what the documentation says about each place.
    """
    count = len(docs)
    known = [documented(doc) for doc in docs]
    if any(known):
        yield from _told(known)
    yield from (
        (Tensor(shape, dtype),) * count for dtype in _DTYPES for shape in (*_BATCHES, *_FIXED)
    )
    if count > 1:
        yield from _mixtures(count)


def _told(known: Sequence[Tensor | None]) -> Iterator[tuple[Tensor, ...]]:
    """Yield tensors as they are documented, the others of the commonest shapes."""
    first = next(one for one in known if one)
    for dtypes in product(_TOLD_DTYPES, repeat=len(known)):
        for other in (first, *(Tensor(shape) for shape in _BATCHES[:4])):
            told = [one or other for one in known]
            yield tuple(
                Tensor(one.shape, dtype or one.dtype)
                for one, dtype in zip(told, dtypes, strict=True)
            )


def _mixtures(count: int) -> Iterator[tuple[Tensor, ...]]:
    """Yield tensors of several shapes and types, the least different ones first."""
    shapes: Sequence[tuple[int | None, ...]] = (*_BATCHES[:6], *_FIXED)
    ways = sorted(
        product(range(len(shapes)), repeat=count), key=lambda way: (len(set(way)), sum(way))
    )
    for way, kinds in product(ways[:_MOST_MIXTURES], _MIXED_DTYPES):
        dtypes = (*kinds, *(kinds[-1:] * count))[:count]
        yield tuple(Tensor(shapes[n], dtype) for n, dtype in zip(way, dtypes, strict=True))
