"""The commands on wires, bound to what is selected on the canvas."""

from collections.abc import Callable, Mapping

from graphstudio.diagram.diagram import NodeId, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.input_order import lists_into, move_input, sort_inputs
from graphstudio.studio.canvas.connection import lock_refusal
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document


class WiringActions:
    """Carries the commands out."""

    def __init__(self, document: Document, canvas: CanvasView) -> None:
        self._document = document
        self._canvas = canvas

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {
            "input_up": lambda: self._move_input(-1),
            "input_down": lambda: self._move_input(1),
            "sort_inputs": self._sort_inputs,
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        before, after = self._around_selected()
        return {
            "input_up": before,
            "input_down": after,
            "sort_inputs": self._merge() is not None,
        }

    def _around_selected(self) -> tuple[bool, bool]:
        """Return whether others come before and after the one selected wire in its list."""
        diagram, key = self._document.diagram, self._selected()
        if key is None:
            return False, False
        wire = diagram.wires[key]
        orders = [one.order for one in diagram.incoming[wire.target] if one.port == wire.port]
        return min(orders) < wire.order, wire.order < max(orders)

    def _selected(self) -> WireId | None:
        """Return the selected wire, if it is one."""
        selected = self._document.selected_wires
        return next(iter(selected)) if len(selected) == 1 else None

    def _move_input(self, step: int) -> None:
        wire = self._selected()
        if wire is None or self._is_locked(self._document.diagram.wires[wire].target):
            return
        self._document.edit("move input", lambda diagram: move_input(diagram, wire, step))

    def _sort_inputs(self) -> None:
        node = self._merge()
        if node is None or self._is_locked(node):
            return
        heights = self._heights(node)
        self._document.edit(
            f"sort inputs of {self._document.diagram.name_of(node)}",
            lambda diagram: sort_inputs(diagram, node, heights),
        )

    def _heights(self, node: NodeId) -> dict[WireId, float]:
        """Return how far down, or right, each wire comes from: its last place before the node."""
        wires, diagram = self._canvas.diagram_scene.wires, self._document.diagram
        down = diagram.direction is Direction.DOWN
        keys = [key for keys in lists_into(diagram, node) for key in keys]
        places = {key: wires[key].points[-2] for key in keys}
        return {key: place.x() if down else place.y() for key, place in places.items()}

    def _merge(self) -> NodeId | None:
        """Return the selected node, if it is one that receives several tensors at a port."""
        document = self._document
        if len(document.selection) != 1:
            return None
        (node,) = document.selection
        return node if lists_into(document.diagram, node) else None

    def _is_locked(self, node: NodeId) -> bool:
        """Return whether a node's wires cannot change, which is then said."""
        reason = lock_refusal(self._document.diagram, node)
        if reason:
            self._canvas.refuse(reason)
        return bool(reason)
