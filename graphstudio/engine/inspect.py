"""Shapes, dtypes and parameters of a diagram, asked of Keras itself.

Each call is made once on symbolic tensors, inside a TensorFlow graph of its layer's own, where
weights have shapes but take no memory. Answers are kept: an edit costs what it changes.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

import keras
import msgspec
import tensorflow as tf

from graphstudio.catalog.entries import Catalog
from graphstudio.code.class_checks import check_classes
from graphstudio.code.plan import (
    CallStep,
    HeadStep,
    InputStep,
    Plan,
    TensorRef,
    outline,
)
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import Diagram, LayerId, NodeId
from graphstudio.diagram.graph import ancestors
from graphstudio.engine.build import (
    BuildError,
    call_layer,
    check_head,
    make_input,
    make_layer,
    pick,
)
from graphstudio.engine.keras_errors import KERAS_ERRORS, reason, refusal, refused_part
from graphstudio.protocol import Inspected, NodeInfo, Tensor

# Answers that are kept: enough for a few states of the largest diagrams.
_KEPT = 8192
Kept = TypeVar("Kept")


class _Answer(NamedTuple):
    """What became of a call: what it gave, or why it was refused.

    A layer that is called again is kept, with the graph that its weights live in; they are large.
    """

    outputs: Any = None
    info: NodeInfo = NodeInfo()
    error: Exception | None = None
    layer: Any = None
    graph: Any = None


class Inspector:
    """Answers for diagrams, and remembers what it was told.

    Args:
        catalog: the classes that diagrams can hold.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._answers: dict[bytes, _Answer] = {}
        self._checked_heads: dict[bytes, tuple[Diagnostic, ...]] = {}

    def inspect(self, diagram: Diagram, request: int = 0) -> Inspected:
        """Return what Keras says about every call that can be made.

        A call that Keras refuses is a diagnostic; the calls that depend on it are left out.
        """
        plan = outline(diagram, self._catalog)
        tensors: dict[NodeId, Any] = {}
        nodes: dict[NodeId, NodeInfo] = {}
        diagnostics = list(check_classes(diagram, self._catalog))
        for step in plan.inputs:
            diagnostics += self._inspect_input(step, tensors, nodes)
        history: dict[LayerId, bytes] = {}
        for call in plan.calls:
            if not call.is_whole or not _known(call, tensors):
                continue
            answer = self._ask(call, tensors, nodes, history)
            if answer.error is not None:
                diagnostics.append(refusal(answer.error, call, tensors))
                continue
            tensors[call.id], nodes[call.id] = answer.outputs, answer.info
        for head in plan.heads:
            diagnostics += self._inspect_head(head, tensors, nodes)
        total, trainable = _totals(diagram, plan, nodes)
        return Inspected(
            id=request,
            nodes=nodes,
            diagnostics=tuple(diagnostics),
            total_params=total,
            trainable_params=trainable,
        )

    def _inspect_input(
        self, step: InputStep, tensors: dict[NodeId, Any], nodes: dict[NodeId, NodeInfo]
    ) -> Iterable[Diagnostic]:
        try:
            tensors[step.id] = make_input(step)
        except KERAS_ERRORS as error:
            yield Diagnostic(
                code="refused",
                severity=Severity.ERROR,
                message=f"{step.node.name}: {reason(error)}",
                node=step.id,
                expected="arguments that keras.Input takes",
                received=msgspec.json.encode(step.node.config).decode(),
            )
            return
        nodes[step.id] = NodeInfo(outputs=_specs(tensors[step.id]))

    def _inspect_head(
        self, head: HeadStep, tensors: Mapping[NodeId, Any], nodes: dict[NodeId, NodeInfo]
    ) -> Iterable[Diagnostic]:
        yield from self._check_head(head)
        if head.tensor.node not in tensors:
            return
        try:
            nodes[head.id] = NodeInfo(outputs=_specs(pick(tensors, head.tensor)))
        except ValueError as error:
            yield refused_part(error, head.node.name, "a tensor", head.id)

    def _check_head(self, head: HeadStep) -> tuple[Diagnostic, ...]:
        """Return what Keras says against a head's loss and metrics."""
        key = _key([head.id, head.node.name, head.node.loss, head.node.metrics])
        if key not in self._checked_heads:
            try:
                check_head(head)
                found: tuple[Diagnostic, ...] = ()
            except BuildError as error:
                found = error.diagnostics
            _keep(self._checked_heads, key, found)
        return self._checked_heads[key]

    def _ask(
        self,
        step: CallStep,
        tensors: Mapping[NodeId, Any],
        nodes: Mapping[NodeId, NodeInfo],
        history: dict[LayerId, bytes],
    ) -> _Answer:
        """Return the answer to a call, given the calls of the same layer that came before it."""
        before = history.get(step.layer_id) or _key([step.layer, step.is_shared])
        key = before + _key([step.node.arguments, _argument_specs(step, nodes)])
        history[step.layer_id] = key
        # The newest stand last, so that what is dropped is what was not asked for the longest.
        answer = self._answers.pop(key, None) or _call(step, tensors, self._answers.get(before))
        _keep(self._answers, key, answer)
        return answer


def _call(step: CallStep, tensors: Mapping[NodeId, Any], before: _Answer | None) -> _Answer:
    graph = before.graph if before else tf.Graph()
    layer = before.layer if before else None
    with graph.as_default():
        try:
            layer = layer or make_layer(step)
            outputs = _without_history(call_layer(layer, step, tensors))
        except KERAS_ERRORS as error:
            answer = _Answer(error=error)
        else:
            counts = _count(layer.weights), _count(layer.trainable_weights)
            answer = _Answer(outputs, NodeInfo(_specs(outputs), *counts))
    return answer._replace(layer=layer, graph=graph) if step.is_shared else answer


def _known(step: CallStep, tensors: Mapping[NodeId, Any]) -> bool:
    return all(ref.node in tensors for ref in step.refs)


def _keep(answers: dict[bytes, Kept], key: bytes, answer: Kept) -> None:
    """Keep an answer as the newest, and drop the oldest where there are too many."""
    answers[key] = answer
    if len(answers) > _KEPT:
        answers.pop(next(iter(answers)))


def _argument_specs(step: CallStep, nodes: Mapping[NodeId, NodeInfo]) -> list[Any]:
    ports = [[port, isinstance(arg, TensorRef)] for port, arg in step.tensors.items()]
    return [ports, [[nodes[ref.node].outputs, ref.output] for ref in step.refs]]


def _key(value: Any) -> bytes:
    return msgspec.json.encode(value, order="deterministic")


def _specs(outputs: Any) -> tuple[Tensor, ...]:
    return tuple(
        Tensor(tuple(tensor.shape), str(tensor.dtype)) for tensor in keras.tree.flatten(outputs)
    )


def _without_history(outputs: Any) -> Any:
    """Return the same symbolic tensors without the calls that made them, which would pile up."""
    return keras.tree.map_structure(
        lambda tensor: keras.KerasTensor(tensor.shape, tensor.dtype, sparse=tensor.sparse), outputs
    )


def _count(weights: Iterable[Any]) -> int:
    return sum(math.prod(weight.shape) for weight in weights)


def _totals(diagram: Diagram, plan: Plan, nodes: Mapping[NodeId, NodeInfo]) -> tuple[int, int]:
    """Return the parameters of the model, in which each layer counts once."""
    reached = ancestors(diagram, *diagram.heads)
    counted = nodes.keys() & reached
    layers = {step.layer_id: nodes[step.id] for step in plan.calls if step.id in counted}
    return (
        sum(info.params for info in layers.values()),
        sum(info.trainable_params for info in layers.values()),
    )
