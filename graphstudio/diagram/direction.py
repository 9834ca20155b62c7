"""Which way a diagram is laid out."""

from enum import Enum


class Direction(Enum):
    """Which way the tensors go."""

    RIGHT = "right"
    DOWN = "down"
