"""Labels that stay within their column, and buttons that read like them."""

from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

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


class WrappedLabel(QLabel):
    """Lines that are as high as their text needs in the width that they have.

    A form in a scrolled column would give them the height for the width that they would like.
    """

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setWordWrap(True)
        # A word longer than the column is cut; it widens nothing.
        self.setMinimumWidth(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the text needs."""
        super().resizeEvent(event)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.setText(text)
        self._fit()

    def _fit(self) -> None:
        # A label counts the height that it was given as one that its text needs.
        self.setMinimumHeight(0)
        self.setFixedHeight(self.heightForWidth(self.width()))


class ElidedButton(QPushButton):
    """A button whose words end in dots where the room does."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """Return a height and no width, so that a long name widens nothing."""
        return QSize(0, super().minimumSizeHint().height())

    @property
    def shown_text(self) -> str:
        """As many of its words as there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        contents = QStyle.SubElement.SE_PushButtonContents
        room = self.style().subElementRect(contents, option, self).width()
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the button with the words that there is room for."""
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self.shown_text
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)


def styled_label(text: str, role: str, parent: QWidget | None = None) -> QLabel:
    """Return a label in one of the style sheet's roles."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def link_button(text: str, tip: str) -> QPushButton:
    """Return a button that looks like a link."""
    button = ElidedButton(text)
    button.setProperty("role", "link")
    button.setToolTip(tip)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    return button


def wrapped_tip(*paragraphs: str) -> str:
    """Return a tooltip that wraps, with each text cut to what is read at a glance."""
    shown = [_cut(" ".join(text.split())) for text in paragraphs if text.strip()]
    return "<qt>" + "".join(f"<p>{escape(text)}</p>" for text in shown) + "</qt>"


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_LETTERS else text[:_MOST_LETTERS].rsplit(" ", 1)[0] + " …"
