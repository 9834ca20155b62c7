"""The rows of the palette: sections that open and close, and what can be placed."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import TypeAlias

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    Qt,
)

from graphstudio.catalog.categories import category_rank, category_title
from graphstudio.catalog.entries import Catalog, Entry, Role
from graphstudio.catalog.search import HEAD, NESTED, SearchIndex, placeable
from graphstudio.studio.drag import ENTRY_MIME
from graphstudio.studio.entry_list import ENTRY_ROLE, Index, title_of
from graphstudio.studio.kept_entries import KeptEntries

_MOST_RESULTS = 50


class Section(msgspec.Struct, frozen=True):
    """A heading with what stands below it.

    Attributes:
        title: what it says.
        entries: what can be placed.
        starts_open: whether the entries show at first.
    """

    title: str
    entries: tuple[Entry, ...]
    starts_open: bool = True


# A row of the list: the heading of a section, or something to place.
Row: TypeAlias = Section | Entry


class PaletteModel(QAbstractListModel):
    """Rows of the palette: sections while nothing is sought, else the matches by rank."""

    def __init__(self, catalog: Catalog, kept: KeptEntries, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._kept = kept
        self._starred = kept.favourites
        self._index = SearchIndex(catalog)
        self._sections = self._all_sections()
        self._toggled: set[str] = set()
        self._query = ""
        self._rows: Sequence[Row] = self._all_rows()
        kept.changed.connect(self._follow_favourites)

    def show_catalog(self, catalog: Catalog) -> None:
        """Show what another catalog has; sections stay as open as they are."""
        self._catalog = catalog
        self._index = SearchIndex(catalog)
        self._sections = self._all_sections()
        self.show_matches(self._query)

    def show_matches(self, query: str) -> None:
        """Show what matches a query; everything, by section, if it is blank."""
        self._query = query
        self.beginResetModel()
        blank = not query.strip()
        self._rows = self._all_rows() if blank else self._find(query)
        self.endResetModel()

    def is_open(self, section: Section) -> bool:
        """Return whether a section's entries show."""
        return section.starts_open is not (section.title in self._toggled)

    def toggle(self, section: Section) -> None:
        """Open a closed section, close an open one."""
        place = self._rows.index(section) + 1
        last = place + len(section.entries) - 1
        if self.is_open(section):
            self.beginRemoveRows(QModelIndex(), place, last)
            self._toggled ^= {section.title}
            self._rows = self._all_rows()
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), place, last)
            self._toggled ^= {section.title}
            self._rows = self._all_rows()
            self.endInsertRows()
        heading = self.index(place - 1)
        self.dataChanged.emit(heading, heading)

    def row(self, index: Index) -> Row | None:
        """Return what stands at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def section_above(self, index: Index) -> QModelIndex:
        """Return the heading that an entry stands below; itself for a heading."""
        above = range(index.row(), -1, -1)
        place = next((n for n in above if isinstance(self._rows[n], Section)), -1)
        return self.index(place) if place >= 0 else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a row's name, or its summary as a tooltip."""
        row = self.row(index)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if isinstance(row, Section) else title_of(row) if row else ""
        if role == ENTRY_ROLE:
            return row if isinstance(row, Entry) else None
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, Entry) and row.summary:
            return f"<qt>{escape(row.summary)}</qt>"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that entries can be chosen and dragged; the arrows pass over open headings."""
        row = self.row(index)
        if row is None or (isinstance(row, Section) and self.is_open(row)):
            return Qt.ItemFlag.NoItemFlags
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not isinstance(row, Entry):
            return enabled
        return enabled | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def mimeTypes(self) -> list[str]:
        """Return the type that the canvas takes."""
        return [ENTRY_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Return the dragged entry's public path."""
        paths = [row.path for row in map(self.row, indexes) if isinstance(row, Entry)]
        data = QMimeData()
        data.setData(ENTRY_MIME, "\n".join(paths).encode())
        return data

    def supportedDragActions(self) -> Qt.DropAction:
        """Return that dragging copies."""
        return Qt.DropAction.CopyAction

    def _find(self, query: str) -> list[Entry]:
        return self._index.find(query, _MOST_RESULTS, recent=self._kept.recent)

    def _follow_favourites(self) -> None:
        """Show the favourites anew, where they are others; matches stay as they are."""
        if self._starred == self._kept.favourites:
            return
        self._starred = self._kept.favourites
        self._sections = self._all_sections()
        if not self._query.strip():
            self.show_matches(self._query)

    def _all_sections(self) -> list[Section]:
        entries = {entry.path: entry for entry in placeable(self._catalog)}
        starred = tuple(entries[path] for path in self._kept.favourites if path in entries)
        first = [Section("Favourites", starred)] if starred else []
        return [*first, *sections(self._catalog)]

    def _all_rows(self) -> list[Row]:
        rows: list[Row] = []
        for section in self._sections:
            rows += [section, *(section.entries if self.is_open(section) else ())]
        return rows


def sections(catalog: Catalog) -> Iterator[Section]:
    """Yield the sections of the palette: layers by family, then own ones, models and functions."""
    yield Section("Inputs and heads", (catalog.input, HEAD))
    yield Section("Nested models", NESTED)
    own = [entry for path, entry in catalog.callables.items() if path in catalog.own]
    if own:
        yield Section("Own", tuple(sorted(own, key=lambda entry: entry.name)))
    yield from _by_category(catalog.layers.values())
    yield from _by_category(catalog.applications.values())
    yield from _by_category(catalog.functions.values())


def _by_category(entries: Iterable[Entry]) -> Iterator[Section]:
    shown = [entry for entry in entries if entry.ports]
    shown.sort(key=lambda entry: (category_rank(entry.category), entry.name))
    for category, group in groupby(shown, key=lambda entry: entry.category):
        found = tuple(group)
        yield Section(category_title(category), found, starts_open=found[0].role is Role.LAYER)
