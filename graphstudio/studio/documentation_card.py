"""The documentation of a layer, on a card beside the place where it was asked for."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from graphstudio.catalog.documentation import documentation
from graphstudio.catalog.entries import Entry
from graphstudio.studio.arrangement import corner_within
from graphstudio.studio.entry_buttons import StarButton
from graphstudio.studio.entry_list import title_of
from graphstudio.studio.icons import icon
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.markdown_text import show_markdown
from graphstudio.studio.theme import Theme

_SIZE = QSize(440, 560)
_LEAST_WIDTH = 280
_GAP = 8


class _Text(QTextBrowser):
    """Shows text alone: whatever it names, nothing is loaded."""

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        return None


class DocumentationCard(QFrame):
    """Shows the documentation of one entry until it is closed.

    Signals:
        closed: it was closed.
    """

    closed = Signal()

    def __init__(self, theme: Theme, kept: KeptEntries, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._entry: Entry | None = None
        self._beside = QRect()
        self.setProperty("role", "popup")
        self.setAccessibleName("Documentation")
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self._path = QLabel()
        self._path.setProperty("role", "mono-dim")
        self._star = StarButton(theme, kept)
        self._close = QToolButton()
        self.text = _Text()
        self._lay_out()
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.anchorClicked.connect(_open_in_browser)
        self._close.clicked.connect(self.close)
        theme.changed.connect(self._show_text)
        window.installEventFilter(self)
        self.hide()

    @property
    def entry(self) -> Entry | None:
        """What it is about; none while it is closed."""
        return self._entry if self.isVisible() else None

    def follow_keys(self) -> None:
        """Say which keys do what the buttons do."""
        self._star.follow_keys()

    def show_entry(self, entry: Entry, beside: QRect) -> None:
        """Show the documentation of an entry.

        Args:
            entry: what it is about.
            beside: a rectangle of the window that the card must not cover.
        """
        self._beside = beside
        if entry is not self._entry:
            self._entry = entry
            self._show_text()
        self._stand()
        self.show()
        self.raise_()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Say that it is closed."""
        super().closeEvent(event)
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay inside of the window when it changes its size."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._stand()
        return False

    def _lay_out(self) -> None:
        for label in (self._title, self._path):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._close.setProperty("role", "icon")
        self._close.setToolTip("Close (Esc)")
        self._close.setFixedSize(24, 24)
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._title)
        names.addWidget(self._path)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 8, 8)
        head.setSpacing(0)
        head.addLayout(names, 1)
        for button in (self._star, self._close):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 8)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self.text, 1)

    def _show_text(self) -> None:
        palette = self._theme.palette
        self._close.setIcon(icon("x", palette, palette.dim))
        if self._entry is None:
            return
        self._title.setText(title_of(self._entry))
        self._path.setText(self._entry.path)
        self._star.show_entry(self._entry)
        document = self.text.document()
        show_markdown(document, documentation(self._entry), palette)
        document.setDocumentMargin(15)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)

    def _stand(self) -> None:
        """Stand to the right of what must not be covered, or to the left if more room is there."""
        room = self._window.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        start, end = self._beside.right() + _GAP, self._beside.left() - _GAP
        right, left = room.right() - start, end - room.left()
        # Where there is little room on either side it covers a part after all.
        width = min(max(right, left, _LEAST_WIDTH), _SIZE.width())
        height = min(_SIZE.height(), room.height())
        x = start if right >= min(left, width) else end - width
        size = QSize(width, height)
        corner = corner_within(room, size, QPoint(x, self._beside.top()))
        self.setGeometry(QRect(corner, size))


def _open_in_browser(address: QUrl) -> None:
    """Open a link that was clicked; nothing but pages of the web."""
    if address.scheme() in {"http", "https"}:
        QDesktopServices.openUrl(address)
