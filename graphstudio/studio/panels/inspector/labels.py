"""Labels that stay within their column."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

_MOST_LETTERS = 300


class ElidedLabel(QLabel):
    """One line that ends in dots where the room does."""

    def minimumSizeHint(self) -> QSize:
        """Return a height and no width, so that a long text widens nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        box = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, self.alignment(), text)


def styled_label(text: str, role: str, parent: QWidget | None = None) -> QLabel:
    """Return a label in one of the style sheet's roles."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def wrapped_tip(*paragraphs: str) -> str:
    """Return a tooltip that wraps, with each text cut to what is read at a glance."""
    shown = [_cut(" ".join(text.split())) for text in paragraphs if text.strip()]
    return "<qt>" + "".join(f"<p>{escape(text)}</p>" for text in shown) + "</qt>"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS].rsplit(" ", 1)[0] + " …"
