"""How far the canvas reaches, in pixels at 100% zoom."""

from math import isnan
from typing import Annotated, TypeAlias

import msgspec

# How far from the origin anything lies: a chain of thirty thousand layers ends before it, and a
# view still gets there.
FARTHEST = 1e7

# How wide or high something is.
Length: TypeAlias = Annotated[float, msgspec.Meta(gt=0)]


def on_ground(place: float) -> float:
    """Return the nearest place that the canvas reaches.

    Raises:
        ValueError: it is no number.
    """
    if isnan(place):
        raise ValueError("expected a place on the canvas; received no number")
    return max(-FARTHEST, min(place, FARTHEST))


def is_on_ground(x: float, y: float) -> bool:
    """Return whether the canvas reaches a place."""
    return -FARTHEST <= x <= FARTHEST and -FARTHEST <= y <= FARTHEST
