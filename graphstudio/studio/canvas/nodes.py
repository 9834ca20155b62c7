"""The nodes of the scene: which there are, and where they lie."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF

from graphstudio.diagram.diagram import NodeId, Position, Use
from graphstudio.studio.canvas.batches import Batches
from graphstudio.studio.canvas.boxes import Boxes
from graphstudio.studio.canvas.heat import far_heat
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.node_value import NodeValue
from graphstudio.studio.canvas.ports import Ports
from graphstudio.studio.canvas.standing import Standing
from graphstudio.studio.canvas.wire_colour import faded
from graphstudio.studio.theme import Palette

# How many drawings are kept; they take a few kilobytes each, and are made again in no time.
_DRAWN = 2500


class Nodes(Mapping[NodeId, NodeItem]):
    """The item of each node.

    Attributes:
        blocks: rectangles in the colours of categories or of heat, for the far view.
        marks: the places where the marks of what is wrong are, in their colours.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._items: dict[NodeId, NodeItem] = {}
        self._boxes: Boxes[NodeId] = Boxes()
        self._drawn: dict[NodeItem, None] = {}
        # What went last comes back soon, by undo, and mostly says the same.
        self._gone: dict[NodeId, NodeItem] = {}
        self.blocks: Batches[NodeId, QRectF] = Batches()
        self.marks: Batches[NodeId, QPointF] = Batches()

    @property
    def by_id(self) -> Mapping[NodeId, NodeItem]:
        """The same as a plain table, for those who look up very many."""
        return self._items

    def __getitem__(self, node: NodeId) -> NodeItem:
        return self._items[node]

    def __contains__(self, node: object) -> bool:
        return node in self._items

    def __iter__(self) -> Iterator[NodeId]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def touching(self, area: QRectF) -> list[NodeItem]:
        """Return the nodes whose bodies touch an area of the scene, the topmost last."""
        return [self._items[key] for key in self._boxes.touching(area)]

    def keep(self, seen: Iterable[NodeItem]) -> None:
        """Keep the drawings of what is seen, and in bounds those of what was."""
        if len(self._drawn) > _DRAWN:
            for item in self._drawn:
                item.forget_drawing()
            self._drawn.clear()
        self._drawn.update(dict.fromkeys(seen))

    def frames(self, nodes: Iterable[NodeId]) -> list[QRectF]:
        """Return the rectangles of these nodes' bodies in the scene, of those that there are."""
        items = self._items
        return [items[key].block for key in nodes if key in items]

    def around(self) -> QRectF:
        """Return the rectangle around all nodes; an empty one around none."""
        return self._boxes.around()

    def show(self, node: NodeId, value: NodeValue) -> bool:
        """Show a value; return whether the node is new, or its size or its ports are others."""
        item = self._items.get(node)
        if item is not None:
            return value != item.value and item.show_value(value)
        item = self._gone.pop(node, None)
        if item is None or item.value != value:
            item = NodeItem(node, value, self._standing)
        self._items[node] = item
        return True

    def remove(self, gone: Iterable[NodeId]) -> None:
        """Show nodes no longer."""
        keys = [key for key in gone if key in self._items]
        if keys:
            self._gone = {key: self._items.pop(key) for key in keys}
        self._boxes.remove(keys)
        self.blocks.remove(keys)
        self.marks.remove(keys)

    def put(self, places: Mapping[NodeId, Position]) -> None:
        """Put nodes at places of the scene; their blocks, which are painted from afar, follow."""
        boxes = []
        items = self._items
        for key, place in places.items():
            item, x, y = items[key], place.x, place.y
            item.put(x, y)
            shape = item.shape
            boxes.append((x, y, x + shape.width, y + shape.height))
        self._boxes.put(list(places), boxes)
        marked = self.marks.keys & places.keys()
        if marked:
            self.colour(marked)

    def colour(self, nodes: Iterable[NodeId]) -> None:
        """Show in the far view of what kind nodes are, or how hot, and what is wrong with them."""
        palette = self._standing.palette
        for key in nodes:
            item = self._items[key]
            value = item.value
            colour = _block(palette, value)
            if value.left_out or value.use is Use.BYPASSED:
                colour = faded(colour, palette)
            self.blocks.put(key, colour, (item.block,))
            if value.severity is None:
                self.marks.remove((key,))
            else:
                self.marks.put(key, palette.severity(value.severity), (item.block.topRight(),))

    def forget_drawings(self) -> None:
        """Lay all nodes out anew when they are next seen, as after a change of the theme."""
        self._gone.clear()
        for item in self._items.values():
            item.forget_drawing()


class PortsByNode(Mapping[NodeId, Ports]):
    """The ports of every node, looked up when they are asked for."""

    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes

    def __getitem__(self, node: NodeId) -> Ports:
        return self._nodes[node].value.ports

    def __iter__(self) -> Iterator[NodeId]:
        return iter(self._nodes)

    def __len__(self) -> int:
        return len(self._nodes)


def _block(palette: Palette, value: NodeValue) -> str:
    return (
        _category(palette, value.category) if value.heat is None else far_heat(palette, value.heat)
    )


@lru_cache(128)
def _category(palette: Palette, category: str) -> str:
    return palette.category(category).name()
