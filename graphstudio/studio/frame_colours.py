"""The colours that a frame can have, by the names that a project file holds."""

from collections.abc import Mapping

from PySide6.QtGui import QColor

from graphstudio.studio.theme import Palette

# Each is that of a category of layers, so that a frame can have the colour of what it holds.
_FIELDS: Mapping[str, str] = {
    "grey": "category_normalization",
    "blue": "category_core",
    "violet": "category_convolutional",
    "pink": "category_pooling",
    "amber": "category_merging",
    "olive": "category_function",
    "green": "category_head",
    "teal": "category_input",
}
FRAME_COLOURS = tuple(_FIELDS)


def frame_colour(palette: Palette, name: str) -> QColor:
    """Return a frame's colour by its name; one that is not known is grey."""
    return QColor(getattr(palette, _FIELDS.get(name, _FIELDS["grey"])))
