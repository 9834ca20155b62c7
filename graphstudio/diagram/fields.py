"""What is known about the fields of a source, once somebody has looked at all their values."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeAlias

import msgspec

from graphstudio.diagram.values import Value


class FieldKind(StrEnum):
    """What the values of a field are.

    A category is a text, or a whole number, of which there are few.
    """

    NUMBER = "number"
    WHOLE = "whole"
    TRUTH = "truth"
    CATEGORY = "category"
    TEXT = "text"
    TIME = "time"
    IMAGE = "image"
    ARRAY = "array"


class Count(msgspec.Struct, frozen=True):
    """How often a value occurs."""

    value: Value
    rows: int


class FieldFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the values of a field are like.

    Attributes:
        name: the field.
        kind: what its values are.
        dtype: NumPy's name of their type, such as ``"float64"``; ``"text"`` for texts.
        shape: the shape of one value; empty for a number or a text.
        missing: rows without a value.
        infinite: rows with an infinite number.
        least: the least number, or the number of letters of the shortest text.
        greatest: the greatest number, or the number of letters of the longest text.
        mean: the mean of the numbers.
        deviation: the standard deviation of the numbers.
        distinct: how many values there are; none where there are too many to count.
        counts: the most frequent values of a category, the most frequent first; all of them where
            there are as many as ``distinct``.
        bins: how many rows fall into each of equal steps from ``least`` to ``greatest``.
        sums_to_one: whether each value is a vector of numbers from 0 to 1 whose sum is 1.
    """

    name: str
    kind: FieldKind
    dtype: str
    shape: tuple[int, ...] = ()
    missing: int = 0
    infinite: int = 0
    least: float | None = None
    greatest: float | None = None
    mean: float | None = None
    deviation: float | None = None
    distinct: int | None = None
    counts: tuple[Count, ...] = ()
    bins: tuple[int, ...] = ()
    sums_to_one: bool = False


class SourceFacts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is known about a source.

    Attributes:
        rows: how many rows it has.
        fields: its fields, in their order.
        size: bytes that all fields take in memory.
        fingerprint: changes when the source does.
    """

    rows: int
    fields: tuple[FieldFacts, ...]
    size: int = 0
    fingerprint: str = ""

    def field(self, name: str) -> FieldFacts | None:
        """Return what is known about a field; none if there is no such field."""
        return next((one for one in self.fields if one.name == name), None)


# Values by field: texts and numbers as they are, an image as a PNG file in base64.
Row: TypeAlias = Mapping[str, Value]
Rows: TypeAlias = Sequence[Row]
