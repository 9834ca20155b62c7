"""The colour of a wire: the kind of value that it carries."""

from functools import lru_cache

from graphstudio.studio.theme import Palette, mixed

# How much of its colour a wire keeps that brings nothing into the model.
_KEPT = 0.3


def wire_colour(palette: Palette, dtype: str) -> str:
    """Return the colour for a Keras dtype, such as ``"float32"`` or ``"int64"``."""
    if dtype.startswith(("int", "uint")):
        return palette.wire_integer
    if dtype == "string":
        return palette.wire_string
    return palette.wire_boolean if dtype == "bool" else palette.wire_float


@lru_cache(64)
def faded(colour: str, palette: Palette) -> str:
    """Return a colour that is nearly the canvas's."""
    return mixed(colour, palette.canvas, _KEPT)
