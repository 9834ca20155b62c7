"""The inspector itself: the page that fits the selection."""

from typing import TypeAlias

from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagram import CallNode, Diagram, InputNode, NodeId
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.panels.inspector.call_arguments import parameters_of_call, ports_of_call
from graphstudio.studio.panels.inspector.call_page import CallPage
from graphstudio.studio.panels.inspector.common import Several
from graphstudio.studio.panels.inspector.configured_page import config_of, parameters_of
from graphstudio.studio.panels.inspector.head_page import HeadPage
from graphstudio.studio.panels.inspector.input_page import InputPage
from graphstudio.studio.panels.inspector.mark_page import MarkPage
from graphstudio.studio.panels.inspector.model_page import ModelPage
from graphstudio.studio.panels.inspector.page import Context, Page
from graphstudio.studio.panels.inspector.project_page import ProjectPage
from graphstudio.studio.panels.inspector.several_page import SeveralPage
from graphstudio.studio.theme import Theme

# What a page was made for: while this stays, the page follows in place.
_Subject: TypeAlias = tuple[object, ...]


class InspectorPanel(QScrollArea):
    """Shows what is selected, and the project while nothing is; edits go to the document.

    Signals:
        data_requested: a person wants to look for a data file.
    """

    data_requested = Signal()

    def __init__(
        self,
        document: Document,
        findings: Findings,
        catalog: Catalog,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = Context(document, findings, catalog, theme)
        self._subject: _Subject = ()
        self._page: Page | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumWidth(256)
        document.changed.connect(self._follow)
        document.selection_changed.connect(self._follow)
        # What was typed is not so after all.
        document.refused.connect(self._follow)
        findings.changed.connect(self._follow)
        theme.changed.connect(self._restyle)
        self._follow()

    def sizeHint(self) -> QSize:
        """Return the width that labels and fields need."""
        return QSize(288, 640)

    def show_catalog(self, catalog: Catalog) -> None:
        """Show what is selected by another catalog, whose classes may have other parameters."""
        self._context = replace(self._context, catalog=catalog)
        self._restyle()

    def follow_keys(self) -> None:
        """Say which keys do what the page offers."""
        self._restyle()

    def commit_pending(self) -> None:
        """Take what is typed but not yet committed, as before saving and training."""
        if self._page is not None:
            self._page.commit_pending()

    def _follow(self, *_change: object) -> None:
        """Show the selection: in place where the page fits, else on another page."""
        subject = self._current_subject()
        if self._page is not None and subject == self._subject:
            self._page.refresh()
            return
        self._subject = subject
        self._drop_page()
        self._page = self._make_page()
        self.setWidget(self._page)
        self.verticalScrollBar().setValue(0)

    def _drop_page(self) -> None:
        """Let the page go once what it is doing is done: its own button may have asked for it."""
        if self._page is None:
            return
        self._page.close_edits()
        self.takeWidget()
        self._page.setParent(self)
        self._page.deleteLater()

    def _restyle(self) -> None:
        self.commit_pending()
        self._subject = ()
        self._follow()

    def _current_subject(self) -> _Subject:
        context = self._context
        selection, diagram = context.document.selection, context.document.diagram
        if len(selection) > 1:
            several = Several(diagram, selection, context.catalog)
            return (selection, several.parameters())
        if not selection:
            return (context.document.selected_marks, context.document.place)
        node = next(iter(selection))
        return (selection, type(diagram.nodes[node]), *self._rows_of(diagram, node))

    def _rows_of(self, diagram: Diagram, node_id: NodeId) -> tuple[object, ...]:
        """Return what a page has rows for: it is made anew where that changes."""
        catalog, node = self._context.catalog, diagram.nodes[node_id]
        layer = diagram.layer_of(node_id)
        entry = catalog.entry_of(layer) if layer else catalog.input
        given = node.arguments if isinstance(node, CallNode) else {}
        return (
            layer.class_name if layer else "",
            tuple(one.name for one in parameters_of(entry, config_of(diagram, node_id))),
            tuple(one.name for one in parameters_of_call(entry, given)),
            tuple(one.name for one in ports_of_call(entry, given)),
        )

    def _make_page(self) -> Page:
        context, document = self._context, self._context.document
        if len(document.selection) > 1:
            return SeveralPage(context, document.selection)
        for node_id in document.selection:
            return self._page_of(node_id)
        if document.selected_marks:
            return MarkPage(context, document.selected_marks)
        if document.place:
            return ModelPage(context)
        page = ProjectPage(context)
        page.data_requested.connect(self.data_requested)
        return page

    def _page_of(self, node_id: NodeId) -> Page:
        context = self._context
        node = context.document.diagram.nodes[node_id]
        if isinstance(node, CallNode):
            return CallPage(context, node_id)
        if isinstance(node, InputNode):
            return InputPage(context, node_id)
        return HeadPage(context, node_id)
