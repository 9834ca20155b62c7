"""What the calls of a diagram compute and hold, for one sample and a forward pass.

Each call is traced once into a TensorFlow graph of its own, whose operations are then counted; see
:mod:`graphstudio.engine.operations` for what counts. Nothing is computed and no weight has memory.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import keras
import msgspec
import tensorflow as tf
from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import with_own
from graphstudio.code.plan import outline
from graphstudio.code.steps import CallStep, Plan
from graphstudio.diagram.active import active
from graphstudio.diagram.diagram import Diagram, LayerId, NodeId
from graphstudio.diagram.graph import ancestors
from graphstudio.diagram.pages import as_dict
from graphstudio.engine.build import call_layer, make_layer
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.operations import UncountableError, flops_of
from graphstudio.engine.sizes import with_sizes
from graphstudio.engine.tracing import trace
from graphstudio.engine.unallocated import without_values
from graphstudio.protocol import Cost, Measure, Measured, NodeInfo, Tensor

# Costs that are kept, so that an edit is measured where it changes something.
_KEPT = 8192


class _Call(NamedTuple):
    """What one call costs, its outputs apart."""

    flops: int | None
    weight_bytes: int | None


class Meter:
    """Measures diagrams, and remembers what calls cost.

    Args:
        inspector: asked for the shapes that reach each call.
        catalog: what diagrams can hold.
    """

    def __init__(self, inspector: Inspector, catalog: Catalog) -> None:
        self._inspector = inspector
        self._catalog = catalog
        self._known: dict[bytes, _Call] = {}

    def measure(
        self, question: Measure, interrupted: Callable[[], bool] = lambda: False
    ) -> Measured | None:
        """Return the cost of each call that can be made, in nested models too.

        The batch is one sample. FLOPs are None where a size is unknown and none is assumed, and
        where they depend on values.

        Args:
            question: what to measure.
            interrupted: asked before each call; once it says yes, the answer is None, and what
                was measured is remembered.
        """
        diagram = with_sizes(active(question.diagram), 1, question.size)
        inspected = self._inspector.inspect(diagram, code=question.code, trusted=question.trusted)
        plan = outline(diagram, with_own(self._catalog, question.code))
        costs: dict[NodeId, Cost] = {}
        for step in all_calls(plan):
            if interrupted():
                return None
            if step.id in inspected.nodes:
                call = self._call(step, inspected.nodes, question.code)
                size = memory_of(inspected.nodes[step.id].outputs)
                costs[step.id] = Cost(call.flops, call.weight_bytes, size)
        return Measured(id=question.id, nodes=costs, total=_total(diagram, plan, costs))

    def _call(self, step: CallStep, nodes: Mapping[NodeId, NodeInfo], code: str) -> _Call:
        given = {ref.node: nodes[ref.node].outputs for ref in step.refs}
        # Names and ids cost nothing: a block that is repeated is measured once.
        ports = [[port, isinstance(arg, tuple)] for port, arg in step.tensors.items()]
        specs = [[given[ref.node], ref.output] for ref in step.refs]
        layer = replace(step.layer, name="")
        said = [layer, step.node.arguments, ports, specs, code]
        key = msgspec.json.encode(said, enc_hook=as_dict)
        call = self._known.pop(key, None) or _measured(step, given)
        self._known[key] = call
        if len(self._known) > _KEPT:
            self._known.pop(next(iter(self._known)))
        return call


def all_calls(plan: Plan) -> Iterator[CallStep]:
    """Yield the calls of a plan and of the nested models in it."""
    for step in plan.calls:
        if step.inner is not None and step.first:
            yield from all_calls(step.inner)
        yield step


def _measured(step: CallStep, given: Mapping[NodeId, tuple[Tensor, ...]]) -> _Call:
    """Return the cost of a call, made and traced in a graph that is thrown away."""
    tensors = {
        node: [keras.KerasTensor(one.shape, one.dtype) for one in outputs]
        for node, outputs in given.items()
    }
    with tf.Graph().as_default():
        try:
            layer = without_values(lambda: _built(step, tensors))
            weights = memory_of(getattr(layer, "weights", ()))
        except KERAS_ERRORS:
            return _Call(None, None)
        return _Call(_flops(layer, step, tensors), weights)


def _built(step: CallStep, tensors: Mapping[NodeId, Any]) -> Any:
    """Return what a step calls, with its weights."""
    layer = make_layer(step, pretrained=False)
    call_layer(layer, step, tensors)
    return layer


def _flops(layer: Any, step: CallStep, tensors: Mapping[NodeId, Any]) -> int | None:
    if any(None in one.shape for one in keras.tree.flatten(tensors)):
        return None
    # Placeholders stand in for the weights too: how these got their values is not part of a call.
    weights = [
        (one, tf.compat.v1.placeholder(one.dtype, one.shape))
        for one in getattr(layer, "variables", ())
    ]
    try:
        with keras.StatelessScope(state_mapping=weights):
            return flops_of(keras.tree.flatten(trace(layer, step, tensors)))
    except (UncountableError, *KERAS_ERRORS):
        return None


def memory_of(tensors: Iterable[Any]) -> int | None:
    """Return the memory of tensors or weights; none where a size is not known or not fixed."""
    total = 0
    for one in tensors:
        width = tf.as_dtype(one.dtype).size
        if None in one.shape or one.dtype == "string":
            return None
        total += math.prod(one.shape) * width
    return total


def _total(diagram: Diagram, plan: Plan, costs: Mapping[NodeId, Cost]) -> Cost:
    """Return the cost of what the heads depend on; None where any part of it is not known."""
    reached = ancestors(diagram, *diagram.heads)
    calls = [step for step in plan.calls if step.id in reached]
    layers: dict[LayerId, NodeId] = {step.layer_id: step.id for step in calls}
    return Cost(
        _sum(costs[step.id].flops if step.id in costs else None for step in calls),
        _sum(costs[one].weight_bytes if one in costs else None for one in layers.values()),
        _sum(costs[step.id].output_bytes if step.id in costs else None for step in calls),
    )


def _sum(values: Iterable[int | None]) -> int | None:
    total = 0
    for value in values:
        if value is None:
            return None
        total += value
    return total
