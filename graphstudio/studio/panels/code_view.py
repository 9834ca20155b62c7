"""The code panel: the Python that the diagram is, as it is now."""

import re
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QGuiApplication,
    QShowEvent,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from graphstudio.diagram.project import Project
from graphstudio.studio import theme as themes
from graphstudio.studio.document import Document
from graphstudio.studio.icons import icon
from graphstudio.studio.panels.python_highlighter import PythonHighlighter
from graphstudio.studio.panels.script_writer import ScriptWriter
from graphstudio.studio.theme import Theme
from graphstudio.studio.throttle import Throttle

_REFRESH_MILLISECONDS = 150


class CodePanel(QWidget):
    """Shows the project's script and follows every edit, while it can be seen.

    The lines of the selected nodes are marked. Where the diagram has no script, a sentence says
    why, and the last script stays, dimmed.

    Args:
        document: the open project.
        theme: the theme in use.
        render: writes a project's script; raises ValueError, with a sentence, where it cannot.
        parent: the widget around it.

    Signals:
        export_requested: the user wants to write the script to a file.
    """

    export_requested = Signal()

    def __init__(
        self,
        document: Document,
        theme: Theme,
        render: Callable[[Project], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._theme = theme
        self._writer = ScriptWriter(render, self)
        self._rendered: Project | None = None
        self._sentence = QLabel()
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._copy = QPushButton("Copy")
        self._export = QPushButton("Export…")
        self._text = QPlainTextEdit()
        self._highlighter = PythonHighlighter(self._text.document(), theme.palette)
        self._throttle = Throttle(self._refresh, _REFRESH_MILLISECONDS, self)
        self._build()
        self._writer.written.connect(self._take)
        document.changed.connect(self._throttle.request)
        document.selection_changed.connect(self._follow_selection)
        theme.changed.connect(self._tint)
        self._tint()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the edits that were made while nobody looked."""
        super().showEvent(event)
        self._refresh()

    def write_anew(self) -> None:
        """Write the script again, as when classes that it calls became known."""
        self._rendered = None
        self._throttle.request()

    def _build(self) -> None:
        self._sentence.setProperty("role", "dim")
        self._sentence.setWordWrap(True)
        self._text.setReadOnly(True)
        self._text.setUndoRedoEnabled(False)
        self._text.setFont(themes.mono())
        self._text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName("Python code")
        self._copy.setIconSize(QSize(20, 16))
        self._copy.setToolTip("Copy the whole script")
        self._export.setIconSize(QSize(20, 16))
        self._export.setToolTip("Write the script to a file")
        self._copy.clicked.connect(self._copy_all)
        self._export.clicked.connect(self.export_requested)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._sentence, 1)
        line.addWidget(self._copy)
        line.addWidget(self._export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 12)
        layout.setSpacing(8)
        layout.addLayout(line)
        layout.addWidget(self._text, 1)

    def _refresh(self) -> None:
        project, before = self._document.whole, self._rendered
        if not self.isVisible() or project is before:
            return
        self._rendered = project
        if before is None or not _same_script(before, project):
            self._writer.write(project)

    def _take(self, project: Project, script: str, why: str) -> None:
        """Show what was written, unless a newer script is under way."""
        if self._rendered is None or not _same_script(project, self._rendered):
            return
        self._explain(why)
        if not why:
            self._replace(script)
        self._mark_selection()

    def _explain(self, why: str) -> None:
        """Say why there is no script; an empty sentence says that there is one."""
        self._sentence.setText(why)
        self._highlighter.dim(bool(why))
        self._copy.setEnabled(not why)
        self._export.setEnabled(not why)

    def _replace(self, script: str) -> None:
        """Show another script, at the place to which the user has scrolled."""
        before = self._text.toPlainText()
        if script == before:
            return
        bars = (self._text.verticalScrollBar(), self._text.horizontalScrollBar())
        places = [bar.value() for bar in bars]
        _replace_lines(self._text.document(), before.split("\n"), script.split("\n"))
        for bar, place in zip(bars, places, strict=True):
            bar.setValue(place)

    def _copy_all(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())

    def _follow_selection(self) -> None:
        if not self.isVisible():
            return
        lines = self._mark_selection()
        view = self._text.viewport().rect()
        if lines and not any(view.contains(self._text.cursorRect(one).center()) for one in lines):
            self._text.setTextCursor(lines[0])
            self._text.centerCursor()

    def _mark_selection(self) -> list[QTextCursor]:
        """Mark the lines that name a selected node, and return where they are."""
        diagram = self._document.diagram
        names = sorted(diagram.name_of(node) for node in self._document.selection)
        cursors = self._lines_of(names) if names else []
        self._text.setExtraSelections([self._mark(cursor) for cursor in cursors])
        return cursors

    def _mark(self, cursor: QTextCursor) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        mark.format.setBackground(QColor(self._theme.palette.raised))
        mark.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        return mark

    def _lines_of(self, names: list[str]) -> list[QTextCursor]:
        either = "|".join(re.escape(name) for name in names)
        naming = re.compile(rf"^\s*(?:{either})\s*=|[\"'](?:{either})[\"']")
        document = self._text.document()
        lines = self._text.toPlainText().splitlines()
        return [
            QTextCursor(document.findBlockByNumber(number))
            for number, line in enumerate(lines)
            if naming.search(line)
        ]

    def _tint(self) -> None:
        palette = self._theme.palette
        self._copy.setIcon(icon("copy", palette))
        self._export.setIcon(icon("download", palette))
        self._highlighter.tint(palette)
        self._mark_selection()


def _same_script(one: Project, other: Project) -> bool:
    """Return whether two projects differ in nothing that a script says."""
    return one.diagram.means_same(other.diagram) and (one.data, one.training, one.code) == (
        other.data,
        other.training,
        other.code,
    )


def _replace_lines(text: QTextDocument, before: list[str], after: list[str]) -> None:
    """Replace the lines that differ, so that no others are laid out and coloured anew."""
    least = min(len(before), len(after))
    pairs = zip(before, after, strict=False)
    start = next((n for n, (old, new) in enumerate(pairs) if old != new), least)
    # At least one line of each is replaced, so that a line end is never in question.
    start = min(start, least - 1)
    pairs = zip(reversed(before), reversed(after), strict=False)
    end = next((n for n, (old, new) in enumerate(pairs) if old != new), least)
    end = min(end, least - 1 - start)
    cursor = QTextCursor(text.findBlockByNumber(start))
    last = text.findBlockByNumber(len(before) - 1 - end)
    cursor.setPosition(last.position() + last.length() - 1, QTextCursor.MoveMode.KeepAnchor)
    cursor.insertText("\n".join(after[start : len(after) - end]))
