"""What mouse and keys begin on the canvas: one gesture at a time, or one edit a key."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from graphstudio.diagram.bends import Bend
from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.canvas import keyboard
from graphstudio.studio.canvas.bending import MoveBends, bend_wire, take_bend_off
from graphstudio.studio.canvas.connection import lock_refusal
from graphstudio.studio.canvas.cut_wires import CutWires
from graphstudio.studio.canvas.draw_wire import DrawWire, Replies
from graphstudio.studio.canvas.gestures import Gesture, MoveNodes, Pan, Pointer, RubberBand
from graphstudio.studio.canvas.grips import Grip, grip_port, grip_wire
from graphstudio.studio.canvas.hits import Hit, hit
from graphstudio.studio.canvas.marking import Marking
from graphstudio.studio.canvas.move_onto_wire import MoveOntoWire, goes_between
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.wire_item import WireItem
from graphstudio.studio.canvas.wire_label import WireLabel
from graphstudio.studio.canvas.zoom_view import ZoomView
from graphstudio.studio.document import Document
from graphstudio.studio.layer_commands import open_model
from graphstudio.studio.theme import Theme

_MIDDLE = Qt.MouseButton.MiddleButton
_RIGHT = Qt.MouseButton.RightButton
_LEFT = Qt.MouseButton.LeftButton
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier
# What a drag can mean besides to select and to move, by the id of the action, and how it looks.
TOOLS = {
    "pan": Qt.CursorShape.OpenHandCursor,
    "cut_wires": Qt.CursorShape.CrossCursor,
}


class Pointing:
    """Turns presses into gestures, and keys into edits.

    Attributes:
        place: where the pointer was last, in the view.
        inside: whether it is still there, or a menu opened there.
        marking: what is done with frames and notes.
    """

    def __init__(
        self,
        view: ZoomView,
        scene: DiagramScene,
        document: Document,
        theme: Theme,
        replies: Replies,
        label: WireLabel,
    ) -> None:
        self.place = QPoint()
        self.inside = False
        self.marking = Marking(view, scene, document, theme)
        self._view = view
        self._scene = scene
        self._document = document
        self._theme = theme
        self._replies = replies
        self._label = label
        self._gesture: Gesture | None = None
        self._pressed = QPoint()
        self._button = Qt.MouseButton.NoButton
        self._dragging = False
        self._tool = ""
        # The key that the tool is taken for as long as it is held; none for one drag.
        self._tool_key: int | None = None
        # Whatever changes the diagram under a gesture, such as an undo, ends it.
        document.changed.connect(self.cancel)

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        cuts = event.button() is _RIGHT and bool(event.modifiers() & _CONTROL)
        if self._gesture is not None or not (cuts or event.button() in {_LEFT, _MIDDLE}):
            return
        pointer = self._pointer(event)
        self._show_label(None)
        self._pressed, self._dragging = pointer.view, False
        self._button = event.button()
        if event.button() is _MIDDLE or self._tool == "pan":
            self._gesture = Pan(self._view, pointer)
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif cuts or self._tool == "cut_wires":
            palette = self._theme.palette
            self._gesture = CutWires(self._scene, self._document, palette, pointer)
            self._view.viewport().setCursor(Qt.CursorShape.CrossCursor)
        else:
            self._gesture = self._begin(hit(self._scene, pointer.scene), pointer)

    def move(self, event: QMouseEvent) -> None:
        """Go on with a gesture, or show what lies under the pointer."""
        pointer = self._pointer(event)
        if self._gesture is None:
            self._hover(hit(self._scene, pointer.scene))
            return
        way = (pointer.view - self._pressed).manhattanLength()
        if self._dragging or way >= QGuiApplication.styleHints().startDragDistance() // 2:
            self._dragging = True
            self._gesture.move(pointer)
            if isinstance(self._gesture, DrawWire):
                self._hover(hit(self._scene, pointer.scene))

    def release(self, event: QMouseEvent) -> None:
        """End a gesture when the button that began it is let go."""
        if event.button() is not self._button:
            return
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.end(self._pointer(event))
            self._put_back()

    def cancel(self) -> None:
        """Leave everything as it was before the gesture."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
            self._put_back()

    def is_empty(self, event: QMouseEvent) -> bool:
        """Return whether nothing lies under the pointer."""
        return hit(self._scene, self._pointer(event).scene) == Hit()

    def open(self, event: QMouseEvent) -> bool:
        """Open the nested model, the title or the note under the pointer; return whether it did."""
        found = hit(self._scene, self._pointer(event).scene)
        if found.mark is not None and event.button() is _LEFT:
            return self.marking.writing.write(found.mark.marks)
        return (
            event.button() is _LEFT
            and found.node is not None
            and found.end is None
            and open_model(self._document, found.node.node_id)
        )

    def bend(self, event: QMouseEvent) -> bool:
        """Bend the wire under the pointer, or take its bend off; return whether there is one."""
        place = self._pointer(event).scene
        found = hit(self._scene, place)
        if event.button() is not _LEFT or found.wire is None:
            return False
        if found.bend is not None:
            take_bend_off(self._document, found.bend)
        else:
            bend_wire(self._scene, self._document, found.wire.wire_id, place)
        return True

    def choose(self, place: QPoint) -> None:
        """Select what lies at a place of the view, unless it is selected already."""
        found = hit(self._scene, self._view.mapToScene(place))
        if found.wire is not None and found.wire.wire_id not in self._document.selected_wires:
            self._document.select((), wires=[found.wire.wire_id])
        if found.node is not None and found.node.node_id not in self._document.selection:
            self._document.select([found.node.node_id])
        elif found.mark is not None:
            self.marking.choose(found.mark)

    def stay(self, place: QPoint) -> None:
        """Take the pointer for where a menu was opened."""
        self.place, self.inside = place, True

    def leave(self) -> None:
        """Forget what was under the pointer."""
        self.inside = QApplication.activePopupWidget() is not None and self.inside
        self._hover(Hit())

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key means; return whether it means anything here."""
        key, held = Qt.Key(event.key()), event.modifiers()
        if key is Qt.Key.Key_Escape:
            self._escape()
        elif key in keyboard.ARROWS and held & _CONTROL:
            self._walk(keyboard.ARROWS[key], adds=bool(held & _SHIFT))
        elif key in keyboard.ARROWS and not held & _ALT:
            keyboard.nudge(self._scene, self._document, keyboard.ARROWS[key])
        else:
            return False
        return True

    def take(self, tool: str, key: int | None = None) -> None:
        """Let drags mean something else, by the id of its action.

        Args:
            tool: one of ``TOOLS``.
            key: the key that is held for it; without it the next drag alone is meant.
        """
        self._tool, self._tool_key = tool, key
        self._show_cursor()

    def key_up(self, event: QKeyEvent) -> None:
        """Stop to pan or to cut when the key for it is let go."""
        if event.key() == self._tool_key and not event.isAutoRepeat():
            self.forget_keys()

    def forget_keys(self) -> None:
        """Take every key as let go."""
        if self._tool_key is not None:
            self._tool, self._tool_key = "", None
        self._show_cursor()

    def _put_back(self) -> None:
        """Leave a tool that was taken for one drag."""
        if self._tool_key is None:
            self._tool = ""
        self._show_cursor()

    def _begin(self, found: Hit, pointer: Pointer) -> Gesture | None:
        scene, document = self._scene, self._document
        if found.end is not None:
            return self._take(grip_port(scene, found.end))
        if found.node is not None:
            return self._grab(found.node.node_id, pointer)
        if found.bend is not None:
            return self._grab_bend(found.bend, pointer)
        if found.wire is not None:
            return self._grab_wire(found.wire, pointer)
        if found.mark is not None:
            return self.marking.grab(found.mark, pointer)
        return RubberBand(scene, document, self._theme.palette, pointer)

    def _take(self, grip: Grip) -> Gesture | None:
        """Begin a wire, or lift the end of one, unless it is locked."""
        if grip.wire is not None:
            diagram = self._scene.diagram
            locked = lock_refusal(diagram, diagram.wires[grip.wire].target)
            if locked:
                self._replies.refuse(locked)
                return None
        palette = self._theme.palette
        return DrawWire(self._scene, self._document, palette, grip, self._replies)

    def _grab_wire(self, item: WireItem, pointer: Pointer) -> Gesture | None:
        """Select a pressed wire, and get ready to move its end if that is near."""
        document, wire = self._document, {item.wire_id}
        if pointer.adds:
            wires = document.selected_wires ^ wire
            document.select(document.selection, document.selected_marks, wires)
            return None
        document.select((), wires=wire)
        grip = grip_wire(self._scene, item, pointer.scene, self._view.transform().m11())
        return self._take(grip) if grip is not None else None

    def _grab(self, node: NodeId, pointer: Pointer) -> Gesture | None:
        """Select a pressed node, if it is not selected yet, and get ready to move."""
        document = self._document
        selection, marks = document.selection, document.selected_marks
        if pointer.adds:
            wires, bends = document.selected_wires, document.selected_bends
            document.select(selection ^ {node}, marks, wires, bends)
            if node in selection:
                return None
        elif node in selection:
            document.select(selection, marks)
        else:
            document.select([node])
        if document.selected_marks:
            return self.marking.grab_node(node, pointer)
        moving = MoveNodes(self._scene, document, self._theme.palette, node, pointer)
        alone = document.selection == {node} and not document.selected_bends
        if alone and goes_between(self._scene, node):
            return MoveOntoWire(moving, self._scene, self._document, node)
        return moving

    def _grab_bend(self, bend: Bend, pointer: Pointer) -> Gesture | None:
        """Select a pressed bend, if it is not selected yet, and get ready to move."""
        document = self._document
        chosen = document.selected_bends
        if pointer.adds:
            chosen ^= {bend}
            marks, wires = document.selected_marks, document.selected_wires
            document.select(document.selection, marks, wires, chosen)
        elif bend not in chosen:
            chosen = frozenset((bend,))
            document.select((), bends=chosen)
        return MoveBends(self._scene, document, bend, pointer) if bend in chosen else None

    def _walk(self, step: keyboard.Step, *, adds: bool) -> None:
        node = keyboard.walk(self._scene, self._document, step, adds=adds)
        if node is not None:
            self._view.ensureVisible(self._scene.nodes[node].frame())

    def _escape(self) -> None:
        document = self._document
        if self._gesture is not None:
            self.cancel()
        elif self._tool:
            self._tool, self._tool_key = "", None
            self._show_cursor()
        elif document.has_selection:
            document.select(())
        else:
            document.close_model()

    def _hover(self, found: Hit) -> None:
        self._show_label(found.wire)
        self._scene.hover(found.node, found.end, found.wire.wire_id if found.wire else None)
        if self._gesture is None and not self._tool:
            self.marking.show_cursor(found.mark)

    def _show_label(self, wire: WireItem | None) -> None:
        self._label.show_wire(wire if self._gesture is None else None, self.place)

    def _show_cursor(self) -> None:
        shape = TOOLS.get(self._tool, Qt.CursorShape.ArrowCursor)
        self._view.viewport().setCursor(shape)

    def _pointer(self, event: QMouseEvent) -> Pointer:
        self.place, self.inside = event.position().toPoint(), True
        return Pointer(self.place, self._view.mapToScene(self.place), event.modifiers())
