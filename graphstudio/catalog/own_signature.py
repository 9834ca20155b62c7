"""What the arguments of the project's own classes and functions hold, read from their source."""

import ast
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import msgspec

from graphstudio.catalog.entries import Catalog, Kind, Parameter, Port

_KINDS: Mapping[str, Kind] = {
    "bool": Kind.BOOLEAN,
    "int": Kind.INTEGER,
    "float": Kind.NUMBER,
    "str": Kind.TEXT,
    "tuple": Kind.NUMBERS,
    "list": Kind.NUMBERS,
    "Sequence": Kind.NUMBERS,
    "Tuple": Kind.NUMBERS,
    "List": Kind.NUMBERS,
}
_LISTS = frozenset(name for name, kind in _KINDS.items() if kind is Kind.NUMBERS)
_SCALARS = (bool, int, float, str)


class Argument(msgspec.Struct, frozen=True):
    """An argument in a signature.

    Attributes:
        name: its name.
        annotation: its annotation, if it has one.
        default: its default, if it has one.
        keyword_only: whether it is given by name alone.
        unpacked: whether it takes all further arguments (``*tensors``).
    """

    name: str
    annotation: Any = None
    default: Any = None
    keyword_only: bool = False
    unpacked: bool = False

    @property
    def value(self) -> Any:
        """The default, where it is one that JSON can hold; else none."""
        try:
            value = ast.literal_eval(self.default) if self.default is not None else None
        except (ValueError, TypeError):
            return None
        plain = list(value) if isinstance(value, tuple) else value
        return plain if plain is None or isinstance(plain, (*_SCALARS, list)) else None

    @property
    def type_name(self) -> str:
        """The annotation's first name, without what says that None is a value too."""
        return next(_type_names(self.annotation), "")

    @property
    def nullable(self) -> bool:
        """Whether None is a value."""
        default = self.default
        is_none = isinstance(default, ast.Constant) and default.value is None
        return is_none or "None" in _type_names(self.annotation, every=True)


class Hints:
    """What arguments of each name usually are, by the catalog.

    Args:
        catalog: the layers and functions whose arguments are counted.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog

    @cached_property
    def of_every_layer(self) -> tuple[Parameter, ...]:
        """The arguments that almost all layers take: those of their common base."""
        layers = [one for one in self._catalog.layers.values() if one.ports]
        count = Counter(one.name for layer in layers for one in layer.parameters)
        known = {one.name: one for layer in layers for one in layer.parameters}
        return tuple(known[name] for name, times in count.items() if times > 0.75 * len(layers))

    @cached_property
    def parameters(self) -> Mapping[str, Parameter]:
        """The commonest parameter of each name."""
        votes: dict[str, Counter[Parameter]] = {}
        for entry in self._catalog.layers.values():
            for one in entry.parameters:
                plain = Parameter(one.name, one.kind, choices=one.choices, family=one.family)
                votes.setdefault(one.name, Counter())[plain] += 1
        return {name: count.most_common(1)[0][0] for name, count in votes.items()}

    @cached_property
    def not_tensors(self) -> frozenset[str]:
        """The arguments of calls that are never tensors, such as ``training`` and ``axis``."""
        entries = [*self._catalog.layers.values(), *self._catalog.functions.values()]
        others = {one.name for entry in entries for one in entry.call_parameters}
        return frozenset(others - {port.name for entry in entries for port in entry.ports})

    def of(self, name: str) -> Parameter | None:
        """Return the commonest parameter of a name; ``hidden_activation`` is an activation."""
        last = self.parameters.get(name.rpartition("_")[2])
        return self.parameters.get(name) or (last if last and last.family else None)


def arguments_of(given: ast.arguments) -> list[Argument]:
    """Return the arguments of a signature in order, without ``**kwargs``."""
    by_place = [*given.posonlyargs, *given.args]
    missing = [None] * (len(by_place) - len(given.defaults))
    found = [
        Argument(one.arg, one.annotation, default)
        for one, default in zip(by_place, [*missing, *given.defaults], strict=True)
    ]
    if given.vararg is not None:
        found.append(Argument(given.vararg.arg, given.vararg.annotation, unpacked=True))
    found += [
        Argument(one.arg, one.annotation, default, keyword_only=True)
        for one, default in zip(given.kwonlyargs, given.kw_defaults, strict=True)
    ]
    return found


def parameter_of(one: Argument, hints: Hints) -> Parameter:
    """Return what an argument that is no tensor holds."""
    hint = hints.of(one.name)
    choices = tuple(_choices(one.annotation))
    value = one.value
    by_value = next((kind for name, kind in _KINDS.items() if type(value).__name__ == name), None)
    kind = Kind.CHOICE if choices else _KINDS.get(one.type_name) or by_value
    known = hint is not None and (hint.family or kind in {None, Kind.TEXT})
    if hint is not None and known and not choices:
        kind, choices = hint.kind, hint.choices
    return Parameter(
        name=one.name,
        kind=kind or Kind.ANY,
        required=one.default is None,
        default=value,
        nullable=one.nullable,
        choices=choices,
        family=hint.family if hint and known else None,
    )


def call_of(
    function: ast.FunctionDef, given: Sequence[Argument], hints: Hints, *, is_layer: bool
) -> tuple[tuple[Port, ...], tuple[Parameter, ...]]:
    """Return the tensor arguments of a call, and the others.

    Args:
        function: the method or function that is called.
        given: its arguments.
        hints: which names are never tensors.
        is_layer: whether it is a layer's ``call``: its first argument is then a tensor in any
            case, and one that may be None is too, as masks and initial states are.
    """
    ports, others = [], []
    for number, one in enumerate(given):
        if (is_layer and number == 0) or _looks_like_tensor(one, hints, is_layer=is_layer):
            ports.append(
                Port(
                    name=one.name,
                    variadic=one.unpacked or _is_list(one, function),
                    unpacked=one.unpacked,
                    optional=number > 0 and one.default is not None,
                )
            )
        else:
            others.append(parameter_of(one, hints))
    return tuple(ports), tuple(others)


def _looks_like_tensor(one: Argument, hints: Hints, *, is_layer: bool) -> bool:
    if one.name in hints.not_tensors or (one.type_name in _KINDS and not _is_list_type(one)):
        return False
    if one.default is None or one.unpacked:
        return True
    return is_layer and one.nullable and not _is_list_type(one)


def _is_list_type(one: Argument) -> bool:
    return one.type_name in _LISTS


def _is_list(one: Argument, function: ast.FunctionDef) -> bool:
    """Return whether an argument takes a list of tensors: it says so, or is taken apart."""
    if _is_list_type(one):
        return True
    return any(
        isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Tuple)
        and isinstance(node.value, ast.Name)
        and node.value.id == one.name
        for node in ast.walk(function)
    )


def _choices(annotation: ast.expr | None) -> Iterator[str]:
    """Yield the texts of an annotation such as ``Literal["same", "valid"]``."""
    for node in ast.walk(annotation) if annotation is not None else ():
        if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("Literal"):
            values = [one.value for one in ast.walk(node.slice) if isinstance(one, ast.Constant)]
            yield from (one for one in values if isinstance(one, str))


def _type_names(annotation: ast.expr | None, *, every: bool = False) -> Iterator[str]:
    """Yield the names in an annotation, outermost first: ``tuple`` of ``tuple[int, ...] | None``.

    Args:
        annotation: the annotation.
        every: whether None is among them, too.
    """
    if isinstance(annotation, ast.BinOp):
        yield from _type_names(annotation.left, every=every)
        yield from _type_names(annotation.right, every=every)
    elif isinstance(annotation, ast.Subscript):
        name = ast.unparse(annotation.value).rpartition(".")[2]
        if name == "Optional":
            yield from _type_names(annotation.slice, every=every)
            yield from ("None",) if every else ()
        else:
            yield name
    elif isinstance(annotation, ast.Constant):
        if annotation.value is None:
            yield from ("None",) if every else ()
        elif isinstance(annotation.value, str):
            yield from _type_names(_parsed(annotation.value), every=every)
    elif annotation is not None:
        yield ast.unparse(annotation).rpartition(".")[2]


def _parsed(annotation: str) -> ast.expr | None:
    """Return an annotation that stands in quotes; none if it is no Python."""
    try:
        return ast.parse(annotation, mode="eval").body
    except SyntaxError:
        return None
