"""Whether values can be learnt from: none missing, infinite, a text among numbers, or no class.

Each finding names the first row, and carries what can be done about all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec
import numpy as np

from graphstudio.code.data_plan import column_of
from graphstudio.columns.encoding import known_classes, present
from graphstudio.diagram.data import Data, Encoding, Missing, Prepared, prepared
from graphstudio.diagram.diagnostics import Diagnostic
from graphstudio.diagram.diagram import HeadNode, InputNode, NodeId
from graphstudio.diagram.suggest_columns import takes_text
from graphstudio.engine.data.errors import DataError, data_finding
from graphstudio.engine.data.places import Places, count
from graphstudio.engine.data.samples import Columns
from graphstudio.engine.data.value_repairs import (
    class_repairs,
    infinite_repairs,
    missing_repairs,
    range_repairs,
    text_repairs,
)

Takers: TypeAlias = Sequence[tuple[NodeId, InputNode | HeadNode]]
# The number of units that feed a head, by the head's id, where it is known.
Units: TypeAlias = Mapping[NodeId, int]

# Different texts among numbers; of more, the column is one of texts.
MOST_TEXTS = 20
_INTEGER_LOSS = "sparse_categorical_crossentropy"


class Taken(msgspec.Struct, frozen=True):
    """A field that an input or a head takes.

    Attributes:
        node_id: the node.
        node: the input or the head.
        column: the name of the column.
        made: how the column is made.
        field: the field.
        values: its values, a row each.
    """

    node_id: NodeId
    node: InputNode | HeadNode
    column: str
    made: Prepared
    field: str
    values: Any

    @property
    def what(self) -> str:
        """What takes it, for sentences."""
        return f"{'input' if isinstance(self.node, InputNode) else 'head'} {self.node.name!r}"


def check_values(data: Data, fields: Columns, takers: Takers, places: Places, units: Units) -> None:
    """Make sure that the fields of a source hold what can be learnt from.

    Args:
        data: says how columns are made of the fields.
        fields: the fields as they were read.
        takers: the inputs and heads that take columns.
        places: says where a value stands.
        units: the number of units that feed each head.

    Raises:
        DataError: they do not; it names the nodes, and the first row of each.
    """
    found = [
        finding
        for taken in _taken(data, fields, takers)
        for finding in _findings(taken, data, fields, places, units)
    ]
    if found:
        raise DataError(*found)


def _taken(data: Data, fields: Columns, takers: Takers) -> Iterator[Taken]:
    for node_id, node in takers:
        column = column_of(node)
        made = prepared(data, column)
        for field in made.fields:
            yield Taken(node_id, node, column, made, field, fields[field])


def _findings(
    taken: Taken, data: Data, fields: Columns, places: Places, units: Units
) -> Iterator[Diagnostic]:
    if not (taken.values.ndim and taken.values.size):
        return
    texts = _texts_among_numbers(taken)
    if texts is not None:
        yield _text_finding(taken, texts, data, places)
        return
    known = present(taken.values)
    odd = _odd(taken, known)
    if odd is not None and taken.made.others_missing:
        known, odd = known & ~odd, None
    if odd is not None and odd.any():
        yield _odd_finding(taken, odd, places)
    if not known.all() and _must_be_there(taken):
        yield _missing_finding(taken, ~known, fields, places)
    yield from _out_of_range(taken, known, places, units)


def _must_be_there(taken: Taken) -> bool:
    masked = taken.made.missing is Missing.MASK and isinstance(taken.node, HeadNode)
    return taken.made.missing in {Missing.STOP, Missing.MASK} and not masked


def _texts_among_numbers(taken: Taken) -> Mapping[str, int] | None:
    """Return the few texts among the numbers of a field, each with its first row."""
    wants_text = isinstance(taken.node, InputNode) and takes_text(taken.node)
    if taken.values.dtype.kind not in "OU" or wants_text or taken.values.ndim > 1:
        return None
    if taken.made.encoding is not Encoding.AS_IS:
        return None
    found: dict[str, int] = {}
    numbers = 0
    for row, value in enumerate(taken.values.tolist()):
        if value is None:
            continue
        if _is_number(value):
            numbers += 1
        elif value not in found:
            found[str(value)] = row
            if len(found) > MOST_TEXTS:
                return None
    return found if found and numbers else None


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (ValueError, TypeError):
        return False
    return True


def _text_finding(taken: Taken, texts: Mapping[str, int], data: Data, places: Places) -> Diagnostic:
    text, row = next(iter(texts.items()))
    rows = int(np.isin(taken.values.astype(str), list(texts)).sum())
    place = places.of(row, taken.field, rows - 1)
    return data_finding(
        "text-among-numbers",
        f"The {taken.what} takes numbers; {place}: received {text!r}.",
        "numbers",
        ", ".join(map(repr, texts)),
        taken.node_id,
        text_repairs(data, taken.column, rows, list(texts)),
    )


def _odd(taken: Taken, known: Any) -> Any:
    """Return the rows with an infinite number, or with a value that is no class."""
    if taken.made.encoding is not Encoding.AS_IS:
        return known & ~known_classes(taken.values, taken.made.classes)
    if taken.values.dtype.kind != "f":
        return None
    infinite = np.isinf(taken.values)
    return infinite.reshape(len(infinite), -1).any(axis=1) if infinite.ndim > 1 else infinite


def _odd_finding(taken: Taken, odd: Any, places: Places) -> Diagnostic:
    rows, row = int(odd.sum()), int(odd.argmax())
    value = _plain(taken.values[row])
    place = places.of(row, taken.field, rows - 1)
    made = taken.made
    if made.encoding is Encoding.AS_IS:
        return data_finding(
            "infinite-values",
            f"The {taken.what} takes finite numbers; {place}: received {value}.",
            "finite numbers",
            str(value),
            taken.node_id,
            infinite_repairs(taken.column, rows, masks=isinstance(taken.node, HeadNode)),
        )
    classes = ", ".join(map(str, made.classes)) or "none"
    others = list(dict.fromkeys(taken.values[odd].tolist()))
    return data_finding(
        "unknown-class",
        f"The classes of the {taken.what} are {classes}; {place}: received {value!r}.",
        f"one of {classes}",
        ", ".join(map(repr, others[:MOST_TEXTS])),
        taken.node_id,
        class_repairs(taken.column, made, rows, others),
    )


def _missing_finding(taken: Taken, missing: Any, fields: Columns, places: Places) -> Diagnostic:
    rows, row = int(missing.sum()), int(missing.argmax())
    place = places.of(row, taken.field, rows - 1)
    return data_finding(
        "missing-values",
        f"The {taken.what} needs a value in every row; {place}: received none.",
        "a value in every row",
        f"none in {count(rows, 'row')}",
        taken.node_id,
        missing_repairs(
            taken.column, taken.made, fields, rows, masks=isinstance(taken.node, HeadNode)
        ),
    )


def _out_of_range(taken: Taken, known: Any, places: Places, units: Units) -> Iterator[Diagnostic]:
    """Yield a finding if class numbers are negative, or too high for the units of the head."""
    node, values, made = taken.node, taken.values, taken.made
    if not isinstance(node, HeadNode) or not counts_classes(node):
        return
    size = units.get(taken.node_id)
    if size is None or size < 2:
        return
    if made.encoding is Encoding.INDEX:
        if len(made.classes) > size:
            yield _too_many_classes(taken, size)
        return
    if values.dtype.kind not in "iuf" or made.encoding is Encoding.ONE_HOT:
        return
    flat = values.reshape(len(values), -1)
    wrong = ((flat < 0) | (flat >= size)).any(axis=1) & known
    if wrong.any():
        rows, row = int(wrong.sum()), int(wrong.argmax())
        place = places.of(row, taken.field, rows - 1)
        value = _plain(values[row])
        yield data_finding(
            "label-out-of-range",
            f"The {taken.what} has {size} units, for the classes 0 to {size - 1}; "
            f"{place}: received {value}.",
            f"0 to {size - 1}",
            str(value),
            taken.node_id,
            range_repairs(taken.column, size, rows),
        )


def _too_many_classes(taken: Taken, size: int) -> Diagnostic:
    classes = len(taken.made.classes)
    return data_finding(
        "label-out-of-range",
        f"The {taken.what} has {size} units; its column {taken.column!r} has {classes} classes.",
        f"{size} classes",
        str(classes),
        taken.node_id,
    )


def counts_classes(head: HeadNode) -> bool:
    """Return whether a head's loss takes the numbers of classes."""
    loss = head.loss
    name = loss.get("class", "") if isinstance(loss, Mapping) else loss
    plain = str(name).rpartition(".")[2].replace("_", "").lower()
    return plain == _INTEGER_LOSS.replace("_", "")


def _plain(value: Any) -> Any:
    return value.item() if isinstance(value, np.generic) else value
