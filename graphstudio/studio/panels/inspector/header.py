"""The head of the inspector: a colour, a name, and what it is."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from graphstudio.studio.panels.inspector.labels import ElidedLabel
from graphstudio.studio.theme import sans


class Header(QWidget):
    """A chip in a category's colour beside a title and a faint line."""

    def __init__(self, colour: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = ElidedLabel()
        self.title.setProperty("role", "title")
        self.subtitle = ElidedLabel()
        self.subtitle.setProperty("role", "faint")
        self.subtitle.setFont(sans(11))
        for label in (self.title, self.subtitle):
            label.setTextFormat(Qt.TextFormat.PlainText)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(self.title)
        lines.addWidget(self.subtitle)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._chip = _Chip(colour)
        layout.addWidget(self._chip)
        layout.addLayout(lines, 1)

    def show_text(self, title: str, subtitle: str) -> None:
        """Show a title and the line below it."""
        for label, text in ((self.title, title), (self.subtitle, subtitle)):
            label.setText(text)
            label.setToolTip(text)

    def show_colour(self, colour: QColor) -> None:
        """Show another colour."""
        self._chip.show_colour(colour)


class _Chip(QWidget):
    def __init__(self, colour: QColor, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setFixedSize(12, 26)

    def show_colour(self, colour: QColor) -> None:
        self._colour = colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
