"""How a script names the project's data file."""

from pathlib import Path

from graphstudio.diagram.data_paths import source_path
from graphstudio.diagram.project import Project


def data_path_from(project: Project, folder: Path, script: Path) -> str | None:
    """Return the data's path as a script writes it, so that the script finds the file.

    A file beside the script, or in a folder below it, is named from there, so that both can be
    moved together; any other by its full path.

    Args:
        project: the project.
        folder: what relative paths of the project start from.
        script: where the script is to lie.

    Returns:
        The path; none if the project has no data file.
    """
    path = source_path(project.data.source)
    if path is None:
        return None
    data = (folder / path).resolve()
    beside = script.resolve().parent
    return data.relative_to(beside).as_posix() if data.is_relative_to(beside) else str(data)
