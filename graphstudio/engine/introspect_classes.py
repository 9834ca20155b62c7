"""Classes of Keras: which a module offers, and what their constructors take."""

import inspect
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from graphstudio.catalog.entries import Entry, Parameter
from graphstudio.engine.docstrings import arguments, prose, summary
from graphstudio.engine.parameters import hands_on, parameter


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
    is_class = inspect.isclass(documented)
    return Entry(
        path=path,
        identifier=identifier,
        summary=summary(documented),
        doc=prose(documented),
        parameters=tuple(_constructor(documented)) if is_class else (),
    )


def _constructor(cls: type) -> Iterator[Parameter]:
    """Yield the arguments of a constructor, and those that it hands on to its bases."""
    seen = {"self", "name"}
    for owner in cls.__mro__:
        constructor = vars(owner).get("__init__")
        if constructor is None or owner is object:
            continue
        signature = inspect.signature(constructor)
        documented = arguments(owner) | arguments(cls)
        for one in signature.parameters.values():
            named = one.kind in {one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY}
            if named and one.name not in seen and (owner is cls or hands_on(cls, one)):
                seen.add(one.name)
                yield parameter(one, documented.get(one.name, ""), cls)
        if not any(one.kind is one.VAR_KEYWORD for one in signature.parameters.values()):
            return
