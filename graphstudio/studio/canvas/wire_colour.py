"""The colour of a wire: the kind of value that it carries."""

from graphstudio.studio.theme import Palette


def wire_colour(palette: Palette, dtype: str) -> str:
    """Return the colour for a Keras dtype, such as ``"float32"`` or ``"int64"``."""
    if dtype.startswith(("int", "uint")):
        return palette.wire_integer
    if dtype == "string":
        return palette.wire_string
    return palette.wire_boolean if dtype == "bool" else palette.wire_float
