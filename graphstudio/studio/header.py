"""The line above the canvas: the model's name and its size."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings


class CanvasHeader(QFrame):
    """Follows the document and what is known of it."""

    def __init__(
        self, document: Document, findings: Findings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "header")
        self._document = document
        self._findings = findings
        self._name = QLabel()
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setProperty("role", "title")
        self._params = QLabel()
        self._params.setProperty("role", "dim")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.addWidget(self._name)
        row.addStretch(1)
        row.addWidget(self._params)
        document.changed.connect(self._follow)
        findings.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self._name.setText(self._document.diagram.name)
        total = self._findings.inspected.total_params
        self._params.setText(f"{total:,} parameters" if total else "")
