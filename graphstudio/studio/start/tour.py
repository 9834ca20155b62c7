"""A short tour of the window: one part after another in the light, with a sentence about each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from graphstudio.studio.settings import open_settings
from graphstudio.studio.theme import Theme

_SEEN = "tour/seen"
_CARD_WIDTH = 320
_GAP = 16
_SHADE = 150
_CORNER = 8


@dataclass(frozen=True)
class Stop:
    """A part of the window that the tour shows.

    Attributes:
        part: the part.
        title: what it is called.
        text: what it is for, in a sentence or two.
    """

    part: QWidget
    title: str
    text: str


def tour_was_seen() -> bool:
    """Return whether somebody took the tour to its end or left it."""
    return open_settings().value(_SEEN) is not None


class Tour(QWidget):
    """Lies over the window until it is over; keys and buttons lead on, back and out.

    Args:
        stops: what it shows, in order; at least one.
        theme: colours.
        window: the window.
    """

    def __init__(self, stops: Sequence[Stop], theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._stops = stops
        self._theme = theme
        self._place = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Tour")
        self.card = QFrame(self)
        self.card.setProperty("role", "card")
        self.card.setFixedWidth(_CARD_WIDTH)
        self._rows = QVBoxLayout(self.card)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.text = QLabel(wordWrap=True)
        self._count = QLabel()
        self._count.setProperty("role", "dim")
        self._back = QPushButton("Back")
        self._next = QPushButton("Next")
        self._next.setProperty("role", "primary")
        self._lay_out()
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self._show_stop()
        self.show()
        self.raise_()
        self._next.setFocus()

    @property
    def stop(self) -> Stop:
        """What it shows now."""
        return self._stops[self._place]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay as large as the window."""
        if event.type() == QEvent.Type.Resize and watched is self.parent():
            self.setGeometry(self.window().rect())
            self._show_stop()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Take every key before it is a shortcut of the window."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - the arguments are Qt's
        """Lead Tab from button to button, and not into the window below."""
        buttons = [one for one in self._buttons if one.isEnabled()]
        here = self.focusWidget()
        place = buttons.index(here) if here in buttons else -1
        buttons[(place + (1 if forward else -1)) % len(buttons)].setFocus()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, back or out; whatever else is pressed goes nowhere."""
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() == Qt.Key.Key_Right:
            self.go_on()
        elif event.key() == Qt.Key.Key_Left:
            self.go_back()

    def go_on(self) -> None:
        """Show the next part; after the last one the tour is over."""
        if self._place + 1 == len(self._stops):
            self.end()
        else:
            self._place += 1
            self._show_stop()

    def go_back(self) -> None:
        """Show the part before."""
        self._place = max(self._place - 1, 0)
        self._show_stop()

    def end(self) -> None:
        """Leave the tour; it is not offered again."""
        open_settings().setValue(_SEEN, "1")
        self.window().removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Shade all but the part that is shown."""
        palette = self._theme.palette
        light = QRectF(self._light()).adjusted(0.5, 0.5, -0.5, -0.5)
        shade = QPainterPath()
        shade.addRect(QRectF(self.rect()))
        hole = QPainterPath()
        hole.addRoundedRect(light, _CORNER, _CORNER)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(shade.subtracted(hole), QColor(0, 0, 0, _SHADE))
        painter.setPen(QPen(QColor(palette.accent), 2))
        painter.drawPath(hole)
        painter.end()

    def _lay_out(self) -> None:
        leave = QPushButton("Leave")
        leave.setToolTip("Leave the tour (Esc)")
        leave.clicked.connect(self.end)
        self._back.clicked.connect(self.go_back)
        self._next.clicked.connect(self.go_on)
        buttons = QHBoxLayout()
        buttons.addWidget(self._count)
        buttons.addStretch(1)
        self._buttons = (leave, self._back, self._next)
        for button in self._buttons:
            buttons.addWidget(button)
        self._rows.setContentsMargins(16, 16, 16, 16)
        self._rows.setSpacing(12)
        self._rows.addWidget(self.title)
        self._rows.addWidget(self.text)
        self._rows.addLayout(buttons)

    def _show_stop(self) -> None:
        last = self._place + 1 == len(self._stops)
        self.title.setText(self.stop.title)
        self.text.setText(self.stop.text)
        self._count.setText(f"{self._place + 1} of {len(self._stops)}")
        self._back.setEnabled(self._place > 0)
        self._next.setText("Done" if last else "Next")
        self._rows.activate()
        self.card.setFixedHeight(self._rows.totalHeightForWidth(_CARD_WIDTH))
        self.card.move(self._card_place())
        self.update()

    def _light(self) -> QRect:
        part = self.stop.part
        return QRect(part.mapTo(self.window(), QPoint(0, 0)), part.size())

    def _card_place(self) -> QPoint:
        """Return where the card stands: beside the part, or in it where there is no room beside."""
        light, card = self._light(), self.card.size()
        right, left = light.right() + _GAP, light.left() - _GAP - card.width()
        x = right if right + card.width() <= self.width() else left
        y = light.center().y() - card.height() // 2
        if x < 0:
            x, y = light.center().x() - card.width() // 2, light.bottom() - card.height() - _GAP
        return QPoint(x, min(max(y, _GAP), self.height() - card.height() - _GAP))
