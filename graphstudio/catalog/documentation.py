"""The documentation of an entry as one text in Markdown."""

import re
from collections.abc import Iterable, Iterator

from graphstudio.catalog.entries import Entry, Parameter, Port
from graphstudio.catalog.fitting import axes_of

_FENCE = re.compile(r"^\s*```")
_PROMPT = ">>>"


def documentation(entry: Entry) -> str:
    """Return all that is known about a class or a function, as Markdown.

    Args:
        entry: what it is about.
    """
    parts = [entry.doc or entry.summary]
    parts += _section("Tensors", entry.ports)
    parts += _section("Arguments", entry.parameters)
    parts += _section("Arguments of the call", entry.call_parameters)
    parts.append(entry.remarks)
    return "\n".join(_fenced("\n\n".join(part for part in parts if part)))


def _section(title: str, arguments: Iterable[Parameter | Port]) -> Iterator[str]:
    lines = [f"- **{one.name}**{_facts(one)}{_said(one.doc)}" for one in arguments]
    if lines:
        yield f"### {title}\n\n" + "\n".join(lines)


def _said(doc: str) -> str:
    return f": {doc}" if doc else ""


def _facts(one: Parameter | Port) -> str:
    if isinstance(one, Port):
        facts = ["a list"] if one.variadic else []
        facts += ["optional"] if one.optional else []
        facts += [f"{axes} axes"] if (axes := axes_of(one)) else []
    else:
        facts = [] if one.required else [f"`{one.default!r}` by default"]
    return f" ({', '.join(facts)})" if facts else ""


def _fenced(text: str) -> Iterator[str]:
    """Yield the lines of a text, with sessions of Python's prompt as code: else they are quotes."""
    in_fence = in_session = False
    for line in text.splitlines():
        in_fence ^= bool(_FENCE.match(line)) and not in_session
        begins = not in_fence and not in_session and line.lstrip().startswith(_PROMPT)
        if begins or (in_session and not line.strip()):
            yield "```"
            in_session = begins
        yield line
    if in_session:
        yield "```"
