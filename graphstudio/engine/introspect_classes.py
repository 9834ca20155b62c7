"""Classes of Keras: which a module offers, and what their constructors take."""

import inspect
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import keras
from msgspec.structs import replace

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.catalog.starting import starting_config
from graphstudio.engine.docstrings import arguments, prose, summary
from graphstudio.engine.objects import arguments as made
from graphstudio.engine.parameters import or_several, parameter, takes_default

_NAMED = frozenset({inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY})
_SEVERAL = re.compile(r"\b(tuple|list|pair)\b")
# What stands for a function that only the user can write.
_FUNCTION = keras.activations.linear


def public_classes(module: ModuleType, base: type) -> Iterator[tuple[str, type]]:
    """Yield the classes of a module without aliases and the base, each under its own name.

    A class whose own name is not public has the first of its public ones.
    """
    for name, found in sorted(vars(module).items()):
        if not inspect.isclass(found) or not issubclass(found, base) or found is base:
            continue
        public = sorted(other for other, cls in vars(module).items() if cls is found)
        own = found.__name__ if found.__name__ in public else public[0]
        if name == own and not inspect.isabstract(found):
            yield name, found


def class_entry(path: str, documented: Any, identifier: str = "") -> Entry:
    """Return what the documentation and the constructor of a class say; of a function the former.

    Args:
        path: its public path.
        documented: the class or the function.
        identifier: the name by which Keras finds it, if it has one.
    """
    entry = Entry(
        path=path,
        identifier=identifier,
        summary=summary(documented),
        doc=prose(documented),
    )
    if not inspect.isclass(documented):
        return entry
    return replace(entry, parameters=tuple(_parameters(documented, maker(entry, documented))))


def maker(entry: Entry, cls: type) -> Callable[..., Any]:
    """Return what makes an object of a class from a few arguments, and samples for the others.

    Args:
        entry: the class by its path, which tells with what it starts.
        cls: the class.
    """
    documented = arguments(cls)
    own = inspect.signature(cls).parameters.values()
    known = replace(
        entry,
        parameters=tuple(
            parameter(one, documented.get(one.name, "")) for one in own if one.kind in _NAMED
        ),
    )
    functions = {one.name: _FUNCTION for one in known.parameters if one.family == "functions"}
    config = starting_config(known)

    def make(**changed: Any) -> Any:
        # New objects each time: a layer has one place in which it stands.
        return cls(**(made(config) | functions | changed))

    return make


def _parameters(cls: type, make: Callable[..., Any]) -> Iterator[Parameter]:
    """Yield the arguments of a constructor, and those that it hands on to its bases."""
    seen = {"self", "name"}
    for owner in cls.__mro__:
        constructor = vars(owner).get("__init__")
        if constructor is None or owner is object:
            continue
        signature = inspect.signature(constructor)
        documented = arguments(owner) | arguments(cls)
        for one in signature.parameters.values():
            new = one.kind in _NAMED and one.name not in seen
            if new and (owner is cls or takes_default(make, one)):
                seen.add(one.name)
                yield _described(parameter(one, documented.get(one.name, ""), make), make)
        if not any(one.kind is one.VAR_KEYWORD for one in signature.parameters.values()):
            return


def _described(one: Parameter, make: Callable[..., Any]) -> Parameter:
    """Return an argument that is said to be a number as numbers, if a list is taken as well.

    Constructors may take a list and never look at it; so the text must not speak against it.
    """
    silent = not one.doc or _SEVERAL.search(one.doc)
    counts = one.kind in {Kind.INTEGER, Kind.NUMBER}
    return or_several(one, make) if counts and silent else one
