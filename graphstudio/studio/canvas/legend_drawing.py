"""What the colours of the nodes mean, as it is drawn on the canvas and in pictures of it."""

import msgspec
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from graphstudio.studio.canvas.heat import STEPS, far_heat, heated
from graphstudio.studio.canvas.overlay import Overlay
from graphstudio.studio.theme import Palette, mono, sans

_PADDING = 12
_HEIGHT = 72
_SWATCH = (24.0, 12.0)


class LegendDrawing(msgspec.Struct, frozen=True):
    """A legend, ready to be painted.

    Attributes:
        title: by what nodes are coloured.
        words: what the least and the most is.
        colours: those of the steps, from the least to the most.
    """

    title: str
    words: str
    colours: tuple[str, ...]

    @property
    def text(self) -> str:
        """What it says."""
        return f"{self.title}: {self.words}"

    @property
    def size(self) -> QSize:
        """The size that words and colours need, in pixels at 100% zoom."""
        title = QFontMetricsF(_title_font()).horizontalAdvance(self.title)
        words = QFontMetricsF(mono(11)).horizontalAdvance(self.words)
        strip = _SWATCH[0] * (STEPS + 1)
        return QSize(round(max(title, words, strip)) + 2 * _PADDING, _HEIGHT)

    def paint(self, painter: QPainter, palette: Palette) -> None:
        """Paint title, colours and words, the top left corner at the origin."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.panel))
        frame = QRectF(0, 0, self.size.width(), self.size.height())
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(palette.text))
        painter.setFont(_title_font())
        painter.drawText(_PADDING, 22, self.title)
        painter.setPen(QColor(palette.dim))
        painter.setFont(mono(11))
        painter.drawText(_PADDING, _HEIGHT - 12, self.words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QColor(palette.node_line))
        for number, colour in enumerate(self.colours):
            painter.setBrush(QColor(colour))
            painter.drawRect(QRectF(_PADDING + number * _SWATCH[0], 31, *_SWATCH))


def legend_of(overlay: Overlay, palette: Palette, *, far: bool = False) -> LegendDrawing:
    """Return the legend of what nodes are coloured by.

    Args:
        overlay: which colours them.
        palette: the colours of the theme.
        far: whether it is about blocks, as nodes are drawn far away.
    """
    steps = range(0 if overlay.scale.least == 0 else 1, STEPS + 1)
    colours = (far_heat(palette, one) if far else heated(palette, one).node for one in steps)
    return LegendDrawing(overlay.by.title, overlay.words, tuple(colours))


def _title_font() -> QFont:
    return sans(12, QFont.Weight.DemiBold)
