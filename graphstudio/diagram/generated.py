"""Generated data: what random numbers stand in for data, so that a model can be tried."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from graphstudio.diagram.diagram import Record

# What generated data is called wherever it is shown.
GENERATED = "Generated data: random numbers, nothing to learn"
MOST_SAMPLES = 10_000_000
# The code of the finding that a project has no data, which these numbers are a way out of.
NO_DATA = "no-data"
# Up to here, every whole number is a float.
_GREATEST = 2.0**53


class Draw(StrEnum):
    """How the values of a generated column are drawn."""

    UNIFORM = "uniform"
    NORMAL = "normal"
    INTEGERS = "integers"
    ONE_HOT = "one_hot"
    WORDS = "words"


class Column(Record, frozen=True, kw_only=True):
    """A column of generated data.

    Attributes:
        values: what is drawn: numbers from ``low`` to below ``high`` (``uniform``), numbers around
            0 with a standard deviation of 1 (``normal``), whole numbers from ``low`` to below
            ``high`` (``integers``), vectors of zeros with a single one (``one_hot``), or texts
            (``words``).
        shape: the shape of one sample; the last dimension of ``one_hot`` counts the classes.
        low: the least number.
        high: what every number is below.
        words: words of a text, 1 or more.

    Raises:
        ValueError: there is nothing to draw between the numbers, or there are no classes.
    """

    values: Draw
    shape: tuple[Annotated[int, Meta(ge=1)], ...] = ()
    low: float = 0.0
    high: float = 1.0
    words: Annotated[int, Meta(ge=1, le=1000)] = 8

    def __post_init__(self) -> None:
        if self.values is Draw.ONE_HOT and not self.shape:
            raise ValueError("expected a shape that ends in the number of classes; received ()")
        received = f"low {self.low} and high {self.high}"
        if not -_GREATEST <= self.low < self.high <= _GREATEST:
            raise ValueError(f"expected numbers up to 2**53, low below high; received {received}")
        if self.values is Draw.INTEGERS and (self.low % 1 or self.high % 1):
            raise ValueError(f"expected whole numbers; received {received}")


class GeneratedSource(Record, frozen=True, kw_only=True, tag_field="kind", tag="generated"):
    """Random numbers in place of data; nothing is in them to learn.

    Attributes:
        samples: how many samples are drawn, 1 or more.
        columns: what is drawn, by the column's name.
        seed: what the numbers are drawn from, 0 or more.
    """

    samples: Annotated[int, Meta(ge=1, le=MOST_SAMPLES)] = 1024
    columns: Mapping[str, Column] = {}
    seed: Annotated[int, Meta(ge=0)] = 0
