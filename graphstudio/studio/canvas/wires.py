"""The wires of the scene: which there are, where they lie, and which of them meet each node."""

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QLineF, QPointF, QRectF

from graphstudio.diagram.bends import Bends
from graphstudio.diagram.diagram import Diagram, NodeId, Wire, WireId
from graphstudio.diagram.direction import Direction
from graphstudio.studio.canvas.batches import Batches
from graphstudio.studio.canvas.boxes import Boxes
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.node_value import Known, dtype_of
from graphstudio.studio.canvas.nodes import Nodes
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.standing import Standing
from graphstudio.studio.canvas.wire_colour import faded, wire_colour
from graphstudio.studio.canvas.wire_item import Anchor, Ends, WireItem, bent_hull, hulls


class Wires(Mapping[WireId, WireItem]):
    """The item of each wire, joined to the items of its nodes.

    Attributes:
        lines: straight lines in the wires' colours, for the far view.
    """

    def __init__(self, nodes: Nodes, standing: Standing) -> None:
        self._nodes = nodes
        self._standing = standing
        self._items: dict[WireId, WireItem] = {}
        self._at: dict[NodeId, set[WireId]] = {}
        self._boxes: Boxes[WireId] = Boxes()
        self._bends: Bends = {}
        self._direction = Direction.RIGHT
        self.lines: Batches[WireId, QLineF] = Batches()

    def __getitem__(self, wire: WireId) -> WireItem:
        return self._items[wire]

    def __contains__(self, wire: object) -> bool:
        return wire in self._items

    def __iter__(self) -> Iterator[WireId]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def at(self, nodes: Iterable[NodeId]) -> set[WireId]:
        """Return the wires that begin or end at any of these nodes."""
        at = self._at
        return {wire for node in nodes if node in at for wire in at[node]}

    def touching(self, area: QRectF) -> list[WireItem]:
        """Return the wires whose boxes touch an area of the scene, the topmost last."""
        return [self._items[key] for key in self._boxes.touching(area)]

    def within(self, area: QRectF) -> frozenset[WireId]:
        """Return the wires that lie whole in an area of the scene."""
        return frozenset(self._boxes.within(area))

    def around(self) -> QRectF:
        """Return the rectangle around all wires."""
        return self._boxes.around()

    def remove(self, gone: Iterable[WireId]) -> None:
        """Show wires no longer."""
        keys = [key for key in gone if key in self._items]
        for key in keys:
            self._leave(self._items.pop(key))
        self._boxes.remove(keys)
        self.lines.remove(keys)

    def put(self, diagram: Diagram, wires: Iterable[WireId]) -> None:
        """Show wires that are new or end elsewhere; they have to be routed then."""
        self._direction = diagram.direction
        for key, wire in ((key, diagram.wires[key]) for key in wires):
            item = self._items.get(key)
            if item is None:
                item = self._items[key] = WireItem(key, wire, self._standing)
                item.bends = self._places(key)
            else:
                self._leave(item)
                item.wire, item.anchor = wire, None
            self._at.setdefault(wire.source, set()).add(key)
            self._at.setdefault(wire.target, set()).add(key)

    def route(self, wires: Iterable[WireId]) -> None:
        """Lay wires from port to port, where their nodes are now."""
        items = [self._items[key] for key in wires]
        nodes = self._nodes.by_id
        ends: list[Ends] = []
        # All wires may be laid anew at once: no call is made for one that has its anchor.
        for item in items:
            wire = item.wire
            source, target = nodes[wire.source], nodes[wire.target]
            anchor = item.anchor
            if (
                anchor is None
                or anchor.source is not source.shape
                or anchor.target is not target.shape
            ):
                anchor = item.anchor = _anchored(wire, source, target)
            x, y, to_x, to_y = anchor.ends
            left, top = target.left, target.top
            place = (source.left + x, source.top + y, left + to_x, top + to_y)
            item.join(place, self._direction)
            ends.append(place)
        self._boxes.put([item.wire_id for item in items], hulls(ends, self._direction))
        bent = [item for item in items if item.bends]
        self._boxes.put([item.wire_id for item in bent], [bent_hull(item) for item in bent])
        for item in bent:
            self._show_lines(item)

    def bend(self, bends: Bends) -> set[WireId]:
        """Take other bends; return the wires that have to be routed for it."""
        before, self._bends = self._bends, bends
        keys = (before.keys() | bends.keys()) & self._items.keys()
        changed = {key for key in keys if before.get(key) != bends.get(key)}
        for key in changed:
            self._items[key].bends = self._places(key)
            self._show_lines(self._items[key])
        return changed

    def show_tensors(self, wires: Iterable[WireId], diagram: Diagram, known: Known) -> None:
        """Show on these wires what they carry; those that show what is wrong are red.

        Those that bring nothing into the model are faint.
        """
        palette = self._standing.palette
        for key in wires:
            item = self._items[key]
            wire = item.wire
            info = known.nodes.get(wire.source)
            dtype = dtype_of(diagram, wire.source, wire.output, known)
            is_known = info is not None and wire.output < len(info.outputs)
            tensor = info.outputs[wire.output] if info and is_known else None
            wrong = key in known.wrong_wires
            colour = palette.error if wrong else wire_colour(palette, dtype)
            if key in known.idle:
                colour = faded(colour, palette)
            recoloured = colour != item.paint_colour
            item.show_tensor(colour, tensor, dtype)
            if recoloured:
                self._show_lines(item)

    def hide(self, wire: WireId, *, hidden: bool) -> None:
        """Show a wire no longer while its end is in somebody's hand, or again."""
        item = self._items[wire]
        item.hidden = hidden
        if hidden:
            self.lines.remove([wire])
        else:
            self._show_lines(item)

    def lines_of(self, wires: Iterable[WireId]) -> list[QLineF]:
        """Return these wires as straight lines, those of them that are shown."""
        items = (self._items[key] for key in wires if key in self._items)
        return [line for item in items if not item.hidden for line in item.lines]

    def area(self, wires: Iterable[WireId]) -> QRectF:
        """Return the rectangle around some wires."""
        area = QRectF()
        for key in wires:
            if key in self._items:
                area = area.united(self._items[key].boundingRect())
        return area

    def _show_lines(self, item: WireItem) -> None:
        """Show a wire in the far view, once it has a colour."""
        if item.paint_colour and not item.hidden:
            self.lines.put(item.wire_id, item.paint_colour, item.lines)

    def _places(self, wire: WireId) -> tuple[QPointF, ...]:
        return tuple(QPointF(place.x, place.y) for place in self._bends.get(wire, ()))

    def _leave(self, item: WireItem) -> None:
        for node in (item.wire.source, item.wire.target):
            met = self._at.get(node, set())
            met.discard(item.wire_id)
            if not met:
                self._at.pop(node, None)


def _anchored(wire: Wire, source: NodeItem, target: NodeItem) -> Anchor:
    """Return where a wire begins and ends on its nodes as they are."""
    start = source.shape.centre(Side.OUTPUT, wire.output)
    end = target.shape.centre(Side.INPUT, target.value.ports.slot_of(wire))
    return Anchor(source.shape, target.shape, (*start, *end))
