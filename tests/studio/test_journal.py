"""The journal keeps unsaved edits for a crash, and gives them back after it."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.project_file import parse_project
from graphstudio.places import journal_folder
from graphstudio.studio.document import Document
from graphstudio.studio.journal import Journal, left_journals
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows
from tests.studio.hand import asked, press
from tests.studio.waiting import wait_until

# The real program, with one hand in it that adds a layer as soon as the window is up.
STUDIO_WITH_AN_EDIT = """
import sys
from pathlib import Path
from graphstudio.studio import app, windows

class EditedWindow(windows.MainWindow):
    def start_engines(self):
        self.canvas.add_entry("keras.layers.Dropout")

windows.MainWindow = EditedWindow
sys.exit(app.open_studio(Path(sys.argv[1])))
"""


@pytest.fixture
def document(digits: Path, qapp: QApplication) -> Document:
    del qapp
    document = Document()
    document.open(digits)
    return document


def rename(document: Document, name: str) -> None:
    document.apply(
        "rename", lambda project: project.with_diagram(edits.rename_model(project.diagram, name))
    )


def journals(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.journal"))


@contextmanager
def a_studio_with_an_edit(file: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A studio in a process of its own, whose window was edited and whose journal is on disk."""
    command = [sys.executable, "-c", STUDIO_WITH_AN_EDIT, str(file)]
    before = journals(journal_folder())
    with subprocess.Popen(command) as process:
        try:
            wait_until(lambda: journals(journal_folder()) != before, 20)
            yield process
        finally:
            process.kill()


def test_an_edit_is_on_disk_within_a_second(
    document: Document, digits: Path, tmp_path: Path
) -> None:
    journal = Journal(document, tmp_path / "journals")
    for number in range(5):
        rename(document, f"name {number}")
    began = monotonic()
    wait_until(
        lambda: (
            journals(tmp_path / "journals")
            and "name 4" in journals(tmp_path / "journals")[0].read_text()
        )
    )
    assert monotonic() - began < 1.0
    head, _, text = journals(tmp_path / "journals")[0].read_text().partition("\n")
    assert json.loads(head)["path"] == str(digits.resolve())
    assert parse_project(text) == document.project
    rename(document, "the next")
    assert wait_until(lambda: "the next" in journals(tmp_path / "journals")[0].read_text()) < 1.0
    journal.close()


def test_a_save_removes_it_and_so_does_undo_to_the_saved_state(
    document: Document, tmp_path: Path
) -> None:
    folder = tmp_path / "journals"
    journal = Journal(document, folder)
    rename(document, "a")
    wait_until(lambda: journals(folder))
    document.save(tmp_path / "saved.gstudio")
    wait_until(lambda: not journals(folder), 2)
    rename(document, "b")
    wait_until(lambda: journals(folder), 2)
    document.undo_stack.undo()
    wait_until(lambda: not journals(folder), 2)
    journal.close()


def test_a_closed_journal_leaves_nothing_even_if_an_edit_came_just_before(
    document: Document, tmp_path: Path
) -> None:
    folder = tmp_path / "journals"
    journal = Journal(document, folder)
    rename(document, "a")
    wait_until(lambda: journals(folder))
    rename(document, "b")
    journal.close()
    QTest.qWait(600)
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_said_once(
    document: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    # Even root cannot make a folder in a file.
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file/journals"
    journal = Journal(document, folder)
    said: list[str] = []
    journal.failed.connect(said.append)
    with qtbot.waitSignal(journal.failed, timeout=3000):
        rename(document, "a")
    rename(document, "b")
    QTest.qWait(600)
    (sentence,) = said
    assert sentence == (
        f"Unsaved edits cannot be kept for a crash in {folder}: Not a directory. "
        "Save the project soon."
    )
    journal.close()


def test_the_journal_of_a_running_studio_is_not_offered_to_another(
    digits: Path, window: MainWindow
) -> None:
    with a_studio_with_an_edit(digits):
        assert left_journals(journal_folder()) == []
        window.recovery.offer()
        assert window.notices.text == ""


def test_what_a_killed_studio_leaves_is_offered_and_restored(digits: Path, qtbot: QtBot) -> None:
    with a_studio_with_an_edit(digits) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.show()
    window.recovery.offer()
    assert window.notices.text == (
        "Graph Studio ended before your edits of digits.gstudio were saved."
    )
    press(window, "Restore")
    names = [layer.class_name for layer in window.document.diagram.layers.values()]
    assert "keras.layers.Dropout" in names
    assert window.document.path == digits
    assert window.isWindowModified()
    # What a crash left goes when the window's own journal holds it, and not before.
    assert len(left_journals(journal_folder())) == 1
    wait_until(lambda: not left_journals(journal_folder()), 3)
    assert len(journals(journal_folder())) == 1
    window.document.save(digits)
    window.close()
    assert list(journal_folder().iterdir()) == []


def test_what_a_crash_left_overwrites_no_file_that_was_changed_since(
    digits: Path, window: MainWindow
) -> None:
    with a_studio_with_an_edit(digits) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    theirs = digits.read_text() + "\n"
    digits.write_text(theirs)
    window.recovery.offer()
    press(window, "Restore")
    window.actions_table["save"].trigger()
    assert asked(window).startswith("digits.gstudio was changed on disk since it was read.")
    press(window, "Cancel")
    assert digits.read_text() == theirs


def test_what_a_crash_left_of_a_file_that_another_window_has_waits(
    digits: Path, windows_on: Windows
) -> None:
    with a_studio_with_an_edit(digits) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    second = windows_on.open(None)
    second.recovery.offer()
    press(second, "Restore")
    assert second.document.path is None
    assert second.notices.text == (
        "digits.gstudio is open in another window: close it there first."
    )
    # Buttons that came just now show with the next events.
    QTest.qWait(20)
    press(second, "Dismiss")
    windows_on.all[0].close()
    QTest.qWait(20)
    press(second, "Restore")
    assert second.document.path == digits


def test_restoring_asks_about_edits_that_were_made_meanwhile(
    digits: Path, window: MainWindow
) -> None:
    with a_studio_with_an_edit(digits) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    rename(window.document, "precious")
    window.recovery.offer()
    press(window, "Restore")
    assert window.document.diagram.name == "precious"
    press(window, "Cancel")
    assert window.document.diagram.name == "precious"
    assert len(left_journals(journal_folder())) == 1
    assert "before your edits of digits.gstudio were saved" in window.notices.text


def test_what_is_discarded_is_offered_no_more(digits: Path, window: MainWindow) -> None:
    with a_studio_with_an_edit(digits) as process:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    before = window.document.project
    window.recovery.offer()
    press(window, "Discard")
    assert left_journals(journal_folder()) == []
    assert window.document.project is before


def test_several_journals_are_offered_one_after_the_other(digits: Path, window: MainWindow) -> None:
    for _ in range(2):
        with a_studio_with_an_edit(digits) as process:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    window.recovery.offer()
    press(window, "Discard")
    assert len(left_journals(journal_folder())) == 1
    assert window.notices.text != ""
    press(window, "Discard")
    assert left_journals(journal_folder()) == []
    assert window.notices.text == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00rubbish", b"null\n{\"schema\": 1", b"[1]\n{}", b'"/a"\n{"schema": 99}'],
    ids=["empty", "not text", "cut off", "foreign", "newer"],
)  # fmt: skip
def test_a_damaged_journal_is_passed_over_and_kept(
    content: bytes, document: Document, tmp_path: Path
) -> None:
    folder = tmp_path / "journals"
    folder.mkdir()
    damaged = folder / "1-damaged.journal"
    damaged.write_bytes(content)
    whole = folder / "1-whole.journal"
    journal = Journal(document, folder)
    rename(document, "kept")
    wait_until(lambda: len(journals(folder)) == 2)
    written = next(file for file in journals(folder) if file != damaged)
    whole.write_bytes(written.read_bytes())
    journal.close()
    left = left_journals(folder)
    assert [one.file for one in left] == [whole]
    left[0].discard()
    assert journals(folder) == [damaged]
    assert damaged.read_bytes() == content


def test_after_one_journal_was_restored_the_next_is_offered(
    digits: Path, window: MainWindow
) -> None:
    for _ in range(2):
        with a_studio_with_an_edit(digits) as process:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
    window.recovery.offer()
    press(window, "Restore")
    wait_until(lambda: len(left_journals(journal_folder())) == 1, 3)
    assert "before your edits of digits.gstudio were saved" in window.notices.text
    press(window, "Discard")
    assert window.notices.text == ""
    assert window.isWindowModified()
