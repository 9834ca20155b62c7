"""From the document's plain values to Python expressions."""

import keyword
import math
import re
from collections.abc import Iterator, Mapping

from graphstudio.catalog.entries import Catalog, Entry, Parameter, Role
from graphstudio.code.literals import number_literal, text_literal
from graphstudio.code.source import (
    Expression,
    call,
    dict_display,
    list_display,
    named,
    tuple_display,
)
from graphstudio.diagram.values import ARRAY, SLICE, Value, is_list, is_object

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


class UnwritableError(ValueError):
    """A value of the document cannot be written as Python.

    Attributes:
        expected: what would have been right.
        received: what was there instead.
    """

    def __init__(self, expected: str, received: str) -> None:
        super().__init__(f"Expected {expected}; received {received}.")
        self.expected = expected
        self.received = received


def value_source(value: Value, catalog: Catalog) -> Expression:
    """Return the expression of a value.

    Raises:
        UnwritableError: an object in it is none of Keras's, or an argument has no Python name.
    """
    if isinstance(value, str):
        return (text_literal(value),)
    if is_object(value):
        return _object_source(value, catalog)
    if isinstance(value, Mapping):
        return dict_display((key, value_source(value[key], catalog)) for key in sorted(value))
    if is_list(value):
        display = list_display if any(isinstance(item, str) for item in value) else tuple_display
        return display(value_source(item, catalog) for item in value)
    if value is None:
        return (number_literal(value),)
    if isinstance(value, int | float):
        return _number_source(value)
    raise UnwritableError("a value of JSON", repr(value))


def _number_source(value: float) -> Expression:
    if math.isfinite(value):
        return (number_literal(value),)
    return call(("float",), [(text_literal(str(value)),)])


def constructor_arguments(
    entry: Entry | None, config: Mapping[str, Value], catalog: Catalog
) -> list[Expression]:
    """Return the arguments that make an object, without those that Keras fills in the same.

    Args:
        entry: what the catalog says of the class; none if it does not know the class.
        config: the arguments by name.
        catalog: what the objects among the arguments are looked up in.

    Raises:
        UnwritableError: an argument cannot be written.
    """
    by_place = list(_leading(entry, config))
    given = [
        one
        for one in (entry.parameters if entry else ())
        if one.name in config and one not in by_place and not _is_default(one, config[one.name])
    ]
    known = {one.name for one in entry.parameters} if entry else set()
    others = {name: config[name] for name in sorted(config) if name not in known}
    return [
        *(value_source(config[one.name], catalog) for one in by_place),
        *(named(one.name, value_source(config[one.name], catalog)) for one in given),
        *keyword_arguments(others, catalog),
    ]


def keyword_arguments(config: Mapping[str, Value], catalog: Catalog) -> list[Expression]:
    """Return every argument by its name, in the order of the mapping.

    Raises:
        UnwritableError: an argument cannot be written.
    """
    for name in config:
        if not _NAME.fullmatch(name) or keyword.iskeyword(name):
            raise UnwritableError("the name of an argument", repr(name))
    return [named(name, value_source(value, catalog)) for name, value in config.items()]


def _object_source(value: Mapping[str, Value], catalog: Catalog) -> Expression:
    path, config = value["class"], value.get("config") or {}
    entry = catalog.entries.get(path) if isinstance(path, str) else None
    if not isinstance(path, str) or not catalog.names_object(path):
        # A path goes into the source as it is, so that only names of Keras may pass.
        raise UnwritableError("the public path of a class of Keras", repr(path))
    if not isinstance(config, Mapping):
        raise UnwritableError(f"the arguments of {path} by name", repr(config))
    if path == ARRAY:
        return _array_source(config)
    if path == SLICE:
        ends = (config.get(one) for one in ("start", "stop", "step"))
        return call((SLICE,), [value_source(end, catalog) for end in ends])
    if entry is not None and entry.role is Role.FUNCTION:
        return (public_name(path),)
    return call((public_name(path),), constructor_arguments(entry, config, catalog))


def public_name(path: str) -> str:
    """Return the name by which the code calls what a path of the document stands for.

    The project's own code stands in the same file, and a package's class is imported by its name.
    """
    return path if path.startswith("keras.") else path.rpartition(".")[2]


def _array_source(config: Mapping[str, Value]) -> Expression:
    arguments = [_nested_list(config.get("object"))]
    if "dtype" in config:
        arguments.append(named("dtype", (text_literal(str(config["dtype"])),)))
    return call(("np.array",), arguments)


def _nested_list(value: Value) -> Expression:
    if isinstance(value, str):
        return (text_literal(value),)
    if isinstance(value, int | float):
        return _number_source(value)
    if is_list(value):
        return list_display(_nested_list(item) for item in value)
    raise UnwritableError("numbers or texts in an array", repr(value))


def _leading(entry: Entry | None, config: Mapping[str, Value]) -> Iterator[Parameter]:
    """Yield the required arguments that the signature begins with."""
    for one in entry.parameters if entry else ():
        if not one.required or one.name not in config:
            return
        yield one


def _is_default(parameter: Parameter, value: Value) -> bool:
    return not parameter.required and _same(value, parameter.default)


def _same(value: Value, other: Value) -> bool:
    if is_list(value) and is_list(other):
        pairs = zip(value, other, strict=False)
        return len(value) == len(other) and all(_same(one, two) for one, two in pairs)
    # Python calls True and 1 equal; Keras may not.
    return isinstance(value, bool) == isinstance(other, bool) and value == other
