"""What mouse and keys begin on the canvas: one gesture at a time, or one edit a key."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QGraphicsView

from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.canvas import keyboard
from graphstudio.studio.canvas.draw_wire import DrawWire
from graphstudio.studio.canvas.gestures import Gesture, MoveNodes, Pan, Pointer, RubberBand
from graphstudio.studio.canvas.hits import Hit, hit
from graphstudio.studio.canvas.move_onto_wire import MoveOntoWire, goes_between
from graphstudio.studio.canvas.ports import End
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.layer_commands import open_model
from graphstudio.studio.theme import Theme

_MIDDLE = Qt.MouseButton.MiddleButton
_LEFT = Qt.MouseButton.LeftButton
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


class Pointing:
    """Turns presses into gestures, and keys into edits.

    Attributes:
        place: where the pointer was last, in the view.
    """

    def __init__(
        self,
        view: QGraphicsView,
        scene: DiagramScene,
        document: Document,
        theme: Theme,
        refuse: Callable[[str], None],
        dropped: Callable[[End, QPointF], None],
    ) -> None:
        self.place = QPoint()
        self._view = view
        self._scene = scene
        self._document = document
        self._theme = theme
        self._refuse = refuse
        self._dropped = dropped
        self._gesture: Gesture | None = None
        self._pressed = QPoint()
        self._button = Qt.MouseButton.NoButton
        self._dragging = False
        self._space = False
        # Whatever changes the diagram under a gesture, such as an undo, ends it.
        document.changed.connect(self.cancel)

    def press(self, event: QMouseEvent) -> None:
        """Begin a gesture."""
        if self._gesture is not None or event.button() not in {_LEFT, _MIDDLE}:
            return
        pointer = self._pointer(event)
        self._pressed, self._dragging = pointer.view, False
        self._button = event.button()
        if event.button() is _MIDDLE or self._space:
            self._gesture = Pan(self._view, pointer)
            self._view.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
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
            self._show_cursor()

    def cancel(self) -> None:
        """Leave everything as it was before the gesture."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.cancel()
            self._show_cursor()

    def is_empty(self, event: QMouseEvent) -> bool:
        """Return whether nothing lies under the pointer."""
        return hit(self._scene, self._pointer(event).scene) == Hit()

    def open(self, event: QMouseEvent) -> bool:
        """Open the nested model under the pointer; return whether there is one."""
        found = hit(self._scene, self._pointer(event).scene)
        return (
            event.button() is _LEFT
            and found.node is not None
            and found.end is None
            and open_model(self._document, found.node.node_id)
        )

    def choose(self, place: QPoint) -> None:
        """Select the node at a place of the view, unless it is selected already."""
        found = hit(self._scene, self._view.mapToScene(place))
        if found.node is not None and found.node.node_id not in self._document.selection:
            self._document.select([found.node.node_id])

    def leave(self) -> None:
        """Forget what was under the pointer."""
        self._hover(Hit())

    def key(self, event: QKeyEvent) -> bool:
        """Do what a key means; return whether it means anything here."""
        scene, document = self._scene, self._document
        key, held = Qt.Key(event.key()), event.modifiers()
        if key is Qt.Key.Key_Escape:
            self._escape()
        elif key is Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            keyboard.select_all(scene, document)
        elif key in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            keyboard.remove_selected(scene, document)
        elif key in keyboard.ARROWS and held & _CONTROL:
            self._walk(keyboard.ARROWS[key], adds=bool(held & _SHIFT))
        elif key in keyboard.ARROWS and not held & _ALT:
            keyboard.nudge(scene, document, keyboard.ARROWS[key])
        elif key is Qt.Key.Key_W and not held:
            keyboard.connect_selected(scene, document, self._refuse)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            keyboard.open_selected(document)
        else:
            return False
        return True

    def key_up(self, event: QKeyEvent) -> None:
        """Stop to pan when the space bar is let go."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.forget_keys()

    def forget_keys(self) -> None:
        """Take every key as let go."""
        self._space = False
        self._show_cursor()

    def _begin(self, found: Hit, pointer: Pointer) -> Gesture | None:
        scene, document, palette = self._scene, self._document, self._theme.palette
        if found.end is not None:
            return DrawWire(scene, document, palette, found.end, self._refuse, self._dropped)
        if found.node is not None:
            return self._grab(found.node.node_id, pointer)
        if found.wire is not None:
            wire = {found.wire.wire_id}
            if not pointer.adds:
                document.select(())
            scene.select_wires(scene.selected_wires ^ wire if pointer.adds else wire)
            return None
        return RubberBand(scene, document, palette, pointer)

    def _grab(self, node: NodeId, pointer: Pointer) -> Gesture | None:
        """Select a pressed node, if it is not selected yet, and get ready to move."""
        selection = self._document.selection
        if pointer.adds:
            self._document.select(selection ^ {node})
            if node in selection:
                return None
        elif node not in selection:
            self._document.select([node])
        if not pointer.adds:
            self._scene.select_wires(())
        moving = MoveNodes(self._scene, self._document, node, pointer)
        alone = self._document.selection == {node} and goes_between(self._scene, node)
        return MoveOntoWire(moving, self._scene, self._document, node) if alone else moving

    def _walk(self, step: keyboard.Step, *, adds: bool) -> None:
        node = keyboard.walk(self._scene, self._document, step, adds=adds)
        if node is not None:
            self._view.ensureVisible(self._scene.nodes[node].frame())

    def _escape(self) -> None:
        if self._gesture is not None:
            self.cancel()
        elif self._document.selection or self._scene.selected_wires:
            self._document.select(())
            self._scene.select_wires(())
        else:
            self._document.close_model()

    def _hover(self, found: Hit) -> None:
        self._scene.hover(found.node, found.end, found.wire.wire_id if found.wire else None)

    def _show_cursor(self) -> None:
        shape = Qt.CursorShape.OpenHandCursor if self._space else Qt.CursorShape.ArrowCursor
        self._view.viewport().setCursor(shape)

    def _pointer(self, event: QMouseEvent) -> Pointer:
        self.place = event.position().toPoint()
        return Pointer(self.place, self._view.mapToScene(self.place), event.modifiers())
