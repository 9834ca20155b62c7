"""The program writes beside the user's projects, or into the user's own folders."""

import os
import re
from pathlib import Path

from graphstudio.places import journal_folder, new_run_folder
from graphstudio.resource import resource_path


def test_runs_lie_beside_their_project(tmp_path: Path) -> None:
    folder = new_run_folder(tmp_path / "mine.gstudio", "digits")
    assert folder.parent == tmp_path / "runs"
    assert re.fullmatch(r"digits-\d{8}-\d{6}", folder.name)
    assert not folder.exists()


def test_runs_of_shipped_and_of_unsaved_projects_lie_in_the_users_data() -> None:
    data = Path(os.environ["XDG_DATA_HOME"]) / "graphstudio" / "runs"
    assert new_run_folder(resource_path("examples/digits.gstudio"), "digits").parent == data
    assert new_run_folder(None, "model").parent == data


def test_two_runs_of_one_second_have_two_folders(tmp_path: Path) -> None:
    project = tmp_path / "mine.gstudio"
    folders = set()
    for _ in range(5):
        folder = new_run_folder(project, "digits")
        folder.mkdir(parents=True)
        folders.add(folder)
    assert len(folders) == 5


def test_journals_lie_in_the_users_state() -> None:
    assert journal_folder() == Path(os.environ["XDG_STATE_HOME"]) / "graphstudio" / "journals"
