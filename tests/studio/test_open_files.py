"""A project file is open in one window, and nothing that was written to it meanwhile is lost."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from graphstudio.diagram import edits
from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.resource import resource_path
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows
from tests.studio.hand import asked, choose_file, press


def rename(window: MainWindow, name: str) -> None:
    window.document.apply(
        "rename", lambda project: project.with_diagram(edits.rename_model(project.diagram, name))
    )


def write_elsewhere(file: Path, name: str) -> None:
    """Change a project file as another program does."""
    project = load_project(file)
    save_project(project.with_diagram(edits.rename_model(project.diagram, name)), file)


@pytest.fixture
def second(windows_on: Windows) -> MainWindow:
    """A window beside the one that has the digits open."""
    return windows_on.open(None)


def test_open_brings_the_window_that_has_the_file(second: MainWindow, digits: Path) -> None:
    second.actions_table["open"].trigger()
    choose_file(second, digits)
    assert second.document.path is None


def test_a_recent_file_brings_the_window_that_has_it_without_a_question(
    second: MainWindow, digits: Path
) -> None:
    rename(second, "precious")
    second.files.open_recent(digits.parent / ".." / "examples" / digits.name)
    assert asked(second) == ""
    assert second.document.path is None
    assert second.document.diagram.name == "precious"


def test_save_as_does_not_take_the_file_of_another_window(second: MainWindow, digits: Path) -> None:
    before = digits.read_text()
    rename(second, "mine")
    second.files.save_as()
    dialog = second.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    # As after the dialog's own question about a file that is there.
    dialog.fileSelected.emit(str(digits))
    dialog.reject()
    assert digits.read_text() == before
    assert second.document.path is None
    assert second.notices.text == (
        "digits.gstudio is open in another window: save under another name, or close it there "
        "first."
    )


def test_a_closed_window_gives_its_file_free(
    windows_on: Windows, second: MainWindow, digits: Path
) -> None:
    windows_on.all[0].actions_table["close"].trigger()
    second.files.open_recent(digits)
    assert second.document.path == digits


def test_an_example_is_shown_in_any_number_of_windows(windows_on: Windows) -> None:
    windows_on.open(None)
    example = resource_path("examples/lenet.gstudio")
    for window in windows_on.all:
        window.files.open_recent(example)
    assert [window.document.diagram.name for window in windows_on.all] == ["lenet", "lenet"]


def test_the_file_that_is_open_can_be_opened_anew(window: MainWindow, digits: Path) -> None:
    write_elsewhere(digits, "theirs")
    window.files.open_recent(digits)
    assert window.document.diagram.name == "theirs"
    rename(window, "mine")
    window.files.save()
    assert load_project(digits).diagram.name == "mine"


def test_a_file_that_was_changed_on_disk_is_overwritten_only_when_that_is_wanted(
    window: MainWindow, digits: Path
) -> None:
    rename(window, "mine")
    write_elsewhere(digits, "theirs")
    window.actions_table["save"].trigger()
    assert asked(window) == "digits.gstudio was changed on disk since it was read. Overwrite it?"
    press(window, "Cancel")
    assert load_project(digits).diagram.name == "theirs"
    assert window.isWindowModified()
    heard: list[str] = []
    window.files.after_saving(lambda: heard.append("saved"), lambda: heard.append("kept"))
    press(window, "Save")
    press(window, "Cancel")
    assert heard == ["kept"]
    window.actions_table["save"].trigger()
    press(window, "Overwrite")
    assert load_project(digits).diagram.name == "mine"
    assert not window.isWindowModified()
    rename(window, "mine again")
    window.actions_table["save"].trigger()
    assert asked(window) == ""
    assert load_project(digits).diagram.name == "mine again"


def test_both_are_kept_under_two_names(window: MainWindow, digits: Path, tmp_path: Path) -> None:
    rename(window, "mine")
    write_elsewhere(digits, "theirs")
    window.actions_table["save"].trigger()
    press(window, "Save As…")
    choose_file(window, tmp_path / "mine.gstudio")
    assert load_project(digits).diagram.name == "theirs"
    assert load_project(tmp_path / "mine.gstudio").diagram.name == "mine"


def test_a_file_that_is_gone_is_written_again(window: MainWindow, digits: Path) -> None:
    rename(window, "mine")
    digits.unlink()
    window.actions_table["save"].trigger()
    assert not window.findChildren(QMessageBox)
    assert load_project(digits).diagram.name == "mine"
