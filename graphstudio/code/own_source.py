"""The project's own code, and imports of packages' layers, put into a written file."""

import ast
import re
from collections.abc import Iterable, Mapping

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import imported_names, own_names, parse_code, used_paths
from graphstudio.code.import_block import import_block
from graphstudio.code.plan import PlanError
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import OWN

_GAP = "\n\n\n"


def with_own_code(text: str, project: Project, catalog: Catalog) -> str:
    """Return a written file with what its model needs beside Keras, if it needs any.

    Imports are merged at the top; the project's own definitions follow before the first function.
    What the code does only when it is run as a program is left out.

    Args:
        text: a file of :mod:`graphstudio.code.script`.
        project: whose own code it is.
        catalog: what packages offer.

    Raises:
        PlanError: the code is no Python, or defines a name that the file needs itself.
    """
    if not project.code.strip() and not catalog.own:
        return text
    paths = used_paths(project)
    used = any(one.startswith(OWN) for one in paths)
    packages = sorted(one for one in paths & catalog.own.keys() if not one.startswith(OWN))
    if not used and not packages:
        return text
    try:
        code = parse_code(project.code if used else "")
    except ValueError as error:
        raise PlanError((_finding("own-code", str(error), "Python", "an error"),)) from error
    tree = ast.parse(text)
    offered = ast.parse("".join(f"from {_module(one)} import {_name(one)}\n" for one in packages))
    _check_names(
        tree, [*offered.body, *code.body], own_names(project.code) if used else frozenset()
    )
    imports = import_block([*tree.body, *code.body, *offered.body])
    body = _definitions(project.code, code) if used else ""
    return _assembled(text, tree, imports, body)


def _assembled(text: str, tree: ast.Module, imports: str, body: str) -> str:
    lines = text.splitlines(keepends=True)
    first, last = _span(one for one in tree.body if _is_import(one))
    start = next(one.lineno for one in tree.body if isinstance(one, ast.FunctionDef))
    head, constants = "".join(lines[: first - 1]), "".join(lines[last : start - 1]).strip("\n")
    parts = [f"{head}{imports}" + (f"\n{constants}" if constants else "").rstrip("\n")]
    return (
        _GAP.join([*(part.strip("\n") for part in (*parts, body) if part)])
        + _GAP
        + "".join(lines[start - 1 :])
    )


def _definitions(code: str, tree: ast.Module) -> str:
    """Return a source without its docstring, its imports and what it does as a program."""
    dropped: set[int] = set()
    for number, one in enumerate(tree.body):
        is_docstring = number == 0 and ast.get_docstring(tree) is not None
        if is_docstring or _is_import(one) or _is_program(one):
            dropped |= set(range(one.lineno, (one.end_lineno or one.lineno) + 1))
        else:
            dropped -= set(range(one.lineno, (one.end_lineno or one.lineno) + 1))
    kept = [line for n, line in enumerate(code.splitlines(), start=1) if n not in dropped]
    return re.sub(r"\n{4,}", _GAP, "\n".join(kept)).strip("\n")


def _is_import(one: ast.stmt) -> bool:
    return isinstance(one, ast.Import | ast.ImportFrom)


def _is_program(one: ast.stmt) -> bool:
    return isinstance(one, ast.If) and ast.unparse(one.test).startswith("__name__ ==")


def _span(statements: Iterable[ast.stmt]) -> tuple[int, int]:
    found = list(statements)
    return found[0].lineno, max(one.end_lineno or one.lineno for one in found)


def _check_names(tree: ast.Module, code: list[ast.stmt], names: frozenset[str]) -> None:
    """Make sure that what the file names itself and what the code names are apart.

    Raises:
        PlanError: they are not.
    """
    ours, theirs = _bound(tree.body), _bound(code)
    both = {name for name in ours.keys() & theirs.keys() if ours[name] != theirs[name]}
    both |= names & _local_names(tree)
    if both:
        listed = ", ".join(sorted(both))
        message = (
            f"The project's own code defines {listed}, which the written file needs itself: "
            "choose another name."
        )
        raise PlanError((_finding("reserved-name", message, "other names", listed),))


def _bound(statements: Iterable[ast.stmt]) -> Mapping[str, str]:
    """Return what statements bind at the top of a module, with the path of what is imported."""
    found: dict[str, str] = {}
    for number, one in enumerate(statements):
        if _is_import(one):
            found |= dict(imported_names(one))
        elif isinstance(one, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found[one.name] = f"{number}"
        else:
            stored = (node for node in ast.walk(one) if isinstance(node, ast.Name))
            found |= {n.id: f"{number}" for n in stored if isinstance(n.ctx, ast.Store)}
    return found


def _local_names(tree: ast.Module) -> frozenset[str]:
    """Return the names that functions of a module give to what is theirs."""
    inside = [
        node for one in tree.body if isinstance(one, ast.FunctionDef) for node in ast.walk(one)
    ]
    stored = {n.id for n in inside if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    return frozenset(stored | {node.arg for node in inside if isinstance(node, ast.arg)})


def _module(path: str) -> str:
    return path.rpartition(".")[0]


def _name(path: str) -> str:
    return path.rpartition(".")[2]


def _finding(code: str, message: str, expected: str, received: str) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.ERROR,
        message=message,
        expected=expected,
        received=received,
    )
