"""The files that were used lately are one click away."""

from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from graphstudio.resource import resource_path
from graphstudio.studio.recent_files import forget_files, recent_files, remember_file
from graphstudio.studio.window import MainWindow


def rows(window: MainWindow) -> list[QAction]:
    menu = window.actions_table["open_recent"].menu()
    assert isinstance(menu, QMenu)
    menu.aboutToShow.emit()
    return [action for action in menu.actions() if not action.isSeparator()]


def test_an_opened_file_is_listed_and_opens_again(window: MainWindow, digits: Path) -> None:
    window.files.new()
    first = rows(window)[0]
    assert first.text().startswith("digits.gstudio")
    first.trigger()
    assert window.document.path == digits


def test_a_file_saved_under_another_name_comes_first(window: MainWindow, tmp_path: Path) -> None:
    window.document.save(tmp_path / "better.gstudio")
    assert [path.name for path in recent_files()] == ["better.gstudio", "digits.gstudio"]


def test_the_last_file_opens_without_the_menu(window: MainWindow, digits: Path) -> None:
    window.files.new()
    window.actions_table["open_recent"].trigger()
    assert window.document.path == digits


def test_shipped_examples_and_files_that_are_gone_are_not_listed(
    window: MainWindow, digits: Path, tmp_path: Path
) -> None:
    window.files.open(resource_path("examples/lenet.gstudio"))
    gone = tmp_path / "gone.gstudio"
    gone.touch()
    remember_file(gone)
    gone.unlink()
    assert recent_files() == [digits]


def test_ten_files_are_remembered_the_last_one_first(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.gstudio" for number in range(12)]
    for file in (*files, files[5]):
        file.touch()
        remember_file(file)
    numbers = [5, 11, 10, 9, 8, 7, 6, 4, 3, 2]
    assert recent_files() == [files[number] for number in numbers]


def test_the_list_can_be_forgotten(window: MainWindow) -> None:
    rows(window)[-1].trigger()
    assert recent_files() == []
    assert [row.text() for row in rows(window)] == ["No file was used yet"]
    forget_files()
    assert recent_files() == []
