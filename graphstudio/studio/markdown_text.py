"""Markdown as it is read on a card: in the sizes and colours of the window."""

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFragment,
)

from graphstudio.studio.theme import MONO, Palette, sans

_MONO_PIXELS = 12
_PARAGRAPH, _HEADING, _ITEM = 8.0, 16.0, 4.0
_INDENT = 16.0


def show_markdown(document: QTextDocument, text: str, palette: Palette) -> None:
    """Show a text in Markdown, and nothing that it holds of HTML.

    Args:
        document: where it is shown.
        text: the text, which may come from anyone.
        palette: colours.
    """
    document.setDefaultFont(sans())
    document.setIndentWidth(_INDENT)
    document.setMarkdown(
        text,
        QTextDocument.MarkdownFeature.MarkdownDialectGitHub
        | QTextDocument.MarkdownFeature.MarkdownNoHTML,
    )
    block = document.begin()
    while block.isValid():
        _style_block(block, palette)
        block = block.next()


def _style_block(block: QTextBlock, palette: Palette) -> None:
    cursor = QTextCursor(block)
    level = block.blockFormat().headingLevel()
    in_list = block.textList() is not None
    is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
    after_code = block.previous().blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence)
    margins = QTextBlockFormat()
    above = _HEADING if level else _ITEM if in_list else _PARAGRAPH
    joined = not block.previous().isValid() or (is_code and after_code)
    margins.setTopMargin(0.0 if joined else above)
    margins.setBottomMargin(0.0)
    if is_code:
        margins.setNonBreakableLines(False)
        margins.setBackground(QColor(palette.field))
    cursor.mergeBlockFormat(margins)
    _style_text(block, palette, heading=bool(level), code=is_code)


def _style_text(block: QTextBlock, palette: Palette, *, heading: bool, code: bool) -> None:
    """Give every piece of a block the window's fonts."""
    for fragment in _fragments(block):
        before, after = fragment.charFormat(), QTextCharFormat()
        after.setForeground(QColor(palette.accent if before.isAnchor() else palette.text))
        if code or before.fontFixedPitch():
            after.setFontFamilies(MONO)
            after.setProperty(QTextFormat.Property.FontPixelSize, _MONO_PIXELS)
        elif heading:
            after.setFontWeight(QFont.Weight.DemiBold)
            after.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
        cursor = QTextCursor(block)
        cursor.setPosition(fragment.position())
        cursor.setPosition(fragment.position() + fragment.length(), QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(after)


def _fragments(block: QTextBlock) -> list[QTextFragment]:
    found, iterator = [], block.begin()
    while not iterator.atEnd():
        found.append(iterator.fragment())
        iterator += 1
    return found
