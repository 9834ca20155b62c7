"""What is wrong with what is selected: sentences, each with its ways out."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.studio.icons import SEVERITY_ICONS, icon
from graphstudio.studio.panels.inspector.labels import WrappedLabel, link_button, wrapped_tip
from graphstudio.studio.theme import Theme


class ProblemList(QWidget):
    """A card for each finding.

    Signals:
        repair_chosen: the repair that a person has clicked, and the path of its finding.
    """

    repair_chosen = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Diagnostic, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self.hide()

    def show_problems(self, problems: Sequence[Diagnostic]) -> None:
        """Show findings; nothing at all where there are none."""
        if self._shown == tuple(problems):
            return
        self._shown = tuple(problems)
        while (item := self._layout.takeAt(0)) is not None:
            card = item.widget()
            if card is not None:
                card.hide()
                card.deleteLater()
        for problem in problems:
            self._layout.addWidget(self._card(problem))
        self.setVisible(bool(problems))

    def _card(self, problem: Diagnostic) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        message = WrappedLabel()
        message.show_text(problem.message)
        message.setToolTip(_tip(problem))
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(message)
        for repair in problem.repairs:
            button = link_button(repair.title.replace("&", "&&"), repair.title)
            button.clicked.connect(partial(self.repair_chosen.emit, repair, problem.path))
            lines.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QHBoxLayout(card)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.setSpacing(8)
        layout.addWidget(self._mark(problem.severity), 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(lines, 1)
        return card

    def _mark(self, severity: Severity) -> QLabel:
        palette = self._theme.palette
        colour = palette.severity(severity)
        mark = QLabel()
        mark.setPixmap(icon(SEVERITY_ICONS[severity], palette, colour).pixmap(16, 16))
        mark.setAccessibleName(severity.value)
        mark.setToolTip(severity.value.capitalize())
        return mark


def _tip(problem: Diagnostic) -> str:
    parts = []
    if problem.expected and problem.received is not None:
        parts.append(f"Expected {problem.expected}; received {problem.received or 'nothing'}.")
    return wrapped_tip(*parts, problem.detail or "") if parts or problem.detail else ""
