"""Which way a diagram is laid out and read."""

from enum import Enum


class Direction(Enum):
    """Which way the tensors go.

    To the right, ports lie on the left and right edges of nodes; down, on the upper and lower ones.
    """

    RIGHT = "right"
    DOWN = "down"
