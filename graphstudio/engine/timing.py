"""How long the calls of a diagram take here, one by one, and all of them in one.

What is timed is a forward pass on the CPU, as ``predict`` makes it: each call is compiled into a
TensorFlow function of its own, called on generated numbers, and timed several times after it has
warmed up. Of the median is taken off what a function takes that computes nothing, which is what
calling costs and no part of the model. The time of a nested model is the sum of the calls inside.
The whole model in one such function takes about as long as its calls, or less, where TensorFlow
finds work that can be done at the same time.
"""

from collections.abc import Callable, Mapping
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any, TypeAlias

import keras
import tensorflow as tf

from graphstudio.catalog.entries import Catalog, Role
from graphstudio.catalog.own_code import with_own
from graphstudio.code.adapting import learns
from graphstudio.code.plan import outline
from graphstudio.code.steps import CallStep, InputStep, Plan, TensorRef
from graphstudio.diagram.active import active
from graphstudio.diagram.diagram import Diagram, LayerId, NodeId
from graphstudio.diagram.graph import ancestors
from graphstudio.engine.build import call_layer, make_input, make_layer, pick
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.keras_errors import KERAS_ERRORS, reason
from graphstudio.engine.own_code import OwnCodeError, guarded
from graphstudio.engine.room import RoomError, check_room
from graphstudio.engine.sample_tensors import Tensor
from graphstudio.engine.sizes import with_sizes
from graphstudio.protocol import CallTimed, NodeInfo, TimeCalls, Timed

# How often a call is repeated at least and at most, and for how many seconds between the two.
_LEAST, _MOST = 3, 50
_SECONDS = 0.2
# What is tried for unknown sizes: what shrinks a sequence again and again needs a long one.
_SIZES = (128, 256, 512, 1024)

Values: TypeAlias = dict[NodeId, Any]
Carry: TypeAlias = Callable[[CallStep, Values], Any]


def time_calls(
    question: TimeCalls,
    inspector: Inspector,
    catalog: Catalog,
    report: Callable[[CallTimed], object] = lambda _: None,
) -> Timed:
    """Return the seconds of each call that can be run, in nested models too.

    A layer's weights are fresh, and those of a shared layer are held once.

    Args:
        question: what to time.
        inspector: asked beforehand how much memory that takes.
        catalog: what diagrams can hold.
        report: told of each call that was timed.

    Raises:
        RoomError: there is not enough memory.
    """
    diagram, nodes, size = _sized(question, inspector)
    plan = outline(diagram, with_own(catalog, question.code))
    check_room(plan, nodes, question.batch_size)
    clock = _Clock(question.id, plan, report)
    try:
        with tf.device("CPU"):
            whole = clock.time_all(plan)
    except (MemoryError, tf.errors.ResourceExhaustedError) as error:
        message = f"Out of memory: expected room for a batch of {question.batch_size}; try less."
        raise RoomError(message) from error
    return Timed(
        id=question.id,
        batch_size=question.batch_size,
        nodes=clock.nodes,
        size=size,
        total=_total(diagram, plan, clock.nodes),
        whole=whole,
        reason=clock.reason,
    )


def _sized(
    question: TimeCalls, inspector: Inspector
) -> tuple[Diagram, Mapping[NodeId, NodeInfo], int | None]:
    """Return the diagram with sizes for all that is unknown, what is known of it, and the size."""

    def inspect(size: int | None) -> tuple[Diagram, Mapping[NodeId, NodeInfo]]:
        sized = with_sizes(active(question.diagram), question.batch_size, size, keep_batches=True)
        answer = inspector.inspect(sized, code=question.code, trusted=question.trusted)
        return sized, answer.nodes

    diagram, nodes = inspect(None)
    known = [one for node in diagram.inputs if node in nodes for one in nodes[node].outputs]
    if not any(None in one.shape for one in known):
        return diagram, nodes, None
    for size in _SIZES if question.size is None else (question.size,):
        sized, found = inspect(size)
        if len(found) >= len(nodes):
            break
    return sized, found, size


class _Clock:
    """Times calls.

    Attributes:
        nodes: the seconds of each call so far.
        reason: why the first call that could not be run was refused.
    """

    def __init__(self, number: int, plan: Plan, report: Callable[[CallTimed], object]) -> None:
        self.nodes: dict[NodeId, float] = {}
        self.reason = ""
        self._number = number
        self._calls = _count(plan)
        self._done = 0
        self._report = report
        self._layers: dict[LayerId, Any] = {}
        self._spent = 0.0
        self._idle, _ = _timed(tf.function(_nothing), tf.zeros(()))

    def time_all(self, plan: Plan) -> float | None:
        """Time the calls of a plan, and return the seconds of all of them in one function.

        There are none where the plan has no head, or a call could not be run.
        """
        given = {step.id: _sample(step) for step in plan.inputs}
        values = dict(given)
        _follow(plan, values, self._time)
        sound = plan.heads and all(step.id in values for step in plan.calls)
        return self._time_whole(plan, given) if sound else None

    def _time(self, step: CallStep, values: Values) -> Any:
        """Time a call, and return what it gives; none where it cannot be run."""
        before = self._spent
        try:
            with guarded():
                result = (
                    self._one(step, values)
                    if step.inner is None
                    else _enter(step, step.inner, values, self._time)
                )
        except tf.errors.ResourceExhaustedError:
            raise
        except (*KERAS_ERRORS, OwnCodeError) as error:
            self.reason = self.reason or f"{step.layer.name}: {reason(error)}"
            return None
        # A model that is called twice has its calls inside timed twice: those of the first count.
        self.nodes.setdefault(step.id, self._spent - before)
        return result

    def _time_whole(self, plan: Plan, values: Values) -> float:
        """Return the seconds of all calls that the heads depend on in one function."""

        def run(given: Values) -> list[Any]:
            reached = dict(given)
            _follow(plan, reached, self._carry_out)
            return [pick(reached, head.tensor) for head in plan.heads]

        seconds, _ = _timed(tf.function(run, autograph=False), values)
        return max(seconds - self._idle, 0.0)

    def _one(self, step: CallStep, values: Values) -> Any:
        given = {ref.node: values[ref.node] for ref in step.refs}
        if step.layer_id not in self._layers:
            self._layers[step.layer_id] = _built(step, given)
        run = partial(call_layer, self._layers[step.layer_id], step)
        seconds, result = _timed(tf.function(run, autograph=False), given)
        self._spent += max(seconds - self._idle, 0.0)
        self._done += 1
        self._report(CallTimed(id=self._number, done=self._done, calls=self._calls))
        return result

    def _carry_out(self, step: CallStep, values: Values) -> Any:
        if step.inner is not None:
            return _enter(step, step.inner, values, self._carry_out)
        return call_layer(self._layers[step.layer_id], step, values)


def _follow(plan: Plan, values: Values, carry: Carry) -> None:
    """Carry out the calls of a plan that find their tensors, and keep what they give."""
    for step in plan.calls:
        if step.is_whole and all(ref.node in values for ref in step.refs):
            result = carry(step, values)
            if result is not None:
                values[step.id] = result


def _enter(step: CallStep, inner: Plan, values: Values, carry: Carry) -> Any:
    """Carry out the calls of the plan inside of a nested model, and return what the model gives.

    Raises:
        LookupError: a call inside that one of its outputs depends on has given nothing.
    """
    reached: Values = {}
    for one in inner.inputs:
        given = step.tensors.get(one.node.name)
        if isinstance(given, TensorRef):
            reached[one.id] = pick(values, given)
    _follow(inner, reached, carry)
    results = [pick(reached, head.tensor) for head in inner.heads]
    return results if len(results) > 1 else results[0]


def _built(step: CallStep, given: Mapping[NodeId, Any]) -> Any:
    """Return what a step calls, with its weights."""
    layer = make_layer(step, pretrained=False)
    if learns(step):
        layer.adapt(pick(given, step.refs[0]))
    if step.entry.role is not Role.FUNCTION:
        call_layer(layer, step, keras.tree.map_structure(_symbol, given))
    return layer


def _symbol(value: Any) -> Any:
    return keras.KerasTensor(value.shape, keras.backend.standardize_dtype(value.dtype))


def _sample(step: InputStep) -> Any:
    """Return numbers or texts that any call can stand, for an input."""
    symbol = make_input(step)
    return tf.convert_to_tensor(Tensor(tuple(symbol.shape), symbol.dtype).values())


def _nothing(value: Any) -> Any:
    return value


def _timed(function: Callable[[Any], Any], given: Any) -> tuple[float, Any]:
    """Return the median of the seconds that a function takes once it is warm, and what it gives."""
    # The first call compiles the function, and the second is the first one of its own.
    result = function(given)
    function(given)
    times: list[float] = []
    end = perf_counter() + _SECONDS
    while len(times) < _LEAST or (len(times) < _MOST and perf_counter() < end):
        began = perf_counter()
        function(given)
        times.append(perf_counter() - began)
    return median(times), result


def _count(plan: Plan) -> int:
    return sum(_count(step.inner) if step.inner else 1 for step in plan.calls)


def _total(diagram: Diagram, plan: Plan, nodes: Mapping[NodeId, float]) -> float:
    """Return the seconds of the calls that the heads depend on; of all while there is no head."""
    reached = ancestors(diagram, *diagram.heads) if diagram.heads else nodes.keys()
    return sum(nodes.get(step.id, 0.0) for step in plan.calls if step.id in reached)
