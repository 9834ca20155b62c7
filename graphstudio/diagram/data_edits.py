"""Edits of a project's data: functions from data to data, as those of diagrams are."""

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from graphstudio.diagram.data import Data, Encoding, Missing, Prepared, prepared
from graphstudio.diagram.sources import FolderSource, Refused, TableSource
from graphstudio.diagram.values import Value


def set_refused(data: Data, refused: str) -> Data:
    """Return data with another fate of rows or files that cannot be read."""
    source = data.source
    if not isinstance(source, TableSource | FolderSource):
        return data
    return replace(data, source=replace(source, refused=Refused(refused)))


def set_encoding(data: Data, encoding: str) -> Data:
    """Return data whose letters are read by another encoding, as Python names it."""
    source = data.source
    if not isinstance(source, TableSource | FolderSource):
        return data
    return replace(data, source=replace(source, encoding=encoding))


def name_by_first_line(data: Data) -> Data:
    """Return data of a table whose first line names the columns."""
    source = data.source
    if not isinstance(source, TableSource):
        return data
    return replace(data, source=replace(source, header=True))


def take_as_missing(data: Data, texts: Sequence[str]) -> Data:
    """Return data of a table in which some texts stand for a missing value."""
    source = data.source
    if not isinstance(source, TableSource):
        return data
    missing = tuple(dict.fromkeys((*source.missing, *texts)))
    return replace(data, source=replace(source, missing=missing))


def treat_missing(
    data: Data,
    column: str,
    missing: str,
    fill: Value = 0,
    texts: Sequence[str] = (),
    *,
    others: bool = False,
) -> Data:
    """Return data with another fate of missing values.

    Args:
        data: the data.
        column: the column.
        missing: what becomes of them.
        fill: what takes their place, if something does.
        texts: texts of a table that stand for a missing value.
        others: whether infinite numbers and values that are no class are missing too.
    """
    before = prepared(data, column)
    fate = Missing(missing)
    made = replace(
        before,
        missing=fate,
        fill=fill if fate is Missing.FILL else before.fill,
        others_missing=before.others_missing or others,
    )
    return _with_column(take_as_missing(data, texts) if texts else data, column, made)


def set_classes(data: Data, column: str, classes: Sequence[Value]) -> Data:
    """Return data with other classes of a column, whose values become their numbers."""
    before = prepared(data, column)
    encoding = Encoding.INDEX if before.encoding is Encoding.AS_IS else before.encoding
    return _with_column(data, column, replace(before, classes=tuple(classes), encoding=encoding))


def take_classes_alone(data: Data, column: str, classes: Sequence[Value]) -> Data:
    """Return data without the rows whose value in a column is none of the classes."""
    classed = set_classes(data, column, classes)
    return treat_missing(classed, column, Missing.SKIP.value, others=True)


def rebind(data: Data, column: str, field: str, instead: str) -> Data:
    """Return data in which a column is made from another field than one that is not there."""
    before = prepared(data, column)
    fields = tuple(instead if one == field else one for one in before.fields)
    return _with_column(data, column, replace(before, fields=fields))


def _with_column(data: Data, column: str, made: Prepared) -> Data:
    return replace(data, columns={**data.columns, column: made})


# The edits by their names, so that a finding can carry its ways out as plain values.
DATA_EDITS: Mapping[str, Callable[..., Data]] = {
    edit.__name__: edit
    for edit in (
        name_by_first_line,
        rebind,
        set_classes,
        set_encoding,
        set_refused,
        take_as_missing,
        take_classes_alone,
        treat_missing,
    )
}
