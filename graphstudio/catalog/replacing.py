"""Replacing a layer by one of another class, with everything that fits."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog, Entry, Kind, Parameter, Port
from graphstudio.catalog.starting import rank_of, starting_arguments, starting_config
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.edits import remove_wires, taken_names
from graphstudio.diagram.names import free_name, snake_case
from graphstudio.diagram.pages import with_records
from graphstudio.diagram.values import Value, is_list, is_object


class Replaced(NamedTuple):
    """A diagram with other layers, and what they had no place for.

    Attributes:
        diagram: the diagram.
        dropped: what was set or wired and is no longer, in words.
    """

    diagram: Diagram
    dropped: tuple[str, ...]


def replace_layers(
    diagram: Diagram, node_ids: Collection[NodeId], path: str, catalog: Catalog
) -> Replaced:
    """Make what calls refer to something of another class, for all calls of a shared layer.

    It keeps its name, unless that was its class's; the parameters that the new class takes; and
    the wires for which it has ports, by their names or else in their order.

    Args:
        diagram: where the calls are.
        node_ids: the calls; other nodes stay as they are.
        path: public path of the new class or function.
        catalog: what there is.

    Raises:
        ValueError: the path names nothing that can be called.
    """
    entry = catalog.callables.get(path)
    if entry is None:
        raise ValueError(f"Expected what the catalog can call; received {path!r}.")
    nodes = [diagram.nodes[node] for node in diagram.nodes if node in node_ids]
    layers = dict.fromkeys(node.layer for node in nodes if isinstance(node, CallNode))
    dropped: dict[str, None] = {}
    for layer_id in layers:
        if diagram.layers[layer_id].class_name != path:
            diagram, lost = _Replacing(diagram, layer_id, entry, catalog).done()
            dropped |= dict.fromkeys(lost)
    return Replaced(diagram, tuple(dropped))


class _Replacing:
    """Replaces one layer."""

    def __init__(self, diagram: Diagram, layer_id: LayerId, entry: Entry, catalog: Catalog) -> None:
        self._diagram = diagram
        self._id = layer_id
        self._layer = diagram.layers[layer_id]
        self._calls = diagram.calls[layer_id]
        self._new = entry
        self._old = catalog.entry_of(self._layer)
        self._dropped: list[str] = []

    def done(self) -> Replaced:
        """Return the diagram with the new layer."""
        given = self._given(self._calls[0])
        config = {**starting_config(self._new), **dict(self._fitting(self._new.parameters, given))}
        layer = Layer(
            class_name=self._new.path, name=self._name(), config=config, extra=self._layer.extra
        )
        layers = with_records(self._diagram.layers, {self._id: layer})
        diagram = replace(self._diagram, layers=layers)
        if self._layer.diagram is not None:
            self._dropped.append(f"what is drawn inside of {self._layer.name!r}")
        for call in self._calls:
            kept = {*config, *self._arguments(call)}
            self._dropped += [name for name in self._given(call) if name not in kept]
            diagram = self._with_wires(diagram, call)
        return Replaced(diagram, tuple(self._dropped))

    def _name(self) -> str:
        default = snake_case(self._layer.class_name.rpartition(".")[2])
        if not re.fullmatch(rf"{re.escape(default)}(_\d+)?", self._layer.name):
            return self._layer.name
        layers, tensors = taken_names(self._diagram)
        return free_name(snake_case(self._new.name), layers.keys() - {self._layer.name}, tensors)

    def _given(self, call: NodeId) -> Mapping[str, Value]:
        """Return what is set on the layer and in a call, where functions have all that is set."""
        node = self._diagram.nodes[call]
        return {**(node.arguments if isinstance(node, CallNode) else {}), **self._layer.config}

    def _fitting(
        self, parameters: Sequence[Parameter], given: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value]]:
        for one in parameters:
            if one.name in given:
                value = self._of_rank(given[one.name])
                if _takes(one, value) and self._family(one.name) in {None, one.family}:
                    yield one.name, value

    def _family(self, name: str) -> str | None:
        known = self._old.parameter(name) if self._old else None
        return known.family if known else None

    def _of_rank(self, value: Value) -> Value:
        """Return the size of a window for as many axes as the new class has."""
        before, after = rank_of(self._layer.class_name), rank_of(self._new.name)
        if not is_list(value) or before is None or after is None or len(value) != before:
            return value
        if any(one != value[0] for one in value):
            return value
        return value[0] if after == 1 else [value[0]] * after

    def _arguments(self, call: NodeId) -> dict[str, Value]:
        """Return the arguments of a call: constants on ports too, if there are such ports."""
        given = self._given(call)
        kept = dict(self._fitting(self._new.call_parameters, given))
        ports = {port.name for port in self._new.ports}
        constants = {name: value for name, value in given.items() if name in ports}
        return {**starting_arguments(self._new), **kept, **constants}

    def _with_wires(self, diagram: Diagram, call: NodeId) -> Diagram:
        node = diagram.nodes[call]
        wires = [(key, wire) for key, wire in diagram.wires.items() if wire.target == call]
        places = _places([wire for _, wire in wires], self._ports(), self._new.ports)
        moved: dict[WireId, Wire] = {}
        gone: list[WireId] = []
        passes: str | None = None
        for key, wire in wires:
            place = places.get(id(wire))
            if place is None:
                gone.append(key)
                self._dropped.append(f"the wire from {diagram.name_of(wire.source)}")
                continue
            moved[key] = replace(wire, port=place[0], order=place[1])
            if isinstance(node, CallNode) and wire.port == node.passes:
                passes = place[0]
        if isinstance(node, CallNode):
            node = replace(node, arguments=self._arguments(call), passes=passes)
        left = remove_wires(diagram, gone) if gone else diagram
        # Only where they end is another: bends and all else of a wire stay.
        wires_left = with_records(left.wires, moved)
        return replace(left, nodes=with_records(left.nodes, {call: node}), wires=wires_left)

    def _ports(self) -> tuple[Port, ...]:
        return self._old.ports if self._old else ()


def _places(
    wires: Sequence[Wire], old: Sequence[Port], new: Sequence[Port]
) -> dict[int, tuple[str, int]]:
    """Return the port and the place on it for each wire that has one, by the wire's ``id``.

    What stood on an optional port goes to one of the same name alone; no other wire is put on one.
    """
    ranks = {port.name: rank for rank, port in enumerate(old)}
    optional = {port.name for port in old if port.optional}
    ordered = sorted(wires, key=lambda one: (ranks.get(one.port, len(old)), one.port, one.order))
    by_name = {port.name: port for port in new}
    taken: dict[str, int] = {}
    places: dict[int, tuple[str, int]] = {}

    def put(wire: Wire, port: Port) -> bool:
        count = taken.get(port.name, 0)
        if count and not port.variadic:
            return False
        places[id(wire)] = (port.name, count)
        taken[port.name] = count + 1
        return True

    left = [one for one in ordered if one.port not in by_name or not put(one, by_name[one.port])]
    for wire in left:
        if wire.port not in optional:
            any(put(wire, port) for port in new if not port.optional)
    return places


def _takes(parameter: Parameter, value: Value) -> bool:
    """Return whether a value is one for a parameter, as far as the catalog says."""
    if value is None:
        return parameter.nullable
    number = isinstance(value, int | float) and not isinstance(value, bool)
    fits: Mapping[Kind, bool] = {
        Kind.BOOLEAN: isinstance(value, bool),
        Kind.INTEGER: number and isinstance(value, int) and _within(parameter, value),
        Kind.NUMBER: number and _within(parameter, value),
        Kind.TEXT: isinstance(value, str),
        Kind.CHOICE: value in parameter.choices,
        Kind.NUMBERS: number or (is_list(value) and not any(map(is_object, value))),
        Kind.OBJECT: isinstance(value, str) or is_object(value) or value in parameter.choices,
        Kind.OBJECTS: is_list(value),
    }
    return fits.get(parameter.kind, True)


def _within(parameter: Parameter, value: Value) -> bool:
    if not isinstance(value, int | float):
        return False
    least, greatest = parameter.minimum, parameter.maximum
    return (least is None or value >= least) and (greatest is None or value <= greatest)
