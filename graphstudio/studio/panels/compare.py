"""The compare panel: what differs from another diagram, as rows."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphstudio.diagram.difference_texts import change_texts
from graphstudio.diagram.differences import Difference
from graphstudio.studio import theme as themes
from graphstudio.studio.comparison import Comparison
from graphstudio.studio.difference_signs import sign_icon
from graphstudio.studio.document import Document
from graphstudio.studio.theme import Theme

_ROW_HEIGHT = 26
_LONGEST = 60
_EMPTY = "The diagram is compared with no other one."


class ComparePanel(QWidget):
    """Lists the differences; a click selects the node, or the one where the wire ends.

    Signals:
        activated: the user wants to see a :class:`Difference`, also one that has gone.
        file_requested: the user wants to compare with a file.
    """

    activated = Signal(object)
    file_requested = Signal()

    def __init__(
        self,
        document: Document,
        comparison: Comparison,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._comparison = comparison
        self._theme = theme
        self._listed: tuple[Difference, ...] = ()
        self.headline = QLabel()
        self.ask = QPushButton("Compare with File…")
        self.stop = QPushButton("Stop Comparing")
        self.rows = QTreeWidget()
        self._build()
        comparison.changed.connect(self._follow)
        theme.changed.connect(self._tint)
        self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._refresh()

    def _build(self) -> None:
        self.headline.setTextFormat(Qt.TextFormat.PlainText)
        self.headline.setProperty("role", "dim")
        self.ask.setToolTip("Choose a project to compare the diagram with")
        self.stop.setToolTip("Show the diagram alone again")
        self.ask.clicked.connect(self.file_requested)
        self.stop.clicked.connect(self._comparison.stop)
        self._build_rows()
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.headline, 1)
        line.addWidget(self.ask)
        line.addWidget(self.stop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self.rows, 1)

    def _build_rows(self) -> None:
        rows = self.rows
        rows.setColumnCount(3)
        rows.setHeaderHidden(True)
        rows.setRootIsDecorated(False)
        rows.setUniformRowHeights(True)
        rows.setAccessibleName("Differences")
        rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = rows.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate((160, 280)):
            header.resizeSection(column, width)
        rows.itemClicked.connect(self._activate)
        rows.itemActivated.connect(self._activate)

    def _follow(self) -> None:
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        comparison = self._comparison
        comparing = bool(comparison.title)
        self.headline.setText(_headline(comparison) if comparing else _EMPTY)
        self.ask.setVisible(not comparing)
        self.stop.setVisible(comparing)
        if comparison.found != self._listed:
            self._list(comparison.found)

    def _list(self, found: tuple[Difference, ...]) -> None:
        scroll = self.rows.verticalScrollBar().value()
        self.rows.clear()
        self._listed = found
        self.rows.addTopLevelItems([_row(one) for one in found])
        self._tint()
        self.rows.verticalScrollBar().setValue(scroll)

    def _tint(self) -> None:
        for number, one in enumerate(self._listed):
            row = self.rows.topLevelItem(number)
            if row is not None:
                row.setIcon(0, sign_icon(one.kind, self._theme.palette))

    def _activate(self, row: QTreeWidgetItem) -> None:
        one = self._listed[self.rows.indexOfTopLevelItem(row)]
        self._document.go_to(self._comparison.place)
        # What has gone selects nothing, nor keeps what has nothing to do with it.
        self._document.select([one.node] if one.node else [])
        self.activated.emit(one)


def _headline(comparison: Comparison) -> str:
    count = len(comparison.found)
    number = {0: "no differences", 1: "1 difference"}.get(count, f"{count} differences")
    line = f"Compared with {comparison.title}: {number}."
    if not comparison.in_view:
        return f"{line} It has no such model as the open one, so the whole models are compared."
    return line


def _row(one: Difference) -> QTreeWidgetItem:
    changes = "; ".join(change_texts(one, _LONGEST))
    row = QTreeWidgetItem([f"{one.kind} {one.what}", one.name, changes])
    row.setSizeHint(0, QSize(0, _ROW_HEIGHT))
    row.setFont(2, themes.mono())
    row.setToolTip(2, changes)
    return row
