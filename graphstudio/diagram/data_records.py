"""A project's data as the project file holds it."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec

from graphstudio.diagram.data import Data, Prepared, Windows
from graphstudio.diagram.diagram import Record
from graphstudio.diagram.generated import Column, GeneratedSource
from graphstudio.diagram.records import flat, read_record, read_tagged
from graphstudio.diagram.sources import Feature, RecordsSource, Source

_SOURCES: Mapping[str, type[Record]] = {
    str(kind.__struct_config__.tag): kind for kind in get_args(Source)
}


def plain_data(data: Data) -> Mapping[str, Any]:
    """Return data as plain values, with the fields that this version does not know."""
    fields: dict[str, Any] = flat(data)
    if data.source is not None:
        fields["source"] = _plain_source(data.source)
    if data.columns:
        fields["columns"] = {name: flat(column) for name, column in data.columns.items()}
    if data.windows is not None:
        fields["windows"] = flat(data.windows)
    return fields


def read_data(record: Mapping[str, Any]) -> Data:
    """Return data.

    Raises:
        KeyError: the record of a source has no kind.
        TypeError: it is of no known kind.
        msgspec.ValidationError: a field holds something else.
    """
    parts = ("source", "columns", "windows")
    data = read_record(Data, {key: value for key, value in record.items() if key not in parts})
    source, windows = record.get("source"), record.get("windows")
    # One by one, so that what a part has beyond the fields of this version is kept.
    columns = record.get("columns", {})
    return msgspec.structs.replace(
        data,
        source=_read_source(source) if source else None,
        columns={name: read_record(Prepared, column) for name, column in columns.items()},
        windows=read_record(Windows, windows) if windows else None,
    )


def _plain_source(source: Source) -> Mapping[str, Any]:
    fields: dict[str, Any] = flat(source)
    if isinstance(source, GeneratedSource):
        fields["columns"] = {name: flat(column) for name, column in source.columns.items()}
    if isinstance(source, RecordsSource):
        fields["features"] = {name: flat(feature) for name, feature in source.features.items()}
    return fields


def _read_source(record: Mapping[str, Any]) -> Source:
    source: Source = read_tagged(_SOURCES, record)
    if isinstance(source, GeneratedSource):
        columns = record.get("columns", {})
        drawn = {name: read_record(Column, column) for name, column in columns.items()}
        return msgspec.structs.replace(source, columns=drawn)
    if isinstance(source, RecordsSource):
        features = record.get("features", {})
        read = {name: read_record(Feature, feature) for name, feature in features.items()}
        return msgspec.structs.replace(source, features=read)
    return source
