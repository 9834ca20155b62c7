"""Why a run failed: a sentence, and the traceback for those who ask."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.nesting import LayerPath
from graphstudio.protocol import Failed
from graphstudio.studio import theme as themes
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Theme


class FailureNotice(QFrame):
    """Shows a failure's sentence, with what was found; the detail is one click further.

    Signals:
        unfolded: whether the detail is shown, which takes the room that there is.
        repair_chosen: the repair that a person has clicked, and the path of its finding.
    """

    unfolded = Signal(bool)
    repair_chosen = Signal(object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._failure: Failed | None = None
        self._mark = QLabel()
        self._message = QLabel()
        self._toggle = QPushButton("Show detail")
        self._repairs = QWidget()
        self._ways_out = QHBoxLayout(self._repairs)
        self._detail = QPlainTextEdit()
        self._build()
        self.hide()
        theme.changed.connect(self._tint)
        self._tint()

    def show_failure(self, failure: Failed | None) -> None:
        """Show a failure, with its detail folded at first; none hides the notice."""
        if failure is self._failure:
            return
        self._failure = failure
        self.setVisible(failure is not None)
        self._unfold(False)
        if failure is not None:
            self._fill(failure)

    def _fill(self, failure: Failed) -> None:
        findings = (finding.message for finding in failure.diagnostics)
        # Each finding once: the sentence itself is often the first of them.
        self._message.setText("\n".join(dict.fromkeys((failure.message, *findings))))
        self._offer(failure)
        self._detail.setPlainText(failure.detail)
        self._toggle.setVisible(bool(failure.detail))

    def _offer(self, failure: Failed) -> None:
        """Show the ways out of the first finding that has any; the problems panel has all."""
        while item := self._ways_out.takeAt(0):
            if button := item.widget():
                button.hide()
                button.deleteLater()
        finding = next((one for one in failure.diagnostics if one.repairs), None)
        if finding is not None:
            for repair in finding.repairs:
                button = QPushButton(repair.title.replace("&", "&&"))
                button.setProperty("role", "link")
                button.clicked.connect(partial(self._choose, repair, finding.path))
                self._ways_out.addWidget(button)
            self._ways_out.addStretch()
        self._repairs.setEnabled(True)
        self._repairs.setVisible(finding is not None)

    def _choose(self, repair: Repair, path: LayerPath) -> None:
        # What is done is taken back by undo.
        self._repairs.setEnabled(False)
        self.repair_chosen.emit(repair, path)

    def _build(self) -> None:
        self.setProperty("role", "card")
        self._message.setWordWrap(True)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._toggle.setProperty("role", "link")
        self._toggle.setCheckable(True)
        self._toggle.toggled.connect(self._unfold)
        self._detail.setReadOnly(True)
        self._detail.setFont(themes.mono())
        self._detail.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._detail.setMinimumHeight(80)
        self._detail.setAccessibleName("Detail of the failure")
        sentence = QHBoxLayout()
        sentence.setSpacing(8)
        sentence.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        sentence.addWidget(self._message, 1)
        sentence.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 12, 8)
        layout.setSpacing(8)
        self._ways_out.setSpacing(8)
        # Under the sentence, after the mark.
        self._ways_out.setContentsMargins(20, 0, 0, 0)
        layout.addLayout(sentence)
        layout.addWidget(self._repairs)
        layout.addWidget(self._detail, 1)

    def _unfold(self, shown: bool) -> None:  # noqa: FBT001 - a slot of toggled
        self._toggle.setChecked(shown)
        self._toggle.setText("Hide detail" if shown else "Show detail")
        self._detail.setVisible(shown)
        self.unfolded.emit(shown)

    def _tint(self) -> None:
        palette = self._theme.palette
        self._mark.setPixmap(icon("circle-alert", palette, palette.error).pixmap(16, 16))
