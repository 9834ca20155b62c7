"""The rows of the outline: nodes in calling order, below each what it receives and holds."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import count
from typing import NamedTuple, TypeAlias

import msgspec

from graphstudio.diagram.diagram import CallNode, Diagram, LayerId, NodeId, Wire
from graphstudio.diagram.graph import calling_order
from graphstudio.diagram.nesting import LayerPath, diagram_at
from graphstudio.studio.panels.outline_steps import steps

# What a row is about, after those of the rows around it: the same before and after an edit.
Key: TypeAlias = tuple[str, ...]


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A node, or a wire that comes in.

    Attributes:
        number: what it is known by, as long as it is there.
        parent: number of the row around it; none at the top.
        path: the nested models that lead to its diagram from the one in view.
        node: the node; of a wire, the one that receives it.
        wire: the wire; none for a node.
    """

    number: int
    parent: int | None
    path: LayerPath
    node: NodeId
    wire: Wire | None = None


class Step(NamedTuple):
    """Rows below one row that go or come, by their places."""

    parent: int | None
    places: range


_About: TypeAlias = tuple[LayerPath, NodeId, Wire | None]


class Rows:
    """The rows of one diagram, each made when somebody looks at what is around it.

    Args:
        diagram: the diagram in view.
    """

    def __init__(self, diagram: Diagram) -> None:
        self.show(diagram)
        self._numbers = count(1)
        self._made: dict[int, Row] = {}
        self._listed: dict[int | None, list[Row]] = {}
        # Both are read off the lists when somebody asks.
        self._by_key: dict[int | None, Mapping[str, Row]] = {}
        self._places: dict[int | None, Mapping[int, int]] = {}

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
            self.show(diagram)
        return same

    def show(self, diagram: Diagram) -> None:
        """Say what another diagram says; the rows stay."""
        self.diagram = diagram
        # The diagram before an edit forgets what was read off it.
        self._incoming = diagram.incoming

    def steps_to(self, diagram: Diagram) -> tuple[list[Step], list[Step]]:
        """Return which of the rows that were made go for another diagram, and which come to them.

        What goes is to be taken out from the last to the first, in the diagram that is there.
        What comes is to be put in from the first to the last, in the other one.
        """
        going: list[Step] = []
        coming: list[Step] = []
        if None not in self._listed:
            return going, coming
        self._list_ends(diagram)
        waiting: list[int | None] = [None]
        while waiting:
            number = waiting.pop()
            rows = self.below(number)
            about = self._about_below(diagram, number)
            gone, come = steps([_about(row) for row in rows], [_key(*one[1:]) for one in about])
            going += [Step(number, places) for places in gone]
            coming += [Step(number, places) for places in come]
            left = {place for places in gone for place in places}
            waiting += [
                row.number
                for place, row in enumerate(rows)
                if row.number in self._listed and place not in left
            ]
        return going, coming

    def take_out(self, step: Step) -> None:
        """Forget rows, and all below them."""
        rows = self._listed[step.parent]
        waiting = rows[step.places.start : step.places.stop]
        del rows[step.places.start : step.places.stop]
        self._forget_order(step.parent)
        while waiting:
            number = waiting.pop().number
            del self._made[number]
            waiting += self._listed.pop(number, ())
            self._forget_order(number)

    def put_in(self, step: Step) -> None:
        """Make the rows that stand at some places in the diagram as it is now."""
        about = self._about_below(self.diagram, step.parent)
        made = self._make(step.parent, [about[place] for place in step.places])
        self._listed[step.parent][step.places.start : step.places.start] = made
        self._forget_order(step.parent)

    def diagram_of(self, row: Row) -> Diagram:
        """Return the diagram that a row's node is in."""
        return diagram_at(self.diagram, row.path) if row.path else self.diagram

    def has_below(self, row: Row) -> bool:
        """Return whether rows stand below a row, without making them."""
        if row.wire is not None:
            return False
        if row.number in self._listed:
            return bool(self._listed[row.number])
        diagram = self.diagram_of(row)
        return row.node in diagram.incoming or _model(diagram, row.node) is not None

    def below(self, number: int | None) -> Sequence[Row]:
        """Return the rows below a row, by its number; those at the top for none."""
        if number not in self._listed:
            self._listed[number] = self._make(number, self._about_below(self.diagram, number))
        return self._listed[number]

    def place(self, row: Row) -> int:
        """Return at which place a row stands below the one around it."""
        parent = row.parent
        if parent not in self._places:
            self._places[parent] = {one.number: n for n, one in enumerate(self.below(parent))}
        return self._places[parent][row.number]

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
            found = self._keyed(found.number if found else None).get(own)
            if found is None:
                return None
        return found

    def _keyed(self, number: int | None) -> Mapping[str, Row]:
        if number not in self._by_key:
            self._by_key[number] = {_about(row): row for row in self.below(number)}
        return self._by_key[number]

    def _list_ends(self, diagram: Diagram) -> None:
        """List what is below nodes that receive their first wire or lose their last.

        Only what comes to a list or goes from it is told, and a tree shows it at the node.
        """
        for node in self._incoming.keys() ^ diagram.incoming.keys():
            row = self._keyed(None).get(node)
            if row is not None and row.number not in self._listed and node in diagram.nodes:
                wires = self._incoming.get(row.node, ())
                about: list[_About] = [((), row.node, wire) for wire in wires]
                if _model(self.diagram, row.node) is None:
                    self._listed[row.number] = self._make(row.number, about)

    def _make(self, parent: int | None, about: Iterable[_About]) -> list[Row]:
        made = [
            Row(number=number, parent=parent, path=path, node=node, wire=wire)
            for number, (path, node, wire) in zip(self._numbers, about, strict=False)
        ]
        self._made |= {row.number: row for row in made}
        return made

    def _forget_order(self, number: int | None) -> None:
        self._by_key.pop(number, None)
        self._places.pop(number, None)

    def _about_below(self, diagram: Diagram, number: int | None) -> Sequence[_About]:
        """Return what the rows below a row are about in a diagram that may be another one."""
        if number is None:
            return [((), node, None) for node in in_order(diagram)]
        row = self._made[number]
        return [] if row.wire is not None else _below_node(diagram, row.path, row.node)


def _below_node(whole: Diagram, path: LayerPath, node: NodeId) -> list[_About]:
    """Return the wires into a node, and the nodes of the model that it calls."""
    diagram = diagram_at(whole, path)
    about: list[_About] = [(path, node, wire) for wire in diagram.incoming.get(node, ())]
    model = _model(diagram, node)
    if model is not None:
        inner = (*path, model)
        about += [(inner, one, None) for one in in_order(diagram_at(whole, inner))]
    return about


def _model(diagram: Diagram, node_id: NodeId) -> LayerId | None:
    """Return the nested model that a node calls; none for any other node."""
    node = diagram.nodes[node_id]
    nested = isinstance(node, CallNode) and diagram.layers[node.layer].diagram is not None
    return node.layer if isinstance(node, CallNode) and nested else None


def in_order(diagram: Diagram) -> Sequence[NodeId]:
    """Return the nodes in calling order, then those that no order can be given to."""
    order = calling_order(diagram)
    stuck = diagram.nodes.keys() - order if len(order) < len(diagram.nodes) else ()
    return [*order, *(node for node in diagram.nodes if node in stuck)]


def _about(row: Row) -> str:
    return _key(row.node, row.wire)


def _key(node: NodeId, wire: Wire | None) -> str:
    return f"{wire.port} {wire.order} {wire.source} {wire.output}" if wire else node


def _nested(diagram: Diagram) -> Mapping[LayerId, Diagram]:
    return {key: one.diagram for key, one in diagram.layers.items() if one.diagram is not None}
