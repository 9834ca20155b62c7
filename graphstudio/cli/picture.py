"""Pictures of diagrams, drawn by the studio's canvas without a window."""

import os
from pathlib import Path

from graphstudio.catalog.own_code import with_own
from graphstudio.cli.output import CommandError
from graphstudio.diagram.project import Project
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.installed import installed_catalog
from graphstudio.studio.preflight import missing_for_a_window

PICTURE_FORMS = ("png", "svg", "pdf")


def write_picture(form: str, project: Project, _file: Path, output: Path, *, trusted: bool) -> None:
    """Draw the diagram, with what Keras says about it, into a file.

    Raises:
        CommandError: the file's ending is not that of the form, or Qt cannot be loaded here.
        OSError: the file cannot be written.
    """
    if output.suffix != f".{form}":
        raise CommandError(f"Expected a file that ends in .{form}; received {output}.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    missing = missing_for_a_window()
    if missing:
        raise CommandError(missing)
    # Imported here, since the other formats have to be written where Qt cannot be loaded.
    from graphstudio.studio.picture import draw_picture  # noqa: PLC0415

    inspector = Inspector(installed_catalog())
    inspected = inspector.inspect(project.diagram, code=project.code, trusted=trusted)
    draw_picture(project, inspected, with_own(installed_catalog(), project.code), output)
