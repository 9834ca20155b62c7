"""A call of a layer or a function, and carrying it out: on symbols, in a graph, on numbers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter
from typing import Any

import keras
import tensorflow as tf

from graphstudio.catalog.entries import Entry, Role
from graphstudio.diagram.values import Value
from graphstudio.engine.objects import arguments
from graphstudio.engine.sample_tensors import Tensor

# Two numbers cannot be spread over it, so that a list of two does not pass for one number.
_KNOWN_BATCH = 3


@dataclass(frozen=True)
class SampleCall:
    """A call that Keras accepts.

    Attributes:
        config: arguments of the layer's constructor.
        ports: the tensors on each port that has any, in the ports' order.
        arguments: the other arguments of the call.
        promised: whether the call runs in a graph and gives the shapes that Keras promises for
            symbolic tensors; not where Keras keeps no promise of all the calls that were tried.
    """

    config: Mapping[str, Value]
    ports: Mapping[str, tuple[Tensor, ...]]
    arguments: Mapping[str, Value]
    promised: bool = True

    def of_known_sizes(self) -> Mapping[str, tuple[Tensor, ...]]:
        """Return the tensors with a number of examples that is no other size of theirs."""
        return {
            port: tuple(
                replace(one, shape=tuple(size or _KNOWN_BATCH for size in one.shape))
                for one in several
            )
            for port, several in self.ports.items()
        }


class RefusedError(ValueError):
    """A call gives no tensors, or it leaves one unused."""


class BrokenPromiseError(RefusedError):
    """A call gives tensors of other shapes than it promised, or only outside of graphs."""


def run(entry: Entry, sample: SampleCall) -> list[Any]:
    """Call with symbolic tensors, trace the call, run it on numbers; return the symbolic results.

    Raises:
        RefusedError: a result is no tensor, or a tensor is not used.
        BrokenPromiseError: the call runs, but in no graph, or it gives tensors of other shapes.
        Exception: one of ``KERAS_ERRORS``, as Keras or TensorFlow raised it.
    """
    called = _callable(entry, sample)
    results = symbolic(entry, sample, called)
    # Shapes are compared before numbers flow: a kernel that divides by the size of an axis that
    # is not there ends the process.
    traced = _results_in_graph(entry, sample, called)
    if traced is not None:
        _check_promise(results, traced)
    numbers = {port: [_number(one) for one in several] for port, several in sample.ports.items()}
    _check_promise(results, _tensors(call(entry, called, numbers, sample.arguments)))
    if traced is None:
        raise BrokenPromiseError(
            "Expected a call that runs in a graph; received one that does not."
        )
    return results


def needs_all(entry: Entry, sample: SampleCall) -> bool:
    """Return whether a call that runs in a graph computes with every tensor that it is given."""
    return all(one.consumers() for one in _traced(entry, sample, _callable(entry, sample)).inputs)


def _results_in_graph(
    entry: Entry, sample: SampleCall, called: Callable[..., Any]
) -> list[Any] | None:
    """Return the tensors of TensorFlow's graph of the call; none if it reads numbers."""
    try:
        outputs: list[Any] = _traced(entry, sample, called).structured_outputs
    except TypeError as error:
        # So TensorFlow says, in one way or another, that the call reads a tensor's numbers.
        if "symbolic" not in str(error).lower():
            raise
        return None
    return outputs


def _traced(entry: Entry, sample: SampleCall, called: Callable[..., Any]) -> Any:
    """Return TensorFlow's graph of the call."""
    specs = {port: [_spec(one) for one in several] for port, several in sample.ports.items()}

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def graph(tensors: Mapping[str, list[Any]]) -> list[Any]:
        return _tensors(call(entry, called, tensors, sample.arguments))

    return graph.get_concrete_function(specs)


def _check_promise(promised: Sequence[Any], results: Sequence[Any]) -> None:
    if len(promised) != len(results) or not all(map(_fits, promised, results)):
        raise BrokenPromiseError(f"Expected {promised!r}; received {results!r}.")


def symbolic(entry: Entry, sample: SampleCall, called: Callable[..., Any]) -> list[Any]:
    """Return the symbolic tensors that a call gives.

    Args:
        entry: what is known of the call.
        sample: what it is given.
        called: the layer or the function.

    Raises:
        RefusedError: a result is no tensor, or a tensor is not used.
        Exception: one of ``KERAS_ERRORS``, as Keras raised it.
    """
    symbols = {
        port: [_symbol(tensor, f"{port} {place}") for place, tensor in enumerate(several)]
        for port, several in sample.ports.items()
    }
    results: list[Any] = keras.tree.flatten(call(entry, called, symbols, sample.arguments))
    if not results or not all(isinstance(one, keras.KerasTensor) for one in results):
        raise RefusedError(f"Expected tensors; received {results!r}.")
    if not all(_uses(symbol) for several in symbols.values() for symbol in several):
        raise RefusedError("Expected every tensor to be used; received one that is not.")
    return results


def call(
    entry: Entry,
    called: Callable[..., Any],
    tensors: Mapping[str, list[Any]],
    values: Mapping[str, Value],
) -> Any:
    """Return what a layer or a function gives: its arguments by name, the leading ones by place.

    Args:
        entry: what is known of the call.
        called: the layer or the function.
        tensors: what is on each port.
        values: the other arguments.
    """
    ports = {one.name: one for one in entry.ports}
    given = arguments(values) | {
        name: several if ports[name].variadic else several[0] for name, several in tensors.items()
    }
    unpacked = next((one for one in entry.ports if one.unpacked), None)
    names = entry.signature or tuple(ports)
    leading = names[: names.index(unpacked.name)] if unpacked else names[: entry.role is Role.LAYER]
    placed = [given.pop(name) for name in leading if name in given]
    placed += given.pop(unpacked.name) if unpacked else []
    return called(*placed, **given)


def _callable(entry: Entry, sample: SampleCall) -> Any:
    """Return the function, or a new layer."""
    found = attrgetter(entry.path.removeprefix("keras."))(keras)
    return found if entry.role is Role.FUNCTION else found(**arguments(sample.config))


@cache
def _kept_symbol(tensor: Tensor, place: str) -> tuple[Any, Any]:
    """Return a symbolic tensor for a place, and where it comes from.

    They are kept, since to make one takes longer than most calls.
    """
    del place
    symbol = keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype)
    return symbol, symbol._keras_history  # noqa: SLF001 - Keras has no public way to ask


def _symbol(tensor: Tensor, place: str) -> Any:
    symbol, history = _kept_symbol(tensor, place)
    # A layer that gives its input back has taken the tensor for its own.
    symbol._keras_history = history  # noqa: SLF001
    _uses(symbol).clear()
    return symbol


def _uses(symbol: Any) -> list[Any]:
    # Keras has no public way to ask what a tensor goes into.
    uses: list[Any] = symbol._keras_history.operation._outbound_nodes  # noqa: SLF001
    return uses


def _tensors(results: Any) -> list[Any]:
    flat: list[Any] = keras.tree.flatten(results)
    if not all(keras.ops.is_tensor(one) for one in flat):
        raise RefusedError(f"Expected tensors; received {flat!r}.")
    return flat


def _spec(tensor: Tensor) -> Any:
    return tf.TensorSpec(tensor.shape, tensor.dtype)


def _number(tensor: Tensor) -> Any:
    return keras.ops.convert_to_tensor(tensor.values())


def _fits(promised: Any, result: Any) -> bool:
    if result.shape.rank is None:
        return True
    shape = tuple(result.shape)
    return len(shape) == len(promised.shape) and all(
        None in {size, found} or size == found
        for size, found in zip(promised.shape, shape, strict=True)
    )
