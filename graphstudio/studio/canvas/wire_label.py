"""The label beside the pointer that says what the wire under it carries."""

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from graphstudio.studio.canvas.wire_item import WireItem
from graphstudio.studio.theme import Theme, mono

_HEIGHT = 24
_SIDE = 10
_DOT = 4.0
_GAP = 8
# How far over the pointer it lies, so that the wire stays in sight.
_ABOVE = 12


class WireLabel(QWidget):
    """A pill with shape and dtype in mono, and a dot in the wire's colour."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self._dot = ""
        self._canvas = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def text(self) -> str:
        """What it says, such as ``(None, 8, 8, 32) float32``; nothing while it is hidden."""
        return "" if self.isHidden() else self._text

    def show_wire(self, wire: WireItem | None, place: QPoint) -> None:
        """Say what a wire carries over a place of the parent, or nothing."""
        if wire is None:
            self.hide()
            return
        if (wire.tooltip, wire.paint_colour) != (self._text, self._dot):
            self._text, self._dot = wire.tooltip, wire.paint_colour
            self.resize(self.sizeHint())
            self.update()
        room = self._canvas.rect()
        x = place.x() - self.width() // 2
        y = place.y() - self.height() - _ABOVE
        self.move(
            max(min(x, room.width() - self.width()), 0),
            y if y >= 0 else place.y() + 2 * _ABOVE,
        )
        self.show()

    def sizeHint(self) -> QSize:
        """Return the size that the text needs."""
        width = QFontMetricsF(mono()).horizontalAdvance(self._text)
        return QSize(round(width + 2 * _DOT + _GAP + 2 * _SIDE), _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pill."""
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.raised))
        body = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(body, _HEIGHT / 2 - 0.5, _HEIGHT / 2 - 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._dot))
        painter.drawEllipse(QPointF(_SIDE + _DOT, _HEIGHT / 2), _DOT, _DOT)
        painter.setPen(QColor(palette.text))
        painter.setFont(mono())
        left = _SIDE + 2 * _DOT + _GAP
        painter.drawText(
            QRectF(left, 0, self.width() - left, _HEIGHT), Qt.AlignmentFlag.AlignVCenter, self._text
        )
