"""Find in diagram: a bar over the canvas that goes from node to node."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from graphstudio.diagram.find import Place, find, places
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.icons import icon
from graphstudio.studio.restyle import set_property
from graphstudio.studio.theme import Theme

_WIDTH = 380
_AWAY = 12
_BUTTONS = (
    ("chevron-up", "Previous (Shift+Enter)"),
    ("chevron-down", "Next (Enter)"),
    ("x", "Close (Escape)"),
)


class FindBar(QFrame):
    """Selects what is found, one after the other, and shows it in the middle of the canvas."""

    def __init__(
        self, document: Document, findings: Findings, canvas: CanvasView, theme: Theme
    ) -> None:
        super().__init__(canvas)
        self._document = document
        self._findings = findings
        self._canvas = canvas
        self._theme = theme
        self._places: tuple[Place, ...] | None = None
        self._found: tuple[Place, ...] = ()
        self._current = -1
        self.line = QLineEdit()
        self._count = QLabel()
        self._buttons = [QToolButton() for _ in _BUTTONS]
        self._build()
        document.changed.connect(self._forget)
        findings.changed.connect(self._forget)
        theme.changed.connect(self._tint)
        canvas.installEventFilter(self)
        self._tint()
        self.hide()

    @property
    def said(self) -> str:
        """What it says about how much was found."""
        return self._count.text()

    def open(self) -> None:
        """Show the bar and begin a search."""
        self._stand()
        self.show()
        self.raise_()
        self.line.setFocus()
        self.line.selectAll()
        self._search()

    def close_bar(self) -> None:
        """Hide the bar; what was found last stays selected."""
        self.hide()
        self._canvas.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner of the canvas."""
        if event.type() is QEvent.Type.Resize:
            self._stand()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on, go back, or close."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._go(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        self.setProperty("role", "card")
        self.setFixedWidth(_WIDTH)
        self.line.setPlaceholderText("Name, class, units=32, (None, 8, 8, 32)")
        self.line.setAccessibleName("Find in diagram")
        self.line.setClearButtonEnabled(False)
        self.line.textEdited.connect(self._search)
        self._count.setProperty("role", "dim")
        self._count.setMinimumWidth(64)
        self._count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(4)
        row.addWidget(self.line, 1)
        row.addWidget(self._count)
        steps = (lambda: self._go(-1), lambda: self._go(1), self.close_bar)
        for button, (_, tip), step in zip(self._buttons, _BUTTONS, steps, strict=True):
            button.setProperty("role", "icon")
            button.setToolTip(tip)
            button.setAccessibleName(tip.partition(" (")[0])
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(step)
            row.addWidget(button)
        self.adjustSize()

    def _search(self) -> None:
        """Find what the query says, and go to the first of it that is in view or anywhere."""
        self._find()
        here = [n for n, one in enumerate(self._found) if one.path == self._document.place]
        self._current = (here or [0])[0] if self._found else -1
        self._show_current()

    def _find(self) -> None:
        if self._places is None:
            shapes = {
                node: [f"{tuple(one.shape)} {one.dtype}" for one in info.outputs]
                for node, info in self._findings.nodes.items()
            }
            self._places = places(self._document.whole.diagram, shapes)
        self._found = find(self._places, self.line.text())

    def _forget(self) -> None:
        """Search anew when it is asked for next: what the nodes say is other than before."""
        self._places = None

    def _go(self, step: int) -> None:
        last = self._found[self._current] if self._found else None
        self._find()
        if last is not None:
            same = [n for n, one in enumerate(self._found)
                    if (one.path, one.node) == (last.path, last.node)]  # fmt: skip
            self._current = same[0] if same else min(self._current, len(self._found)) - step
        if self._found:
            self._current = (self._current + step) % len(self._found)
        self._show_current()

    def _show_current(self) -> None:
        nothing = bool(self.line.text().strip()) and not self._found
        set_property(self.line, "invalid", nothing)
        for button in self._buttons[:2]:
            button.setEnabled(len(self._found) > 1)
        if not self._found:
            self._count.setText("nothing" if nothing else "")
            return
        self._count.setText(f"{self._current + 1} of {len(self._found)}")
        place = self._found[self._current]
        self._document.go_to(place.path)
        self._document.select([place.node])
        self._canvas.center_on_node(place.node)

    def _stand(self) -> None:
        self.move(max(self._canvas.width() - self.width() - _AWAY, 0), _AWAY)

    def _tint(self) -> None:
        for button, (name, _) in zip(self._buttons, _BUTTONS, strict=True):
            button.setIcon(icon(name, self._theme.palette))
