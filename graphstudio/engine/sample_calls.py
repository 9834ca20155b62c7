"""Calls that work: for a layer or a function, tensors and arguments that Keras accepts.

They are found by trying. A call counts when Keras makes symbolic tensors of it, when TensorFlow
traces the same call to tensors of these shapes, and when it runs on numbers.
"""

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice, product
from operator import attrgetter
from typing import Any

import keras
import msgspec
import tensorflow as tf

from graphstudio.catalog.entries import Entry, Kind, Parameter, Port, Role
from graphstudio.catalog.starting import starting_arguments, starting_config
from graphstudio.diagram.values import Value
from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.objects import arguments
from graphstudio.engine.sample_tensors import Tensor, candidates

# How many tensors a port that takes a list of them is given, the usual number first.
_LIST_SIZES = (2, 1)
# What lookups need instead of data to learn from; each is tried where a class has such arguments.
_LEARNED: tuple[Mapping[str, Value], ...] = (
    {"vocabulary": ["a", "b", "c"]},
    {"vocabulary": [0, 1, 2]},
    {"bin_boundaries": [0.25, 0.5], "num_bins": None},
)
# How many ways of giving arguments are tried, and with how many of the first tensors.
_MOST_ARGUMENTS = 40
_ALIKE = 100
# What is tried for an argument beside what it starts with. Never 0, which is no size.
_VALUES: Mapping[Kind, tuple[Value, ...]] = {
    Kind.INTEGER: (1, 2, 4),
    Kind.NUMBERS: ([1], [2, 2], [1, 2], [4, 4, 4], 1),
    Kind.NUMBER: (1.0,),
    Kind.ANY: (1, [1], [2, 2], "float32"),
}


# After so many promises that are not kept no other is expected to be.
_MOST_BROKEN = 12


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


class RefusedError(ValueError):
    """A call gives no tensors, or it leaves one unused."""


class BrokenPromiseError(RefusedError):
    """A call gives tensors of other shapes than it promised, or only outside of graphs."""


def sample_call(entry: Entry, also: Collection[str] = (), *, most: int | None = None) -> SampleCall:
    """Return a call of a layer or a function that Keras accepts; the same entry gives the same.

    Args:
        entry: what is called.
        also: names of optional ports that are to have tensors.
        most: how many calls are tried at most; none for all.

    Raises:
        LookupError: none was found; the message says what Keras said to the last one.
    """
    found = _found(msgspec.json.encode(entry), most)
    if not also:
        return found
    extended = (
        replace(found, ports={**found.ports, **dict.fromkeys(also, (tensor,))})
        for tensor in _optional(found)
    )
    return _first_accepted(entry, extended)


@cache
def _found(encoded: bytes, most: int | None) -> SampleCall:
    entry = msgspec.json.decode(encoded, type=Entry)
    return _first_accepted(entry, islice(_tries(entry), most))


def _first_accepted(entry: Entry, tries: Iterable[SampleCall]) -> SampleCall:
    # Keras keeps one state for all random numbers: if a graph made it, it would end with that.
    keras.random.uniform(())
    refusal: Exception | None = None
    broken: list[SampleCall] = []
    for sample in tries:
        try:
            with warnings.catch_warnings(action="ignore"):
                run(entry, sample)
        except BrokenPromiseError:
            broken.append(replace(sample, promised=False))
            if len(broken) == _MOST_BROKEN:
                break
        except KERAS_ERRORS as error:
            refusal = error
        else:
            return sample
    if broken:
        return broken[0]
    said = " ".join(str(refusal).split()) if refusal else "nothing to try"
    raise LookupError(
        f"Expected a call of {entry.path} that Keras accepts; received refusals alone, "
        f"the last: {said}"
    )


def _optional(found: SampleCall) -> Iterator[Tensor]:
    """Yield tensors for optional ports: like those of the others, then any."""
    shapes = dict.fromkeys(one.shape for several in found.ports.values() for one in several)
    for dtype in ("float32", "bool", "int32"):
        yield from (Tensor(shape, dtype) for shape in shapes)
    yield from (one for (one,) in candidates([""]))


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
    traced = _traced(entry, sample, called)
    if traced is not None:
        _check_promise(results, traced)
    numbers = {port: [_number(one) for one in several] for port, several in sample.ports.items()}
    _check_promise(results, _tensors(call(entry, called, numbers, sample.arguments)))
    if traced is None:
        raise BrokenPromiseError(
            "Expected a call that runs in a graph; received one that does not."
        )
    return results


def _traced(entry: Entry, sample: SampleCall, called: Callable[..., Any]) -> list[Any] | None:
    """Return the tensors of TensorFlow's graph of the call; none if it reads numbers."""
    specs = {port: [_spec(one) for one in several] for port, several in sample.ports.items()}

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def graph(tensors: Mapping[str, list[Any]]) -> list[Any]:
        return _tensors(call(entry, called, tensors, sample.arguments))

    try:
        outputs: list[Any] = graph.get_concrete_function(specs).structured_outputs
    except TypeError as error:
        # So TensorFlow says, in one way or another, that the call reads a tensor's numbers.
        if "symbolic" not in str(error).lower():
            raise
        return None
    return outputs


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


def _tries(entry: Entry) -> Iterator[SampleCall]:
    ports = [one for one in entry.ports if not one.optional]
    values = _arguments(entry)
    for config, sizes in product(_configs(entry), _sizes(ports)):
        for number, tensors in enumerate(candidates([one.doc for one in ports])):
            given = {
                port.name: (tensor,) * size
                for port, size, tensor in zip(ports, sizes, tensors, strict=True)
            }
            # Mixtures of tensors are many: they are tried with the likeliest arguments alone.
            for chosen in values if number < _ALIKE else values[:1]:
                yield SampleCall(config, given, chosen)


def _sizes(ports: list[Port]) -> Iterator[tuple[int, ...]]:
    return product(*(_LIST_SIZES if one.variadic else (1,) for one in ports))


def _configs(entry: Entry) -> list[dict[str, Value]]:
    """Return what a class may start with: as it is, and with something learned."""
    if entry.role is Role.FUNCTION:
        return [{}]
    started = starting_config(entry)
    taken = [learned for learned in _LEARNED if all(entry.parameter(name) for name in learned)]
    learned = [started | dict(one) for one in taken]
    return [*learned, started] if entry.adapts else [started, *learned]


def _arguments(entry: Entry) -> list[dict[str, Value]]:
    """Return ways to give a call the arguments that it cannot do without, the likeliest first."""
    started = starting_arguments(entry)
    required = [one for one in entry.call_parameters if one.required]
    names = [one.name for one in required]
    others = product(*(_values(one) for one in required))
    ways = [started | dict(zip(names, values, strict=True)) for values in others]
    return [started, *(way for way in ways if way != started)][:_MOST_ARGUMENTS]


def _values(parameter: Parameter) -> tuple[Value, ...]:
    return parameter.choices or _VALUES.get(parameter.kind, (None,))
