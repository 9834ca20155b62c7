"""Markdown, laid out to be painted. Nothing in it opens by itself and nothing is loaded."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QImage,
    QPainter,
    QPalette,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from graphstudio.studio.theme import MONO, Palette, sans

MARGIN = 12.0
# A text longer than this is no note; laying it out would hold the canvas up.
LONGEST = 10_000
_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_INDENT = 16.0
_GAP = 4.0
# How large headings are in pixels, by level; deeper ones are as large as the text.
_HEADINGS = {1: 18, 2: 15, 3: 14}


class NoteText:
    """A note's text, laid out for a width.

    Attributes:
        height: what it takes, margins included.
        first_line: its first line as plain text.
    """

    def __init__(self, text: str, width: float, palette: Palette) -> None:
        self._document = _Markdown()
        self._document.setDefaultFont(sans())
        self._document.setDocumentMargin(MARGIN)
        self._document.setIndentWidth(_INDENT)
        self._document.setMarkdown(text[:LONGEST], _FEATURES)
        _tidy(self._document, palette)
        self._document.setTextWidth(width)
        self._context = QAbstractTextDocumentLayout.PaintContext()
        colours = QPalette()
        colours.setColor(QPalette.ColorRole.Text, QColor(palette.text))
        self._context.palette = colours
        self.height = self._document.size().height()
        self.first_line = self._document.firstBlock().text()

    @property
    def plain(self) -> str:
        """What can be read, without Markdown's signs."""
        return self._document.toPlainText()

    def room_for(self, height: float) -> float:
        """Return how much of a height whole lines take, margin above included."""
        layout, used = self._document.documentLayout(), 0.0
        block = self._document.begin()
        while block.isValid():
            top = layout.blockBoundingRect(block).top()
            lines = (block.layout().lineAt(i) for i in range(block.layout().lineCount()))
            ends = [top + line.rect().bottom() for line in lines]
            used = max([used, *(end for end in ends if end <= height)])
            if any(end > height for end in ends):
                break
            block = block.next()
        return used

    def paint(self, painter: QPainter) -> None:
        """Paint it, with its top left corner at the origin."""
        self._document.documentLayout().draw(painter, self._context)


class _Markdown(QTextDocument):
    """A text that gets nothing from files or from the net, whatever it asks for."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        # Qt looks for the file by itself where it is given nothing.
        blank = QImage(1, 1, QImage.Format.Format_ARGB32)
        blank.fill(0)
        return blank


def _tidy(document: QTextDocument, palette: Palette) -> None:
    """Give headings, code and links the look of the window, and images their words."""
    cursor = QTextCursor(document)
    block = document.begin()
    while block.isValid():
        level = block.blockFormat().headingLevel()
        for start, length, form in _fragments(block):
            cursor.setPosition(start)
            cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
            if form.isImageFormat():
                said = form.property(QTextFormat.Property.ImageAltText)
                cursor.insertText(f"[{said}]", QTextCharFormat())
            else:
                cursor.setCharFormat(_look(form, level, palette))
        _part(QTextCursor(block), level)
        block = block.next()


def _fragments(block: QTextBlock) -> list[tuple[int, int, QTextCharFormat]]:
    """Return the runs of one format in a block, from the last to the first."""
    runs = []
    walk = block.begin()
    while not walk.atEnd():
        run = walk.fragment()
        runs.append((run.position(), run.length(), run.charFormat()))
        walk += 1
    return runs[::-1]


def _part(cursor: QTextCursor, level: int) -> None:
    """Part a paragraph from what follows; the lines of a list stay together."""
    if level or cursor.currentList() is None:
        form = cursor.blockFormat()
        form.setBottomMargin(_GAP)
        cursor.setBlockFormat(form)


def _look(form: QTextCharFormat, level: int, palette: Palette) -> QTextCharFormat:
    look = QTextCharFormat(form)
    look.clearProperty(QTextFormat.Property.FontSizeAdjustment)
    if level:
        look.setProperty(QTextFormat.Property.FontPixelSize, _HEADINGS.get(level, 13))
        look.setFontWeight(QFont.Weight.DemiBold)
    if form.fontFixedPitch():
        look.setFontFamilies(MONO)
        look.setProperty(QTextFormat.Property.FontPixelSize, 12)
    if form.isAnchor():
        look.setForeground(QColor(palette.accent))
    return look
