"""The outline as Qt's item model: texts are made when a row is looked at, and not before."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QIcon

from graphstudio.diagram.diagram import Diagram
from graphstudio.studio.entry_list import Index
from graphstudio.studio.findings import Findings
from graphstudio.studio.icons import SEVERITY_ICONS, icon
from graphstudio.studio.panels.outline_rows import Row, Rows, Step
from graphstudio.studio.panels.outline_texts import OutlineTexts, wire_text
from graphstudio.studio.theme import Theme, mono

_COLUMNS = ("Name", "Class", "Shape", "Parameters")
_NAME, _CLASS, _SHAPE, _PARAMETERS = range(4)
_TOP = QModelIndex()
# A view takes as long for each of so many steps as for a reset.
_MOST_STEPS = 100
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class OutlineModel(QAbstractItemModel):
    """The nodes of a diagram as a tree.

    Args:
        findings: what is known about the nodes.
        theme: colours.
        parent: what it lives as long as.
    """

    def __init__(self, findings: Findings, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._findings = findings
        self._theme = theme
        self._texts = OutlineTexts(findings)
        self._inside = False
        self.rows = Rows(Diagram())

    def show_diagram(self, diagram: Diagram, *, inside: bool) -> bool:
        """Show another diagram: rows come and go where they are others, and the rest stays.

        Where most rows are others the model is reset.

        Args:
            diagram: what to show.
            inside: whether it is that of a nested model.

        Returns:
            Whether rows are others than before.
        """
        self._inside = inside
        if self.rows.take(diagram):
            self.say_anew()
            return False
        going, coming = self.rows.steps_to(diagram)
        if len(going) + len(coming) > _MOST_STEPS:
            self.beginResetModel()
            self.rows = Rows(diagram)
            self.endResetModel()
            return True
        self._take(diagram, going, coming)
        self.say_anew()
        return True

    def _take(self, diagram: Diagram, going: Sequence[Step], coming: Sequence[Step]) -> None:
        for step in reversed(going):
            self.beginRemoveRows(self._around(step), step.places.start, step.places.stop - 1)
            self.rows.take_out(step)
            self.endRemoveRows()
        self.rows.show(diagram)
        for step in coming:
            self.beginInsertRows(self._around(step), step.places.start, step.places.stop - 1)
            self.rows.put_in(step)
            self.endInsertRows()

    def _around(self, step: Step) -> QModelIndex:
        return QModelIndex() if step.parent is None else self.index_of(self.rows[step.parent])

    def say_anew(self) -> None:
        """Tell that the rows may say something else."""
        count = self.rowCount()
        if count:
            self.dataChanged.emit(self.index(0, 0), self.index(count - 1, len(_COLUMNS) - 1))

    def row(self, index: Index) -> Row:
        """Return what stands at an index."""
        return self.rows[index.internalId()]

    def index_of(self, row: Row) -> QModelIndex:
        """Return where a row stands."""
        return self.createIndex(self.rows.place(row), 0, row.number)

    # What Qt calls. The names are Qt's.

    def index(self, place: int, column: int, parent: Index = _TOP) -> QModelIndex:
        """Return the index of a place below another."""
        below = self.rows.below(self._number(parent))
        if not (0 <= place < len(below) and 0 <= column < len(_COLUMNS)):
            return QModelIndex()
        return self.createIndex(place, column, below[place].number)

    def parent(self, index: Index = _TOP) -> QModelIndex:  # type: ignore[override] # Qt overloads it with QObject's
        """Return the index that another stands below."""
        above = self.row(index).parent if index.isValid() else None
        return QModelIndex() if above is None else self.index_of(self.rows[above])

    def rowCount(self, parent: Index = _TOP) -> int:
        """Return how many rows stand below one."""
        return 0 if parent.column() > 0 else len(self.rows.below(self._number(parent)))

    def hasChildren(self, parent: Index = _TOP) -> bool:
        """Return whether rows stand below one."""
        if not parent.isValid():
            return bool(self.rows.diagram.nodes)
        return parent.column() == 0 and self.rows.has_below(self.row(parent))

    def columnCount(self, _parent: Index = _TOP) -> int:
        """Return the number of columns."""
        return len(_COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the title of a column."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == _PARAMETERS else _LEFT
        return _COLUMNS[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row says, how it looks, or how it is read aloud."""
        if not index.isValid():
            return None
        row, column = self.row(index), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(row) if column == _NAME else None
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._problems(row) or self._text(row, column)
        return self._look(row, column, role)

    def _look(self, row: Row, column: int, role: int) -> object:
        """Return a mark, a font, a colour or where a text stands."""
        if role == Qt.ItemDataRole.DecorationRole and column == _NAME:
            return self._mark(row)
        if role == Qt.ItemDataRole.FontRole and column != _CLASS:
            return mono()
        if role == Qt.ItemDataRole.TextAlignmentRole and column == _PARAMETERS:
            return _RIGHT
        if role == Qt.ItemDataRole.ForegroundRole and (column != _NAME or row.parent is not None):
            return QColor(self._theme.palette.dim)
        return None

    def _text(self, row: Row, column: int) -> str:
        diagram = self.rows.diagram_of(row)
        if row.wire is not None:
            return wire_text(diagram, row.wire) if column == _NAME else ""
        if column == _NAME:
            return diagram.name_of(row.node)
        if column == _CLASS:
            return self._texts.class_name(diagram, row.node, inside=self._is_inside(row))
        if column == _SHAPE:
            return self._texts.shapes(row.node)
        return self._texts.params(diagram, row.node)

    def _sentence(self, row: Row) -> str:
        diagram = self.rows.diagram_of(row)
        if row.wire is not None:
            return wire_text(diagram, row.wire)
        return self._texts.sentence(diagram, row.node, inside=self._is_inside(row))

    def _problems(self, row: Row) -> str:
        return "" if row.wire else self._texts.problems(row.node)

    def _is_inside(self, row: Row) -> bool:
        return self._inside or bool(row.path)

    def _mark(self, row: Row) -> QIcon | None:
        found = self._findings.by_node.get(row.node)
        if not found or row.wire is not None:
            return None
        palette, severity = self._theme.palette, found[0].severity
        return icon(SEVERITY_ICONS[severity], palette, palette.severity(severity))

    def _number(self, parent: Index) -> int | None:
        return parent.internalId() if parent.isValid() else None
