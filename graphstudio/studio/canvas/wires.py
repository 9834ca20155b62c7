"""The wires of the scene: their items, and which of them meet each node."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from PySide6.QtWidgets import QGraphicsScene

from graphstudio.diagram.active import in_use
from graphstudio.diagram.diagram import Diagram, NodeId, Wire, WireId
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.node_value import Known, dtype_of, shape_text
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.wire_colour import faded, wire_colour
from graphstudio.studio.canvas.wire_item import WireItem, WireState
from graphstudio.studio.theme import Palette


class Wires(Mapping[WireId, WireItem]):
    """The item of each wire, joined to the items of its nodes."""

    def __init__(self, scene: QGraphicsScene, nodes: Mapping[NodeId, NodeItem]) -> None:
        self._scene = scene
        self._nodes = nodes
        self._items: dict[WireId, WireItem] = {}
        self._shown: Mapping[WireId, Wire] = {}
        self._at: dict[NodeId, set[WireId]] = {}

    def __getitem__(self, wire: WireId) -> WireItem:
        return self._items[wire]

    def __iter__(self) -> Iterator[WireId]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def at(self, nodes: Iterable[NodeId]) -> set[WireId]:
        """Return the wires that begin or end at any of these nodes."""
        return {wire for node in nodes for wire in self._at.get(node, ())}

    def remove_gone(self, diagram: Diagram) -> None:
        """Take away the items of wires that the diagram does not have as they are shown."""
        for key, wire in self._shown.items():
            if diagram.wires.get(key) is not wire:
                self._meet(key, wire, set.discard)
            if key not in diagram.wires:
                self._scene.removeItem(self._items.pop(key))

    def add_new(self, diagram: Diagram) -> None:
        """Put up the wires that are new or end elsewhere, and route them."""
        changed = [key for key, wire in diagram.wires.items() if self._shown.get(key) is not wire]
        self._shown = diagram.wires
        for key in changed:
            self._meet(key, diagram.wires[key], set.add)
            if key not in self._items:
                self._items[key] = WireItem(key)
                self._scene.addItem(self._items[key])
        self.route(changed)

    def route(self, wires: Iterable[WireId]) -> None:
        """Lay wires from port to port, where their nodes are now."""
        for key in wires:
            wire = self._shown[key]
            source, target = self._nodes[wire.source], self._nodes[wire.target]
            start = source.port_place(Side.OUTPUT, wire.output)
            self._items[key].join(start, target.port_place(Side.INPUT, _slot(target, wire)))

    def show_tensors(self, diagram: Diagram, known: Known, palette: Palette) -> None:
        """Show on each wire what it carries; those that show what is wrong are red.

        Those that bring nothing into the model are faint.
        """
        idle = in_use(diagram).idle
        for key, item in self._items.items():
            wire = self._shown[key]
            info = known.nodes.get(wire.source)
            dtype = dtype_of(diagram, wire.source, wire.output, known)
            is_known = info is not None and wire.output < len(info.outputs)
            shape = shape_text(info.outputs[wire.output]) if info and is_known else "?"
            wrong = key in known.wrong_wires
            colour = palette.error if wrong else wire_colour(palette, dtype)
            if key in idle:
                colour = faded(colour, palette)
            item.show_tensor(colour, f"{shape} {dtype}", palette)

    def show_states(
        self,
        wires: Iterable[WireId],
        selected: frozenset[WireId],
        nodes: frozenset[NodeId],
        hovered: WireId | None,
    ) -> None:
        """Show which wires are selected, joined to a selected node, or under the pointer."""
        for key in wires:
            item, wire = self._items.get(key), self._shown.get(key)
            if item is not None and wire is not None:
                joined = wire.source in nodes or wire.target in nodes
                item.show_state(WireState(key in selected, joined, key == hovered))

    def _meet(self, key: WireId, wire: Wire, change: Callable[[set[WireId], WireId], None]) -> None:
        for node in (wire.source, wire.target):
            change(self._at.setdefault(node, set()), key)


def _slot(target: NodeItem, wire: Wire) -> int:
    """Return the place of a wire's end among its target's input ports."""
    for number, slot in enumerate(target.value.ports.inputs):
        if (slot.port, slot.order) == (wire.port, wire.order):
            return number
    return 0
