"""The project file: JSON with a schema version, sorted keys and one record a line.

Diffs read well and merges work, since a change of one record changes one line. Fields that this
version does not know are kept. Opening a file runs no code.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from graphstudio.diagram.atomic import write_atomically
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    Position,
    Record,
    Wire,
)
from graphstudio.diagram.project import ArraysSource, Data, Project, Training

SCHEMA = 1
SUFFIX = ".gstudio"
_NODES: Mapping[str, type[Record]] = {"input": InputNode, "call": CallNode, "head": HeadNode}
_SOURCES: Mapping[str, type[Record]] = {"npz": ArraysSource}
_TABLES = ("layers", "nodes", "wires", "positions")
_KNOWN = ("schema", "name", *_TABLES, "data", "training")

Kind = TypeVar("Kind", bound=Record)


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
            f"{name} is not a whole project file: expected JSON to the end; "
            f"received {_stop(error)}."
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
        _check_letters(document)
        return _project(document)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ProjectFileError(f"{name} is damaged: {error}.") from error


def format_project(project: Project) -> str:
    """Return the text of a project file, with sorted keys and one record a line."""
    diagram = project.diagram
    document: dict[str, Any] = {
        **project.extra,
        "schema": SCHEMA,
        "name": diagram.name,
        **{table: getattr(diagram, table) for table in _TABLES},
        "data": _plain_data(project.data),
        "training": project.training,
    }
    lines = [f"{_line(key)}: {_section(key, document[key])}" for key in sorted(document)]
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _section(key: str, value: Any) -> str:
    if key not in _TABLES or not value:
        return _line(value)
    # Nodes keep the order in which they were added, since the plan of calls follows it.
    ids = value if key == "nodes" else sorted(value)
    return "{\n" + ",\n".join(f"{_line(one)}: {_line(value[one])}" for one in ids) + "\n}"


def _line(value: Any) -> str:
    plain = msgspec.to_builtins(_flat(value))
    return json.dumps(plain, sort_keys=True, ensure_ascii=False)


def _flat(value: Any) -> Any:
    """Return a record with its unknown fields beside the known ones."""
    if not isinstance(value, Record):
        return value
    fields = msgspec.to_builtins(value)
    fields.pop("extra", None)
    return {**value.extra, **fields}


def _plain_data(data: Data) -> Any:
    fields = _flat(data)
    return {**fields, "source": _flat(data.source)} if data.source else fields


def _project(document: Mapping[str, Any]) -> Project:
    diagram = Diagram(
        name=msgspec.convert(document["name"], str),
        layers={key: _record(Layer, item) for key, item in document["layers"].items()},
        nodes={key: _tagged(_NODES, item) for key, item in document["nodes"].items()},
        wires={key: _record(Wire, item) for key, item in document["wires"].items()},
        positions=msgspec.convert(document.get("positions", {}), dict[str, Position]),
    )
    _check_references(diagram)
    return Project(
        diagram=diagram,
        data=_data(document.get("data", {})),
        training=_record(Training, document.get("training", {})),
        extra={key: value for key, value in document.items() if key not in _KNOWN},
    )


def _data(record: Mapping[str, Any]) -> Data:
    source = record.get("source")
    data = _record(Data, {key: value for key, value in record.items() if key != "source"})
    return msgspec.structs.replace(data, source=_tagged(_SOURCES, source)) if source else data


def _tagged(kinds: Mapping[str, type[Record]], record: Mapping[str, Any]) -> Any:
    kind = kinds.get(record["kind"])
    if kind is None:
        raise TypeError(f"expected one of {', '.join(kinds)}; received {record['kind']!r}")
    return _record(kind, record)


def _stop(error: Exception) -> str:
    """Return in words where the reading of JSON stopped."""
    if isinstance(error, json.JSONDecodeError):
        return f"something else in line {error.lineno}, column {error.colno}"
    return "brackets too deep to be one"


def _record(kind: type[Kind], record: Mapping[str, Any]) -> Kind:
    """Return a record, with the fields that its kind does not know in ``extra``."""
    names = {field.name for field in msgspec.structs.fields(kind)} - {"extra"} | {"kind"}
    known = {key: value for key, value in record.items() if key in names}
    extra = {key: value for key, value in record.items() if key not in names}
    return msgspec.convert({**known, "extra": extra}, kind)


def _check_letters(document: Mapping[str, Any]) -> None:
    """Make sure that the texts, which JSON can spell with halves of letters, can be written."""
    try:
        json.dumps(document, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = error.object[error.start : error.end]
        raise ValueError(f"expected whole letters; received {half!a}") from error


def _check_references(diagram: Diagram) -> None:
    for node_id, node in diagram.nodes.items():
        if isinstance(node, CallNode) and node.layer not in diagram.layers:
            raise KeyError(f"node {node_id} calls the layer {node.layer}, which is not there")
    for wire_id, wire in diagram.wires.items():
        for end in (wire.source, wire.target):
            if end not in diagram.nodes:
                raise KeyError(f"wire {wire_id} ends at the node {end}, which is not there")
