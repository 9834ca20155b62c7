"""The canvas: the view of the diagram, and what mouse, keys and drops do to it."""

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
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
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import NodeId, Position
from graphstudio.diagram.measures import DEFAULT_SIZE, Measures
from graphstudio.diagram.nesting import LayerPath
from graphstudio.studio.canvas import adding, keyboard
from graphstudio.studio.canvas.background import paint_empty
from graphstudio.studio.canvas.draw_wire import Replies
from graphstudio.studio.canvas.hits import hit, tooltip
from graphstudio.studio.canvas.lock_marks import LockMarks
from graphstudio.studio.canvas.marking import Marking
from graphstudio.studio.canvas.measured import measures_of
from graphstudio.studio.canvas.name_editor import NameEditor, name_area
from graphstudio.studio.canvas.notice import Notice
from graphstudio.studio.canvas.overview import Overview
from graphstudio.studio.canvas.pointing import Pointing
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_label import WireLabel
from graphstudio.studio.canvas.zoom_view import FIT_MARGIN, ZoomView
from graphstudio.studio.document import Document
from graphstudio.studio.drag import ENTRY_MIME
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme


class CanvasView(ZoomView):
    """The canvas.

    Signals:
        zoom_changed: the zoom in percent.
        refused: a sentence that says why something was refused.
        wire_let_go: the :class:`End` that a new wire comes from which ended in nothing, and the
            place of the scene where it did.
        search_requested: the user wants to find something to add.
        menu_requested: the user wants to see what can be done with the selection, at a place of
            the screen.
    """

    refused = Signal(str)
    wire_let_go = Signal(object, QPointF)
    search_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(
        self,
        document: Document,
        findings: Findings,
        theme: Theme,
        catalog: Catalog,
        parent: QWidget | None = None,
    ) -> None:
        self._scene = DiagramScene(document, findings, theme, catalog)
        super().__init__(self._scene, theme, parent)
        self._document = document
        self._catalog = catalog
        self._empty = self._scene.outline().isEmpty()
        self._place = document.place
        self._left: dict[LayerPath, tuple[float, QPointF]] = {}
        self._overview = Overview(self, self._scene, theme)
        self._notice = Notice(self)
        self._label = WireLabel(self, theme)
        self._locks = LockMarks(self._scene, document, theme)
        self._name_editor = NameEditor(self, self._scene, document, self.refuse)
        self._pointing = Pointing(self, self._scene, document, theme, self._replies(), self._label)
        self._scene.outlines_changed.connect(self._follow_outlines)
        document.place_changed.connect(self._follow_place)
        document.replaced.connect(lambda *_: self._left.clear())
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Canvas")

    @property
    def diagram_scene(self) -> DiagramScene:
        """The scene with the items of the diagram."""
        return self._scene

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

    def show_catalog(self, catalog: Catalog) -> None:
        """Show the diagram by another catalog, and take from it what is placed next."""
        self._catalog = catalog
        self._scene.show_catalog(catalog)

    def fit_all(self) -> None:
        """Show all nodes, frames and notes, no larger than at 100 percent."""
        self.fit(self._scene.outline())

    def fit_selection(self) -> None:
        """Show the selected nodes, no larger than at 100 percent; all where none is selected."""
        around = QRectF()
        for frame in self._scene.nodes.frames(self._document.selection):
            around = around.united(frame)
        self.fit(around if not around.isEmpty() else self._scene.outline())

    def show_opened(self) -> None:
        """Show a diagram that has just come into view: all of it, or its start if it is long."""
        self.show_readable(self._scene.outline())

    @property
    def looks_at(self) -> tuple[float, QPointF]:
        """The zoom in percent, and the place of the diagram in the middle."""
        return self.zoom, self.mapToScene(self.viewport().rect().center())

    def look_at(self, zoom: float, centre: QPointF) -> None:
        """Zoom to a percentage, with a place of the diagram in the middle."""
        self.zoom_to(zoom)
        self.centerOn(centre)

    def center_on_node(self, node_id: NodeId) -> None:
        """Bring a node to the middle of the view."""
        self.centerOn(self._scene.nodes[node_id].frame().center())

    def measures(self) -> Measures:
        """Return how large the nodes are drawn."""
        drawn = {node: (item.value.ports, item.shape) for node, item in self._scene.nodes.items()}
        return measures_of(self._scene.diagram, drawn)

    def places(self) -> dict[NodeId, Position]:
        """Return where each node is shown."""
        return {node: Position(item.x(), item.y()) for node, item in self._scene.nodes.items()}

    def show_nodes(self, nodes: Iterable[NodeId]) -> None:
        """Bring nodes into the view, unless some of them are to be seen already."""
        frames = [self._scene.nodes[node].frame() for node in nodes]
        shown = self.mapToScene(self.viewport().rect()).boundingRect()
        if frames and not any(shown.intersects(frame) for frame in frames):
            self.ensureVisible(frames[0], FIT_MARGIN, FIT_MARGIN)

    def add_entry(self, path: str, position: QPointF | None = None) -> None:
        """Add a layer, an input or a head, and select it.

        Args:
            path: ``"keras.Input"``, ``"head"``, or a layer such as ``"keras.layers.Dense"``.
            position: its middle, in the scene. Without one it goes to the right of the one
                selected node and is wired to it, or else to the middle of the view.

        Raises:
            ValueError: the path names none of these.
        """
        node_id = NodeId(edits.new_id())
        source = self._source_of_next(path) if position is None else None
        place = self._place_for(source, position)
        diagram = adding.add_entry(self._document.diagram, self._catalog, path, node_id, place)
        if source is not None:
            diagram = adding.follow(diagram, self._catalog, source, node_id)
        title = f"add {path.rpartition('.')[2]}"
        self._document.apply(title, lambda project: project.with_diagram(diagram))
        self._document.select([node_id])
        self._scene.select_wires(())
        self.ensureVisible(self._scene.nodes[node_id].frame(), FIT_MARGIN, FIT_MARGIN)

    def remove_selected(self) -> None:
        """Remove the selected nodes, wires, frames and notes, as one edit."""
        keyboard.remove_selected(self._scene, self._document)

    def select_all(self) -> None:
        """Select every node, wire, frame and note."""
        keyboard.select_all(self._scene, self._document)

    def rename_selected(self) -> None:
        """Let the user write another name on the one selected node."""
        if len(self._document.selection) == 1:
            (node,) = self._document.selection
            self.ensureVisible(self._scene.nodes[node].frame(), 0, 0)
            self._name_editor.open(node)

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

    def _follow_place(self) -> None:
        """Show a model that is opened, and one that was left as it was then."""
        self._left[self._place] = self.looks_at
        self._place = self._document.place
        if self._place in self._left:
            self.look_at(*self._left[self._place])
        else:
            self.show_opened()

    def _source_of_next(self, path: str) -> NodeId | None:
        """Return the node that a new one follows: the only selected one, if it gives a tensor."""
        selected = list(self._document.selection)
        if len(selected) != 1 or path == self._catalog.input.path:
            return None
        return selected[0] if self._scene.ports[selected[0]].outputs else None

    def _place_for(self, source: NodeId | None, position: QPointF | None) -> Position:
        width, height = DEFAULT_SIZE
        if position is not None:
            return Position(position.x() - width / 2, position.y() - height / 2)
        taken = [item.frame() for item in self._scene.nodes.values()]
        if source is not None:
            frame = self._scene.nodes[source].frame()
            return adding.free_place(frame.right() + adding.GAP_X, frame.top(), taken)
        middle = self.mapToScene(self.viewport().rect().center())
        return adding.free_place(middle.x() - width / 2, middle.y() - height / 2, taken)

    # What Qt calls. The names are Qt's.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        self._notice.hide()
        self._pointing.press(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or show what lies under the pointer."""
        self._pointing.move(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End a gesture."""
        self._pointing.release(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Ask for something to add, on empty ground; write, rename or open; bend a wire."""
        if self._pointing.is_empty(event):
            self.search_requested.emit()
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
        if not self._pointing.key(event):
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
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            self.search_requested.emit()
            return True
        return super().event(event)

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
        """Take it anywhere."""
        if event.mimeData().hasFormat(ENTRY_MIME):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Add it where it falls."""
        if event.mimeData().hasFormat(ENTRY_MIME):
            path = bytes(event.mimeData().data(ENTRY_MIME).data()).decode()
            self.add_entry(path, self.mapToScene(event.position().toPoint()))
            event.acceptProposedAction()
            self.setFocus()

    def drawForeground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        """Say what to do with an empty canvas."""
        if self._empty:
            paint_empty(painter, QRectF(self.viewport().rect()), self._theme.palette)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the overview in its corner."""
        super().resizeEvent(event)
        self._overview.stand_in(self.size())


def _as_read(text: str) -> str:
    """Return a tooltip that shows a text as it is, whatever it holds of HTML."""
    return f'<p style="white-space: pre-wrap">{escape(text)}</p>' if text else ""
