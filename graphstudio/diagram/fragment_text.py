"""Fragments as text, which a clipboard, a chat and a file can hold.

The text is a part of a project file with a marker and a schema version of its own.
"""

import json
import re
from typing import Any

from graphstudio.diagram.diagram import Diagram, Wire, WireId
from graphstudio.diagram.fragment import Fragment
from graphstudio.diagram.json_text import check_letters, stop
from graphstudio.diagram.project_file import ProjectFileError, parse_project
from graphstudio.diagram.records import (
    RecordTexts,
    diagram_texts,
    line,
    object_text,
    read_diagram,
    read_record,
    table_text,
)

# Raised with that of the project file: it holds the same records.
SCHEMA = 2
KIND = "graphstudio-fragment"
_EXPECTED = "Expected nodes that were copied in Graph Studio, or the text of a project file"
# What chats put around code: a fence of its own line before and after.
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
# What is longer was not copied here: a hundred thousand nodes are less.
LONGEST = 100_000_000
_SHOWN = 40


class FragmentError(ValueError):
    """A text holds nothing that can be put into a diagram; the message says so in one sentence."""


def format_fragment(fragment: Fragment) -> str:
    """Return the text of a fragment, with sorted keys and one record a line."""
    made = RecordTexts()
    texts = diagram_texts(fragment.diagram, made)
    texts["kind"] = line(KIND)
    texts["schema"] = line(SCHEMA)
    if fragment.incoming:
        texts["incoming"] = table_text("incoming", fragment.incoming, made)
    return object_text(texts) + "\n"


def parse_fragment(text: str) -> Fragment:
    """Return the fragment that a text holds, or the diagram of a whole project's text.

    A Markdown fence around it, and what is written before and after that, are passed over; a fence
    that nothing closes goes on to the end.

    Raises:
        FragmentError: it holds neither, or one that is truncated, damaged or newer.
    """
    if len(text) > LONGEST:
        raise FragmentError(
            f"{_EXPECTED}, of {LONGEST} letters at most; received {len(text)} letters."
        )
    bare = _unfenced(text.strip().removeprefix("\ufeff"))
    try:
        document = json.loads(bare)
    except (ValueError, RecursionError) as error:
        raise FragmentError(f"{_EXPECTED}; received {_received(bare, error)}.") from error
    if not isinstance(document, dict):
        raise FragmentError(f"{_EXPECTED}; received {_shown(bare)}.")
    if document.get("kind") == KIND:
        return _fragment(document)
    if not {"schema", "nodes"} <= document.keys():
        raise FragmentError(f"{_EXPECTED}; received JSON about something else.")
    try:
        return Fragment(diagram=parse_project(bare, "The project in the text").diagram)
    except ProjectFileError as error:
        raise FragmentError(str(error)) from error


def _unfenced(text: str) -> str:
    """Return what lies in the first fence of a text; the very text if there is none."""
    lines = text.split("\n")
    opening = ((number, _FENCE.match(line)) for number, line in enumerate(lines))
    start, fence = next(((number, found[1]) for number, found in opening if found), (None, ""))
    if start is None:
        return text
    inner = lines[start + 1 :]
    end = next((number for number, line in enumerate(inner) if line.strip() == fence), len(inner))
    return "\n".join(inner[:end])


def _fragment(document: dict[str, Any]) -> Fragment:
    schema = document.get("schema")
    if not isinstance(schema, int):
        raise FragmentError("What was copied is damaged: expected a schema number; received none.")
    if schema > SCHEMA:
        raise FragmentError(
            f"What was copied is of a newer Graph Studio: expected schema {SCHEMA} or older; "
            f"received {schema}. Update Graph Studio to paste it."
        )
    try:
        check_letters(document)
        diagram = read_diagram(document)
        return Fragment(diagram=diagram, incoming=_incoming(document, diagram))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise FragmentError(f"What was copied is damaged: {_reason(error)}.") from error


def _incoming(document: dict[str, Any], diagram: Diagram) -> dict[WireId, Wire]:
    wires = {
        WireId(key): read_record(Wire, item) for key, item in document.get("incoming", {}).items()
    }
    for key, wire in wires.items():
        if wire.target not in diagram.nodes:
            raise ValueError(f"wire {key} ends at the node {wire.target}, which is not there")
    return wires


def _reason(error: Exception) -> str:
    """Return what is wrong, in words."""
    if not isinstance(error, KeyError):
        return str(error)
    said = str(error.args[0])
    return said if " " in said else f"{said!r} is missing"


def _received(text: str, error: Exception) -> str:
    """Return in words what was received in the place of JSON."""
    if text.lstrip().startswith(("{", "[")):
        return f"{stop(error)}, where JSON was to go on"
    return _shown(text)


def _shown(text: str) -> str:
    first = " ".join(text.split())
    if not first:
        return "nothing"
    return repr(first if len(first) <= _SHOWN else f"{first[:_SHOWN]}…")
