"""What every page of the inspector has: sections, problems and edits of the document."""

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QVBoxLayout, QWidget

from graphstudio.catalog.entries import Catalog, Parameter
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.nesting import LayerPath
from graphstudio.diagram.project import ProjectEdit
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.factory import editor_for
from graphstudio.studio.panels.inspector.editors.form import GUTTER, ParameterForm
from graphstudio.studio.panels.inspector.header import Header
from graphstudio.studio.panels.inspector.labels import styled_label
from graphstudio.studio.panels.inspector.problems import ProblemList
from graphstudio.studio.theme import Theme


class Context(msgspec.Struct, frozen=True):
    """What a page looks at.

    Attributes:
        document: what it edits.
        findings: what is known about it.
        catalog: what parameters its classes have.
        theme: how it looks.
    """

    document: Document
    findings: Findings
    catalog: Catalog
    theme: Theme


class Page(QWidget):
    """The inspector's content for one selection. It follows values in place.

    Attributes:
        context: what the page looks at.
        header: the colour, the name and the class.
        problems: what is wrong.
    """

    def __init__(self, context: Context, colour: QColor) -> None:
        super().__init__()
        self.context = context
        self._closed = False
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(2, 16, 14, 16)
        self._layout.setSpacing(4)
        self._layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.header = Header(colour)
        self.problems = ProblemList(context.theme)
        self.problems.repair_chosen.connect(self._repair)
        self._add(self.header)
        self._add(self.problems, above=8)

    def refresh(self) -> None:
        """Show the document and the findings as they are now. This emits nothing."""

    def commit_pending(self) -> None:
        """Take what is typed but not yet committed."""
        for editor in self.findChildren(Editor):
            editor.commit_pending()

    def close_edits(self) -> None:
        """Edit nothing any more: the page is about to go."""
        self._closed = True

    def apply(self, title: str, edit: ProjectEdit) -> None:
        """Make an edit that can be undone, unless the page is about to go."""
        if not self._closed:
            self.context.document.apply(title, edit)

    def _add(self, widget: QWidget, above: int = 0) -> None:
        """Add a widget that begins where the labels do."""
        row = QVBoxLayout()
        row.setContentsMargins(GUTTER, above, 0, 0)
        row.addWidget(widget)
        self._layout.addLayout(row)

    def _add_section(self, title: str) -> None:
        self._add(styled_label(title, "section"), above=16)

    def _add_form(self, parameters: Sequence[Parameter]) -> ParameterForm:
        form = ParameterForm(parameters, self._make_editor, self.context.theme)
        self._layout.addWidget(form)
        return form

    def _make_editor(self, parameter: Parameter, depth: int) -> Editor:
        return editor_for(parameter, self.context.catalog, self.context.theme, depth)

    def _repair(self, repair: Repair, path: LayerPath) -> None:
        if not self._closed:
            self.context.document.repair(repair, path)
