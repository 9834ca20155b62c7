"""The project's own classes and functions as entries of the catalog, read from its source.

The source is read, never run: what a project brings runs no sooner than the user agrees.
"""

import ast
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from graphstudio.catalog.entries import Catalog, Entry, Parameter, Role
from graphstudio.catalog.own_signature import Argument, Hints, arguments_of, call_of, parameter_of
from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.pages import as_dict
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import OWN, is_list

# The category of the project's own layers and functions; other objects have their family's.
OWN_CATEGORY = "own"


class CodeError(ValueError):
    """The project's own code is no Python.

    Attributes:
        line: the line that is wrong, counted from 1.
    """

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line} of the project's own code is no Python: {reason}.")
        self.line = line


def parse_code(code: str) -> ast.Module:
    """Return the syntax tree of a source.

    Raises:
        CodeError: it is no Python.
    """
    try:
        return ast.parse(code)
    except SyntaxError as error:
        raise CodeError(error.lineno or 1, error.msg) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise CodeError(1, str(error) or type(error).__name__) from error


def own_names(code: str) -> frozenset[str]:
    """Return the names of the classes and functions that documents may name ``own.NAME``.

    Raises:
        CodeError: the source is no Python.
    """
    kinds = (ast.ClassDef, ast.FunctionDef)
    found = (one.name for one in parse_code(code).body if isinstance(one, kinds))
    return frozenset(name for name in found if not name.startswith("_"))


def imported_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each name that the imports in a syntax tree bind, with the path that it stands for."""
    for one in ast.walk(tree):
        if isinstance(one, ast.Import):
            for alias in one.names:
                first = alias.name.partition(".")[0]
                yield (alias.asname, alias.name) if alias.asname else (first, first)
        elif isinstance(one, ast.ImportFrom):
            for alias in one.names:
                yield alias.asname or alias.name, f"{one.module or ''}.{alias.name}"


def named_paths(value: Any) -> Iterator[str]:
    """Yield the path of every class and function that plain values name.

    Args:
        value: what records become as plain values: mappings, lists, texts and numbers.
    """
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key in {"class", "class_name"} and isinstance(item, str):
                yield item
            yield from named_paths(item)
    elif is_list(value):
        for item in value:
            yield from named_paths(item)


def used_paths(project: Project) -> frozenset[str]:
    """Return the path of every class and function that a project's model and optimizer name."""
    return frozenset(
        named_paths(msgspec.to_builtins([project.diagram, project.training], enc_hook=as_dict))
    )


def uses_own(project: Project) -> bool:
    """Return whether a project's model or optimizer needs the project's own code."""
    return any(path.startswith(OWN) for path in used_paths(project))


def missing_own(diagram: Diagram, code: str) -> tuple[str, ...]:
    """Return the own classes and functions that a diagram names and a source lacks, by name."""
    paths = named_paths(msgspec.to_builtins(diagram, enc_hook=as_dict))
    used = {path.removeprefix(OWN) for path in paths if path.startswith(OWN)}
    try:
        return tuple(sorted(used - own_names(code)))
    except CodeError:
        return tuple(sorted(used))


def with_own(catalog: Catalog, code: str) -> Catalog:
    """Return the catalog with the classes and functions of a source, and of no other one.

    A source that is no Python has none; :func:`parse_code` says what is wrong with it.
    """
    others = {path: one for path, one in catalog.own.items() if not path.startswith(OWN)}
    try:
        found = own_entries(code, catalog) if code.strip() else {}
    except CodeError:
        found = {}
    own = {**others, **found}
    return catalog if own == catalog.own else replace(catalog, own=own)


def own_entries(code: str, catalog: Catalog) -> Mapping[str, Entry]:
    """Return an entry for each public class and function that a source defines, by path.

    A class is a layer if it has a method ``call``, its own or a base's; a loss, a metric or the
    like, by its base, stands in configurations alone. So do functions without a tensor to take.

    Args:
        code: the source.
        catalog: what its classes may inherit from, and how arguments are usually named.

    Raises:
        CodeError: the source is no Python.
    """
    source = _Source(parse_code(code), catalog)
    names = own_names(code)
    return {f"{OWN}{name}": source.entry(name) for name in source.defined if name in names}


class _Source:
    """A module's syntax tree, and what its names mean."""

    def __init__(self, tree: ast.Module, catalog: Catalog) -> None:
        self._catalog = catalog
        self._hints = Hints(catalog)
        self._imports = dict(imported_names(tree))
        self.defined: dict[str, ast.ClassDef | ast.FunctionDef] = {
            one.name: one for one in tree.body if isinstance(one, ast.ClassDef | ast.FunctionDef)
        }

    def entry(self, name: str) -> Entry:
        """Return the entry of a class or a function."""
        found = self.defined[name]
        doc = ast.get_docstring(found) or ""
        if isinstance(found, ast.ClassDef):
            entry = self._class_entry(found)
        else:
            entry = self._function_entry(found)
        return replace(entry, path=f"{OWN}{name}", summary=_first_sentence(doc), doc=doc)

    def _function_entry(self, found: ast.FunctionDef) -> Entry:
        given = arguments_of(found.args)
        ports, others = call_of(found, given, self._hints, is_layer=False)
        return Entry(
            path="",
            role=Role.FUNCTION,
            category=OWN_CATEGORY,
            ports=ports,
            call_parameters=others,
            signature=tuple(one.name for one in given if not one.keyword_only),
        )

    def _class_entry(self, found: ast.ClassDef) -> Entry:
        lineage = list(self._lineage(found, set()))
        classes = [one for one in lineage if isinstance(one, ast.ClassDef)]
        foreign = [one for one in lineage if isinstance(one, str)]
        family = next(filter(None, map(self._family, foreign)), None)
        base = next(filter(None, (self._base(one, family) for one in foreign)), None)
        if base is not None or family or not foreign:
            inherited = base.parameters if base else ()
        else:
            inherited = self._hints.of_every_layer
        parameters, named = self._constructor(classes, inherited, named=bool(foreign))
        entry = Entry(path="", category=family or OWN_CATEGORY, parameters=parameters, named=named)
        call = next(filter(None, (_method(one, "call") for one in classes)), None)
        if family or (call is None and base is None):
            return entry
        ports = base.ports if base else ()
        others = base.call_parameters if base else ()
        if call is not None:
            given = arguments_of(call.args)[1:]
            ports, others = call_of(call, given, self._hints, is_layer=True)
        adapts = base.adapts if base else any(_method(one, "adapt") for one in classes)
        return replace(entry, ports=ports, call_parameters=others, adapts=adapts)

    def _constructor(
        self, classes: list[ast.ClassDef], inherited: tuple[Parameter, ...], *, named: bool
    ) -> tuple[tuple[Parameter, ...], bool]:
        """Return the arguments of a constructor and whether it takes a name.

        Args:
            classes: the class and its bases of the same source, the nearest first.
            inherited: what the bases elsewhere take, handed on by ``**kwargs``.
            named: whether those take a name.
        """
        given: dict[str, Argument] = {}
        for init in filter(None, (_method(one, "__init__") for one in classes)):
            for one in arguments_of(init.args)[1:]:
                given.setdefault(one.name, one)
            if init.args.kwarg is None:
                inherited, named = (), False
                break
        named = given.pop("name", None) is not None or named
        own = tuple(parameter_of(one, self._hints) for one in given.values())
        return (*own, *(one for one in inherited if one.name not in given)), named

    def _lineage(self, found: ast.ClassDef, seen: set[str]) -> Iterator[ast.ClassDef | str]:
        """Yield a class and its bases, the nearest first: definitions here, paths elsewhere."""
        seen.add(found.name)
        yield found
        for base in found.bases:
            path = ast.unparse(base)
            here = self.defined.get(path)
            if isinstance(here, ast.ClassDef):
                if here.name not in seen:
                    yield from self._lineage(here, seen)
            else:
                first, dot, rest = path.partition(".")
                yield f"{self._imports.get(first, first)}{dot}{rest}"

    def _base(self, path: str, family: str | None) -> Entry | None:
        """Return the class of Keras that a path ends in, if it is one that can be used itself."""
        known = self._catalog.objects[family] if family else self._catalog.layers
        return known.get(f"keras.{family or 'layers'}.{path.rpartition('.')[2]}")

    def _family(self, path: str) -> str | None:
        """Return which objects of Keras a base is one of; none for a layer."""
        *folders, name = path.split(".")
        families = self._catalog.objects
        by_folder = next((one for one in folders if one in families), None)
        # Each family's base also stands on top, as in `keras.Loss`.
        return by_folder or next((one for one in families if one.startswith(name.lower())), None)


def _method(found: ast.ClassDef, name: str) -> ast.FunctionDef | None:
    methods = (one for one in found.body if isinstance(one, ast.FunctionDef))
    return next((one for one in methods if one.name == name), None)


def _first_sentence(doc: str) -> str:
    paragraph = " ".join(doc.partition("\n\n")[0].split())
    sentence, dot, _ = paragraph.partition(". ")
    return sentence + dot.strip()
