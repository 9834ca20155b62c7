"""Repairs of a refused call that put layers into the wires that lead to it."""

from collections.abc import Iterator, Sequence
from itertools import islice, product

import msgspec

from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.graph import ancestors
from graphstudio.diagram.insertions import Insertion, derived_id
from graphstudio.engine.adapters import Adapter, adapters, poolings, towards
from graphstudio.engine.refused_call import Arrival, RefusedCall
from graphstudio.protocol import NodeInfo, Tensor

# Combinations that are tried where several wires have to be adapted at once.
_COMBINATIONS = 6


def insertion_repairs(refused: RefusedCall, nodes: dict[NodeId, NodeInfo]) -> Iterator[Repair]:
    """Yield layers to put into wires so that Keras may take the call, the likeliest first.

    Args:
        refused: the call.
        nodes: what is known about nodes.
    """
    arrivals = refused.arrivals
    if len({one.tensor for one in arrivals}) > 1:
        yield from _joined(refused)
        return
    for arrival in arrivals:
        yield from _towards_message(refused, arrival)
        for adapter in adapters(arrival.tensor):
            yield from _repair(refused, [(arrival, adapter)])
    for arrival in arrivals:
        yield from _upstream(refused, arrival, nodes)


def _joined(refused: RefusedCall) -> Iterator[Repair]:
    """Yield what gives all the tensors that are joined the shape of one of them.

    First those that leave alone the longer way: what feeds the others' ways too is a shortcut, and
    is projected. Between equals the smaller tensor stays.
    """
    arrivals = refused.arrivals

    def stays_last(arrival: Arrival) -> tuple[bool, int]:
        sizes = (size or 1 for size in arrival.tensor.shape[1:-1])
        area = 1
        for size in sizes:
            area *= size
        return _is_shortcut(refused, arrival), area

    for target in sorted(arrivals, key=stays_last):
        others = [one for one in arrivals if one.tensor != target.tensor]
        choices = [list(towards(one.tensor, target.tensor)) for one in others]
        for chosen in islice(product(*choices), _COMBINATIONS if len(others) > 1 else None):
            yield from _repair(refused, list(zip(others, chosen, strict=True)))


def _is_shortcut(refused: RefusedCall, arrival: Arrival) -> bool:
    """Return whether another of the tensors is made from this one."""
    others = {one.wire.source for one in refused.arrivals} - {arrival.wire.source}
    return arrival.wire.source in ancestors(refused.diagram, *others)


def _towards_message(refused: RefusedCall, arrival: Arrival) -> Iterator[Repair]:
    """Yield what gives a tensor as many channels as one of the numbers that Keras asks for."""
    shape = arrival.tensor.shape
    for size in refused.wanted:
        if len(shape) > 1 and size != shape[-1]:
            target = Tensor((*shape[:-1], size), arrival.tensor.dtype)
            for adapter in towards(arrival.tensor, target):
                yield from _repair(refused, [(arrival, adapter)])


def _upstream(
    refused: RefusedCall, arrival: Arrival, nodes: dict[NodeId, NodeInfo]
) -> Iterator[Repair]:
    """Yield poolings one call further up, as before a Flatten of an image of unknown size."""
    for key, wire in refused.diagram.wires.items():
        if wire.target == arrival.wire.source and wire.source in nodes:
            tensor = nodes[wire.source].outputs[wire.output]
            for adapter in poolings(tensor):
                yield from _repair(refused, [(Arrival(key, wire, tensor), adapter)])


def _repair(refused: RefusedCall, chosen: Sequence[tuple[Arrival, Adapter]]) -> Iterator[Repair]:
    """Yield the repair that makes some insertions, if the catalog has all of their classes."""
    insertions = []
    for arrival, adapter in chosen:
        entry = refused.catalog.callables.get(adapter.path)
        if entry is None or not entry.ports:
            return
        new = Insertion(
            wire_id=arrival.wire_id,
            class_name=adapter.path,
            port=entry.ports[0].name,
            id=derived_id(refused.taken, arrival.wire_id, adapter.words),
            config=adapter.config,
            arguments=adapter.arguments,
        )
        insertions.append(msgspec.to_builtins(new))
    parts = [f"{adapter.words} {_place(refused, arrival)}" for arrival, adapter in chosen]
    yield Repair(f"Insert {' and '.join(parts)}", "insert_layers", {"insertions": insertions})


def _place(refused: RefusedCall, arrival: Arrival) -> str:
    """Return where an insertion goes, in words."""
    if arrival.wire.target != refused.node_id or len(refused.arrivals) == 1:
        return f"before {refused.diagram.name_of(arrival.wire.target)}"
    if _is_shortcut(refused, arrival):
        return "in the shortcut"
    return f"after {refused.diagram.name_of(arrival.wire.source)}"
