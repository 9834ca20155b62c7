"""How much the operations of a TensorFlow graph compute, as TensorFlow's own statistics say.

TensorFlow registers statistics for the operations that dominate a model: products, convolutions,
poolings, means, sums and elementwise arithmetic. A multiplication that is added counts as two.
Activation functions (``Relu``, ``Sigmoid``, ``Tanh``, ``Exp``), comparisons of other kinds and what
only moves numbers have no statistics and count as nothing.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import tensorflow as tf

# Importing the registry registers the statistics; `tf.compat.v1.profiler`, which is public, counts
# whole graphs alone, with what initial values and unused operations compute.
import tensorflow.python.profiler.internal.flops_registry
from tensorflow.python.framework import ops

# Operations that run a function of the graph as often as it is called.
_CALLS = frozenset({"PartitionedCall", "StatefulPartitionedCall"})
_LOOPS = frozenset({"While", "StatelessWhile"})
# Which function runs depends on values.
_BRANCHES = frozenset({"If", "StatelessIf", "Case", "StatelessCase"})
# What stands at a loop's second input: the most rounds that it makes.
_MOST_ROUNDS = 1


class UncountableError(ValueError):
    """What operations compute depends on values that are not known."""


def flops_of(tensors: Iterable[Any]) -> int:
    """Return the operations that a graph needs for some of its tensors, from its placeholders on.

    Args:
        tensors: tensors of one graph, whose shapes are known.

    Raises:
        UncountableError: a loop's rounds or a branch's way depend on values.
    """
    return sum(_flops(op) for op in _needed([tensor.op for tensor in tensors]))


def _needed(last: list[Any]) -> list[Any]:
    """Return the operations that some depend on, variables' values apart, in any order."""
    found: dict[str, Any] = {}
    waiting = list(last)
    while waiting:
        op = waiting.pop()
        if op.name not in found:
            found[op.name] = op
            waiting += [tensor.op for tensor in op.inputs]
    return list(found.values())


def _flops(op: Any) -> int:
    if op.type in _LOOPS:
        return _rounds(op) * _flops_of_function(op, "body")
    if op.type in _CALLS:
        return _flops_of_function(op, "f")
    if op.type in _BRANCHES:
        raise UncountableError(f"Expected a way that is known; received the branch {op.name}.")
    if op.type == "Einsum":
        return _flops_of_einsum(op)
    counted = ops.get_stats_for_node_def(op.graph, op.node_def, "flops").value
    return int(counted or 0)


def _flops_of_function(op: Any, attribute: str) -> int:
    name = op.get_attr(attribute).name
    function = op.graph._get_function(name).graph  # noqa: SLF001 - there is no public way to it
    return flops_of(function.outputs)


def _rounds(loop: Any) -> int:
    """Return how often a loop runs: of a recurrent layer, the length of the sequence."""
    most = loop.inputs[_MOST_ROUNDS]
    rounds = tf.get_static_value(most)
    if rounds is None:
        try:
            with tf.compat.v1.Session(graph=loop.graph) as session:
                rounds = session.run(most)
        except (tf.errors.OpError, TypeError, ValueError, RuntimeError) as error:
            raise UncountableError(
                f"Expected a known number of rounds; received the loop {loop.name}."
            ) from error
    if int(rounds) < 0:
        raise UncountableError(f"Expected a loop that ends; received {loop.name}.")
    return int(rounds)


def _flops_of_einsum(op: Any) -> int:
    """Return two operations for each product of a sum over labels.

    TensorFlow, which has no statistic for it, carries it out as a batch of matrix products: the
    count is what it would say of these. Attention is made of it.
    """
    labels, _, _ = op.get_attr("equation").decode().partition("->")
    sizes: dict[str, int] = {}
    for text, tensor in zip(labels.split(","), op.inputs, strict=True):
        sizes |= _sizes(text, tensor)
    return (2 if len(op.inputs) > 1 else 1) * math.prod(sizes.values())


def _sizes(labels: str, tensor: Any) -> Mapping[str, int]:
    """Return the size of each label of an operand; those of an ellipsis by their place."""
    shape = tensor.shape.as_list()
    before, dots, after = labels.partition("...")
    hidden = [f"...{place}" for place in range(len(shape) - len(before) - len(after))]
    names = [*before, *(hidden if dots else ()), *after]
    if None in shape:
        raise UncountableError(f"Expected known sizes; received {shape}.")
    return dict(zip(names, shape, strict=True))
