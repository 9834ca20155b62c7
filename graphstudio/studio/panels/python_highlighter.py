"""Python in colour: enough of its grammar for the scripts that the studio writes."""

import builtins
import keyword
import re

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from graphstudio.studio.theme import Palette

_QUOTES = ('"""', "'''")
_TOKEN = re.compile(
    r"""
    (?P<comment>\#.*)
    | (?P<open>[rbfuRBFU]{0,2}(?:\"{3}|'{3}))
    | (?P<string>[rbfuRBFU]{0,2}(?:"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?))
    | (?P<decorator>^\s*@[\w.]+)
    | (?P<number>\b\d[\d_]*(?:\.[\d_]*)?(?:[eE][+-]?\d+)?\b|\B\.\d+)
    | (?P<name>\b[^\W\d]\w*)
    """,
    re.VERBOSE,
)
_BUILTINS = frozenset(name for name in dir(builtins) if name.islower())

# Lines that are coloured within a few milliseconds.
_AT_ONCE = 200


class PythonHighlighter(QSyntaxHighlighter):
    """Colours a text's Python; dimmed, the whole text is of one quiet colour."""

    def __init__(self, document: QTextDocument, palette: Palette) -> None:
        super().__init__(document)
        self._dimmed = False
        self._palette = palette
        self._styles: dict[str, QTextCharFormat] = {}
        self._next = 0
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)

    def tint(self, palette: Palette) -> None:
        """Use the colours of a theme."""
        self._palette = palette
        self._renew()

    def dim(self, dimmed: bool) -> None:  # noqa: FBT001 - one plain switch
        """Dim the text, or give it its colours back."""
        if dimmed != self._dimmed:
            self._dimmed = dimmed
            self._renew()

    def _renew(self) -> None:
        """Colour every line anew: a long text as the window has time."""
        if self.document().blockCount() <= _AT_ONCE:
            self._timer.stop()
            self.rehighlight()
        else:
            self._next = 0
            self._timer.start()

    def _go_on(self) -> None:
        text = self.document()
        for number in range(self._next, min(self._next + _AT_ONCE, text.blockCount())):
            self.rehighlightBlock(text.findBlockByNumber(number))
        self._next += _AT_ONCE
        if self._next >= text.blockCount():
            self._timer.stop()

    def highlightBlock(self, text: str) -> None:
        """Colour a line. Its state says which quotes of a long string are open at its end."""
        self.setCurrentBlockState(-1)
        start = 0
        if self.previousBlockState() >= 0:
            start = self._close(text, 0, self.previousBlockState())
        defining = False
        while match := _TOKEN.search(text, start):
            kind, word = match.lastgroup or "", match.group()
            start = match.end()
            if kind == "open":
                start = self._close(text, match.start(), _QUOTES.index(word[-3:]), match.end())
                continue
            colour = self._colour("definition" if defining else kind, word)
            defining = word in {"def", "class"}
            self._paint(match.start(), match.end(), colour)
        if self._dimmed:
            self._paint(0, len(text), self._palette.faint)

    def _close(self, text: str, start: int, quotes: int, inside: int = 0) -> int:
        """Colour a long string up to its end or the line's, and return where it stops."""
        end = text.find(_QUOTES[quotes], inside)
        stop = len(text) if end < 0 else end + 3
        if end < 0:
            self.setCurrentBlockState(quotes)
        self._paint(start, stop, self._palette.good)
        return stop

    def _colour(self, kind: str, word: str) -> str | None:
        palette = self._palette
        if kind == "name":
            if keyword.iskeyword(word):
                return palette.curves[3]
            return palette.curves[5] if word in _BUILTINS else None
        return {
            "comment": palette.faint,
            "string": palette.good,
            "decorator": palette.curves[3],
            "number": palette.curves[6],
            "definition": palette.accent,
        }.get(kind)

    def _paint(self, start: int, end: int, colour: str | None) -> None:
        if colour is not None:
            style = self._styles.get(colour)
            if style is None:
                style = self._styles[colour] = QTextCharFormat()
                style.setForeground(QColor(colour))
            self.setFormat(start, end - start, style)
