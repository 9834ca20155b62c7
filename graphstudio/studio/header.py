"""The line above the canvas: the way to the diagram in view, and the model's size."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from graphstudio.diagram.nesting import diagram_at
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings

_HEIGHT = 34


class CanvasHeader(QFrame):
    """Follows the document and what is known of it.

    Inside of a nested model it names the models around it, each a button that leads there.
    """

    def __init__(
        self, document: Document, findings: Findings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self.setFixedHeight(_HEIGHT)
        self._document = document
        self._findings = findings
        self._around: tuple[str, ...] = ()
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(2)
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setProperty("role", "title")
        self._params = QLabel()
        self._params.setProperty("role", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addLayout(self._crumbs)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._params)
        document.changed.connect(self._follow)
        document.place_changed.connect(self._follow)
        findings.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        document = self._document
        self._name.setText(document.diagram.name)
        whole = document.whole.diagram
        places = [document.place[:depth] for depth in range(len(document.place))]
        names = tuple(diagram_at(whole, place).name for place in places)
        if names != self._around:
            self._around = names
            self._show_crumbs(names)
        total = self._findings.inspected.total_params
        what = "parameters in all" if document.place else "parameters"
        self._params.setText(f"{total:,} {what}" if total else "")

    def _show_crumbs(self, names: tuple[str, ...]) -> None:
        while (item := self._crumbs.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for depth, name in enumerate(names):
            button = QPushButton(name.replace("&", "&&"))
            button.setProperty("role", "link")
            button.setToolTip(f"Show {name}" + (" (Alt+Up)" if depth == len(names) - 1 else ""))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(partial(self._go_up_to, depth))
            slash = QLabel("/")
            slash.setProperty("role", "dim")
            for widget in (button, slash):
                self._crumbs.addWidget(widget)
                widget.show()

    def _go_up_to(self, depth: int) -> None:
        self._document.go_to(self._document.place[:depth])
