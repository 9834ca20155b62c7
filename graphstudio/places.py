"""Where the program keeps what it writes by itself."""

from datetime import datetime
from pathlib import Path

import platformdirs

from graphstudio.resource import is_resource

_NAME = "graphstudio"


def journal_folder() -> Path:
    """Return the folder of the journals of unsaved edits."""
    return Path(platformdirs.user_state_dir(_NAME)) / "journals"


def settings_file() -> Path:
    """Return the file of what the window remembers."""
    return Path(platformdirs.user_config_dir(_NAME)) / "settings.ini"


def trusted_code_file() -> Path:
    """Return the file that says which code of projects the user has agreed to run."""
    return _user_data() / "trusted-code"


def new_run_folder(project: Path | None, name: str) -> Path:
    """Return a folder that does not exist yet, for a run.

    Runs lie beside their project; those of an unsaved or a shipped one lie in the user's data.

    Args:
        project: the project's file.
        name: the model's name.
    """
    owned = project is not None and not is_resource(project)
    beside = project.resolve().parent if project is not None and owned else _user_data()
    stem = f"{name}-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    candidate, number = beside / "runs" / stem, 1
    while candidate.exists():
        number += 1
        candidate = beside / "runs" / f"{stem}-{number}"
    return candidate


def kept_columns() -> Path:
    """Return the folder of columns that are kept on disk, which can be made again."""
    return Path(platformdirs.user_cache_dir(_NAME)) / "columns"


def run_project(run_folder: Path) -> Path:
    """Return the file in which a run keeps the project as it was trained."""
    return run_folder / "project.gstudio"


def _user_data() -> Path:
    return Path(platformdirs.user_data_dir(_NAME))
