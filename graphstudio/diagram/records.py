"""Records of the project file: one JSON object a line, with the fields that we do not know."""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from graphstudio.diagram.diagram import (
    DEEPEST,
    CallNode,
    Diagram,
    Frame,
    HeadNode,
    InputNode,
    Layer,
    NodeId,
    Note,
    Position,
    Record,
    Wire,
    too_deep,
)
from graphstudio.diagram.direction import Direction

TABLES = ("layers", "nodes", "wires", "positions")
# These stand in a file only where they hold something.
_MARGINALS = ("bends", "frames", "notes", "locked")
FIELDS = ("name", "direction", *TABLES, *_MARGINALS)
_NODES: Mapping[str, type[Record]] = {"input": InputNode, "call": CallNode, "head": HeadNode}

Kind = TypeVar("Kind", bound=Record)

_encode = json.JSONEncoder(sort_keys=True, ensure_ascii=False).encode


def read_diagram(document: Mapping[str, Any], levels: int = DEEPEST) -> Diagram:
    """Return the diagram that a document's name and tables hold, nested models included.

    Args:
        document: holds them, and what else it pleases.
        levels: how deep it may be, itself included.

    Raises:
        KeyError: a table or a field is missing, or an id leads nowhere.
        TypeError: a record is of no known kind.
        ValueError: it is deeper.
        msgspec.ValidationError: a field holds something else.
    """
    if not levels:
        raise ValueError(too_deep())
    diagram = Diagram(
        name=msgspec.convert(document["name"], str),
        layers={key: _read_layer(item, levels - 1) for key, item in document["layers"].items()},
        nodes={key: read_tagged(_NODES, item) for key, item in document["nodes"].items()},
        wires={key: read_record(Wire, item) for key, item in document["wires"].items()},
        positions=msgspec.convert(document.get("positions", {}), dict[str, Position]),
        bends=msgspec.convert(document.get("bends", {}), dict[str, tuple[Position, ...]]),
        frames={key: read_record(Frame, item) for key, item in document.get("frames", {}).items()},
        notes={key: read_record(Note, item) for key, item in document.get("notes", {}).items()},
        locked=msgspec.convert(document.get("locked", []), frozenset[NodeId]),
        direction=msgspec.convert(document.get("direction", Direction.RIGHT.value), Direction),
    )
    _check_references(diagram)
    return _without_orphans(diagram)


def read_record(kind: type[Kind], record: Mapping[str, Any]) -> Kind:
    """Return a record, with the fields that its kind does not know in ``extra``."""
    names = {field.name for field in msgspec.structs.fields(kind)} - {"extra"} | {"kind"}
    known = {key: value for key, value in record.items() if key in names}
    extra = {key: value for key, value in record.items() if key not in names}
    return msgspec.convert({**known, "extra": extra}, kind)


def read_tagged(kinds: Mapping[str, type[Record]], record: Mapping[str, Any]) -> Any:
    """Return a record of the kind that it names.

    Raises:
        TypeError: it names no known kind.
    """
    kind = kinds.get(record["kind"])
    if kind is None:
        raise TypeError(f"expected one of {', '.join(kinds)}; received {record['kind']!r}")
    return read_record(kind, record)


class RecordTexts:
    """Makes the texts of records, one a line, and keeps those of the last project.

    A project is written again after each edit, and most of its records are the very ones that
    were written before.
    """

    def __init__(self) -> None:
        self._before: dict[int, tuple[Any, str]] = {}
        self._now: dict[int, tuple[Any, str]] = {}

    def text(self, record: Any) -> str:
        """Return a record on one line; a nested diagram in it has lines of its own."""
        found = self._before.get(id(record))
        # Kept with its text, so that its id stays its own.
        self._now[id(record)] = kept = found or (record, self._made(record))
        return kept[1]

    def begin(self) -> None:
        """Begin with another project: what was not asked for since the last one is let go."""
        self._before, self._now = self._now, {}

    def _made(self, record: Any) -> str:
        if not isinstance(record, Layer) or record.diagram is None:
            return line(record)
        fields = flat(msgspec.structs.replace(record, diagram=None))
        texts = {key: line(value) for key, value in fields.items()}
        texts["diagram"] = object_text(diagram_texts(record.diagram, self))
        return object_text(texts)


def diagram_texts(diagram: Diagram, made: RecordTexts) -> dict[str, str]:
    """Return the text of each of a diagram's fields that a file holds.

    Args:
        diagram: the diagram.
        made: makes the texts of its records.
    """
    texts = {key: line(value) for key, value in diagram.extra.items()}
    texts |= {table: table_text(table, getattr(diagram, table), made) for table in TABLES}
    for name in _MARGINALS:
        value = getattr(diagram, name)
        if value:
            is_table = isinstance(value, Mapping)
            texts[name] = table_text(name, value, made) if is_table else line(sorted(value))
    if diagram.direction is not Direction.RIGHT:
        texts["direction"] = line(diagram.direction)
    return {**texts, "name": line(diagram.name)}


def table_text(table: str, records: Mapping[Any, Any], made: RecordTexts) -> str:
    """Return the text of a table of records by id, with one record a line."""
    if not records:
        return line({})
    # Nodes keep the order in which they were added, since the plan of calls follows it.
    ids = records if table == "nodes" else sorted(records)
    return "{\n" + ",\n".join(f"{_encode(one)}: {made.text(records[one])}" for one in ids) + "\n}"


def line(value: Any) -> str:
    """Return a value on one line, with sorted keys."""
    return _encode(flat(value) if isinstance(value, Record) else msgspec.to_builtins(value))


def flat(value: Any) -> Any:
    """Return a record with its unknown fields beside the known ones."""
    if not isinstance(value, Record):
        return value
    fields = msgspec.to_builtins(value)
    fields.pop("extra", None)
    return {**value.extra, **fields}


def _read_layer(record: Mapping[str, Any], levels: int) -> Layer:
    inner = record.get("diagram")
    if inner is None:
        return read_record(Layer, record)
    layer = read_record(Layer, {key: item for key, item in record.items() if key != "diagram"})
    # Only the outermost diagram stands among what else a project has.
    extra = {key: value for key, value in inner.items() if key not in FIELDS}
    nested = msgspec.structs.replace(read_diagram(inner, levels), extra=extra)
    return msgspec.structs.replace(layer, diagram=nested)


def object_text(texts: Mapping[str, str]) -> str:
    """Return an object of fields whose texts are made already, with one a line."""
    return "{\n" + ",\n".join(f"{line(key)}: {texts[key]}" for key in sorted(texts)) + "\n}"


def _without_orphans(diagram: Diagram) -> Diagram:
    """Return the diagram without places, bends and locks of what is not there.

    They mean nothing, and a merge of two files leaves such ones.
    """
    return msgspec.structs.replace(
        diagram,
        positions={key: one for key, one in diagram.positions.items() if key in diagram.nodes},
        bends={key: one for key, one in diagram.bends.items() if key in diagram.wires},
        locked=frozenset(key for key in diagram.locked if key in diagram.nodes),
    )


def _check_references(diagram: Diagram) -> None:
    for node_id, node in diagram.nodes.items():
        if isinstance(node, CallNode) and node.layer not in diagram.layers:
            raise KeyError(f"node {node_id} calls the layer {node.layer}, which is not there")
    for wire_id, wire in diagram.wires.items():
        for end in (wire.source, wire.target):
            if end not in diagram.nodes:
                raise KeyError(f"wire {wire_id} ends at the node {end}, which is not there")
