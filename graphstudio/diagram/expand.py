"""Expanding: the layers of a nested model in the place of its calls."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from msgspec.structs import replace

from graphstudio.diagram.bends import Way, farther
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
from graphstudio.diagram.inner_drawing import InnerDrawing
from graphstudio.diagram.models import middle
from graphstudio.diagram.names import free_name
from graphstudio.diagram.values import Value

_FUNCTIONS = "keras.ops."
# The wires into a call of a model, by port.
_Feeds: TypeAlias = Mapping[str, tuple[WireId, Wire]]


class _Source(NamedTuple):
    """Where a tensor comes from."""

    node: NodeId
    output: int


def expand_model(diagram: Diagram, node_id: NodeId, ids: Iterator[str]) -> Diagram:
    """Put the layers of a nested model in the place of every call of it.

    The calls share the layers, as they shared the model. Layers of a frozen model are frozen.
    Bends, frames and notes come along.

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
        feeds = {
            wire.port: (key, wire)
            for key, wire in diagram.wires.items()
            if wire.target == call != wire.source
        }
        way = self._way(diagram, call)
        drawn = InnerDrawing(self._inner, diagram, way or (0.0, 0.0))
        wires = self._wires_outside(diagram, call, feeds, drawn)
        for key, wire in self._inner.wires.items():
            source = self._outside(wire, feeds)
            if wire.target not in self._ids_of or source is None:
                continue
            new = WireId(next(self._ids)) if key in wires else key
            target = self._ids_of[wire.target]
            wires[new] = replace(wire, source=source.node, output=source.output, target=target)
            before = None
            if wire.source not in self._ids_of:
                before, _ = feeds[self._inner.name_of(wire.source)]
            drawn.lay(new, before=before, inside=key)
        nodes: dict[NodeId, Node] = {}
        for node_id, node in diagram.nodes.items():
            nodes |= self._calls(node) if node_id == call else {node_id: node}
        positions = {key: place for key, place in diagram.positions.items() if key != call}
        positions |= self._positions(way)
        changed = replace(diagram, nodes=nodes, wires=wires, positions=positions)
        return drawn.put_into(changed, self._ids)

    def _wires_outside(
        self, diagram: Diagram, call: NodeId, feeds: _Feeds, drawn: InnerDrawing
    ) -> dict[WireId, Wire]:
        """Return the wires that stay, from what the model's outputs take."""
        heads = list(self._inner.heads)
        # A head takes one tensor.
        into = {wire.target: (key, wire) for key, wire in self._inner.wires.items()}
        wires: dict[WireId, Wire] = {}
        for key, wire in diagram.wires.items():
            if call not in {wire.source, wire.target}:
                wires[key] = wire
            elif wire.source == call != wire.target and wire.output < len(heads):
                inner_key, inner_wire = into.get(heads[wire.output], (None, None))
                source = inner_wire and self._outside(inner_wire, feeds)
                if source:
                    wires[key] = replace(wire, source=source.node, output=source.output)
                    drawn.lay(key, inside=inner_key, after=key)
        return wires

    def _outside(self, wire: Wire, feeds: _Feeds) -> _Source | None:
        """Return what a wire inside carries, as it is known outside; none if that is nothing."""
        if wire.source in self._ids_of:
            return _Source(self._ids_of[wire.source], wire.output)
        _, feed = feeds.get(self._inner.name_of(wire.source), (None, None))
        return None if feed is None else _Source(feed.source, feed.output)

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

    def _way(self, diagram: Diagram, call: NodeId) -> Way | None:
        """Return how far the calls go to lie around the middle of the model's node.

        It is none where either has no place.
        """
        here, there = middle(diagram, [call]), middle(self._inner, self._ids_of)
        return (here.x - there.x, here.y - there.y) if here and there else None

    def _positions(self, way: Way | None) -> dict[NodeId, Position]:
        if way is None:
            return {}
        return {
            self._ids_of[key]: farther(place, way)
            for key, place in self._inner.positions.items()
            if key in self._ids_of
        }
