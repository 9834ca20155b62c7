"""The start page: ways to begin, the files that were used last, and the examples as pictures."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from graphstudio.catalog.entries import Catalog
from graphstudio.studio.examples import example_groups
from graphstudio.studio.recent_files import recent_files
from graphstudio.studio.restyle import set_property
from graphstudio.studio.start.card import ExampleCard
from graphstudio.studio.start.gallery import Gallery
from graphstudio.studio.start.tour import tour_was_seen
from graphstudio.studio.theme import Theme

_WIDTH = 1240
_LEFT_WIDTH = 248
_GREETING = "Draw Keras models, train them, and take the code with you."


class StartPage(QScrollArea):
    """What an empty window shows.

    Signals:
        new_wanted: the user wants to draw on an empty canvas.
        left: the user wants to go back to the work.
        open_wanted: the user wants to choose a file.
        tour_wanted: the user wants to be shown around.
        file_chosen: a file that was used before.
        example_chosen: the name of an example.
    """

    new_wanted = Signal()
    left = Signal()
    open_wanted = Signal()
    tour_wanted = Signal()
    file_chosen = Signal(object)
    example_chosen = Signal(str)

    def __init__(self, catalog: Catalog, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("start")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.cards = [
            [ExampleCard(example, catalog, theme) for example in group.examples]
            for group in example_groups()
        ]
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._back = QPushButton()
        self._back.setToolTip("Go back to the open diagram (Esc)")
        self._new = QPushButton("New diagram")
        self._tour = QPushButton("Take a short tour")
        self.setWidget(self._build())
        for card in (card for group in self.cards for card in group):
            card.clicked.connect(lambda *_, name=card.example.name: self.example_chosen.emit(name))

    def showEvent(self, event: QShowEvent) -> None:
        """List the files that were used by now; the first time, the tour comes first."""
        super().showEvent(event)
        self._list_files()
        first = self._new if tour_was_seen() else self._tour
        if not self._back.isHidden():
            first = self._back
        for button in (self._back, self._new, self._tour):
            set_property(button, "role", "primary" if button is first else None)
        first.setFocus()

    def offer_way_back(self, title: str) -> None:
        """Offer to go back to the project that is open.

        Args:
            title: its title; empty where there is none to go back to.
        """
        self._back.setText(f"Back to {title}".replace("&", "&&"))
        self._back.setVisible(bool(title))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> QWidget:
        whole, page = QWidget(), QWidget()
        page.setMaximumWidth(_WIDTH)
        centre = QHBoxLayout(whole)
        centre.addStretch(1)
        centre.addWidget(page, 100)
        centre.addStretch(1)
        sides = QHBoxLayout(page)
        sides.setContentsMargins(32, 40, 32, 32)
        sides.setSpacing(40)
        left = QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        _fill(left, self._left())
        right = QWidget()
        _fill(right, self._right())
        sides.addWidget(left)
        sides.addWidget(right, 1)
        return whole

    def _left(self) -> Iterator[QWidget | QVBoxLayout]:
        title = QLabel("Graph Studio")
        title.setProperty("role", "headline")
        greeting = QLabel(_GREETING)
        greeting.setProperty("role", "dim")
        greeting.setWordWrap(True)
        yield from (title, greeting)
        self._back.clicked.connect(self.left)
        self._back.hide()
        yield self._back
        self._new.clicked.connect(self.new_wanted)
        yield self._new
        button = QPushButton("Open…")
        button.setToolTip("Open a project file")
        button.clicked.connect(self.open_wanted)
        yield button
        self._tour.setToolTip("See what the parts of the window are for")
        self._tour.clicked.connect(self.tour_wanted)
        yield self._tour
        yield _section("Recent")
        yield self._recent

    def _right(self) -> Iterator[QWidget | QVBoxLayout]:
        for group, cards in zip(example_groups(), self.cards, strict=True):
            yield _section(group.title)
            yield Gallery(cards)

    def _list_files(self) -> None:
        while (item := self._recent.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.deleteLater()
        for path in recent_files():
            self._recent.addWidget(self._link(path))
        if not self._recent.count():
            none = QLabel("Files that you save and open are listed here.")
            none.setProperty("role", "dim")
            none.setWordWrap(True)
            self._recent.addWidget(none)

    def _link(self, path: Path) -> QPushButton:
        button = QPushButton(path.name.replace("&", "&&"))
        button.setProperty("role", "link")
        button.setToolTip(str(path))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.file_chosen.emit(path))
        return button


def _section(title: str) -> QLabel:
    label = QLabel(title)
    label.setProperty("role", "section")
    return label


def _fill(side: QWidget, parts: Iterator[QWidget | QVBoxLayout]) -> None:
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    column.addStretch(1)
