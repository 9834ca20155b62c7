"""The gesture that moves a node that no wire meets, and inserts it where it falls on a wire."""

from PySide6.QtCore import QPointF

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.diagram.insertions import splice
from graphstudio.studio.canvas.adding import make_room
from graphstudio.studio.canvas.gestures import Gesture, Pointer
from graphstudio.studio.canvas.hits import wire_near
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document


class MoveOntoWire:
    """Moves a node as another gesture does; over a wire it lights the wire up and goes into it."""

    def __init__(
        self, moving: Gesture, scene: DiagramScene, document: Document, node: NodeId
    ) -> None:
        self._moving = moving
        self._scene = scene
        self._document = document
        self._node = node
        self._wire: WireId | None = None

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""
        self._moving.move(pointer)
        self._wire = wire_near(self._scene, pointer.scene) or self._under_middle()
        self._scene.light_up_wire(self._wire)

    def end(self, pointer: Pointer) -> None:
        """Insert the node into the wire below it, or leave it where it is."""
        wire = self._wire
        if wire is None:
            self._moving.end(pointer)
            return
        item = self._scene.nodes[self._node]
        place = Position(item.x(), item.y())
        slots = item.value.ports.inputs
        slot = next((one for one in slots if not one.optional), slots[0])
        self.cancel()
        new = WireId(edits.new_id())
        title = f"insert {self._document.diagram.name_of(self._node)}"

        def insert(diagram: Diagram) -> Diagram:
            moved = edits.move_nodes(diagram, {self._node: place})
            spliced = splice(moved, wire, self._node, slot.port, new)
            return make_room(spliced, self._node, self._scene.nodes)

        self._document.edit(title, insert)

    def cancel(self) -> None:
        """Leave everything as it was."""
        self._scene.light_up_wire(None)
        self._moving.cancel()

    def _under_middle(self) -> WireId | None:
        frame = self._scene.nodes[self._node].frame()
        return wire_near(self._scene, QPointF(frame.center()))


def goes_between(scene: DiagramScene, node: NodeId) -> bool:
    """Return whether a node can be inserted into a wire: it is alone, and takes and gives."""
    diagram, ports = scene.diagram, scene.nodes[node].value.ports
    wired = node in diagram.incoming or node in diagram.outgoing
    return not wired and bool(ports.inputs) and bool(ports.outputs)
