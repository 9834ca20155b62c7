"""The rows of the outline: nodes in calling order, below each what it receives and holds."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import msgspec

from graphstudio.diagram.diagram import CallNode, Diagram, LayerId, NodeId, Wire
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.nesting import LayerPath, diagram_at

# What a row is about, after those of the rows around it: the same before and after an edit.
Key: TypeAlias = tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A node, or a wire that comes in.

    Attributes:
        number: place among all rows that were made.
        place: place below the row around it.
        parent: number of the row around it; none at the top.
        path: the nested models that lead to its diagram from the one in view.
        node: the node; of a wire, the one that receives it.
        wire: the wire; none for a node.
    """

    number: int
    place: int
    parent: int | None
    path: LayerPath
    node: NodeId
    wire: Wire | None = None


_About: TypeAlias = tuple[LayerPath, NodeId, Wire | None]


class Rows:
    """The rows of one diagram, each made when somebody looks at what is around it.

    Args:
        diagram: the diagram in view.
    """

    def __init__(self, diagram: Diagram) -> None:
        self.diagram = diagram
        self._made: list[Row] = []
        self._below: dict[int | None, Mapping[str, Row]] = {}
        self._listed: dict[int | None, Sequence[Row]] = {}

    def __getitem__(self, number: int) -> Row:
        """Return a row by its number."""
        return self._made[number]

    def take(self, diagram: Diagram) -> bool:
        """Take another diagram if it has the same rows, whatever they say; return whether."""
        now = self.diagram
        same = (
            now.nodes == diagram.nodes
            and now.wires == diagram.wires
            and _nested(now) == _nested(diagram)
        )
        if same:
            self.diagram = diagram
        return same

    def diagram_of(self, row: Row) -> Diagram:
        """Return the diagram that a row's node is in."""
        return diagram_at(self.diagram, row.path)

    def has_below(self, row: Row) -> bool:
        """Return whether rows stand below a row, without making them."""
        if row.wire is not None:
            return False
        return row.node in self.diagram_of(row).incoming or self._model(row) is not None

    def below(self, number: int | None) -> Sequence[Row]:
        """Return the rows below a row, by its number; those at the top for none."""
        if number not in self._listed:
            first = len(self._made)
            about = self._children(self._made[number]) if number is not None else self._top()
            self._listed[number] = rows = [
                Row(
                    number=first + place,
                    place=place,
                    parent=number,
                    path=path,
                    node=node,
                    wire=wire,
                )
                for place, (path, node, wire) in enumerate(about)
            ]
            self._made += rows
        return self._listed[number]

    def top_of(self, row: Row) -> Row:
        """Return the row at the top that a row stands below; itself where it is at the top."""
        while row.parent is not None:
            row = self._made[row.parent]
        return row

    def key(self, row: Row) -> Key:
        """Return what a row is about."""
        around = () if row.parent is None else self.key(self._made[row.parent])
        return (*around, _about(row))

    def find(self, key: Key) -> Row | None:
        """Return the row that is about this; none where there is none."""
        found: Row | None = None
        for own in key:
            found = self._by_name(found.number if found else None).get(own)
            if found is None:
                return None
        return found

    def _by_name(self, number: int | None) -> Mapping[str, Row]:
        if number not in self._below:
            self._below[number] = {_about(row): row for row in self.below(number)}
        return self._below[number]

    def _top(self) -> Iterator[_About]:
        for node in in_order(self.diagram):
            yield (), node, None

    def _children(self, row: Row) -> Iterator[_About]:
        if row.wire is not None:
            return
        for wire in self.diagram_of(row).incoming.get(row.node, ()):
            yield row.path, row.node, wire
        model = self._model(row)
        if model is not None:
            path = (*row.path, model)
            for node in in_order(diagram_at(self.diagram, path)):
                yield path, node, None

    def _model(self, row: Row) -> LayerId | None:
        """Return the nested model that a row's node calls; none for any other node."""
        diagram = self.diagram_of(row)
        node = diagram.nodes[row.node]
        nested = isinstance(node, CallNode) and diagram.layers[node.layer].diagram is not None
        return node.layer if isinstance(node, CallNode) and nested else None


def in_order(diagram: Diagram) -> Sequence[NodeId]:
    """Return the nodes in calling order, then those that no order can be given to."""
    order = calling_order(diagram)
    stuck = diagram.nodes.keys() - order if len(order) < len(diagram.nodes) else ()
    return [*order, *(node for node in diagram.nodes if node in stuck)]


def _about(row: Row) -> str:
    wire = row.wire
    return f"{wire.port} {wire.order} {wire.source} {wire.output}" if wire else row.node


def _nested(diagram: Diagram) -> Mapping[LayerId, Diagram]:
    return {key: one.diagram for key, one in diagram.layers.items() if one.diagram is not None}
