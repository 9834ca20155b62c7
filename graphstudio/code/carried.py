"""The functions of `graphstudio.columns` that a script carries, with what they need."""

import ast
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import msgspec

_PACKAGE = "graphstudio.columns"


class Carried(msgspec.Struct, frozen=True):
    """Texts for a script.

    Attributes:
        imports: import statements, one name each.
        constants: values and types that the functions refer to, each before its first use.
        functions: classes, then functions; each stands before what it calls.
    """

    imports: tuple[str, ...]
    constants: tuple[str, ...]
    functions: tuple[str, ...]


class _Module(msgspec.Struct, frozen=True):
    """What a module of the package holds.

    Attributes:
        text: its source.
        definitions: its functions, classes, values and types, by name.
        imports: the import statement of each name that comes from elsewhere.
        siblings: the module of the package that a name comes from.
    """

    text: str
    definitions: dict[str, ast.stmt]
    imports: dict[str, str]
    siblings: dict[str, str]


def carried(names: Iterable[str]) -> Carried:
    """Return functions with all that they need, each once.

    Args:
        names: modules in ``graphstudio.columns`` with a name in them, such as
            ``"tables.read_table"``.
    """
    found = _Found()
    for name in names:
        module, _, wanted = name.partition(".")
        found.collect(module, wanted)
    return Carried(
        tuple(sorted(found.imports)), tuple(found.values), (*found.classes, *found.functions)
    )


class _Found:
    """What a script has to carry, as far as it was found."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, str]] = set()
        self.imports: set[str] = set()
        self.values: list[str] = []
        self.classes: list[str] = []
        self.functions: list[str] = []

    def collect(self, module: str, name: str) -> None:
        """Take a definition of a module, and all that it refers to."""
        if (module, name) in self._seen:
            return
        self._seen.add((module, name))
        read = _module(module)
        definition = read.definitions[name]
        text = _text(read, name)
        if isinstance(definition, ast.FunctionDef):
            self.functions.append(text)  # before what it calls, as one reads
        for used in _used(definition):
            if used in read.definitions:
                self.collect(module, used)
            elif used in read.siblings:
                self.collect(read.siblings[used], used)
            elif used in read.imports:
                self.imports.add(read.imports[used])
        # Behind what they refer to: values and annotations are looked up at once.
        if isinstance(definition, ast.ClassDef):
            self.classes.append(text)
        elif not isinstance(definition, ast.FunctionDef):
            self.values.append(text)


@cache
def _module(name: str) -> _Module:
    text = files(_PACKAGE).joinpath(f"{name}.py").read_text("utf-8")
    module = _Module(text, {}, {}, {})
    for one in ast.parse(text).body:
        match one:
            case ast.FunctionDef(name=defined) | ast.ClassDef(name=defined):
                module.definitions[defined] = one
            case ast.Assign(targets=[ast.Name(id=defined)]):
                module.definitions[defined] = one
            case ast.AnnAssign(target=ast.Name(id=defined)):
                module.definitions[defined] = one
            case ast.ImportFrom(module=source, names=aliases) if source and source.startswith(
                f"{_PACKAGE}."
            ):
                sibling = source.removeprefix(f"{_PACKAGE}.")
                module.siblings.update({alias.name: sibling for alias in aliases})
            case ast.ImportFrom() | ast.Import():
                module.imports.update(_imported(one))
    return module


def _imported(statement: ast.Import | ast.ImportFrom) -> Iterator[tuple[str, str]]:
    for alias in statement.names:
        alone = (
            ast.ImportFrom(statement.module, [alias], 0)
            if isinstance(statement, ast.ImportFrom)
            else ast.Import([alias])
        )
        yield (alias.asname or alias.name).partition(".")[0], ast.unparse(alone)


def _used(definition: ast.stmt) -> list[str]:
    """Return the names that a definition refers to, each once, in the order of its text."""
    part: ast.AST = definition
    if isinstance(definition, ast.Assign | ast.AnnAssign) and definition.value is not None:
        part = definition.value  # neither its own name nor the annotation is carried
    names = [one for one in ast.walk(part) if isinstance(one, ast.Name)]
    ordered = sorted(names, key=lambda one: (one.lineno, one.col_offset))
    return list(dict.fromkeys(one.id for one in ordered))


def _text(read: _Module, name: str) -> str:
    definition = read.definitions[name]
    if isinstance(definition, ast.AnnAssign) and definition.value is not None:
        value = ast.get_source_segment(read.text, definition.value)
        return f"{name} = {value}\n"
    first = min([definition.lineno, *(one.lineno for one in _decorators(definition))])
    lines = read.text.splitlines()[first - 1 : definition.end_lineno]
    return "\n".join(lines) + "\n"


def _decorators(definition: ast.stmt) -> list[ast.expr]:
    if isinstance(definition, ast.FunctionDef | ast.ClassDef):
        return definition.decorator_list
    return []
