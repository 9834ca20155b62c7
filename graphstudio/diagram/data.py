"""The data that a model meets: a source, and how its fields become columns and samples."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from graphstudio.diagram.diagram import Record
from graphstudio.diagram.sources import Size, Source
from graphstudio.diagram.values import Value


class Encoding(StrEnum):
    """How the values of a field become what Keras takes."""

    AS_IS = "as_is"
    INDEX = "index"
    ONE_HOT = "one_hot"


class Missing(StrEnum):
    """What becomes of a missing value."""

    STOP = "stop"
    SKIP = "skip"
    FILL = "fill"
    MASK = "mask"


class Place(StrEnum):
    """Which row of a window a column looks at: every one up to now, or the one ahead."""

    PAST = "past"
    AHEAD = "ahead"


class Prepared(Record, frozen=True, kw_only=True):
    """A column made from fields of the source, for an input or a head.

    Attributes:
        fields: the source's fields; several numbers are stacked into one vector in this order.
        encoding: the numbers as they are, or the place of each value among the classes, as a whole
            number or as a vector of zeros with a single one.
        classes: the values that are encoded, in the order of their numbers.
        missing: what becomes of a missing value: the run stops, the row is left out, ``fill``
            takes its place, or, for a head, the row counts nothing for this head alone.
        fill: what takes the place of a missing value; of several fields, one value for all of them
            or one for each.
        place: where rows are windowed, the rows that the column looks at.
        others_missing: whether infinite numbers, and values that are none of the classes, are
            missing too.
    """

    fields: tuple[str, ...]
    encoding: Encoding = Encoding.AS_IS
    classes: tuple[Value, ...] = ()
    missing: Missing = Missing.STOP
    fill: Value = 0
    place: Place = Place.PAST
    others_missing: bool = False


class Windows(Record, frozen=True, kw_only=True):
    """Rows in the order of time become samples that look at several of them.

    Attributes:
        length: rows that a sample looks at.
        ahead: how many rows after the last of them the row ahead stands.
        stride: rows from the beginning of a sample to that of the next.
        time: the field that orders the rows; empty where they are in order.
        group: the field that keeps series apart; empty for a single series.
    """

    length: Size
    ahead: Annotated[int, Meta(ge=0)] = 1
    stride: Size = 1
    time: str = ""
    group: str = ""


class SplitBy(StrEnum):
    """How the samples that are held out are chosen."""

    CHANCE = "chance"
    CLASS = "class"
    GROUP = "group"
    TIME = "time"
    GIVEN = "given"


class Data(Record, frozen=True, kw_only=True):
    """The data that the model learns from.

    Attributes:
        source: where the fields come from; none while no data has been chosen.
        columns: columns made from the fields, by the name that inputs and heads read; a field that
            nothing is made of is a column as it is.
        windows: how rows of a time series become samples; none where each row is one.
        validation: share of the samples that is held out, from 0 to below 1.
        split: how they are chosen: by chance, by chance in each class, whole groups by chance, the
            last in time, or as a field says.
        split_field: the field with the class, the group, the time or the part.
        split_value: the value of ``split_field`` in rows that are held out, where it is given.
        on_disk: whether columns are kept on disk and read batch by batch, for data that is bigger
            than memory.
    """

    source: Source | None = None
    columns: Mapping[str, Prepared] = {}
    windows: Windows | None = None
    validation: Annotated[float, Meta(ge=0, lt=1)] = 0.2
    split: SplitBy = SplitBy.CHANCE
    split_field: str = ""
    split_value: Value = None
    on_disk: bool = False


def prepared(data: Data, column: str) -> Prepared:
    """Return how a column is made; a field that nothing is made of is taken as it is."""
    return data.columns.get(column) or Prepared(fields=(column,))
