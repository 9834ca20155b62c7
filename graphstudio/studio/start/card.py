"""A card of the start page: an example as a picture, its title, and a line about it."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractButton, QWidget

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.project_file import load_project
from graphstudio.studio.examples import Example
from graphstudio.studio.theme import Theme, sans
from graphstudio.studio.thumbnail import thumbnail

SIZE = QSize(212, 176)
_PICTURE = QSize(212, 112)
_CORNER = 8.0
_LEFT = 12.0


class ExampleCard(QAbstractButton):
    """Opens an example; its picture is drawn when it is first seen."""

    def __init__(
        self, example: Example, catalog: Catalog, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.example = example
        self._catalog = catalog
        self._theme = theme
        self._picture: QPixmap | None = None
        self.setFixedSize(SIZE)
        self.setText(example.title)
        self.setToolTip(example.about)
        self.setAccessibleName(example.title)
        self.setAccessibleDescription(example.about)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self._forget_picture)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture over the title and the line, in a frame."""
        palette = self._theme.palette
        if self._picture is None:
            diagram = load_project(self.example.path).diagram
            ratio = self.devicePixelRatioF()
            self._picture = thumbnail(diagram, self._catalog, palette, _PICTURE, ratio)
        marked = self.underMouse() or self.hasFocus()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        outline = QPainterPath()
        outline.addRoundedRect(body, _CORNER, _CORNER)
        painter.fillPath(outline, QColor(palette.raised))
        painter.setClipPath(outline)
        painter.drawPixmap(0, 0, self._picture)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.drawLine(1, _PICTURE.height(), self.width() - 2, _PICTURE.height())
        painter.setPen(QPen(QColor(palette.accent if marked else palette.line), 1))
        painter.drawPath(outline)
        below = float(_PICTURE.height())
        self._write(painter, below + 24, self.text(), sans(13, QFont.Weight.DemiBold), palette.text)
        self._write_about(painter, below + 42, palette.dim)
        painter.end()

    def _write_about(self, painter: QPainter, baseline: float, colour: str) -> None:
        """Write the line about the example in up to two lines."""
        font = sans(11)
        words, metrics = self.example.about.split(), QFontMetricsF(font)
        first: list[str] = []
        while words and metrics.horizontalAdvance(" ".join([*first, words[0]])) <= self._room:
            first.append(words.pop(0))
        self._write(painter, baseline, " ".join(first), font, colour)
        self._write(painter, baseline + 14, " ".join(words), font, colour)

    def _write(
        self, painter: QPainter, baseline: float, text: str, font: QFont, colour: str
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(colour))
        mode = Qt.TextElideMode.ElideRight
        fits = QFontMetricsF(font).elidedText(text, mode, self._room)
        painter.drawText(int(_LEFT), int(baseline), fits)

    @property
    def _room(self) -> float:
        return self.width() - 2 * _LEFT

    def _forget_picture(self) -> None:
        self._picture = None
        self.update()
