"""What the colours of the nodes mean, in the corner of the canvas."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from graphstudio.studio.canvas.heat import STEPS, ColourBy, far_heat, heated, in_words
from graphstudio.studio.canvas.levels import Level, level_at
from graphstudio.studio.canvas.overlay import Overlay
from graphstudio.studio.canvas.zoom_view import ZoomView
from graphstudio.studio.theme import Theme, mono, sans

_CORNER = 12
_PADDING = 12
_HEIGHT = 72
_SWATCH = (24.0, 12.0)


class Legend(QWidget):
    """Says by what nodes are coloured, and what the least and the most is; hidden otherwise."""

    def __init__(self, view: ZoomView, overlay: Overlay, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._overlay = overlay
        self._theme = theme
        self._words = ""
        self._title_font = sans(12, QFont.Weight.DemiBold)
        self._colours: list[str] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        overlay.chosen.connect(self._follow)
        overlay.scale_changed.connect(self._follow)
        theme.changed.connect(self._follow)
        view.zoom_changed.connect(self._follow)
        self._follow()

    @property
    def text(self) -> str:
        """What it says, such as ``Parameters: 0 … 1.18 M parameters``; nothing while hidden."""
        return "" if self.isHidden() else self.accessibleName()

    @property
    def colours(self) -> list[str]:
        """The colours that it shows, from the least to the most."""
        return list(self._colours)

    def stand_in(self, canvas: QSize) -> None:
        """Stand in the corner of a canvas of that size."""
        self.move(_CORNER, canvas.height() - self.height() - _CORNER)

    def sizeHint(self) -> QSize:
        """Return the size that words and colours need."""
        title = QFontMetricsF(self._title_font).horizontalAdvance(self._overlay.by.title)
        words = QFontMetricsF(mono(11)).horizontalAdvance(self._words)
        strip = _SWATCH[0] * (STEPS + 1)
        return QSize(round(max(title, words, strip)) + 2 * _PADDING, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint title, colours and words."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(palette.text))
        painter.setFont(self._title_font)
        painter.drawText(_PADDING, 22, self._overlay.by.title)
        painter.setPen(QColor(palette.dim))
        painter.setFont(mono(11))
        painter.drawText(_PADDING, _HEIGHT - 12, self._words)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        painter.setPen(QColor(palette.node_line))
        for number, colour in enumerate(self._colours):
            painter.setBrush(QColor(colour))
            painter.drawRect(QRectF(_PADDING + number * _SWATCH[0], 31, *_SWATCH))

    def _follow(self) -> None:
        by, scale = self._overlay.by, self._overlay.scale
        self._words = in_words(by, scale)
        self._colours = self._colours_of(0 if scale.least == 0 else 1)
        self.setAccessibleName(f"{by.title}: {self._words}")
        self.resize(self.sizeHint())
        self.stand_in(self._view.size())
        self.setVisible(by is not ColourBy.NONE)
        self.update()

    def _colours_of(self, first: int) -> list[str]:
        """Return the colours of the steps as the canvas shows them at its zoom."""
        palette, steps = self._theme.palette, range(first, STEPS + 1)
        if level_at(self._view.zoom / 100) is Level.FAR:
            return [far_heat(palette, step) for step in steps]
        return [heated(palette, step).node for step in steps]
