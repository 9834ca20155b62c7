"""A row of the benchmarks: what was measured, and what it is held against."""

import msgspec


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One measured number.

    Attributes:
        name: what was measured.
        value: the number.
        unit: its unit.
        goal: what the program promises, in that unit.
        peer: the same of something comparable or of the limit, measured in the same run.
        holds: whether the promise is kept.
    """

    name: str
    value: float
    unit: str
    goal: float
    peer: float | None
    holds: bool


class Comparison(msgspec.Struct, frozen=True):
    """A measured number and the same of a peer, or of the limit, in the same run."""

    value: float
    peer: float | None = None


def at_most(name: str, unit: str, goal: float, measured: Comparison) -> Row:
    """Return the row of a number that promises not to be above its goal."""
    holds = measured.value <= goal
    return Row(
        name=name, value=measured.value, unit=unit, goal=goal, peer=measured.peer, holds=holds
    )


def at_least(name: str, unit: str, goal: float, measured: Comparison) -> Row:
    """Return the row of a number that promises not to be below its goal."""
    holds = measured.value >= goal
    return Row(
        name=name, value=measured.value, unit=unit, goal=goal, peer=measured.peer, holds=holds
    )
