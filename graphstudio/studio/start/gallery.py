"""Cards in rows, as many beside each other as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 12


class Gallery(QWidget):
    """Puts cards of one size into rows."""

    def __init__(self, cards: Sequence[QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = cards
        for card in cards:
            card.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size with two cards in a row."""
        width = 2 * self._cards[0].width() + _GAP
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the size of one card."""
        return self._cards[0].size()

    def heightForWidth(self, width: int) -> int:
        """Return the height that the rows take in a width."""
        rows = -(-len(self._cards) // self._columns(width))
        return rows * (self._cards[0].height() + _GAP) - _GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards into as many columns as fit."""
        super().resizeEvent(event)
        columns = self._columns(self.width())
        for number, card in enumerate(self._cards):
            row, column = divmod(number, columns)
            card.move(column * (card.width() + _GAP), row * (card.height() + _GAP))

    def _columns(self, width: int) -> int:
        return max((width + _GAP) // (self._cards[0].width() + _GAP), 1)
