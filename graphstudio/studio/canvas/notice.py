"""A sentence beside the pointer that goes away by itself."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from graphstudio.studio.arrangement import corner_within

_SHOWN_MS = 5000
_WIDEST = 360
_AWAY = QPoint(12, 12)


class Notice(QLabel):
    """Says why something did not happen, where it did not happen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._canvas = parent
        self.setProperty("role", "card")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setMargin(8)
        self.setWordWrap(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SHOWN_MS)
        self._timer.timeout.connect(self.hide)

    def say(self, sentence: str, place: QPoint) -> None:
        """Show a sentence beside a place of the parent, inside of it, for some seconds."""
        self.setText(sentence)
        line = self.fontMetrics().horizontalAdvance(sentence) + 4 * self.margin()
        width = min(line, _WIDEST)
        self.resize(width, self.heightForWidth(width))
        self.move(corner_within(self._canvas.rect(), self.size(), place + _AWAY))
        self.show()
        self._timer.start()
