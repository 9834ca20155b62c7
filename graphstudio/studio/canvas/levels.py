"""How much of a diagram is painted at a zoom: from every text down to blocks of colour."""

from enum import Enum

# Pixels of the view for one of the scene, below which there is less to read.
_NEAR = 0.545
_FAR = 0.3


class Level(Enum):
    """How much of a node is painted.

    NEAR is everything, MIDDLE the name, the category's colour and what is wrong, FAR a block in
    that colour that still shows what is selected and what is wrong.
    """

    NEAR = "near"
    MIDDLE = "middle"
    FAR = "far"


def level_at(zoom: float) -> Level:
    """Return how much is painted at a zoom, in pixels of the view for one of the scene."""
    if zoom < _FAR:
        return Level.FAR
    return Level.MIDDLE if zoom < _NEAR else Level.NEAR
