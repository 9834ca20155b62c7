"""A project's own code in the window: asked about, written, placed, trained and stopped."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.studio.run import RunState
from graphstudio.studio.theme import Theme
from graphstudio.studio.trust import Trust
from graphstudio.studio.trust_banner import SENTENCE
from graphstudio.studio.window import MainWindow
from tests.diagrams import chain
from tests.own_code import CODE, own, own_project
from tests.studio.hand import press, read
from tests.studio.waiting import wait_until

ENDLESS = "def halve(inputs):\n    while True:\n        pass\n"


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window on an empty project, without engines."""
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    yield window
    window.document.undo_stack.setClean()
    window.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A project file that somebody else made."""
    path = tmp_path / "foreign.gstudio"
    save_project(own_project(tmp_path), path)
    return path


def editor(window: MainWindow) -> QPlainTextEdit:
    window.tabs.setCurrentWidget(window.own_code)
    found = window.own_code.findChild(QPlainTextEdit)
    assert isinstance(found, QPlainTextEdit)
    return found


def type_code(window: MainWindow, code: str) -> None:
    """Type a source over the one that is there."""
    field = editor(window)
    field.selectAll()
    field.insertPlainText(code)


def palette(window: MainWindow) -> list[str]:
    model = window.palette_panel.list.model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def marked_lines(window: MainWindow) -> list[int]:
    return [one.cursor.blockNumber() + 1 for one in editor(window).extraSelections()]


def sentence(around: QWidget) -> str:
    return around.findChildren(QLabel)[0].text()


def shape(window: MainWindow, node: str) -> tuple[int | None, ...] | None:
    info = window.findings.nodes.get(NodeId(node))
    return info.outputs[0].shape if info else None


def wait_for_answer(window: MainWindow) -> None:
    wait_until(lambda: not window.findings.pending, 90)


def test_a_foreign_project_asks_once_and_shows_its_code(window: MainWindow, file: Path) -> None:
    assert SENTENCE not in read(window)
    window.files.open(file)
    assert SENTENCE in read(window)
    press(window.trust_banner, "Show code")
    assert window.tabs.currentWidget() is window.own_code
    assert editor(window).toPlainText() == CODE
    press(window.trust_banner, "Trust and run")
    assert SENTENCE not in read(window)
    window.files.new()
    window.files.open(file)
    assert SENTENCE not in read(window)


def test_what_another_project_brings_counts_as_applied(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    press(window.trust_banner, "Trust and run")
    window.files.new()
    assert "Not applied" not in sentence(window.own_code)
    window.files.open(file)
    assert sentence(window.own_code).startswith("In the palette: ")


def test_the_agreement_is_not_in_the_file(window: MainWindow, file: Path) -> None:
    before = file.read_bytes()
    window.files.open(file)
    press(window.trust_banner, "Trust and run")
    window.files.save()
    assert file.read_bytes() == before


def test_training_waits_for_the_agreement_and_says_so(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    window.train()
    assert window.trainer.run is None
    assert "agree that it runs before training" in window.notices.text


def test_shapes_come_with_the_agreement(window: MainWindow, file: Path) -> None:
    window.files.open(file)
    window.start_engines()
    wait_for_answer(window)
    assert shape(window, "scaled") is None
    assert {one.code for one in window.findings.diagnostics} == {"untrusted-code"}
    press(window.trust_banner, "Trust and run")
    wait_for_answer(window)
    assert shape(window, "scaled") == (None, 8)
    assert window.findings.diagnostics == ()
    window.train()
    wait_until(lambda: window.trainer.run is not None and window.trainer.run.state.over, 90)
    assert window.trainer.run is not None
    assert window.trainer.run.state is RunState.FINISHED


def test_a_new_layer_is_in_the_palette_and_on_the_canvas(window: MainWindow) -> None:
    window.document.reset(Project(diagram=chain()))
    editor(window)
    press(window.own_code, "New layer")
    assert "Own" not in palette(window)
    press(window.own_code, "Apply")
    place = palette(window).index("Own")
    assert palette(window)[place + 1] == "MyLayer"
    assert SENTENCE not in read(window)
    window.canvas.add_entry("own.MyLayer")
    (node,) = window.document.selection
    window.start_engines()
    wait_for_answer(window)
    ports = window.canvas.diagram_scene.ports[node]
    assert [port.port for port in ports.inputs] == ["inputs"]
    assert not [one for one in window.findings.diagnostics if "own" in one.message]


def test_code_written_here_runs_and_code_changed_before_the_agreement_does_not(
    window: MainWindow, file: Path
) -> None:
    type_code(window, "def mine(x):\n    return x\n")
    press(window.own_code, "Apply")
    assert not window.own.asks
    window.document.undo_stack.setClean()
    window.files.open(file)
    type_code(window, CODE + "\n\nNUMBER = 3\n")
    press(window.own_code, "Apply")
    assert window.own.asks
    assert SENTENCE in read(window)


def test_applying_can_be_undone(window: MainWindow) -> None:
    type_code(window, "def mine(x):\n    return x\n")
    press(window.own_code, "Apply")
    assert window.document.undo_stack.undoText() == "edit own code"
    window.document.undo_stack.undo()
    assert window.document.project.code == ""
    assert editor(window).toPlainText() == ""
    assert "Own" not in palette(window)


def test_what_is_no_python_is_marked_and_kept_and_not_applied(window: MainWindow) -> None:
    type_code(window, "x = 1\ny = = 2\n")
    press(window.own_code, "Apply")
    assert marked_lines(window) == [2]
    assert sentence(window.own_code).startswith("Line 2 of the project's own code is no Python")
    assert window.document.project.code == ""
    assert editor(window).toPlainText() == "x = 1\ny = = 2\n"
    QTest.keyClicks(editor(window), "z")
    assert marked_lines(window) == []


def test_saving_keeps_what_is_typed_and_not_applied(window: MainWindow, tmp_path: Path) -> None:
    window.document.save(tmp_path / "mine.gstudio")
    type_code(window, "y = = 2\n")
    window.files.save()
    assert "y = = 2" in (tmp_path / "mine.gstudio").read_text()
    assert not window.own_code.pending


def test_an_edit_elsewhere_leaves_what_is_typed(window: MainWindow) -> None:
    type_code(window, "x = 1\n")
    window.document.apply("other", lambda one: replace(one, diagram=chain()))
    assert editor(window).toPlainText() == "x = 1\n"
    assert window.own_code.pending


def test_keys_indent_and_apply(window: MainWindow) -> None:
    field = editor(window)
    QTest.keyClicks(field, "def mine(x):")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClicks(field, "return x")
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    QTest.keyClicks(field, "y = 1")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert window.document.project.code == "def mine(x):\n    return x\ny = 1"


def test_code_that_never_ends_can_be_stopped(window: MainWindow) -> None:
    window.engine._patience.setInterval(500)
    window.trust.agree(ENDLESS)
    window.document.reset(Project(diagram=chain(own("halved", "halve")), code=ENDLESS))
    window.start_engines()
    wait_until(lambda: "may never end" in window.notices.text, 90)
    first = window.engine.process_id
    press(window.notices, "Stop the code")
    assert SENTENCE in read(window)
    wait_for_answer(window)
    assert window.engine.process_id != first
    assert {one.code for one in window.findings.diagnostics} == {"untrusted-code"}
    assert not Trust().allows(ENDLESS)
