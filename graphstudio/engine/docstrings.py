"""Reading Keras's docstrings, which describe arguments in sections of one form."""

import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator

_SECTION = re.compile(r"^([A-Z][A-Za-z ]+):\s*$", re.MULTILINE)
# The end of a sentence, which is not that of an abbreviation.
_END = re.compile(r"(?<=[a-z)])(?<!e\.g)(?<!i\.e)\. ")
# Sections that stand elsewhere, with each argument, or that the studio says in its own way.
_NOT_REMARKS = frozenset({"Args", "Arguments", "Call arguments", "Call Args", "Raises"})
_ARGUMENT = re.compile(r"^\*{0,2}(\w+): ?", re.MULTILINE)


def summary(documented: object) -> str:
    """Return the first sentence of a docstring, on one line."""
    text = inspect.getdoc(documented) or ""
    first = " ".join(text.split("\n\n")[0].split())
    return _END.split(first)[0].rstrip(".") + "." if first else ""


def prose(documented: object) -> str:
    """Return what stands before the first section of a docstring."""
    text = inspect.getdoc(documented) or ""
    section = _SECTION.search(text)
    return (text[: section.start()] if section else text).strip()


def remarks(documented: object) -> str:
    """Return the sections of a docstring that describe no arguments, as Markdown."""
    text = inspect.getdoc(documented) or ""
    return "\n\n".join(_remarks(text)).strip()


def _remarks(text: str) -> Iterator[str]:
    marks = list(_SECTION.finditer(text))
    ends = [mark.start() for mark in marks] + [len(text)]
    for mark, end in zip(marks, ends[1:], strict=True):
        title, body = mark.group(1), text[mark.end() : end]
        if title not in _NOT_REMARKS:
            yield f"### {title}\n\n{textwrap.dedent(body).strip()}"
        elif after := re.search(r"^\S", body, re.MULTILINE):
            yield body[after.start() :].strip()


def arguments(
    documented: object, sections: Iterable[str] = ("Args", "Arguments")
) -> dict[str, str]:
    """Return what the sections of a docstring say about each argument, each on one line."""
    text = inspect.getdoc(documented) or ""
    found: dict[str, str] = {}
    for title in sections:
        found.update(_described(_section(text, title)))
    return found


def _section(text: str, title: str) -> str:
    start = re.search(rf"^{title}:\s*$", text, re.MULTILINE)
    if start is None:
        return ""
    rest = text[start.end() :]
    end = re.search(r"^\S", rest, re.MULTILINE)
    return inspect.cleandoc(rest[: end.start()] if end else rest)


def _described(section: str) -> dict[str, str]:
    marks = list(_ARGUMENT.finditer(section))
    ends = [mark.start() for mark in marks] + [len(section)]
    return {
        mark.group(1): " ".join(section[mark.end() : end].split())
        for mark, end in zip(marks, ends[1:], strict=True)
    }
