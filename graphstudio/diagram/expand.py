"""Expanding: the layers of a nested model in the place of its calls."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    Layer,
    LayerId,
    Node,
    NodeId,
    Position,
    Use,
    Wire,
    WireId,
)
from graphstudio.diagram.edits import renamed
from graphstudio.diagram.models import middle
from graphstudio.diagram.names import free_name
from graphstudio.diagram.values import Value

_FUNCTIONS = "keras.ops."


class _Source(NamedTuple):
    """Where a tensor comes from."""

    node: NodeId
    output: int


def expand_model(diagram: Diagram, node_id: NodeId, ids: Iterator[str]) -> Diagram:
    """Put the layers of a nested model in the place of every call of it.

    The calls share the layers, as they shared the model. Layers of a frozen model are frozen.

    Args:
        diagram: where the model is called.
        node_id: a call of it.
        ids: ids that nothing has yet.

    Raises:
        ValueError: the node calls no nested model, or holds constants that have no place to go,
            or the call, an input or an output of the model is muted or bypassed.
    """
    node = diagram.nodes[node_id]
    layer = diagram.layer_of(node_id)
    if not isinstance(node, CallNode) or layer is None or layer.diagram is None:
        raise ValueError(f"Expected a nested model; received {diagram.name_of(node_id)!r}.")
    calls = diagram.calls[node.layer]
    _check_uses(diagram, calls, layer.diagram)
    expanded, layers = _with_layers(diagram, node.layer, layer, layer.diagram, ids)
    for call in calls:
        inner = _Inner(layer.diagram, layers, ids, keeps_ids=call == calls[0])
        expanded = inner.put_in_place_of(expanded, call)
    return expanded


def _check_uses(diagram: Diagram, calls: Iterable[NodeId], inner: Diagram) -> None:
    """Make sure that everything is active that has no node any longer once it is expanded."""
    ends = (*inner.inputs, *inner.heads)
    for around, node_id in (*((diagram, one) for one in calls), *((inner, one) for one in ends)):
        use = around.nodes[node_id].use
        if use is not Use.ACTIVE:
            name = around.name_of(node_id)
            raise ValueError(
                f"Expected an active {name!r}; received a {use} one: activate it first."
            )


def _with_layers(
    diagram: Diagram, model_id: LayerId, model: Layer, inner: Diagram, ids: Iterator[str]
) -> tuple[Diagram, Mapping[LayerId, LayerId]]:
    """Return the diagram with a model's layers in place of it, and the ids that they have."""
    layers = {key: layer for key, layer in diagram.layers.items() if key != model_id}
    # A head may have the name of a layer.
    taken = {one.name for one in layers.values()} | {one.name for one in diagram.inputs.values()}
    new: dict[LayerId, LayerId] = {}
    for key, layer in inner.layers.items():
        new[key] = LayerId(next(ids)) if key in diagram.layers else key
        name = free_name(layer.name, taken)
        taken.add(name)
        layers[new[key]] = renamed(_frozen(layer) if _is_frozen(model) else layer, name)
    return replace(diagram, layers=layers), new


def _is_frozen(layer: Layer) -> bool:
    return layer.config.get("trainable") is False


def _frozen(layer: Layer) -> Layer:
    if layer.class_name.startswith(_FUNCTIONS):
        return layer
    return replace(layer, config={**layer.config, "trainable": False})


class _Inner:
    """The calls inside of a model, to be put in the place of one call of it."""

    def __init__(
        self,
        inner: Diagram,
        layers: Mapping[LayerId, LayerId],
        ids: Iterator[str],
        *,
        keeps_ids: bool,
    ) -> None:
        self._inner = inner
        self._layers = layers
        self._ids = ids
        calls = [key for key, node in inner.nodes.items() if isinstance(node, CallNode)]
        self._ids_of = {key: key if keeps_ids else NodeId(next(ids)) for key in calls}

    def put_in_place_of(self, diagram: Diagram, call: NodeId) -> Diagram:
        """Return the diagram with the calls inside in the place of a call of the model."""
        incoming = diagram.incoming.get(call, ())
        feeds = {wire.port: wire for wire in incoming if wire.source != call}
        heads = list(self._inner.heads)
        wires: dict[WireId, Wire] = {}
        for key, wire in diagram.wires.items():
            if wire.target == call:
                continue
            if wire.source != call:
                wires[key] = wire
            elif wire.output < len(heads):
                source = self._source(heads[wire.output], feeds)
                if source is not None:
                    wires[key] = replace(wire, source=source.node, output=source.output)
        for key, wire in self._wires_inside(feeds):
            wires[WireId(next(self._ids)) if key in wires else key] = wire
        nodes: dict[NodeId, Node] = {}
        for node_id, node in diagram.nodes.items():
            nodes |= self._calls(node) if node_id == call else {node_id: node}
        positions = {key: place for key, place in diagram.positions.items() if key != call}
        positions |= self._positions(diagram, call)
        return replace(diagram, nodes=nodes, wires=wires, positions=positions)

    def _source(self, head: NodeId, feeds: Mapping[str, Wire]) -> _Source | None:
        """Return what a head takes, as it is known outside; none if that is nothing."""
        for wire in self._inner.incoming.get(head, ()):
            return self._outside(wire, feeds)
        return None

    def _outside(self, wire: Wire, feeds: Mapping[str, Wire]) -> _Source | None:
        """Return what a wire inside carries, as it is known outside."""
        if wire.source in self._ids_of:
            return _Source(self._ids_of[wire.source], wire.output)
        feed = feeds.get(self._inner.name_of(wire.source))
        return None if feed is None else _Source(feed.source, feed.output)

    def _wires_inside(self, feeds: Mapping[str, Wire]) -> Iterator[tuple[WireId, Wire]]:
        for key, wire in self._inner.wires.items():
            source = self._outside(wire, feeds)
            if wire.target in self._ids_of and source is not None:
                target = self._ids_of[wire.target]
                yield key, replace(wire, source=source.node, output=source.output, target=target)

    def _calls(self, call: Node) -> dict[NodeId, Node]:
        """Return the calls inside, with the constants that the call of the model gave them."""
        nodes: dict[NodeId, Node] = {}
        constants = dict(call.arguments) if isinstance(call, CallNode) else {}
        for key, new in self._ids_of.items():
            node = self._inner.nodes[key]
            if isinstance(node, CallNode):
                arguments = {**node.arguments, **dict(self._constants_of(key, constants))}
                nodes[new] = replace(node, layer=self._layers[node.layer], arguments=arguments)
        return nodes

    def _constants_of(
        self, node: NodeId, constants: Mapping[str, Value]
    ) -> Iterator[tuple[str, Value]]:
        """Yield the constants that reach the ports of a call inside.

        Raises:
            ValueError: one reaches a port that takes a list, where there is no place for it.
        """
        wires = self._inner.incoming.get(node, ())
        for wire in wires:
            name = self._inner.name_of(wire.source)
            if wire.source in self._ids_of or name not in constants:
                continue
            if wire.order or sum(other.port == wire.port for other in wires) > 1:
                raise ValueError(
                    f"Expected a wire to {name!r}; received a constant, which "
                    f"{self._inner.name_of(node)!r} cannot take into its list."
                )
            yield wire.port, constants[name]

    def _positions(self, diagram: Diagram, call: NodeId) -> dict[NodeId, Position]:
        """Return places around the middle of the model's node."""
        here, there = middle(diagram, [call]), middle(self._inner, self._ids_of)
        if here is None or there is None:
            return {}
        return {
            self._ids_of[key]: Position(place.x + here.x - there.x, place.y + here.y - there.y)
            for key, place in self._inner.positions.items()
            if key in self._ids_of
        }
