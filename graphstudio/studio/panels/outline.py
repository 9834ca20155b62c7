"""The outline panel: the diagram as a tree, for the keyboard and for screen readers."""

from collections.abc import Iterable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QStackedLayout, QTreeView, QVBoxLayout, QWidget

from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.layer_commands import open_model
from graphstudio.studio.panels.outline_model import OutlineModel
from graphstudio.studio.panels.outline_rows import Key
from graphstudio.studio.shortcuts import keys_named
from graphstudio.studio.theme import Theme
from graphstudio.studio.throttle import Throttle

_REFRESH_MILLISECONDS = 100
_WIDTHS = (320, 200, 280, 120)
_ICON = QSize(14, 14)
_Flag = QItemSelectionModel.SelectionFlag


class OutlinePanel(QWidget):
    """Lists the nodes in calling order; what comes into each, and what it holds, unfolds below.

    The rows are selected as the nodes are. While the panel is hidden it follows nothing.

    Signals:
        node_activated: the user wants to see a node.
        removal_requested: the user wants to remove what is selected.
        left: the user wants to go on with the canvas.
    """

    node_activated = Signal(str)
    removal_requested = Signal()
    left = Signal()

    def __init__(
        self, document: Document, findings: Findings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._model = OutlineModel(findings, theme, self)
        self._unfolded: set[Key] = set()
        self._following = False
        self.tree = _Tree()
        self._sentence = QLabel()
        self._pages = QStackedLayout(self)
        self._throttle = Throttle(self._follow, _REFRESH_MILLISECONDS, self)
        self._build()
        self.follow_keys()
        self._connect()
        for changed in (
            document.changed,
            document.place_changed,
            document.selection_changed,
            findings.changed,
            theme.changed,
        ):
            changed.connect(self._ask)
        document.replaced.connect(lambda *_: self._unfolded.clear())

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was edited while nobody looked."""
        super().showEvent(event)
        self._follow()

    def follow_keys(self) -> None:
        """Say which keys lead to an input where there is no node."""
        keys = keys_named("search")
        search = f", or {keys} to search," if keys else ""
        self._sentence.setText(f"No nodes yet: press Tab on the canvas{search} and add an input.")

    def focus_current(self) -> None:
        """Give the keyboard to the row of the selected node, or else to the current one."""
        self._follow()
        if not self.tree.currentIndex().isValid():
            self._make_current(self._model.index(0, 0))
        self.tree.setFocus()

    def _build(self) -> None:
        tree = self.tree
        tree.setModel(self._model)
        tree.setAccessibleName("Outline")
        tree.setProperty("role", "table")
        tree.setUniformRowHeights(True)
        tree.setSelectionMode(QTreeView.SelectionMode.ExtendedSelection)
        tree.setEditTriggers(QTreeView.EditTrigger.NoEditTriggers)
        tree.setExpandsOnDoubleClick(False)
        tree.setIconSize(_ICON)
        tree.header().setStretchLastSection(False)
        for column, width in enumerate(_WIDTHS):
            tree.setColumnWidth(column, width)
        self._sentence.setProperty("role", "dim")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(tree)
        self._pages.addWidget(self._sentence)
        self._pages.addWidget(page)

    def _connect(self) -> None:
        tree = self.tree
        tree.selectionModel().selectionChanged.connect(self._select)
        tree.expanded.connect(lambda at: self._unfolded.add(self._key(at)))
        tree.collapsed.connect(lambda at: self._unfolded.discard(self._key(at)))
        tree.doubleClicked.connect(self._activate)
        tree.entered_on.connect(self._activate)
        tree.removal_requested.connect(self.removal_requested)
        tree.left.connect(self.left)

    def _ask(self) -> None:
        if self.isVisible():
            self._throttle.request()

    def _follow(self) -> None:
        """Show the diagram, its findings and its selection as they are now."""
        if not self.isVisible():
            return
        self._following = True
        try:
            self._show_document()
        finally:
            self._following = False

    def _show_document(self) -> None:
        tree, there = self.tree, self.tree.currentIndex()
        current = self._key(there) if there.isValid() else ()
        chosen = [self._key(one) for one in tree.selectionModel().selectedRows()]
        first = tree.indexAt(QPoint(0, 0))
        top = self._key(first) if first.isValid() else ()
        if self._model.show_diagram(self._document.diagram, inside=bool(self._document.place)):
            self._restore(current, chosen, top)
        self._pages.setCurrentIndex(1 if self._document.diagram.nodes else 0)
        if self._chosen() != self._document.selection:
            self._show_selection(self._document.selection)

    def _restore(self, current: Key, chosen: Iterable[Key], top: Key) -> None:
        """Unfold, select and make current the rows that are about the same as before.

        The topmost row that was in view stays there.
        """
        for key in sorted(self._unfolded, key=len):
            at = self._at(key)
            if at.isValid() and not self.tree.isExpanded(at):
                self.tree.setExpanded(at, True)
        if self._at(current) != self.tree.currentIndex():
            self._make_current(self._at(current))
        self._select_rows(map(self._at, chosen))
        if self._at(top).isValid() and self.tree.verticalScrollBar().value():
            self.tree.scrollTo(self._at(top), QTreeView.ScrollHint.PositionAtTop)

    def _show_selection(self, nodes: Iterable[NodeId]) -> None:
        """Select the rows of nodes, and bring the first one into view."""
        rows = [self._at((node,)) for node in nodes]
        self._select_rows(rows)
        first = min(rows, key=QModelIndex.row, default=None)
        if first is not None:
            self._make_current(first)
            self.tree.scrollTo(first)

    def _select_rows(self, rows: Iterable[QModelIndex]) -> None:
        chosen = QItemSelection()
        # Qt takes long over many ranges, so rows that follow each other are one.
        for run in _runs(row for row in rows if row.isValid()):
            chosen.select(run[0], run[-1])
        way = _Flag.ClearAndSelect | _Flag.Rows
        self.tree.selectionModel().select(chosen, way)

    def _make_current(self, at: QModelIndex) -> None:
        self.tree.selectionModel().setCurrentIndex(at, _Flag.NoUpdate)

    def _select(self) -> None:
        if not self._following:
            self._document.select(self._chosen())

    def _chosen(self) -> frozenset[NodeId]:
        """Return the nodes in view that the selected rows are about or stand below."""
        rows = self._model.rows
        chosen = self.tree.selectionModel().selectedRows()
        return frozenset(rows.top_of(self._model.row(one)).node for one in chosen)

    def _activate(self, at: QModelIndex) -> None:
        """Open a model, or show a node; of a wire the node that it comes from."""
        key = self._key(at)
        # An edit may be a moment ahead of the rows.
        self._follow()
        row, document = self._model.rows.find(key), self._document
        if row is None:
            return
        if row.path:
            document.go_to((*document.place, *row.path))
        node = row.wire.source if row.wire else row.node
        document.select([node])
        if row.wire or not open_model(document, node):
            self.node_activated.emit(node)

    def _key(self, at: QModelIndex) -> Key:
        return self._model.rows.key(self._model.row(at))

    def _at(self, key: Key) -> QModelIndex:
        row = self._model.rows.find(key)
        return self._model.index_of(row) if row else QModelIndex()


def _runs(rows: Iterable[QModelIndex]) -> list[list[QModelIndex]]:
    """Return rows, in order, as runs of those that follow each other below one row."""
    runs: list[list[QModelIndex]] = []
    for row in sorted(rows, key=lambda one: (one.parent().internalId(), one.row())):
        last = runs[-1][-1] if runs else None
        if last is not None and row == last.sibling(last.row() + 1, 0):
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


class _Tree(QTreeView):
    """A tree that tells of the keys that mean something to the diagram.

    Signals:
        entered_on: Enter was pressed on a row, given by its index.
        removal_requested: Delete or Backspace was pressed.
        left: Escape was pressed.
    """

    entered_on = Signal(QModelIndex)
    removal_requested = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means."""
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if self.currentIndex().isValid():
                self.entered_on.emit(self.currentIndex().siblingAtColumn(0))
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removal_requested.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
