"""The imports at the top of a written file, as Ruff sorts them."""

import ast
import sys
from collections.abc import Iterable, Iterator

from graphstudio.code.source import LINE_LENGTH

_FUTURE = "__future__"


def import_block(statements: Iterable[ast.stmt]) -> str:
    """Return the imports among statements, each once, in the order in which Ruff sorts them."""
    plain: set[tuple[str, str | None]] = set()
    named: dict[str, set[tuple[str, str | None]]] = {}
    for one in statements:
        if isinstance(one, ast.Import):
            plain |= {(alias.name, alias.asname) for alias in one.names}
        elif isinstance(one, ast.ImportFrom):
            module = "." * one.level + (one.module or "")
            named.setdefault(module, set()).update((a.name, a.asname) for a in one.names)
    sections: dict[int, list[str]] = {}
    for name, alias in sorted(plain, key=lambda one: (_sort_key(one[0]), one[1] or "")):
        line = f"import {name}" + (f" as {alias}" if alias else "")
        sections.setdefault(_section(name), []).append(line)
    for module in sorted(named, key=_sort_key):
        sections.setdefault(_section(module), []).extend(_from_lines(module, named[module]))
    return "\n\n".join("\n".join(sections[number]) for number in sorted(sections)) + "\n"


def _from_lines(module: str, names: set[tuple[str, str | None]]) -> Iterator[str]:
    """Yield what imports names from a module, in the order of each line's first name."""
    together = sorted((name for name, alias in names if alias is None), key=_member_key)
    lines = [(name, f"{name} as {alias}") for name, alias in names if alias is not None]
    if together:
        lines.append((together[0], ", ".join(together)))
    for _, listed in sorted(lines, key=lambda one: (_member_key(one[0]), one[1])):
        line = f"from {module} import {listed}"
        if len(line) > LINE_LENGTH and "," in listed:
            each = "".join(f"    {name},\n" for name in together)
            line = f"from {module} import (\n{each})"
        yield line


def _section(module: str) -> int:
    top = module.partition(".")[0]
    if top == _FUTURE:
        return 0
    return 3 if not top else 1 if top in sys.stdlib_module_names else 2


def _sort_key(name: str) -> tuple[str, str]:
    return name.lower(), name


def _member_key(name: str) -> tuple[int, str]:
    """Return where a name stands behind an import: constants, then classes, then the rest."""
    is_constant = name.isupper() and len(name) > 1
    return (0 if is_constant else 1 if name[:1].isupper() else 2, name.lower())
