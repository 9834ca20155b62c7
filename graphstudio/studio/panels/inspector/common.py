"""What several nodes have in common: parameters of one name and kind, with their values."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog, Parameter
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, Node, NodeId
from graphstudio.diagram.edits import set_configs
from graphstudio.diagram.pages import with_records
from graphstudio.diagram.values import Value
from graphstudio.studio.panels.inspector.configured_page import config_of
from graphstudio.studio.panels.inspector.editors.base import is_default, same
from graphstudio.studio.panels.inspector.head_page import LEARNING

Parameters: TypeAlias = Sequence[Parameter]


class Shown(NamedTuple):
    """The values of common parameters.

    Attributes:
        values: those that are the same everywhere.
        mixed: the names of those that are not.
    """

    values: Mapping[str, Value]
    mixed: frozenset[str]


class Several:
    """Several nodes, of which calls of one layer count as one.

    Args:
        diagram: where they are.
        nodes: the nodes.
        catalog: what parameters their classes have.
    """

    def __init__(self, diagram: Diagram, nodes: Collection[NodeId], catalog: Catalog) -> None:
        self._diagram = diagram
        self._catalog = catalog
        self._known: dict[object, Mapping[str, Parameter]] = {}
        self._nodes = self._one_a_layer(nodes)

    @property
    def title(self) -> str:
        """How many there are of what, such as ``"4 layers"``."""
        kinds = {type(self._diagram.nodes[node]) for node in self._nodes}
        words = {CallNode: "layer", InputNode: "input", HeadNode: "head"}
        word = words[kinds.pop()] if len(kinds) == 1 else "node"
        count = len(self._nodes)
        return f"{count} {word}" if count == 1 else f"{count} {word}s"

    def parameters(self) -> tuple[Parameter, ...]:
        """Return the parameters that all of them have."""
        tables = {id(table): table for table in map(self._parameters, self._nodes)}
        first, *others = tables.values() or [{}]
        found = (
            _common([one, *(table.get(one.name) for table in others)]) for one in first.values()
        )
        return tuple(one for one in found if one is not None)

    def shown(self, parameters: Iterable[Parameter]) -> Shown:
        """Return the values of parameters."""
        values: dict[str, Value] = {}
        mixed: set[str] = set()
        for name in (one.name for one in parameters):
            given = (self._value(node, name) for node in self._nodes)
            values[name] = next(given)
            first = values[name]
            # Most have the very default of their class.
            if not all(other is first or same(first, other) for other in given):
                mixed.add(name)
        return Shown(values, frozenset(mixed))

    def with_value(self, name: str, value: Value) -> Diagram:
        """Return the diagram with one value of a parameter for all of them."""
        return self._edited(dict.fromkeys(self._nodes, (name, value)))

    def with_default(self, name: str) -> Diagram:
        """Return the diagram with each one's own default of a parameter."""
        defaults = {node: self._parameters(node)[name].default for node in self._nodes}
        return self._edited({node: (name, value) for node, value in defaults.items()})

    def _edited(self, given: Mapping[NodeId, tuple[str, Value]]) -> Diagram:
        configs: dict[NodeId, Mapping[str, Value]] = {}
        heads: dict[NodeId, Node] = {}
        for node_id, (name, value) in given.items():
            node = self._diagram.nodes[node_id]
            if isinstance(node, HeadNode):
                heads[node_id] = _with_field(node, name, value)
                continue
            config = {k: v for k, v in config_of(self._diagram, node_id).items() if k != name}
            stands_anyway = is_default(self._parameters(node_id)[name], value)
            configs[node_id] = config if stands_anyway else {**config, name: value}
        diagram = set_configs(self._diagram, configs)
        return replace(diagram, nodes=with_records(diagram.nodes, heads))

    def _one_a_layer(self, nodes: Collection[NodeId]) -> list[NodeId]:
        subjects: dict[object, NodeId] = {}
        for node_id in nodes:
            node = self._diagram.nodes.get(node_id)
            if node is not None:
                key = node.layer if isinstance(node, CallNode) else (node_id,)
                subjects.setdefault(key, node_id)
        return list(subjects.values())

    def _parameters(self, node_id: NodeId) -> Mapping[str, Parameter]:
        """Return what a node can be given, by name, looked up once a class."""
        layer = self._diagram.layer_of(node_id)
        key = (
            (layer.class_name, layer.diagram is None)
            if layer is not None
            else type(self._diagram.nodes[node_id])
        )
        if key not in self._known:
            entry = self._catalog.entry_of(layer) if layer is not None else self._catalog.input
            parameters = entry.parameters if entry else ()
            learns = isinstance(self._diagram.nodes[node_id], HeadNode)
            self._known[key] = {one.name: one for one in (LEARNING if learns else parameters)}
        return self._known[key]

    def _value(self, node_id: NodeId, name: str) -> Value:
        node = self._diagram.nodes[node_id]
        if isinstance(node, HeadNode):
            value = getattr(node, name)
            return list(value) if isinstance(value, tuple) else value
        config = config_of(self._diagram, node_id)
        return config[name] if name in config else self._parameters(node_id)[name].default


def _with_field(head: HeadNode, name: str, value: Value) -> HeadNode:
    return replace(head, **{name: tuple(value) if isinstance(value, list) else value})


def _common(alike: Sequence[Parameter | None]) -> Parameter | None:
    """Return the parameter that takes what all of some take; none if they are of other kinds."""
    known = [one for one in alike if one is not None]
    first = known[0]
    if len(known) < len(alike) or len({(one.kind, one.family) for one in known}) > 1:
        return None
    least = [one.minimum for one in known if one.minimum is not None]
    greatest = [one.maximum for one in known if one.maximum is not None]
    alike_by_default = all(same(one.default, first.default) for one in known)
    return replace(
        first,
        required=any(one.required for one in known),
        nullable=all(one.nullable for one in known),
        default=first.default if alike_by_default else None,
        choices=tuple(c for c in first.choices if all(c in one.choices for one in known)),
        minimum=max(least) if least else None,
        maximum=min(greatest) if greatest else None,
    )
