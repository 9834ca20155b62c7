"""Repairs of a whole project: of its data, or of its diagram."""

from collections.abc import Sequence

from msgspec.structs import replace

from graphstudio.diagram.data_edits import DATA_EDITS
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import LayerId
from graphstudio.diagram.project import Project
from graphstudio.diagram.repairs import apply_repair


def repair_project(project: Project, repair: Repair, path: Sequence[LayerId] = ()) -> Project:
    """Return the repaired project.

    Args:
        project: the project.
        repair: an edit of data, or of a diagram.
        path: the nested models to open to come to the diagram that the repair edits.

    Raises:
        ValueError: the repair names no edit.
    """
    edit = DATA_EDITS.get(repair.edit)
    if edit is not None:
        return replace(project, data=edit(project.data, **repair.arguments))
    return project.with_diagram(apply_repair(project.diagram, repair, path))
