"""The problems panel: everything that is wrong with the diagram, and the ways out."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QStackedLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.nesting import diagram_at, reachable
from graphstudio.studio import theme as themes
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.icons import SEVERITY_ICONS, icon
from graphstudio.studio.theme import Theme
from graphstudio.studio.throttle import Throttle

_REFRESH_MILLISECONDS = 100
# Buttons cost more than rows; past this many, a row's repairs are in its menu alone.
_ROWS_WITH_BUTTONS = 100
_ROW_HEIGHT = 28
# What the style sheet takes from a cell, left and right.
_CELL_PADDING = 12
_NOTHING_YET = "What is wrong with the diagram will be listed here."


class ProblemsPanel(QWidget):
    """Lists the findings, errors first; what was expected and received unfolds under each.

    A click or Enter selects the node. Each repair is a button on the row and an entry of its menu.

    Signals:
        count_changed: how many problems there are.
        node_activated: the user wants to see a node.
    """

    count_changed = Signal(int)
    node_activated = Signal(str)

    def __init__(
        self, document: Document, findings: Findings, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._findings = findings
        self._theme = theme
        self._count = 0
        self._listed: tuple[Diagnostic, ...] = ()
        self._rows = QTreeWidget()
        self._sentence = QLabel()
        self._pages = QStackedLayout(self)
        self._throttle = Throttle(self._refresh, _REFRESH_MILLISECONDS, self)
        self._build()
        findings.changed.connect(self._throttle.request)
        theme.changed.connect(self._tint)
        self._throttle.request()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was found while nobody looked."""
        super().showEvent(event)
        self._refresh()

    def _build(self) -> None:
        rows = self._rows
        rows.setColumnCount(3)
        rows.setHeaderHidden(True)
        rows.setAccessibleName("Problems")
        rows.setSelectionBehavior(QTreeWidget.SelectionBehavior.SelectRows)
        rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows.header().setStretchLastSection(False)
        rows.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            rows.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        rows.customContextMenuRequested.connect(self._open_menu)
        rows.itemClicked.connect(self._activate)
        rows.itemActivated.connect(self._activate)
        self._sentence.setProperty("role", "dim")
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        list_page = QWidget()
        layout = QVBoxLayout(list_page)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(rows)
        self._pages.addWidget(self._sentence)
        self._pages.addWidget(list_page)

    def _refresh(self) -> None:
        found = tuple(self._present())
        problems = sum(one.severity is not Severity.HINT for one in found)
        if problems != self._count:
            self._count = problems
            self.count_changed.emit(self._count)
        if not self.isVisible():
            return
        waiting = self._findings.pending or self._findings.checking
        said = "Checking…" if waiting else "No problems: the diagram is a model."
        self._sentence.setText(said if self._document.whole.diagram.nodes else _NOTHING_YET)
        self._pages.setCurrentIndex(1 if found else 0)
        if found != self._listed:
            self._list(found)

    def _present(self) -> Iterator[Diagnostic]:
        """Yield the findings whose node is still there: the engine answers after the edit.

        What an empty diagram lacks is no problem yet.
        """
        if not self._document.whole.diagram.nodes:
            return
        for finding in self._findings.diagnostics:
            diagram = self._diagram_of(finding)
            if diagram and (finding.node is None or finding.node in diagram.nodes):
                yield finding

    def _diagram_of(self, finding: Diagnostic) -> Diagram | None:
        """Return the diagram that a finding is about, if it is still there."""
        whole, path = self._document.whole.diagram, finding.path
        return diagram_at(whole, path) if reachable(whole, path) == path else None

    def _list(self, found: tuple[Diagnostic, ...]) -> None:
        """Show these findings; what was current or unfolded stays so."""
        current = self._finding(self._rows.currentItem())
        unfolded = {_key(one) for n, one in enumerate(self._listed) if self._row(n).isExpanded()}
        scroll = self._rows.verticalScrollBar().value()
        self._rows.clear()
        self._listed = found
        for number, finding in enumerate(found):
            row = self._add_row(finding)
            if finding.repairs and number < _ROWS_WITH_BUTTONS:
                self._add_buttons(row, finding)
            row.setExpanded(_key(finding) in unfolded)
            if current is not None and _key(finding) == _key(current):
                self._rows.setCurrentItem(row)
        self._rows.verticalScrollBar().setValue(scroll)

    def _add_row(self, finding: Diagnostic) -> QTreeWidgetItem:
        row = QTreeWidgetItem(self._rows, [finding.message, self._place_of(finding), ""])
        said = f"{finding.severity.capitalize()}: {finding.message}"
        row.setIcon(0, self._mark(finding))
        row.setToolTip(0, said)
        row.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
        row.setFont(1, themes.mono())
        row.setSizeHint(0, QSize(0, _ROW_HEIGHT))
        for line in _explanation(finding):
            detail = QTreeWidgetItem(row, [line])
            detail.setFirstColumnSpanned(True)
            detail.setFont(0, themes.mono())
            detail.setToolTip(0, line)
        return row

    def _place_of(self, finding: Diagnostic) -> str:
        """Return the name of a finding's node, after those of the models around it."""
        whole, path = self._document.whole.diagram, finding.path
        names = [diagram_at(whole, path[: depth + 1]).name for depth in range(len(path))]
        if finding.node is not None:
            names.append(diagram_at(whole, path).name_of(finding.node))
        return " / ".join(names)

    def _add_buttons(self, row: QTreeWidgetItem, finding: Diagnostic) -> None:
        box = QWidget()
        layout = QHBoxLayout(box)
        layout.setContentsMargins(8, 0, 4, 0)
        layout.setSpacing(8)
        for repair in finding.repairs:
            button = QPushButton(repair.title)
            button.setProperty("role", "link")
            button.clicked.connect(
                lambda _checked, chosen=repair: self._document.repair(chosen, finding.path)
            )
            # The style sheet makes the buttons wider, and the column is to be as wide as they.
            button.ensurePolished()
            layout.addWidget(button)
        row.setSizeHint(2, QSize(box.sizeHint().width() + _CELL_PADDING, _ROW_HEIGHT))
        self._rows.setItemWidget(row, 2, box)

    def _activate(self, item: QTreeWidgetItem) -> None:
        finding = self._finding(item)
        diagram = self._diagram_of(finding) if finding else None
        if finding is None or diagram is None:
            return
        self._document.go_to(finding.path)
        if finding.node is not None and finding.node in diagram.nodes:
            self._document.select([finding.node])
            self.node_activated.emit(finding.node)

    def _open_menu(self, spot: QPoint) -> None:
        # A press of the right button makes a row current; the menu key gives no place of use.
        finding = self._finding(self._rows.currentItem())
        if finding is None or not finding.repairs:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for repair in finding.repairs:
            action = menu.addAction(repair.title)
            action.triggered.connect(
                lambda _checked, chosen=repair: self._document.repair(chosen, finding.path)
            )
        menu.popup(self._rows.viewport().mapToGlobal(spot))

    def _finding(self, item: QTreeWidgetItem | None) -> Diagnostic | None:
        if item is None:
            return None
        return self._listed[self._rows.indexOfTopLevelItem(item.parent() or item)]

    def _row(self, number: int) -> QTreeWidgetItem:
        row = self._rows.topLevelItem(number)
        if row is None:
            raise IndexError(f"Expected one of {len(self._listed)} rows; received {number}.")
        return row

    def _tint(self) -> None:
        for number, finding in enumerate(self._listed):
            self._row(number).setIcon(0, self._mark(finding))

    def _mark(self, finding: Diagnostic) -> QIcon:
        palette = self._theme.palette
        colour = palette.severity(finding.severity)
        return icon(SEVERITY_ICONS[finding.severity], palette, colour)


def _key(finding: Diagnostic) -> tuple[object, ...]:
    return finding.code, finding.path, finding.node, finding.message


def _explanation(finding: Diagnostic) -> Iterator[str]:
    if finding.expected is not None:
        yield f"expected  {finding.expected}"
    if finding.received is not None:
        yield f"received  {finding.received}"
    if finding.detail is not None:
        yield from finding.detail.splitlines()
