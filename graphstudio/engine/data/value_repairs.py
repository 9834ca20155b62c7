"""What can be done about values that cannot be learnt from: leave the rows out, or fill them."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from graphstudio.columns.encoding import present
from graphstudio.diagram.data import Data, Encoding, Missing, Prepared
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.sources import TableSource
from graphstudio.diagram.values import Value
from graphstudio.engine.data.places import count
from graphstudio.engine.data.samples import Columns

_WITH_MARKS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
# More new classes than these are no slip of the pen.
_MOST_CLASSES = 100


def missing_repairs(
    column: str, made: Prepared, fields: Columns, rows: int, *, masks: bool
) -> Iterator[Repair]:
    """Yield the ways out of missing values.

    Args:
        column: the column.
        made: how it is made.
        fields: the fields, for what stands in place of a missing value.
        rows: how many rows lack a value.
        masks: whether a head takes the column, for which alone rows can count nothing.
    """
    yield _treat(f"Leave out {count(rows, 'row')}", column, Missing.SKIP)
    fill, said = _fill(made, fields)
    if fill is not None:
        yield _treat(f"Fill {count(rows, 'row')} with {said}", column, Missing.FILL, fill=fill)
    if masks:
        title = f"Count {count(rows, 'row')} for nothing in this head"
        yield _treat(title, column, Missing.MASK)


def text_repairs(data: Data, column: str, rows: int, texts: Sequence[str]) -> Iterator[Repair]:
    """Yield the ways out of texts among numbers: they stand for a missing value."""
    source = data.source
    if not isinstance(source, TableSource) or not source.path.lower().endswith(_WITH_MARKS):
        return
    marks = list(texts)
    yield _treat(f"Leave out {count(rows, 'row')}", column, Missing.SKIP, texts=marks)
    title = f"Fill {count(rows, 'row')} with 0"
    yield _treat(title, column, Missing.FILL, fill=0, texts=marks)
    named = ", ".join(map(repr, marks[:3])) + (", …" if len(marks) > 3 else "")
    yield Repair(f"Take {named} as missing", "take_as_missing", {"texts": marks})


def infinite_repairs(column: str, rows: int, *, masks: bool) -> Iterator[Repair]:
    """Yield the ways out of infinite numbers."""
    said = count(rows, "row")
    yield _treat(f"Leave out {said}", column, Missing.SKIP, others=True)
    yield _treat(f"Fill {said} with 0", column, Missing.FILL, fill=0, others=True)
    if masks:
        title = f"Count {said} for nothing in this head"
        yield _treat(title, column, Missing.MASK, others=True)


def class_repairs(
    column: str, made: Prepared, rows: int, others: Sequence[Value]
) -> Iterator[Repair]:
    """Yield the ways out of values that are none of the classes."""
    classes = [*made.classes, *sorted(others, key=str)]
    if len(others) <= _MOST_CLASSES:
        named = ", ".join(map(str, others[:3])) + (", …" if len(others) > 3 else "")
        yield Repair(
            f"Add the {'class' if len(others) == 1 else 'classes'} {named}",
            "set_classes",
            {"column": column, "classes": classes},
        )
    if made.classes:
        yield _treat(f"Leave out {count(rows, 'row')}", column, Missing.SKIP, others=True)


def range_repairs(column: str, size: int, rows: int) -> Iterator[Repair]:
    """Yield the way out of class numbers that no unit stands for."""
    yield Repair(
        f"Leave out {count(rows, 'row')}",
        "take_classes_alone",
        {"column": column, "classes": list(range(size))},
    )


def _treat(title: str, column: str, missing: Missing, **more: Any) -> Repair:
    return Repair(title, "treat_missing", {"column": column, "missing": missing.value, **more})


def _fill(made: Prepared, fields: Columns) -> tuple[Value, str]:
    """Return what fills missing values, and what it is called; none where nothing suits."""
    columns = [fields[name] for name in made.fields]
    if made.encoding is not Encoding.AS_IS:
        common = _most_common(columns[0])
        return common, repr(common)
    if all(one.dtype.kind in "fiu" and one.ndim == 1 for one in columns):
        means = [_mean(one) for one in columns]
        if len(means) == 1:
            return means[0], f"the mean, {means[0]}"
        return means, "the mean of each column"
    if len(columns) == 1 and columns[0].dtype.kind == "O":
        return "", "an empty text"
    return None, ""


def _mean(values: Any) -> float:
    finite = values[np.isfinite(values)]
    return float(f"{finite.mean():.6g}") if len(finite) else 0.0


def _most_common(values: Any) -> Value:
    known = values[present(values)]
    if not len(known):
        return None
    comparable = known.astype(str) if known.dtype == object else known
    found, counts = np.unique(comparable, return_counts=True)
    common: Value = found[counts.argmax()].item()
    return common
