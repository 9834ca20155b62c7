"""The script as a Jupyter notebook: a cell for each thing that it does."""

import ast
import json
from collections.abc import Iterator
from itertools import groupby
from textwrap import dedent
from typing import Any

from graphstudio.catalog.entries import Catalog
from graphstudio.code.plan import Paths
from graphstudio.code.script import python_script
from graphstudio.diagram.project import Project

_NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5}
_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


def python_notebook(
    project: Project,
    catalog: Catalog,
    *,
    data_path: str | None = None,
    paths: Paths | None = None,
) -> str:
    """Return the text of a notebook (``.ipynb``, format 4.5) that does what the script does.

    Args:
        project: the project.
        catalog: what Keras offers.
        data_path: the data file, if that is not the project's own; a relative path starts from
            the notebook's folder, which is the current one while it runs.
        paths: what each call gives, as Keras tells it; see :func:`make_plan`.

    Raises:
        PlanError: the diagram is no model, or holds a value that cannot be written as Python.
    """
    script = python_script(project, catalog, data_path=data_path, paths=paths)
    text = script.replace("\nDATA = Path(__file__).parent.", "\nDATA = Path.cwd().", 1)
    cells = [_cell(number, *cell) for number, cell in enumerate(_cells(text))]
    notebook = {**_NOTEBOOK, "metadata": {"kernelspec": _KERNEL}, "cells": cells}
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _cells(text: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the source of each cell."""
    tree = ast.parse(text)
    lines = text.splitlines()
    yield "markdown", ast.get_docstring(tree) or ""
    for is_function, nodes in groupby(
        tree.body[1:-1], lambda one: isinstance(one, ast.FunctionDef)
    ):
        group = list(nodes)
        if not is_function:
            yield "code", _source(lines, group)
            continue
        for function in group:
            if isinstance(function, ast.FunctionDef) and function.name == "main":
                yield "code", _source(lines, function.body[1:])
            else:
                yield "code", _source(lines, [function])


def _source(lines: list[str], nodes: list[ast.stmt]) -> str:
    return dedent("\n".join(lines[_first_line(lines, nodes[0]) - 1 : nodes[-1].end_lineno]))


def _first_line(lines: list[str], node: ast.stmt) -> int:
    """Return the line on which a statement begins, with its decorators and what is said of it."""
    decorators = getattr(node, "decorator_list", [])
    number: int = min([node.lineno, *(one.lineno for one in decorators)])
    while number > 1 and lines[number - 2].startswith("#"):
        number -= 1
    return number


def _cell(number: int, kind: str, source: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "cell_type": kind,
        "id": f"cell-{number}",
        "metadata": {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})
