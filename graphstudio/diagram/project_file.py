"""The project file: JSON with a schema version, sorted keys and one record a line.

Diffs read well and merges work, since a change of one record changes one line. Fields that this
version does not know are kept. Opening a file runs no code.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.data_records import plain_data, read_data
from graphstudio.diagram.json_text import check_letters, stop
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.records import (
    FIELDS,
    RecordTexts,
    diagram_texts,
    line,
    object_text,
    read_diagram,
    read_record,
)

# Raised where an older reader would take what is new for something else. Since 2, nodes may be
# bypassed or muted, which a reader of 1 would train as active. A file of 1 means the same as ever.
SCHEMA = 2
SUFFIX = ".gstudio"
_KNOWN = ("schema", *FIELDS, "data", "training", "code")


class ProjectFileError(Exception):
    """A project file cannot be read or written; the message says why, in one sentence."""


def load_project(path: Path) -> Project:
    """Read a project file.

    Raises:
        ProjectFileError: the file is missing, unreadable, truncated, foreign, damaged or newer.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ProjectFileError(f"{path.name} cannot be read: {reason}.") from error
    return parse_project(text, path.name)


def save_project(project: Project, path: Path) -> None:
    """Write a project file whole or not at all: a failure leaves the old file as it was.

    Raises:
        ProjectFileError: the file cannot be written.
    """
    try:
        write_atomically(path, format_project(project))
    except (OSError, UnicodeEncodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error.reason
        raise ProjectFileError(
            f"{path.name} cannot be saved in {path.absolute().parent}: {reason}."
        ) from error


def parse_project(text: str, name: str = "The text") -> Project:
    """Read a project from the text of a project file.

    Args:
        text: the file's content.
        name: what errors call the file.

    Raises:
        ProjectFileError: the text is truncated, foreign, damaged or newer.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ProjectFileError(
            f"{name} is not a whole project file: expected JSON to the end; received {stop(error)}."
        ) from error
    if not isinstance(document, dict) or not isinstance(document.get("schema"), int):
        raise ProjectFileError(
            f"{name} is not a project file: expected an object with a schema number."
        )
    if document["schema"] > SCHEMA:
        raise ProjectFileError(
            f"{name} was made by a newer Graph Studio: expected schema {SCHEMA} or older; "
            f"received {document['schema']}. Update Graph Studio to open it."
        )
    try:
        check_letters(document)
        return _project(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProjectFileError(f"{name} is damaged: {error}.") from error


def format_project(project: Project, made: RecordTexts | None = None) -> str:
    """Return the text of a project file, with sorted keys and one record a line.

    Args:
        project: the project.
        made: what makes the texts of records, and has those of the project before.
    """
    made = made or RecordTexts()
    made.begin()
    texts = {key: line(value) for key, value in project.extra.items()}
    texts |= diagram_texts(project.diagram, made)
    texts["schema"] = line(SCHEMA)
    texts["data"] = line(plain_data(project.data))
    texts["training"] = line(project.training)
    if project.code:
        texts["code"] = "[\n" + ",\n".join(map(line, project.code.split("\n"))) + "\n]"
    return object_text(texts) + "\n"


def _project(document: Mapping[str, Any]) -> Project:
    diagram = read_diagram(document)
    return Project(
        diagram=diagram,
        data=read_data(document.get("data", {})),
        training=read_record(Training, document.get("training", {})),
        code=_code(document.get("code", [])),
        extra={key: value for key, value in document.items() if key not in _KNOWN},
    )


def _code(lines: Any) -> str:
    """Return the project's own code, which the file holds line by line so that diffs read well."""
    return "\n".join(msgspec.convert(lines, list[str]))
