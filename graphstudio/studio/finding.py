"""Finding and adding: the search that opens on the canvas, and the documentation beside it."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtWidgets import QApplication, QWidget

from graphstudio.catalog.entries import Catalog, Entry
from graphstudio.catalog.search import HEAD
from graphstudio.diagram.diagram import HeadNode
from graphstudio.studio.canvas.spot import Spot
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.documentation_card import DocumentationCard
from graphstudio.studio.kept_entries import KeptEntries
from graphstudio.studio.panels.palette import PalettePanel
from graphstudio.studio.search_popup import SearchPopup
from graphstudio.studio.theme import Theme

_NOTHING = "Select a layer to read its documentation."
_NOTHING_STARRED = "Select a layer to keep it among the favourites."


class Finding(QObject):
    """Joins canvas, palette, search and documentation.

    Args:
        document: whose selection can be read about.
        canvas: where things are added.
        palette: where they are listed.
        kept: what was used lately and what has a star.
        catalog: what there is.
        theme: colours.
        window: what search and documentation open over.
    """

    def __init__(
        self,
        document: Document,
        canvas: CanvasView,
        palette: PalettePanel,
        kept: KeptEntries,
        catalog: Catalog,
        theme: Theme,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._canvas = canvas
        self._palette = palette
        self._catalog = catalog
        self._window = window
        self._kept = kept
        self._spot = Spot(QPoint())
        # What the documentation is about while it is open: it follows that.
        self._read_from: QWidget | None = None
        self.card = DocumentationCard(theme, kept, window)
        self.popup = SearchPopup(catalog, theme, kept, self.card, window)
        self._connect(kept)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {
            "search": self._palette.focus_search,
            "documentation": self.toggle_documentation,
            "favourite": self.toggle_star,
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return nothing: the commands make sense at any time."""
        return {}

    def show_catalog(self, catalog: Catalog) -> None:
        """Search in another catalog, and read about what it has."""
        self._catalog = catalog
        self.popup.show_catalog(catalog)

    def toggle_documentation(self) -> None:
        """Show the documentation of what is current where the cursor is, or close it."""
        if self.card.isVisible():
            self.card.close()
            return
        self._read(self._place())

    def toggle_star(self) -> None:
        """Give what is current where the cursor is a star, or take it away."""
        entry = self._entry_at(self._place())
        if entry is None:
            self._canvas.refused.emit(_NOTHING_STARRED)
        else:
            self._kept.toggle(entry.path)

    def follow_keys(self) -> None:
        """Say which keys do what the buttons do."""
        self.card.follow_keys()

    def _place(self) -> QWidget:
        """Return where the cursor is: what is current there is meant."""
        if self.popup.isVisible():
            return self.popup
        focus = QApplication.focusWidget()
        in_palette = focus is not None and self._palette.isAncestorOf(focus)
        says = in_palette and self._palette.current is not None
        return self._palette if says else self._canvas

    def _connect(self, kept: KeptEntries) -> None:
        self._canvas.search_requested.connect(self._search)
        self._canvas.added.connect(kept.use)
        self.popup.chosen.connect(self._add)
        self.popup.current_changed.connect(lambda _: self._follow(self.popup))
        self.popup.closed.connect(self._leave_popup)
        self._palette.current_changed.connect(lambda _: self._follow(self._palette))
        self._palette.documentation_wanted.connect(lambda _: self._read(self._palette))
        self._document.selection_changed.connect(lambda _: self._follow(self._canvas))

    def _search(self, spot: Spot) -> None:
        self._spot = spot
        self.popup.open(self._window.mapFromGlobal(spot.at), spot.need, spot.heading)

    def _add(self, path: str) -> None:
        self._canvas.add_entry(path, self._spot)

    def _leave_popup(self) -> None:
        if self._read_from is self.popup:
            self.card.close()
        self._canvas.setFocus()

    def _follow(self, place: QWidget) -> None:
        """Show the documentation of what is current by now, if it was opened from there."""
        if self.card.isVisible() and self._read_from is place and self._entry_at(place):
            self._read(place)

    def _read(self, place: QWidget) -> None:
        entry = self._entry_at(place)
        if entry is None:
            self._canvas.refused.emit(_NOTHING)
            return
        self._read_from = place
        self.card.show_entry(entry, self._rect_beside(place))

    def _entry_at(self, place: QWidget) -> Entry | None:
        if place is self.popup:
            return self.popup.list.current
        if place is self._palette:
            return self._palette.current
        return self._entry_of_selected()

    def _entry_of_selected(self) -> Entry | None:
        diagram = self._document.diagram
        if len(self._document.selection) != 1:
            return None
        node_id = next(iter(self._document.selection))
        if isinstance(diagram.nodes[node_id], HeadNode):
            return HEAD
        layer = diagram.layer_of(node_id)
        return self._catalog.entry_of(layer) if layer else self._catalog.input

    def _rect_beside(self, place: QWidget) -> QRect:
        """Return what the documentation must not cover: what it was asked from."""
        corner = place.mapTo(self._window, QPoint(0, 0)) if place is not self.popup else place.pos()
        if place is self._canvas:
            # It covers the canvas's right edge, beside the inspector.
            return QRect(corner + QPoint(place.width(), 0), place.size())
        return QRect(corner, place.size())
