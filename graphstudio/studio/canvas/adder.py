"""Adds nodes to the canvas: where something falls, at the end of a wire, or into one."""

from PySide6.QtCore import QPoint, QPointF

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.fitting import Need, fits
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.measures import DEFAULT_SIZE
from graphstudio.studio.canvas import adding
from graphstudio.studio.canvas.hits import wire_near
from graphstudio.studio.canvas.ports import End, Side
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.spot import Spot
from graphstudio.studio.document import Document

# A wire's both ends want something of what is put between them.
_BETWEEN = Need(takes=True, gives=True)


class Adder:
    """Puts what the palette and the search give into the diagram.

    Args:
        scene: what is on the canvas.
        document: what is edited.
        catalog: what can be added.
    """

    def __init__(self, scene: DiagramScene, document: Document, catalog: Catalog) -> None:
        self._scene = scene
        self._document = document
        self.catalog = catalog

    def add(self, path: str, spot: Spot, middle: QPointF) -> NodeId:
        """Add what a public path names, as one edit, and select it.

        Args:
            path: see :func:`adding.add_entry`.
            spot: where.
            middle: the middle of the view, in the scene.

        Raises:
            ValueError: the path names nothing that can be added.
        """
        node_id = NodeId(edits.new_id())
        wire = self._wire_for(path, spot)
        source = None if wire or spot.place or spot.loose else self._source_of_next(path)
        place = self._place_for(spot, wire, source, middle)
        diagram = adding.add_entry(self._document.diagram, self.catalog, path, node_id, place)
        if wire is not None:
            diagram = adding.insert(diagram, self.catalog, wire, node_id)
            diagram = adding.make_room(diagram, node_id, self._scene.nodes)
        elif spot.loose is not None:
            diagram = self._joined(diagram, node_id, spot.loose)
        elif source is not None:
            diagram = adding.follow(diagram, self.catalog, End(source, Side.OUTPUT), node_id)
        verb = "insert" if wire else "add"
        title = f"{verb} {path.rpartition('.')[2]}"
        self._document.edit(title, lambda _: diagram)
        self._document.select([node_id])
        return node_id

    def wire_for_drop(self, path: str, place: QPointF) -> WireId | None:
        """Return the wire at a place that something would be inserted into; none if it cannot."""
        return wire_near(self._scene, place) if self._goes_between(path) else None

    def selected_wire(self) -> WireId | None:
        """Return the selected wire, if nothing else is selected."""
        wires = self._document.selected_wires
        return next(iter(wires)) if len(wires) == 1 and not self._document.selection else None

    def spot_at(self, at: QPoint, place: QPointF | None) -> Spot:
        """Return the spot of a search that begins on the canvas.

        Args:
            at: where, on the screen.
            place: where, in the scene; none if the pointer is elsewhere.
        """
        wire = self.selected_wire()
        if wire is None:
            return Spot(at, place)
        ends = self._document.diagram.wires[wire]
        name = self._document.diagram.name_of
        heading = f"Between {name(ends.source)} and {name(ends.target)}"
        need = Need(takes=True, gives=True, ndim=self._ndim(ends.source, ends.output))
        said = f"{heading}{_axes(need)}"
        return Spot(at, place, wire=wire, need=need, heading=said)

    def spot_for_loose(self, at: QPoint, place: QPointF, loose: End) -> Spot:
        """Return the spot at the end of a wire that was dropped on nothing.

        Args:
            at: where, on the screen.
            place: where, in the scene.
            loose: the port at its other end.
        """
        name = self._document.diagram.name_of(loose.node)
        if loose.side is Side.INPUT:
            need = Need(gives=True)
            return Spot(at, place, loose=loose, need=need, heading=f"Before {name}")
        need = Need(takes=True, ndim=self._ndim(loose.node, loose.index))
        return Spot(at, place, loose=loose, need=need, heading=f"After {name}{_axes(need)}")

    def _ndim(self, node: NodeId, output: int) -> int | None:
        outputs = self._scene.nodes[node].value.outputs
        return len(outputs[output].shape) if output < len(outputs) else None

    def _goes_between(self, path: str) -> bool:
        entry = adding.entry_named(self.catalog, path)
        return entry is not None and fits(entry, _BETWEEN, self.catalog)

    def _wire_for(self, path: str, spot: Spot) -> WireId | None:
        if spot.loose is not None:
            return None
        wire = spot.wire or (self.selected_wire() if spot.place is None else None)
        known = wire is not None and wire in self._document.diagram.wires
        return wire if known and self._goes_between(path) else None

    def _joined(self, diagram: Diagram, node_id: NodeId, loose: End) -> Diagram:
        if loose.side is Side.OUTPUT:
            return adding.follow(diagram, self.catalog, loose, node_id)
        return adding.precede(diagram, self.catalog, node_id, loose)

    def _source_of_next(self, path: str) -> NodeId | None:
        """Return the node that a new one follows: the only selected one, if it gives a tensor."""
        selected = list(self._document.selection)
        if len(selected) != 1 or path == self.catalog.input.path:
            return None
        return selected[0] if self._scene.nodes[selected[0]].value.ports.outputs else None

    def _place_for(
        self, spot: Spot, wire: WireId | None, source: NodeId | None, middle: QPointF
    ) -> Position:
        width, height = DEFAULT_SIZE
        down = self._document.diagram.direction is Direction.DOWN
        if spot.place is not None:
            ahead = _ahead(spot.loose)
            left, above = (0.5, ahead) if down else (ahead, 0.5)
            return Position(spot.place.x() - left * width, spot.place.y() - above * height)
        if source is not None:
            frame = self._scene.nodes[source].frame()
            if down:
                return self._free(frame.center().x() - width / 2, frame.bottom() + adding.GAP)
            return self._free(frame.right() + adding.GAP, frame.top())
        if wire is not None:
            middle = self._scene.wires[wire].boundingRect().center()
            return Position(middle.x() - width / 2, middle.y() - height / 2)
        return self._free(middle.x() - width / 2, middle.y() - height / 2)

    def _free(self, x: float, y: float) -> Position:
        direction = self._document.diagram.direction
        return adding.free_place(x, y, self._scene.nodes, direction=direction)


def _ahead(loose: End | None) -> float:
    """Return how much of a new node lies before the place, so that its port meets the wire."""
    if loose is None:
        return 0.5
    return 0.0 if loose.side is Side.OUTPUT else 1.0


def _axes(need: Need) -> str:
    return "" if need.ndim is None else f" · {need.ndim} axes"
