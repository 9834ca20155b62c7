"""The functions of the catalog: what in ``keras.ops`` takes tensors and gives tensors.

A docstring suggests which arguments are tensors; calls decide. A function is in if some call on
symbolic tensors gives such tensors, and if the same call on numbers keeps what that promised.
"""

import inspect
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, combinations
from typing import Any

import keras
from msgspec.structs import replace

from graphstudio.catalog.entries import Entry, Kind, Parameter, Port, Role
from graphstudio.engine.docstrings import arguments, prose, remarks, summary
from graphstudio.engine.parameters import or_several, parameter
from graphstudio.engine.sample_calls import sample_call
from graphstudio.engine.sample_runs import SampleCall, run, symbolic

# How the description of a tensor begins, and that of a list of tensors: not with what else is
# said to be "of a tensor".
_WORDS = r"(?:(?!ax[ei]s|d?type|shape|number|length|size|whether|if|which|rank)[\w\[\]-]+ ){0,4}?"
_TENSOR = re.compile(rf"{_WORDS}(?:tensor|array|image|vector|matrix)", re.IGNORECASE)
_TENSORS = re.compile(
    rf"{_WORDS}(?:sequence|list|tuple)s? of (?:\w+ ){{0,8}}?(?:tensor|array)", re.IGNORECASE
)
# How many calls are tried with an argument that is a tensor by a mere guess.
_MOST_GUESSED = 1000
_FUNCTION = re.compile(rf"{_WORDS}(?:callable|functions?)\b", re.IGNORECASE)


def public_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield the functions under ``keras.ops`` by public path, each under its shortest alone."""
    modules = [module for _, module in inspect.getmembers(keras.ops, inspect.ismodule)]
    seen: set[int] = set()
    for module in (keras.ops, *modules):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if id(function) not in seen:
                seen.add(id(function))
                yield f"{module.__name__}.{name}", function


@cache
def read_functions() -> tuple[Mapping[str, Entry], Mapping[str, str]]:
    """Return the functions on tensors by public path, and the others with the reason."""
    entries: dict[str, Entry] = {}
    left_out: dict[str, str] = {}
    for path, function in public_functions():
        try:
            entries[path] = function_entry(path, function)
        except LookupError as error:
            left_out[path] = str(error)
    return entries, left_out


def function_entry(path: str, function: Callable[..., Any]) -> Entry:
    """Return what is known of a function on tensors.

    Raises:
        LookupError: no call of it takes and gives tensors; the message says what Keras said.
    """
    reader = _Reader(path, function)
    entry, sample = reader.smallest()
    entry = reader.with_optional_ports(entry)
    return reader.asked(entry, sample)


class _Reader:
    """What is found out about one function, step by step."""

    def __init__(self, path: str, function: Callable[..., Any]) -> None:
        self._path, self._function = path, function
        self._docs = arguments(function)
        self._signature = {
            name: one
            for name, one in inspect.signature(function).parameters.items()
            if one.kind is not one.VAR_KEYWORD
        }

    def smallest(self) -> tuple[Entry, SampleCall]:
        """Return the function with the ports that it needs, and a call of it."""
        refusal = LookupError("It has no argument that can be a tensor.")
        for ports in self._guesses():
            guessed = not all(self._says_tensor(name) for name in ports)
            entry = self._entry(ports)
            try:
                return entry, sample_call(entry, most=_MOST_GUESSED if guessed else None)
            except LookupError as error:
                refusal = error
        raise refusal

    def with_optional_ports(self, entry: Entry) -> Entry:
        """Return the entry with the ports that it can do without, of those that take tensors."""
        hinted = [
            name
            for name, one in self._signature.items()
            if one.default is None
            and (self._says_tensor(name) or self._parameter(name).kind is Kind.ANY)
        ]
        # `where` takes two or none: what is not taken alone may be taken together.
        for names in dict.fromkeys([tuple(hinted), *((name,) for name in hinted)]):
            wider = self._entry([*(port.name for port in entry.ports), *names])
            if names and self._is_taken(wider, names):
                entry = wider
                if names == tuple(hinted):
                    break
        return entry

    def asked(self, entry: Entry, sample: SampleCall) -> Entry:
        """Return the entry with what can be found by calling with other arguments."""

        def owner(**changed: Any) -> None:
            known = {one.name for one in entry.call_parameters}
            call = {**sample.arguments, **changed}
            call = {name: value for name, value in call.items() if name in known}
            symbolic(entry, SampleCall({}, sample.ports, call), self._function)

        described = [
            parameter(self._signature[one.name], one.doc, owner) for one in entry.call_parameters
        ]
        return replace(
            entry,
            call_parameters=tuple(_or_several(one, entry, sample) for one in described),
            operation=_operation(symbolic(entry, sample, self._function)),
        )

    def _guesses(self) -> Iterator[list[str]]:
        """Yield names of arguments that may be the required tensors, the likeliest first."""
        required = [name for name, one in self._signature.items() if one.default is one.empty]
        taken = [name for name in required if self._takes_function(name)]
        if taken:
            raise LookupError(f"It takes a function: {taken[0]}.")
        sure = [name for name in required if self._says_tensor(name)]
        unsure = [
            name
            for name in required
            if name not in sure and self._parameter(name).kind in {Kind.ANY, Kind.NUMBER}
        ]
        sizes = range(len(unsure), -1, -1)
        for more in chain.from_iterable(combinations(unsure, size) for size in sizes):
            if sure or more:
                yield [*sure, *more]

    def _is_taken(self, entry: Entry, names: Collection[str]) -> bool:
        try:
            sample_call(entry, names)
        except LookupError:
            return False
        return True

    def _entry(self, ports: Sequence[str]) -> Entry:
        others = [name for name in self._signature if name not in ports]
        return Entry(
            path=self._path,
            role=Role.FUNCTION,
            category=f"{self._function.__module__.rpartition('.')[2]}_functions",
            summary=summary(self._function),
            doc=prose(self._function),
            remarks=remarks(self._function),
            ports=tuple(self._port(name) for name in self._signature if name in ports),
            call_parameters=tuple(self._parameter(name) for name in others),
            signature=tuple(self._signature),
        )

    def _port(self, name: str) -> Port:
        one, doc = self._signature[name], self._docs.get(name, "")
        unpacked = one.kind is one.VAR_POSITIONAL
        return Port(
            name=name,
            variadic=unpacked or bool(_TENSORS.match(doc)),
            unpacked=unpacked,
            optional=one.default is not one.empty,
            doc=doc,
        )

    def _parameter(self, name: str) -> Parameter:
        return parameter(self._signature[name], self._docs.get(name, ""))

    def _takes_function(self, name: str) -> bool:
        named = self._parameter(name).family == "functions"
        return named or bool(_FUNCTION.match(self._docs.get(name, "")))

    def _says_tensor(self, name: str) -> bool:
        doc = self._docs.get(name, "")
        unpacked = self._signature[name].kind is inspect.Parameter.VAR_POSITIONAL
        return unpacked or bool(_TENSOR.match(doc) or _TENSORS.match(doc))


def _or_several(one: Parameter, entry: Entry, sample: SampleCall) -> Parameter:
    """Return an argument that is said to be an integer as numbers, if calls run with a list too.

    Other numbers are values to calculate with: lists of them are arrays, and stand on ports.
    """
    if one.kind is not Kind.INTEGER:
        return one
    known = sample.of_known_sizes()

    def owner(**changed: Any) -> None:
        run(entry, SampleCall({}, known, {**sample.arguments, **changed}))

    return or_several(one, owner)


def _operation(results: Sequence[Any]) -> str:
    """Return the class that Keras's graph holds for the call, if it holds a single one."""
    # Keras has no public way to ask what made a tensor.
    operation = results[0]._keras_history.operation  # noqa: SLF001
    (node,) = operation._inbound_nodes  # noqa: SLF001
    sources = [one._keras_history.operation for one in node.input_tensors]  # noqa: SLF001
    if not all(isinstance(one, keras.layers.InputLayer) for one in sources):
        return ""
    return f"{type(operation).__module__}.{type(operation).__qualname__}"
