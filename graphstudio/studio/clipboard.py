"""Cut, copy, paste and duplicate: parts of diagrams between windows, programs and chats."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QMimeData, QObject, QPointF, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QTextEdit

from graphstudio.catalog.own_code import missing_own
from graphstudio.diagram import edits
from graphstudio.diagram.annotations import Marks
from graphstudio.diagram.belonging import belonging
from graphstudio.diagram.diagram import Position
from graphstudio.diagram.fragment import (
    Fragment,
    copy_fragment,
    corner_of,
    cut_fragment,
    free_corner,
    paste_fragment,
)
from graphstudio.diagram.fragment_text import FragmentError, format_fragment, parse_fragment
from graphstudio.diagram.models import middle
from graphstudio.studio.canvas.geometry import snapped
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.layer_commands import called

FRAGMENT_MIME = "application/x-graphstudio-fragment+json"
# How far from what it copies a duplicate lies, in pixels.
_STEP = 32.0

_TextField: TypeAlias = QLineEdit | QPlainTextEdit | QTextEdit


class Clipboard(QObject):
    """Carries the commands out on what is selected, and where the pointer is.

    Signals:
        refused: a sentence that says why nothing was pasted.
        said: a sentence about what was pasted.
    """

    refused = Signal(str)
    said = Signal(str)

    def __init__(
        self, document: Document, canvas: CanvasView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._canvas = canvas

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {
            "cut": self.cut,
            "copy": self.copy,
            "paste": self.paste,
            "paste_with_wires": partial(self.paste, with_incoming=True),
            "duplicate": self.duplicate,
            "duplicate_with_wires": partial(self.duplicate, with_incoming=True),
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now; a paste says so itself."""
        chosen = self._has_selection()
        return dict.fromkeys(("cut", "copy", "duplicate", "duplicate_with_wires"), chosen)

    def cut(self) -> None:
        """Copy the selection and remove it, with the frames and notes that go with it."""
        field = _field_in_use()
        if field is not None:
            field.cut()
            return
        if not self._has_selection():
            return
        fragment = self._copied()
        title = f"cut {_called(fragment)}"
        rest = cut_fragment(self._document.diagram, fragment)
        if self._document.edit(title, lambda _: rest):
            _put(fragment)

    def copy(self) -> None:
        """Copy the selection, as text too."""
        field = _field_in_use()
        if field is not None:
            field.copy()
        elif self._has_selection():
            _put(self._copied())

    def paste(self, *, with_incoming: bool = False) -> None:
        """Put what was copied where the pointer is, or beside what it was copied from."""
        field = _field_in_use()
        if field is not None:
            field.paste()
            return
        try:
            fragment = parse_fragment(_text_on_clipboard())
        except FragmentError as error:
            self.refused.emit(str(error))
            return
        self._put_in("paste", fragment, self._canvas.paste_place, with_incoming=with_incoming)
        missing = missing_own(fragment.diagram, self._document.project.code)
        if missing:
            names = ", ".join(map(repr, missing))
            self.said.emit(f"Pasted, but the project's own code has no {names}: copy it too.")

    def duplicate(self, *, with_incoming: bool = False) -> None:
        """Copy the selection beside itself; what was copied before stays on the clipboard."""
        if self._has_selection():
            self._put_in("duplicate", self._copied(), None, with_incoming=with_incoming)

    def _has_selection(self) -> bool:
        return bool(self._document.selection or self._document.selected_marks)

    def _copied(self) -> Fragment:
        """Return what is selected, as it lies on the canvas."""
        diagram, chosen = self._document.diagram, self._document.selection
        areas = {node: item.frame() for node, item in self._canvas.diagram_scene.nodes.items()}
        shown = {node: Position(area.x(), area.y()) for node, area in areas.items()}
        placed = edits.move_nodes(diagram, shown)
        sizes = {node: (area.width(), area.height()) for node, area in areas.items()}
        frames, notes = belonging(placed, chosen, sizes)
        marks = self._document.selected_marks | Marks(frozenset(frames), frozenset(notes))
        return copy_fragment(placed, chosen, marks.frames, marks.notes)

    def _put_in(
        self, verb: str, fragment: Fragment, pointer: QPointF | None, *, with_incoming: bool
    ) -> None:
        """Put a fragment into the diagram in view and select it."""
        diagram = self._document.diagram
        corner = free_corner(diagram, fragment, self._corner(fragment, pointer), _STEP)
        pasted = paste_fragment(
            diagram, fragment, edits.new_ids(), corner, with_incoming=with_incoming
        )
        title = f"{verb} {_called(fragment)}"
        self._document.edit(title, lambda _: pasted.diagram)
        marks = Marks(frozenset(pasted.frames), frozenset(pasted.notes))
        self._document.select(pasted.nodes.values(), marks)
        self._canvas.show_nodes(pasted.nodes.values())

    def _corner(self, fragment: Fragment, pointer: QPointF | None) -> Position:
        """Return where a fragment's corner comes to lie: its middle at the pointer, on the grid."""
        corner = corner_of(fragment.diagram)
        # Without nodes, the corner itself comes to lie at the pointer.
        centre = middle(fragment.diagram, fragment.diagram.nodes) or corner
        x, y = corner.x, corner.y
        if pointer is not None:
            x, y = x + pointer.x() - centre.x, y + pointer.y() - centre.y
        return Position(snapped(x), snapped(y))


def _called(fragment: Fragment) -> str:
    """Return what the title of an edit calls a fragment: by its nodes, if it has any."""
    part = fragment.diagram
    if part.nodes:
        return called(part, part.nodes)
    if part.frames and part.notes:
        return "frames and notes"
    kind, count = ("frame", len(part.frames)) if part.frames else ("note", len(part.notes))
    return kind if count == 1 else f"{count} {kind}s"


def _put(fragment: Fragment) -> None:
    """Put a fragment on the clipboard, for other windows and for whatever takes text."""
    text = format_fragment(fragment)
    mime = QMimeData()
    mime.setText(text)
    mime.setData(FRAGMENT_MIME, text.encode())
    QGuiApplication.clipboard().setMimeData(mime)


def _text_on_clipboard() -> str:
    mime = QGuiApplication.clipboard().mimeData()
    if mime.hasFormat(FRAGMENT_MIME):
        return bytes(mime.data(FRAGMENT_MIME).data()).decode(errors="replace")
    return mime.text()


def _field_in_use() -> _TextField | None:
    """Return the text field that has the focus, whose own clipboard commands are meant then."""
    focus = QApplication.focusWidget()
    return focus if isinstance(focus, QLineEdit | QPlainTextEdit | QTextEdit) else None
