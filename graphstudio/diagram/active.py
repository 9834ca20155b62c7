"""The part of a diagram that is a model: without what is muted, and past what is bypassed.

Whoever asks what a diagram means asks it of :func:`active`; the document and the canvas keep the
whole. Ids stay, so that what is found out about the part belongs to the whole.

- A muted node gives nothing. A call that receives nothing on one of its wired ports gives nothing
  either, and a head of nothing is no head. A port that takes a list loses just that tensor.
- A bypassed call gives the first tensor that it receives on, as each of its outputs. So does a
  merging layer of Keras that muting has left one tensor: there is nothing to merge.
- What fed only what is left out is left out too.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    Layer,
    LayerId,
    Node,
    NodeId,
    Use,
    Wire,
    WireId,
)
from graphstudio.diagram.nesting import moved_outputs, moved_ports
from graphstudio.diagram.rewiring import through, unwanted, with_source, without_gaps

# Layers of Keras give the one tensor of a list on as it is, or refuse it; what functions and own
# layers make of it is theirs to say.
_LAYERS = "keras.layers."
_KEPT = "_in_use"


class Given(NamedTuple):
    """A tensor of the active part: which output of which node."""

    node: NodeId
    output: int


class InUse(msgspec.Struct, frozen=True):
    """What becomes of a diagram's parts.

    Attributes:
        diagram: the active part, with ids as in the whole.
        given_on: the tensor that each skipped call gives on.
        left_out: the nodes that neither are in the model nor give anything on.
        idle: the wires that bring nothing into the model.
    """

    diagram: Diagram
    given_on: Mapping[NodeId, Given] = {}
    left_out: frozenset[NodeId] = frozenset()
    idle: frozenset[WireId] = frozenset()


def active(diagram: Diagram) -> Diagram:
    """Return the part of a diagram that is a model, nested models included.

    It is the very same diagram where nothing is bypassed or muted.
    """
    return in_use(diagram).diagram


def in_use(diagram: Diagram) -> InUse:
    """Return what becomes of a diagram's parts; the answer is kept with the diagram."""
    kept = vars(diagram)
    if _KEPT not in kept:
        # A diagram that held itself would stay until the collector comes.
        kept[_KEPT] = _Reader(diagram).read()
    return kept[_KEPT] or InUse(diagram)


def passed_port(diagram: Diagram, node_id: NodeId) -> str | None:
    """Return the wired port whose tensor a call gives on while bypassed; none if none is wired."""
    node = diagram.nodes[node_id]
    wired = list(dict.fromkeys(wire.port for wire in diagram.incoming.get(node_id, ())))
    layer = diagram.layer_of(node_id)
    first = [node.passes] if isinstance(node, CallNode) else []
    if layer is not None and layer.diagram is not None:
        first += [one.name for one in layer.diagram.inputs.values()]
    return next((port for port in (*first, *wired) if port in wired), None)


class _Reader:
    """Reads one diagram."""

    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        self._inner = dict(_changed_inside(diagram))
        self._ports: dict[LayerId, Mapping[str, str | None]] = {}
        self._outputs: dict[LayerId, Mapping[int, int | None]] = {}
        for layer_id, inner in self._inner.items():
            before = diagram.layers[layer_id].diagram or inner
            self._ports[layer_id] = moved_ports(before, inner)
            self._outputs[layer_id] = moved_outputs(before, inner)
        self._silent: set[NodeId] = set()
        self._skipped: Mapping[NodeId, Wire] = {}
        self._carrying: set[int] = set()

    def read(self) -> InUse | None:
        """Return what becomes of the parts; none where all are in use."""
        if not self._inner and not self._diagram.passive:
            return None
        self._fall_silent()
        self._skip()
        wires, lost = self._wires_left()
        useless = unwanted(wires, lost)
        gone = self._silent | self._skipped.keys() | useless
        wires = {key: one for key, one in wires.items() if one.target not in useless}
        given = {node: self._given(wire) for node, wire in self._skipped.items()}
        out = self._silent | useless | {n for n, one in given.items() if one.node in useless}
        return InUse(
            diagram=self._without(gone, wires),
            given_on={node: one for node, one in given.items() if node not in out},
            left_out=frozenset(out),
            idle=frozenset(self._idle(out, wires)),
        )

    def _fall_silent(self) -> None:
        """Find the nodes that give nothing: those that are muted, and those that need them."""
        waiting = [node for node in self._diagram.nodes if self._is_silent_itself(node)]
        self._silent.update(waiting)
        waiting += [w.source for w in self._diagram.wires.values() if self._brings_nothing(w)]
        while waiting:
            for wire in self._diagram.outgoing.get(waiting.pop(), ()):
                if wire.target not in self._silent and self._lacks_something(wire.target):
                    self._silent.add(wire.target)
                    waiting.append(wire.target)

    def _is_silent_itself(self, node_id: NodeId) -> bool:
        node = self._diagram.nodes[node_id]
        if node.use is Use.MUTED or not isinstance(node, CallNode):
            return node.use is Use.MUTED
        inner = self._inner.get(node.layer)
        return node.use is Use.ACTIVE and inner is not None and not inner.heads

    def _brings_nothing(self, wire: Wire) -> bool:
        if wire.source in self._silent:
            return True
        source = self._diagram.nodes[wire.source]
        if not isinstance(source, CallNode) or source.use is Use.BYPASSED:
            return False
        outputs = self._outputs.get(source.layer, {})
        return outputs.get(wire.output, wire.output) is None

    def _is_unwanted(self, wire: Wire) -> bool:
        """Return whether a wire ends at an input that the nested model has no longer."""
        target = self._diagram.nodes[wire.target]
        if not isinstance(target, CallNode) or target.use is Use.BYPASSED:
            return False
        return self._ports.get(target.layer, {}).get(wire.port, wire.port) is None

    def _lacks_something(self, node_id: NodeId) -> bool:
        """Return whether nothing comes to a port on which wires end."""
        node = self._diagram.nodes[node_id]
        ports: dict[str, list[Wire]] = {}
        for wire in self._diagram.incoming[node_id]:
            if not self._is_unwanted(wire):
                ports.setdefault(wire.port, []).append(wire)
        if isinstance(node, CallNode) and node.use is Use.BYPASSED:
            # Whatever comes to its other ports, it gives on what comes to this one.
            passed = passed_port(self._diagram, node_id)
            ports = {port: wires for port, wires in ports.items() if port == passed}
        return any(all(map(self._brings_nothing, wires)) for wires in ports.values())

    def _skip(self) -> None:
        """Find the calls that give a tensor on, each with the wire that brings it."""
        first: dict[NodeId, Wire] = {}
        for node_id, node in self._diagram.nodes.items():
            if node_id not in self._silent and isinstance(node, CallNode):
                bypassed = node.use is Use.BYPASSED
                wire = self._passed(node_id) if bypassed else self._only_one_left(node_id)
                if wire is not None:
                    first[node_id] = wire
        self._skipped = through(first)
        self._carrying = {id(first[node]) for node in self._skipped}

    def _passed(self, node_id: NodeId) -> Wire | None:
        port = passed_port(self._diagram, node_id)
        wires = self._diagram.incoming.get(node_id, ())
        there = (one for one in wires if one.port == port and not self._brings_nothing(one))
        return next(there, None)

    def _only_one_left(self, node_id: NodeId) -> Wire | None:
        """Return the last tensor of a list, if there is nothing else that the layer receives."""
        wires = self._diagram.incoming.get(node_id, ())
        layer = self._diagram.layer_of(node_id)
        merges = layer is not None and layer.class_name.startswith(_LAYERS)
        if len(wires) < 2 or not merges or len({wire.port for wire in wires}) > 1:
            return None
        there = [wire for wire in wires if not self._brings_nothing(wire)]
        return there[0] if len(there) == 1 else None

    def _given(self, wire: Wire) -> Given:
        """Return the tensor that a wire brings, as it is known in the active part."""
        far = self._skipped.get(wire.source, wire)
        source = self._diagram.nodes[far.source]
        layer = source.layer if isinstance(source, CallNode) else None
        moved = self._outputs.get(layer, {}) if layer is not None else {}
        output = moved.get(far.output, far.output)
        return Given(far.source, 0 if output is None else output)

    def _wires_left(self) -> tuple[dict[WireId, Wire], set[NodeId]]:
        """Return the wires of the active part, and the nodes of which some wire has no use."""
        wires: dict[WireId, Wire] = {}
        lost: set[NodeId] = set()
        missing: defaultdict[tuple[NodeId, str], list[int]] = defaultdict(list)
        for key, wire in self._diagram.wires.items():
            if self._brings_nothing(wire):
                missing[wire.target, wire.port].append(wire.order)
            elif wire.target in self._silent or self._is_unwanted(wire):
                lost.add(self._given(wire).node)
            elif wire.target not in self._skipped:
                node, output = self._given(wire)
                wires[key] = with_source(wire, node, output)
            elif id(wire) not in self._carrying:
                lost.add(self._given(wire).node)
        return without_gaps(wires, missing), lost - self._silent

    def _without(self, gone: Collection[NodeId], wires: Mapping[WireId, Wire]) -> Diagram:
        nodes = {
            key: self._call_left(node) if isinstance(node, CallNode) else node
            for key, node in self._diagram.nodes.items()
            if key not in gone
        }
        called = {node.layer for node in nodes.values() if isinstance(node, CallNode)}
        layers = {
            key: self._layer_left(key, layer)
            for key, layer in self._diagram.layers.items()
            if key in called
        }
        return replace(self._diagram, layers=layers, nodes=nodes, wires=wires)

    def _layer_left(self, layer_id: LayerId, layer: Layer) -> Layer:
        inner = self._inner.get(layer_id)
        return layer if inner is None else replace(layer, diagram=inner)

    def _call_left(self, node: CallNode) -> Node:
        """Return a call without constants for inputs that the nested model has no longer."""
        ports = self._ports.get(node.layer, {})
        if all(ports.get(name, name) for name in node.arguments):
            return node
        left = {name: one for name, one in node.arguments.items() if ports.get(name, name)}
        return replace(node, arguments=left)

    def _idle(self, out: Collection[NodeId], left: Mapping[WireId, Wire]) -> Iterator[WireId]:
        for key, wire in self._diagram.wires.items():
            carries = key in left or id(wire) in self._carrying
            if not carries or wire.source in out or wire.target in out:
                yield key


def _changed_inside(diagram: Diagram) -> Iterator[tuple[LayerId, Diagram]]:
    """Yield the active part of each nested diagram of which something is left out."""
    for layer_id, model in diagram.models.items():
        if layer_id in diagram.calls:
            inner = active(model)
            if inner is not model:
                yield layer_id, inner
