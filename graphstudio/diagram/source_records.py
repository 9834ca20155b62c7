"""The source of a project's data as the project file holds it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from graphstudio.diagram.diagram import Record
from graphstudio.diagram.generated import Column, GeneratedSource
from graphstudio.diagram.project import ArraysSource, Source
from graphstudio.diagram.records import flat, read_record, read_tagged

_SOURCES: Mapping[str, type[Record]] = {"npz": ArraysSource, "generated": GeneratedSource}


def plain_source(source: Source) -> Mapping[str, Any]:
    """Return a source as plain values, with the fields that this version does not know."""
    fields: dict[str, Any] = flat(source)
    if isinstance(source, GeneratedSource):
        fields["columns"] = {name: flat(column) for name, column in source.columns.items()}
    return fields


def read_source(record: Mapping[str, Any]) -> Source:
    """Return a source.

    Raises:
        KeyError: the record has no kind.
        TypeError: it is of no known kind.
        msgspec.ValidationError: a field holds something else.
    """
    source: Source = read_tagged(_SOURCES, record)
    if not isinstance(source, GeneratedSource):
        return source
    # One by one, so that what a column has beyond the fields of this version is kept.
    columns = {name: read_record(Column, item) for name, item in record.get("columns", {}).items()}
    return msgspec.structs.replace(source, columns=columns)
