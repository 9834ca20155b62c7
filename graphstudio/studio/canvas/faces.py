"""A font that knows how wide texts are in it, and remembers: most texts are measured again."""

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

_REMEMBERED = 20_000


class Face:
    """A font and its measures.

    Attributes:
        font: the font.
        ascent: how far it reaches above its baseline, in pixels.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self._metrics = QFontMetricsF(font)
        self.ascent = self._metrics.ascent()
        self._advance = lru_cache(_REMEMBERED)(self._metrics.horizontalAdvance)

    def width(self, text: str) -> float:
        """Return a text's width in pixels."""
        return self._advance(text) if text else 0.0

    def cut(self, text: str, room: float) -> str:
        """Return as much of a text as there is room for, with dots where it is cut."""
        if self.width(text) <= room + 0.5:
            return text
        return self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room + 0.5)
