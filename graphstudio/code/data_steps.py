"""What a plan of data is made of: fields, values, and calls of functions on them."""

from collections.abc import Mapping
from typing import Any, TypeAlias

import msgspec


class Field(msgspec.Struct, frozen=True):
    """A field that has been read."""

    name: str


class Fields(msgspec.Struct, frozen=True):
    """All fields that have been read, by name."""


class Target(msgspec.Struct, frozen=True):
    """What a trained head learns from.

    Attributes:
        name: the head's.
    """

    name: str


class Rows(msgspec.Struct, frozen=True):
    """How many samples there are."""


class Constant(msgspec.Struct, frozen=True):
    """A value that the script names at its top.

    Attributes:
        name: the constant.
        value: a plain value; of ``DATA``, the path.
    """

    name: str
    value: Any


class Given(msgspec.Struct, frozen=True):
    """A plain value."""

    value: Any


class Call(msgspec.Struct, frozen=True):
    """A call of a function.

    Attributes:
        function: its module in ``graphstudio.columns`` and its name, such as
            ``"encoding.class_index"``; or one of the project's own, such as ``"own.load"``.
        arguments: what it is called with, in order.
        options: what it is called with by name.
    """

    function: str
    arguments: tuple["Argument", ...] = ()
    options: Mapping[str, Any] = {}


Argument: TypeAlias = Field | Fields | Target | Rows | Constant | Given | Call


class DataPlan(msgspec.Struct, frozen=True):
    """How fields become samples.

    Attributes:
        read: what reads the fields; none where they are generated.
        fields: the fields that are read.
        steps: what is done to all fields, one after the other.
        x: what each input takes.
        y: what each trained head learns from.
        weights: how much each sample counts for each head; empty where all count 1.
        split: what chooses the rows to train on and those held out.
        on_disk: whether fields are read piece by piece, and columns are kept on disk.
    """

    read: Call | None
    fields: tuple[str, ...]
    steps: tuple[Call, ...]
    x: Mapping[str, Argument]
    y: Mapping[str, Argument]
    weights: Mapping[str, Argument]
    split: Call
    on_disk: bool = False
