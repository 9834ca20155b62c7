"""Opening, saving and exporting: what is asked before, and what is said when it fails."""

import json
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QMenu, QMessageBox

from graphstudio.diagram import edits
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.diagram.sources import ArraysSource
from graphstudio.protocol import Inspected
from graphstudio.resource import resource_path
from graphstudio.studio.document import Document
from graphstudio.studio.examples import example_groups
from graphstudio.studio.window import MainWindow
from tests.studio.hand import asked, choose_file, press, type_name

EXAMPLE = resource_path("examples/digits.gstudio")


def rename(document: Document, name: str) -> None:
    document.apply(
        "rename", lambda project: project.with_diagram(edits.rename_model(project.diagram, name))
    )


def data_of(project: Project) -> str:
    assert isinstance(project.data.source, ArraysSource)
    return project.data.source.path


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "bad.gstudio cannot be read: No such file or directory."),
        ("folder", "bad.gstudio cannot be read: Is a directory."),
        (b"\xff\xfe\x00", "bad.gstudio cannot be read: it is not text."),
        (
            b'{"schema": 1, "name"',
            "bad.gstudio is not a whole project file: expected JSON to",
        ),
        (b'{"nbformat": 4}', "bad.gstudio is not a project file: expected an object with"),
        (b'{"schema": 99}', "bad.gstudio was made by a newer Graph Studio: expected schema 2"),
        (b'{"schema": 1, "name": 3}', "bad.gstudio is damaged: "),
    ],
    ids=["missing", "folder", "not text", "truncated", "foreign", "newer", "damaged"],
)
def test_a_file_that_cannot_be_opened_is_said_in_one_sentence_and_the_project_stays(
    content: bytes | str | None, sentence: str, window: MainWindow, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.gstudio"
    if isinstance(content, bytes):
        bad.write_bytes(content)
    elif content:
        bad.mkdir()
    rename(window.document, "kept")
    before, path = window.document.project, window.document.path
    window.files.open(bad)
    assert window.notices.text.startswith(sentence)
    assert "\n" not in window.notices.text
    assert window.notices.text.endswith(".")
    assert window.document.project is before
    assert window.document.path == path
    assert window.document.undo_stack.canUndo()


def test_saving_where_nothing_can_be_written_says_so_and_changes_nothing(
    window: MainWindow, digits: Path, tmp_path: Path
) -> None:
    rename(window.document, "other")
    before, count = window.document.project, window.document.undo_stack.count()
    went_on: list[bool] = []
    long = "x" * 245 + ".gstudio"
    window.files.save_as(lambda: went_on.append(True))
    choose_file(window, tmp_path / long)
    assert window.notices.text == f"{long} cannot be saved in {tmp_path}: File name too long."
    assert went_on == []
    assert window.document.project is before
    assert window.document.undo_stack.count() == count
    assert window.document.path == digits
    assert window.isWindowModified()
    assert data_of(window.document.project) == "../data/digits.npz"


def test_save_as_takes_the_data_along_by_its_path(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    window.files.save_as()
    choose_file(window, tmp_path / "elsewhere/copy")
    saved = tmp_path / "elsewhere/copy.gstudio"
    assert window.document.path == saved
    assert data_of(load_project(saved)) == "../work/data/digits.npz"
    assert (saved.parent / data_of(load_project(saved))).resolve().is_file()
    assert not window.isWindowModified()


def test_save_as_keeps_generated_data_as_it_is(window: MainWindow, tmp_path: Path) -> None:
    source = GeneratedSource(samples=7)
    window.document.apply(
        "generate", lambda one: replace(one, data=replace(one.data, source=source))
    )
    window.files.save_as()
    choose_file(window, tmp_path / "copy")
    assert load_project(tmp_path / "copy.gstudio").data.source == source


def test_a_name_without_a_suffix_is_asked_about_before_a_file_is_overwritten(
    window: MainWindow, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.gstudio"
    taken.write_text("precious")
    window.files.save_as()
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    questions: list[str] = []

    def answer() -> None:
        box = next(box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox))
        questions.append(box.text())
        box.done(QMessageBox.StandardButton.No)

    field = dialog.findChild(QLineEdit, "fileNameEdit")
    assert isinstance(field, QLineEdit)
    type_name(field, tmp_path / "taken")
    QTimer.singleShot(100, answer)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(questions) == 1
    assert "taken.gstudio" in questions[0]
    assert taken.read_text() == "precious"
    dialog.reject()


def test_every_example_opens_from_the_menu(window: MainWindow) -> None:
    menu = window.actions_table["open_example"].menu()
    assert isinstance(menu, QMenu)
    for group, title in zip(example_groups(), menu.actions(), strict=True):
        inner = title.menu()
        assert isinstance(inner, QMenu)
        for example, action in zip(group.examples, inner.actions(), strict=True):
            action.trigger()
            assert action.text() == example.title
            assert window.document.diagram.name == example.name


def test_the_example_itself_is_never_written(window: MainWindow, tmp_path: Path) -> None:
    before = EXAMPLE.read_bytes()
    window.files.open_example()
    rename(window.document, "mine")
    window.actions_table["save"].trigger()
    choose_file(window, tmp_path / "mine.gstudio")
    assert EXAMPLE.read_bytes() == before
    assert load_project(tmp_path / "mine.gstudio").diagram.name == "mine"


def test_a_new_project_asks_for_a_name_when_it_is_saved(window: MainWindow, tmp_path: Path) -> None:
    window.actions_table["new"].trigger()
    assert window.document.title == "Untitled"
    assert not window.document.diagram.nodes
    window.canvas.add_entry("keras.Input")
    window.actions_table["save"].trigger()
    choose_file(window, tmp_path / "first.gstudio")
    assert [node.name for node in load_project(tmp_path / "first.gstudio").diagram.inputs.values()]
    assert window.document.title == "first.gstudio"


def test_opening_another_file_asks_about_unsaved_edits_first(
    window: MainWindow, digits: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.gstudio"
    other.write_bytes(digits.read_bytes())
    rename(window.document, "edited")
    window.actions_table["open"].trigger()
    assert asked(window) == "Save the changes to digits.gstudio?"
    press(window, "Save")
    QTest.qWait(50)
    assert load_project(digits).diagram.name == "edited"
    choose_file(window, other)
    assert window.document.path == other
    assert window.document.diagram.name == "digits"


def test_the_exported_script_is_written_and_its_command_is_said(
    window: MainWindow, tmp_path: Path
) -> None:
    window.findings.receive(Inspected(id=1, nodes={}))
    window.actions_table["export"].trigger()
    choose_file(window, tmp_path / "digits.py")
    text = (tmp_path / "digits.py").read_text()
    compile(text, "digits.py", "exec")
    assert "work/data/digits.npz" in text
    assert window.notices.text == (
        f"Exported to {tmp_path / 'digits.py'}. Run it with: python digits.py"
    )


def test_a_script_that_keras_has_not_answered_for_is_written_with_a_warning(
    window: MainWindow, tmp_path: Path
) -> None:
    window.files.export(tmp_path / "digits.py")
    assert (tmp_path / "digits.py").exists()
    assert "Keras has not answered for this diagram yet" in window.notices.text


def test_a_diagram_that_is_no_model_is_not_exported(window: MainWindow, tmp_path: Path) -> None:
    window.files.new()
    window.files.export(tmp_path / "a.py")
    assert window.notices.text.startswith("There is no model to export yet: ")
    assert not (tmp_path / "a.py").exists()


def test_a_script_that_cannot_be_written_is_said(window: MainWindow, tmp_path: Path) -> None:
    window.files.export(tmp_path / "no folder/a.py")
    assert window.notices.text == "a.py cannot be written: No such file or directory."


def test_chosen_data_is_kept_relative_to_the_project_and_can_be_undone(
    window: MainWindow, digits: Path
) -> None:
    data = digits.parent / "mine.npz"
    np.savez(data, image=np.zeros((4, 8, 8, 1)))
    window.actions_table["choose_data"].trigger()
    choose_file(window, data)
    assert data_of(window.document.project) == "mine.npz"
    window.actions_table["undo"].trigger()
    assert data_of(window.document.project) == "../data/digits.npz"


def test_data_of_a_project_without_a_file_is_kept_by_its_whole_path(
    window: MainWindow, digits: Path
) -> None:
    data = digits.parent.parent / "data/digits.npz"
    window.files.new()
    window.files.use_data(data)
    assert data_of(window.document.project) == str(data)


def test_a_saved_file_is_the_project_one_record_a_line(window: MainWindow, digits: Path) -> None:
    rename(window.document, "renamed")
    before = digits.read_text().splitlines()
    window.actions_table["save"].trigger()
    after = digits.read_text().splitlines()
    assert json.loads(digits.read_text())["name"] == "renamed"
    assert [line for line in after if line not in before][0].startswith('"name"')  # noqa: RUF015
    assert not window.isWindowModified()


def test_undo_after_save_as_does_not_lose_the_data(window: MainWindow, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    rename(window.document, "edited")
    window.files.save_as()
    choose_file(window, tmp_path / "elsewhere/copy")
    window.actions_table["undo"].trigger()
    assert window.document.diagram.name == "digits"
    assert (tmp_path / "elsewhere" / data_of(window.document.project)).resolve().is_file()


def test_the_first_save_takes_the_data_along_by_its_path(
    window: MainWindow, digits: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(digits.parent)
    window.document.reset(window.document.project)
    window.files.save()
    choose_file(window, tmp_path / "first.gstudio")
    assert data_of(load_project(tmp_path / "first.gstudio")) == "work/data/digits.npz"


def test_names_from_files_are_shown_as_they_are(window: MainWindow) -> None:
    rename(window.document, "<h1>big</h1>")
    window.notices.say("<b>not bold</b>")
    window.files.new()
    (box,) = window.findChildren(QMessageBox)
    shown = [label for label in window.findChildren(QLabel) if label.text().startswith("<")]
    assert {label.text() for label in shown} == {"<h1>big</h1>", "<b>not bold</b>"}
    assert {label.textFormat() for label in shown} == {Qt.TextFormat.PlainText}
    assert box.textFormat() is Qt.TextFormat.PlainText
    press(window, "Cancel")
