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
        functions: functions and classes; each stands before what it calls.
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
    found: dict[tuple[str, str], None] = {}
    imports: set[str] = set()
    for name in names:
        module, _, wanted = name.partition(".")
        _collect(module, wanted, found, imports)
    texts = [(_is_value(module, name), _text(module, name)) for module, name in found]
    # What a value refers to was found after it, and has to stand before it.
    constants = tuple(text for is_value, text in reversed(texts) if is_value)
    functions = tuple(text for is_value, text in texts if not is_value)
    return Carried(tuple(sorted(imports)), constants, functions)


def _collect(module: str, name: str, found: dict[tuple[str, str], None], imports: set[str]) -> None:
    if (module, name) in found:
        if _is_value(module, name):
            # Needed again: what needs it now stands behind it in `found`.
            del found[module, name]
        else:
            return
    found[module, name] = None
    read = _module(module)
    for used in _used(read.definitions[name]):
        if used in read.definitions:
            _collect(module, used, found, imports)
        elif used in read.siblings:
            _collect(read.siblings[used], used, found, imports)
        elif used in read.imports:
            imports.add(read.imports[used])


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
    parts: list[ast.AST] = [definition]
    if isinstance(definition, ast.Assign | ast.AnnAssign) and definition.value is not None:
        parts = [definition.value]  # neither its own name nor an annotation is carried
    names = (one for part in parts for one in ast.walk(part) if isinstance(one, ast.Name))
    ordered = sorted(names, key=lambda one: (one.lineno, one.col_offset))
    return list(dict.fromkeys(one.id for one in ordered))


def _is_value(module: str, name: str) -> bool:
    return isinstance(_module(module).definitions[name], ast.Assign | ast.AnnAssign)


def _text(module: str, name: str) -> str:
    read = _module(module)
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
