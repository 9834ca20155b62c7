"""Why a run failed: a sentence, and the traceback for those who ask."""

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

from graphstudio.protocol import Failed
from graphstudio.studio import theme as themes
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Theme


class FailureNotice(QFrame):
    """Shows a failure's sentence, with what was found; the detail is one click further.

    Signals:
        unfolded: whether the detail is shown, which takes the room that there is.
    """

    unfolded = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._failure: Failed | None = None
        self._mark = QLabel()
        self._message = QLabel()
        self._toggle = QPushButton("Show detail")
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
        self._detail.setPlainText(failure.detail)
        self._toggle.setVisible(bool(failure.detail))

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
        layout.addLayout(sentence)
        layout.addWidget(self._detail, 1)

    def _unfold(self, shown: bool) -> None:  # noqa: FBT001 - a slot of toggled
        self._toggle.setChecked(shown)
        self._toggle.setText("Hide detail" if shown else "Show detail")
        self._detail.setVisible(shown)
        self.unfolded.emit(shown)

    def _tint(self) -> None:
        palette = self._theme.palette
        self._mark.setPixmap(icon("circle-alert", palette, palette.error).pixmap(16, 16))
