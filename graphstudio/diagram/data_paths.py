"""The file or folder that data comes from."""

import re

from msgspec.structs import replace

from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import (
    ArraysSource,
    FolderSource,
    QuerySource,
    RecordsSource,
    Source,
    TableSource,
)

_IN_FILES = ArraysSource | TableSource | FolderSource | RecordsSource
# How the names of workbooks end.
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_TABLES = (".csv", ".tsv", ".txt", ".parquet", ".jsonl", ".ndjson", *WORKBOOKS)
# How the names of data files end.
DATA_ENDINGS = (".npz", ".npy", *_TABLES)


def source_path(source: Source | None) -> str | None:
    """Return the path of the file or folder that data comes from; none where it is in none."""
    if isinstance(source, QuerySource):
        return sqlite_path(source.url) if source.url else source.folder
    return source.path if isinstance(source, _IN_FILES) else None


def sqlite_path(url: str) -> str | None:
    """Return the file of an SQLite database; none where a URL leads to another database."""
    found = re.fullmatch(r"sqlite(?:\+\w+)?:///([^?]+)", url)
    return found[1] if found else None


def source_from(path: str) -> ArraysSource | TableSource:
    """Return the source that a file is, by its ending."""
    if path.lower().endswith(_TABLES):
        return TableSource(path=path)
    return ArraysSource(path=path)


def with_source_path(project: Project, path: str) -> Project:
    """Return a project whose data, if it is in a file or a folder, lies elsewhere."""
    source = project.data.source
    if isinstance(source, QuerySource):
        moved: Source = _moved_query(source, path)
    elif isinstance(source, _IN_FILES):
        moved = replace(source, path=path)
    else:
        return project
    return replace(project, data=replace(project.data, source=moved))


def _moved_query(source: QuerySource, path: str) -> QuerySource:
    if not source.url:
        return replace(source, folder=path)
    return replace(source, url=f"sqlite:///{path}") if sqlite_path(source.url) else source
