"""Collapsing: a nested model in the place of selected calls."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from msgspec.structs import replace

from graphstudio.diagram.belonging import belonging
from graphstudio.diagram.bends import Bends
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    Node,
    NodeId,
    Position,
    Wire,
    WireId,
)
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.edits import taken_names
from graphstudio.diagram.graph import ancestors, descendants
from graphstudio.diagram.measures import DEFAULT_SIZE
from graphstudio.diagram.models import MODEL, middle
from graphstudio.diagram.names import free_name
from graphstudio.diagram.values import Value

# Between calls and the inputs and heads around them, and between those.
_GAP = 56.0
_GAP_ASIDE = 36.0


class TensorSpec(Protocol):
    """What is known of a tensor."""

    @property
    def shape(self) -> tuple[int | None, ...]:
        """Its shape, with the batch first."""

    @property
    def dtype(self) -> str:
        """Its dtype."""


# The tensors that each node gives, as far as they are known.
Tensors: TypeAlias = Mapping[NodeId, Sequence[TensorSpec]]


class _Tensor(NamedTuple):
    """One output of a node."""

    node: NodeId
    output: int


def make_model(
    diagram: Diagram, node_ids: Collection[NodeId], name: str, tensors: Tensors, ids: Iterator[str]
) -> Diagram:
    """Put a nested model in the place of selected calls; :func:`expand_model` takes it apart.

    The model has an input for each tensor that enters the selection, and a head for each tensor
    that leaves it or leads nowhere. Inputs and heads in the selection stay where they are. Frames
    that hold nothing else go inside, with the notes in them.

    Args:
        diagram: where the calls are.
        node_ids: the selection.
        name: what the model is called, if nothing else is.
        tensors: what nodes give; what enters the selection has to be known.
        ids: ids that nothing has yet; the first is the new node's.

    Raises:
        ValueError: the selection is no model, with a sentence that says why.
    """
    chosen = [i for i in diagram.nodes if i in node_ids and isinstance(diagram.nodes[i], CallNode)]
    _check_selection(diagram, chosen)
    return _Collapse(diagram, chosen, tensors, ids).into(name)


def _check_selection(diagram: Diagram, chosen: Sequence[NodeId]) -> None:
    if not chosen:
        raise ValueError("Expected layers to make a model of; received none.")
    inside = set(chosen)
    for calls in diagram.calls.values():
        shared = inside & set(calls)
        if shared and len(shared) < len(calls):
            raise ValueError(
                f"Expected all {len(calls)} calls of {diagram.name_of(calls[0])!r}, which share "
                f"its weights; received {len(shared)} of them."
            )
    between = (ancestors(diagram, *chosen) & descendants(diagram, *chosen)) - inside
    for node in sorted(between):
        raise ValueError(
            f"Expected everything between the selected layers; received no "
            f"{diagram.name_of(node)!r}, through which a way leads out and back."
        )


class _Collapse:
    """Makes a nested model of calls, and a call of it in their place."""

    def __init__(
        self, diagram: Diagram, chosen: Sequence[NodeId], tensors: Tensors, ids: Iterator[str]
    ) -> None:
        self._diagram = diagram
        self._chosen = chosen
        self._inside = frozenset(chosen)
        self._tensors = tensors
        self._ids = ids
        self._call = NodeId(next(ids))
        self._layers = {i: diagram.layers[i] for i in diagram.layers if self._holds(i)}
        self._inputs = {tensor: NodeId(next(ids)) for tensor in self._entering()}
        self._heads = {tensor: NodeId(next(ids)) for tensor in self._leaving()}
        if not self._inputs or not self._heads:
            what = "leaves" if self._inputs else "enters"
            raise ValueError(f"Expected a tensor that {what} the selected layers; received none.")

    def into(self, name: str) -> Diagram:
        """Return the diagram with the model, under a free name."""
        diagram = self._diagram
        others = {key: one for key, one in diagram.layers.items() if key not in self._layers}
        inner = self._inner(free_name(name, *taken_names(replace(diagram, layers=others))))
        layer_id = LayerId(next(self._ids))
        model = Layer(class_name=MODEL, name=inner.name, diagram=inner)
        nodes: dict[NodeId, Node] = {}
        for key, node in diagram.nodes.items():
            if key == self._chosen[0]:
                nodes[self._call] = CallNode(layer=layer_id)
            if key not in self._inside:
                nodes[key] = node
        positions = {k: place for k, place in diagram.positions.items() if k not in self._inside}
        centre = middle(diagram, self._inside)
        if centre is not None:
            width, height = DEFAULT_SIZE
            positions[self._call] = Position(centre.x - width / 2, centre.y - height / 2)
        wires = dict(self._outer_wires(inner))
        return replace(
            diagram,
            layers={**others, layer_id: model},
            nodes=nodes,
            wires=wires,
            positions=positions,
            bends=self._outer_bends(wires),
            frames={k: one for k, one in diagram.frames.items() if k not in inner.frames},
            notes={k: one for k, one in diagram.notes.items() if k not in inner.notes},
        )

    def _holds(self, layer: LayerId) -> bool:
        return any(node in self._inside for node in self._diagram.calls.get(layer, ()))

    def _entering(self) -> Iterator[_Tensor]:
        """Yield each tensor that enters, in the order of the nodes and of their ports."""
        found = (
            _Tensor(wire.source, wire.output)
            for node in self._chosen
            for wire in self._diagram.incoming.get(node, ())
            if wire.source not in self._inside
        )
        return iter(dict.fromkeys(found))

    def _leaving(self) -> Iterator[_Tensor]:
        """Yield each tensor that leaves, in the order of the nodes and of their outputs."""
        for node in self._chosen:
            wires = self._diagram.outgoing.get(node, ())
            used = {wire.output for wire in wires if wire.target not in self._inside}
            for output in sorted(used) if wires else (0,):
                yield _Tensor(node, output)

    def _inner(self, name: str) -> Diagram:
        taken = {layer.name for layer in self._layers.values()}
        nodes: dict[NodeId, Node] = {}
        for tensor, node in self._inputs.items():
            free = free_name(self._tensor_name(tensor), taken)
            taken.add(free)
            nodes[node] = InputNode(name=free, config=self._input_config(tensor))
        nodes |= {node: self._diagram.nodes[node] for node in self._chosen}
        heads: set[str] = set()
        for tensor, node in self._heads.items():
            free = free_name(self._tensor_name(tensor), heads)
            heads.add(free)
            nodes[node] = HeadNode(name=free)
        drawn = self._diagram
        kept = {i: drawn.positions[i] for i in self._chosen if i in drawn.positions}
        with_them = belonging(drawn, self._inside)
        inner = Diagram(
            name=name,
            layers=self._layers,
            nodes=nodes,
            wires=dict(self._inner_wires()),
            positions=kept,
            bends={key: bends for key, bends in drawn.bends.items() if self._is_inside(key)},
            frames={key: drawn.frames[key] for key in with_them.frames},
            notes={key: drawn.notes[key] for key in with_them.notes},
            direction=drawn.direction,
        )
        return (
            replace(inner, positions=_with_ends(inner)) if len(kept) == len(self._chosen) else inner
        )

    def _tensor_name(self, tensor: _Tensor) -> str:
        name = self._diagram.name_of(tensor.node)
        return f"{name}_{tensor.output}" if tensor.output else name

    def _input_config(self, tensor: _Tensor) -> Mapping[str, Value]:
        node = self._diagram.nodes[tensor.node]
        if isinstance(node, InputNode):
            return node.config
        known = self._tensors.get(tensor.node, ())
        if tensor.output >= len(known):
            raise ValueError(
                f"Expected a known shape of what {self._diagram.name_of(tensor.node)!r} gives, "
                "which enters the selected layers; received none yet."
            )
        (batch, *shape), dtype = known[tensor.output].shape, known[tensor.output].dtype
        return {"shape": shape, "dtype": dtype} | ({"batch_size": batch} if batch else {})

    def _inner_wires(self) -> Iterator[tuple[WireId, Wire]]:
        for key, wire in self._diagram.wires.items():
            if wire.target in self._inside:
                source = self._inputs.get(_Tensor(wire.source, wire.output))
                yield key, wire if source is None else replace(wire, source=source, output=0)
        for (node, output), head in self._heads.items():
            wire = Wire(source=node, output=output, target=head, port=HEAD_PORT)
            yield WireId(next(self._ids)), wire

    def _is_inside(self, key: WireId) -> bool:
        wire = self._diagram.wires.get(key)
        return wire is not None and {wire.source, wire.target} <= self._inside

    def _outer_bends(self, wires: Mapping[WireId, Wire]) -> Bends:
        """Return the bends outside; what led alone into the selection leads so to the model."""
        before = self._diagram
        bends = {key: places for key, places in before.bends.items() if key in wires}
        entering: dict[_Tensor, list[WireId]] = {}
        for key, wire in before.wires.items():
            if wire.target in self._inside and wire.source not in self._inside:
                entering.setdefault(_Tensor(wire.source, wire.output), []).append(key)
        for key, wire in wires.items():
            came = entering.get(_Tensor(wire.source, wire.output), [])
            if key not in before.wires and len(came) == 1 and came[0] in before.bends:
                bends[key] = before.bends[came[0]]
        return bends

    def _outer_wires(self, inner: Diagram) -> Iterator[tuple[WireId, Wire]]:
        numbers = {tensor: number for number, tensor in enumerate(self._heads)}
        for key, wire in self._diagram.wires.items():
            if wire.target in self._inside:
                continue
            if wire.source in self._inside:
                number = numbers[_Tensor(wire.source, wire.output)]
                yield key, replace(wire, source=self._call, output=number)
            else:
                yield key, wire
        for (source, output), node in self._inputs.items():
            port = inner.name_of(node)
            wire = Wire(source=source, output=output, target=self._call, port=port)
            yield WireId(next(self._ids)), wire


def _with_ends(inner: Diagram) -> dict[NodeId, Position]:
    """Return the places of calls, with inputs before all of them and heads after."""
    calls, down = inner.positions, inner.direction is Direction.DOWN
    ahead = {key: place.y if down else place.x for key, place in calls.items()}
    aside = {key: place.x if down else place.y for key, place in calls.items()}
    step = DEFAULT_SIZE[1 if down else 0] + _GAP
    pitch = DEFAULT_SIZE[0 if down else 1] + _GAP_ASIDE
    sources = {i: aside[inner.outgoing[i][0].target] for i in inner.inputs}
    targets = {i: aside[inner.incoming[i][0].source] for i in inner.heads}
    found = {key: (min(ahead.values()) - step, at) for key, at in _spaced(sources, pitch)}
    found |= {key: (max(ahead.values()) + step, at) for key, at in _spaced(targets, pitch)}
    ends = {key: Position(at, to) if down else Position(to, at) for key, (to, at) in found.items()}
    return {**calls, **ends}


def _spaced(wanted: Mapping[NodeId, float], pitch: float) -> Iterator[tuple[NodeId, float]]:
    """Yield places in a line, each as near to the wanted one as those before it allow."""
    free = float("-inf")
    for node in sorted(wanted, key=wanted.__getitem__):
        at = max(wanted[node], free)
        yield node, at
        free = at + pitch
