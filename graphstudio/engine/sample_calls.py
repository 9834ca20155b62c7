"""Calls that work: for a layer or a function, tensors and arguments that Keras accepts.

They are found by trying. A call counts when Keras makes symbolic tensors of it, when TensorFlow
traces the same call to tensors of these shapes, and when it runs on numbers.
"""

import warnings
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import islice, product

import keras
import msgspec

from graphstudio.catalog.entries import Entry, Kind, Parameter, Port, Role
from graphstudio.catalog.starting import starting_arguments, starting_config
from graphstudio.diagram.values import Value
from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.sample_runs import BrokenPromiseError, SampleCall, run
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
