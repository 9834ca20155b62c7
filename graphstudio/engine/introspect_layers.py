"""The layers of the catalog, of Keras and of other packages."""

import inspect
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import keras
import msgspec

from graphstudio.catalog.entries import Entry, Parameter, Port
from graphstudio.engine.axes import with_axes
from graphstudio.engine.docstrings import arguments, remarks
from graphstudio.engine.introspect_classes import class_entry, public_classes
from graphstudio.engine.learned_state import adapts, state_parameters
from graphstudio.engine.parameters import parameter
from graphstudio.engine.sample_calls import sample_call
from graphstudio.engine.sample_runs import needs_all

_BASE = keras.layers.Layer
_MERGE = keras.layers.Add.__base__
# Arguments of `Layer.call` that every layer may take and that are no tensors.
_NO_TENSORS = frozenset({"training"})
# How many calls are tried with lists of tensors on a port that is said to take one.
_MOST_LISTS = 1000
_OTHERS: Mapping[type, str] = {
    keras.layers.InputLayer: "It is what an input is in the model: keras.Input.",
    keras.layers.Wrapper: "It is the base class of wrappers and calls nothing.",
}


def public_layers() -> Iterator[tuple[str, type]]:
    """Yield the layers that can stand in a diagram, each by its name."""
    for name, cls in public_classes(keras.layers, _BASE):
        if _reason(cls) is None:
            yield name, cls


def layers_left_out() -> Mapping[str, str]:
    """Return the classes of ``keras.layers`` that are not in the catalog, with the reason."""
    found = public_classes(keras.layers, _BASE)
    reasons = {f"keras.layers.{name}": _reason(cls) for name, cls in found}
    known = {path: reason for path, reason in reasons.items() if reason is not None}
    return {"keras.layers.Layer": "It is the base class of layers and calls nothing.", **known}


def _reason(cls: type) -> str | None:
    """Return why a class is left out."""
    # What lives outside of Keras's layers wraps other frameworks' programs.
    if "layers" not in cls.__module__.split("."):
        return f"It wraps a program of another framework ({cls.__module__})."
    return _OTHERS.get(cls)


def layer_entry(path: str, cls: type) -> Entry:
    """Return what is known of a layer class, of Keras or of another package."""
    ports, call_parameters = _call(cls)
    entry = class_entry(path, cls)
    return msgspec.structs.replace(
        entry,
        remarks=remarks(cls),
        category=_category(cls),
        ports=with_axes(ports, entry, cls),
        call_parameters=call_parameters,
        adapts=adapts(cls),
        state=state_parameters(cls),
    )


def with_lists(entries: Sequence[Entry]) -> list[Entry]:
    """Return layers with the ports that take lists, where the documentation does not tell.

    A port that nothing is said about is like those of its name in other layers; where no call
    works with single tensors, one with a list is tried; and what has to go with the first tensor
    is a list where a call computes with all of it.
    """
    documented = [port for entry in entries for port in entry.ports if port.doc]
    lists = Counter(port.name for port in documented if port.variadic)
    singles = Counter(port.name for port in documented if not port.variadic)

    def told(port: Port) -> Port:
        alike = not port.doc and lists[port.name] > singles[port.name]
        return msgspec.structs.replace(port, variadic=port.variadic or alike)

    told_alike = [_with_ports(entry, map(told, entry.ports)) for entry in entries]
    return [_with_list(_with_lists_after(entry)) for entry in told_alike]


def _with_lists_after(entry: Entry) -> Entry:
    """Return a layer with the lists that it takes beside its first tensor, as a cell its states."""
    for place, port in enumerate(entry.ports):
        listed = msgspec.structs.replace(port, variadic=True)
        wider = _with_ports(entry, (*entry.ports[:place], listed, *entry.ports[place + 1 :]))
        if place and not port.optional and not port.variadic and _needs_list(wider, port.name):
            entry = wider
    return entry


def _needs_list(entry: Entry, name: str) -> bool:
    """Return whether a call computes with several tensors on a port."""
    try:
        found = sample_call(entry, most=_MOST_LISTS)
    except LookupError:
        return False
    return found.promised and len(found.ports[name]) > 1 and needs_all(entry, found)


def _with_list(entry: Entry) -> Entry:
    first = entry.ports[:1]
    if not first or first[0].variadic or first[0].doc or _works(entry):
        return entry
    listed = msgspec.structs.replace(first[0], variadic=True)
    wider = _with_ports(entry, (listed, *entry.ports[1:]))
    return wider if _works(wider) else entry


def _with_ports(entry: Entry, ports: Iterable[Port]) -> Entry:
    return msgspec.structs.replace(entry, ports=tuple(ports))


def _works(entry: Entry) -> bool:
    try:
        sample_call(entry)
    except LookupError:
        return False
    return True


def _call(cls: type) -> tuple[tuple[Port, ...], tuple[Parameter, ...]]:
    """Return the tensor arguments of a layer's call, and the others."""
    documented = arguments(cls, ("Call arguments", "Call Args"))
    ports, others = [], []
    for number, one in enumerate(_call_signature(cls)):
        doc = documented.get(one.name, "")
        if number == 0 or (one.name not in _NO_TENSORS and not isinstance(one.default, bool)):
            ports.append(
                Port(
                    name=one.name,
                    variadic=issubclass(cls, _MERGE) or doc.lower().startswith("list of"),
                    optional=number > 0 and one.default is not one.empty,
                    doc=doc,
                )
            )
        else:
            others.append(parameter(one, doc))
    return tuple(ports), tuple(others)


def _call_signature(cls: Any) -> list[inspect.Parameter]:
    parameters = list(inspect.signature(cls.call).parameters.values())[1:]
    return [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]


def _category(cls: type) -> str:
    """Return the folder of Keras that the class lives in, or the name of the package."""
    parts = cls.__module__.split(".")
    return parts[parts.index("layers") + 1] if parts[0] == "keras" else parts[0]
