"""Texts of a node: where they stand, in which face and colour."""

from dataclasses import dataclass
from functools import cache, lru_cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont

from graphstudio.studio.canvas.faces import Face
from graphstudio.studio.theme import sans

# Where the lines of text begin, and the least room between two texts on one of them.
LEFT = 16.0
GAP = 12.0


@dataclass(slots=True)
class Text:
    """A text at a place: the start of its baseline."""

    place: QPointF
    text: str
    font: QFont
    colour: QColor


def text_at(x: float, y: float, text: str, face: Face, colour: str, room: float) -> Text:
    """Return as much of a text as there is room for, its baseline beginning at a place."""
    return Text(QPointF(x, y), face.cut(text, room), face.font, colour_of(colour))


@lru_cache(64)
def colour_of(name: str) -> QColor:
    """Return a colour by its name."""
    return QColor(name)


@cache
def small() -> Face:
    """Return the face of secondary text."""
    return Face(sans(11))
