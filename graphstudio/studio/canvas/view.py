"""The canvas: the view of the diagram, and what mouse, keys and drops do to it."""

from collections.abc import Callable, Mapping
from functools import partial
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from graphstudio.catalog.entries import Catalog
from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas import keyboard
from graphstudio.studio.canvas.adder import Adder
from graphstudio.studio.canvas.background import paint_empty
from graphstudio.studio.canvas.canvas_keys import CanvasKeys
from graphstudio.studio.canvas.diagram_view import DiagramView
from graphstudio.studio.canvas.draw_wire import Replies
from graphstudio.studio.canvas.hits import hit, tooltip
from graphstudio.studio.canvas.legend import Legend
from graphstudio.studio.canvas.lock_marks import LockMarks
from graphstudio.studio.canvas.marking import Marking
from graphstudio.studio.canvas.name_editor import NameEditor, name_area
from graphstudio.studio.canvas.notice import Notice
from graphstudio.studio.canvas.overview import Overview
from graphstudio.studio.canvas.pointing import TOOLS, Pointing
from graphstudio.studio.canvas.ports import End
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.spot import Spot
from graphstudio.studio.canvas.wire_label import WireLabel
from graphstudio.studio.canvas.zoom_view import FIT_MARGIN
from graphstudio.studio.document import Document
from graphstudio.studio.drag import ENTRY_MIME
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme


class CanvasView(DiagramView):
    """The canvas.

    Signals:
        zoom_changed: the zoom in percent.
        refused: a sentence that says why something was refused.
        wire_let_go: the :class:`End` that a new wire comes from which ended in nothing, and the
            place of the scene where it did.
        search_requested: the user wants to find something to add, at a :class:`Spot`.
        added: the public path of what was added.
        menu_requested: the user wants to see what can be done with the selection, at a place of
            the screen.
    """

    refused = Signal(str)
    wire_let_go = Signal(object, QPointF)
    search_requested = Signal(object)
    added = Signal(str)
    menu_requested = Signal(QPoint)

    def __init__(
        self,
        document: Document,
        findings: Findings,
        theme: Theme,
        catalog: Catalog,
        parent: QWidget | None = None,
    ) -> None:
        scene = DiagramScene(document, findings, theme, catalog)
        super().__init__(scene, document, theme, parent)
        # What follows the scene's signals keeps it alive, so that it has to go with the view.
        scene.setParent(self)
        self._adder = Adder(self._scene, document, catalog)
        self._empty = self._scene.outline().isEmpty()
        self._pointed = False
        self._overview = Overview(self, self._scene, theme)
        self._legend = Legend(self, self._scene.overlay, theme)
        self._notice = Notice(self)
        self._label = WireLabel(self, theme)
        self._locks = LockMarks(self._scene, document, theme)
        self._name_editor = NameEditor(self, self._scene, document, self.refuse)
        self._pointing = Pointing(self, self._scene, document, theme, self._replies(), self._label)
        self._keys = CanvasKeys()
        self._scene.outlines_changed.connect(self._follow_outlines)
        self.wire_let_go.connect(self._ask_what_wire_meets)
        document.about_to_leave.connect(self.commit_pending)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Canvas")

    @property
    def marking(self) -> Marking:
        """What is done with frames and notes."""
        return self._pointing.marking

    @property
    def notice(self) -> Notice:
        """What says beside the pointer why a wire was refused."""
        return self._notice

    @property
    def wire_label(self) -> WireLabel:
        """What says at the pointer what the wire under it carries."""
        return self._label

    @property
    def locks(self) -> LockMarks:
        """What marks the locked nodes."""
        return self._locks

    @property
    def overview(self) -> Overview:
        """The small picture of the whole diagram in the corner."""
        return self._overview

    @property
    def legend(self) -> Legend:
        """What says in the other corner what the colours of the nodes mean."""
        return self._legend

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command of the canvas does, by the id of its action."""
        return {
            "delete": self.remove_selected,
            "select_all": self.select_all,
            "rename": self.rename_selected,
            "open_or_write": self.open_or_write_selected,
            "connect": self.connect_selected,
            "add_here": self.ask_what_to_add,
            **{tool: partial(self._pointing.take, tool) for tool in TOOLS},
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        document = self._document
        return {"delete": document.has_selection, "connect": len(document.selection) == 2}

    def follow_keys(self) -> None:
        """Take the keys that the user chose for the commands of the canvas."""
        self._keys.follow()

    def show_catalog(self, catalog: Catalog) -> None:
        """Show the diagram by another catalog, and take from it what is placed next."""
        self._adder.catalog = catalog
        self._scene.show_catalog(catalog)

    def add_entry(self, path: str, spot: Spot | None = None) -> None:
        """Add a layer, an input or a head, and select it.

        Args:
            path: ``"keras.Input"``, ``"head"``, or a layer such as ``"keras.layers.Dense"``.
            spot: where. Without one it goes into the one selected wire, or to the right of the one
                selected node and is wired to it, or else to the middle of the view.

        Raises:
            ValueError: the path names none of these.
        """
        middle = self.mapToScene(self.viewport().rect().center())
        node_id = self._adder.add(path, spot or Spot(QPoint()), middle)
        self.ensureVisible(self._scene.nodes[node_id].frame(), FIT_MARGIN, FIT_MARGIN)
        self.added.emit(path)

    def ask_what_to_add(self, at: QPoint | None = None) -> None:
        """Ask for something to add.

        Args:
            at: where, in the view; without it where the pointer is, if a hand has brought it here
                since something was asked for, or else anywhere.
        """
        viewport = self.viewport()
        # A pointer that only rests here would put everything that is typed onto one place.
        if at is None and self._pointed and viewport.underMouse():
            at = self._pointing.place
        self._pointed = False
        place = None if at is None else self.mapToScene(at)
        at = viewport.rect().center() if at is None else at
        self.search_requested.emit(self._adder.spot_at(viewport.mapToGlobal(at), place))

    def commit_pending(self) -> None:
        """Take the name, title or note that is being written, as before saving."""
        self._name_editor.commit_pending()
        self.marking.writing.commit_pending()

    def remove_selected(self) -> None:
        """Remove the selected nodes, wires, frames and notes, as one edit."""
        keyboard.remove_selected(self._document)

    def select_all(self) -> None:
        """Select every node, wire, frame and note."""
        keyboard.select_all(self._document)

    def rename_selected(self) -> None:
        """Let the user write another name on the one selected node."""
        if len(self._document.selection) == 1:
            (node,) = self._document.selection
            self.ensureVisible(self._scene.nodes[node].frame(), 0, 0)
            self._name_editor.open(node)

    def open_or_write_selected(self) -> None:
        """Write the one selected title or note, or bring the one selected model into view."""
        if not self.marking.writing.write_selected():
            keyboard.open_selected(self._document)

    @property
    def paste_place(self) -> QPointF | None:
        """Where the pointer is in the scene; none while it is elsewhere."""
        return self.mapToScene(self._pointing.place) if self._pointing.inside else None

    def connect_selected(self) -> None:
        """Wire the left one of two selected nodes to the other."""
        keyboard.connect_selected(self._scene, self._document, self.refuse)

    def refuse(self, reason: str, place: QPoint | None = None) -> None:
        """Say why something was refused, at a place of the view or the pointer, and by signal."""
        self._notice.say(reason, place or self._pointing.place)
        self.refused.emit(reason)

    def _replies(self) -> Replies:
        return Replies(self.refuse, self._explain, self.wire_let_go.emit)

    def _explain(self, reason: str) -> None:
        """Say beside the pointer why the wire in hand does not fit there."""
        if reason:
            self._notice.say(reason, self._pointing.place)
        else:
            self._notice.hide()

    def _rename_under(self, event: QMouseEvent) -> bool:
        """Rename the node under the pointer; a model opens unless its very name was meant."""
        place = self.mapToScene(event.position().toPoint())
        found = hit(self._scene, place)
        if found.node is None or found.end or event.button() is not Qt.MouseButton.LeftButton:
            return False
        if found.node.value.nested and not name_area(found.node).contains(place):
            return False
        self._name_editor.open(found.node.node_id)
        return True

    def _follow_outlines(self) -> None:
        empty = self._scene.outline().isEmpty()
        if empty != self._empty:
            self._empty = empty
            self.viewport().update()

    def _ask_what_wire_meets(self, loose: End, place: QPointF) -> None:
        """Ask what a wire that was let go over nothing should lead to."""
        at = self.viewport().mapToGlobal(self.mapFromScene(place))
        self.search_requested.emit(self._adder.spot_for_loose(at, place, loose))

    # What Qt calls. The names are Qt's.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._notice.hide()
        self._pointing.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or show what lies under the pointer."""
        self._pointed = True
        self._pointing.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self._pointing.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for something to add, on empty ground; write, rename or open; bend a wire."""
        if self._pointing.is_empty(event):
            self.ask_what_to_add(event.position().toPoint())
        elif not (
            self._rename_under(event) or self._pointing.open(event) or self._pointing.bend(event)
        ):
            self._pointing.press(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of what lies under the pointer, or of the selection.

        The right button with Ctrl held cuts wires.
        """
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            self._pointing.choose(event.pos())
        self.menu_requested.emit(event.globalPos())
        # The menu takes the pointer away; what is chosen there is meant here.
        self._pointing.stay(event.pos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the key means."""
        if not (self._carry_out(event) or self._pointing.key(event)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Stop to pan when the space bar is let go."""
        self._pointing.key_up(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget held keys: their release goes elsewhere."""
        self._pointing.forget_keys()
        super().focusOutEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Tab before it moves the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Tab
            and self._carry_out(event)
        ):
            return True
        return super().event(event)

    def _carry_out(self, event: QKeyEvent) -> bool:
        """Do the command that a key means; return whether it means one."""
        command = self._keys.command_of(event)
        if command in TOOLS:
            self._pointing.take(command, event.key())
        elif command:
            self.handlers()[command]()
        return bool(command)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say what lies under a resting pointer, and forget it when the pointer leaves."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            said = tooltip(hit(self._scene, self.mapToScene(event.pos())))
            QToolTip.showText(event.globalPos(), _as_read(said), self.viewport())
            return True
        if event.type() is QEvent.Type.Leave:
            self._pointing.leave()
        return super().viewportEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take what the palette gives."""
        if event.mimeData().hasFormat(ENTRY_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Take it anywhere, and light up the wire that it would go into."""
        if event.mimeData().hasFormat(ENTRY_MIME):
            self._scene.light_up_wire(self._wire_below(event))
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Forget what was below it."""
        self._scene.light_up_wire(None)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add it where it falls."""
        if event.mimeData().hasFormat(ENTRY_MIME):
            at = event.position().toPoint()
            wire = self._wire_below(event)
            self._scene.light_up_wire(None)
            self.add_entry(_dragged(event), Spot(at, self.mapToScene(at), wire=wire))
            event.acceptProposedAction()
            self.setFocus()

    def _wire_below(self, event: QDropEvent) -> WireId | None:
        place = self.mapToScene(event.position().toPoint())
        return self._adder.wire_for_drop(_dragged(event), place)

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        """Say what to do with an empty canvas."""
        if self._empty:
            paint_empty(painter, QRectF(self.viewport().rect()), self._theme.palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep overview and legend in their corners."""
        super().resizeEvent(event)
        self._overview.stand_in(self.size())
        self._legend.stand_in(self.size())


def _dragged(event: QDropEvent) -> str:
    """Return the public path of what is dragged."""
    return bytes(event.mimeData().data(ENTRY_MIME).data()).decode()


def _as_read(text: str) -> str:
    """Return a tooltip that shows a text as it is, whatever it holds of HTML."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""
