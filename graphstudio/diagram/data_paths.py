"""The file or folder that data comes from."""

from msgspec.structs import replace

from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import (
    ArraysSource,
    FolderSource,
    RecordsSource,
    Source,
    TableSource,
)

_IN_FILES = ArraysSource | TableSource | FolderSource | RecordsSource
_TABLES = (".csv", ".tsv", ".txt", ".parquet", ".jsonl", ".ndjson", ".xlsx")
# How the names of data files end.
DATA_ENDINGS = (".npz", ".npy", *_TABLES)


def source_path(source: Source | None) -> str | None:
    """Return the path of the file or folder that data comes from; none where it is in none."""
    return source.path if isinstance(source, _IN_FILES) else None


def source_from(path: str) -> ArraysSource | TableSource:
    """Return the source that a file is, by its ending."""
    if path.lower().endswith(_TABLES):
        return TableSource(path=path)
    return ArraysSource(path=path)


def with_source_path(project: Project, path: str) -> Project:
    """Return a project whose data, if it is in a file or a folder, lies elsewhere."""
    source = project.data.source
    if not isinstance(source, _IN_FILES):
        return project
    return replace(project, data=replace(project.data, source=replace(source, path=path)))
