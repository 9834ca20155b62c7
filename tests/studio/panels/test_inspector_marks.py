"""A selected frame or note is read and edited in the inspector, undoably."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from graphstudio.diagram.annotations import Marks
from graphstudio.diagram.diagram import Frame, FrameId, Note, NoteId
from graphstudio.diagram.project import Project
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.choices import ChoiceEditor
from graphstudio.studio.panels.inspector.editors.texts import TextEditor
from tests.studio.panels.bench import CONV, Bench, conv_net

LEFT, RIGHT, SAID = FrameId("left"), FrameId("right"), NoteId("said")


def show(bench: Bench, marks: Marks) -> None:
    frames = {
        LEFT: Frame(title="Trunk", colour="blue", x=0, y=0, width=80, height=80),
        RIGHT: Frame(title="Heads", colour="green", x=99, y=0, width=80, height=80),
    }
    notes = {SAID: Note(text="First.", x=0, y=200, width=160, height=48)}
    bench.document.reset(Project(diagram=replace(conv_net(), frames=frames, notes=notes)))
    bench.document.select((), marks)
    bench.panel.show()


def choose(bench: Bench, name: str, text: str) -> None:
    editor = bench.editor(name)
    assert isinstance(editor, ChoiceEditor)
    box = editor.box
    box.setCurrentIndex(box.findText(text) - 1)
    QTest.keyClick(box, Qt.Key.Key_Down)


def text_editor(bench: Bench) -> TextEditor:
    editor = bench.editor("text")
    assert isinstance(editor, TextEditor)
    return editor


def rows(bench: Bench) -> list[str]:
    return [one.parameter.name for one in bench.page().findChildren(Editor)]


def test_a_frame_has_its_title_and_its_colour(bench: Bench) -> None:
    show(bench, Marks(frames=frozenset({LEFT})))
    assert rows(bench) == ["title", "colour"]
    assert bench.field("title").line.text() == "Trunk"
    bench.type_into("title", "Encoder")
    assert bench.document.diagram.frames[LEFT].title == "Encoder"
    assert bench.undo_text() == "rename frame"
    choose(bench, "colour", "violet")
    assert bench.document.diagram.frames[LEFT].colour == "violet"
    bench.document.undo_stack.undo()
    bench.document.undo_stack.undo()
    assert bench.document.diagram.frames[LEFT].colour == "blue"
    assert bench.field("title").line.text() == "Trunk"


def test_several_frames_are_coloured_at_once(bench: Bench) -> None:
    show(bench, Marks(frames=frozenset({LEFT, RIGHT})))
    assert rows(bench) == ["colour"]
    assert "2 frames selected" in bench.texts()
    choose(bench, "colour", "amber")
    assert {one.colour for one in bench.document.diagram.frames.values()} == {"amber"}
    bench.document.undo_stack.undo()
    assert bench.document.diagram.frames[RIGHT].colour == "green"


def test_a_note_is_written_and_grows_with_its_text(bench: Bench) -> None:
    show(bench, Marks(notes=frozenset({SAID})))
    lines = text_editor(bench).lines
    assert lines.toPlainText() == "First."
    lines.selectAll()
    QTest.keyClicks(lines, "Second.")
    for _ in range(3):
        QTest.keyClick(lines, Qt.Key.Key_Return)
        QTest.keyClick(lines, Qt.Key.Key_Return)
        QTest.keyClicks(lines, "More.")
    assert bench.document.diagram.notes[SAID].text == "First."
    QTest.keyClick(lines, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    note = bench.document.diagram.notes[SAID]
    assert note.text == "Second.\n\nMore.\n\nMore.\n\nMore."
    assert note.height > 48
    assert bench.undo_text() == "edit note"
    bench.document.undo_stack.undo()
    assert lines.toPlainText() == "First."
    assert bench.document.diagram.notes[SAID].height == 48


def test_escape_leaves_a_note_as_it_was_and_saving_takes_what_is_typed(bench: Bench) -> None:
    show(bench, Marks(notes=frozenset({SAID})))
    lines = text_editor(bench).lines
    QTest.keyClicks(lines, "Never ")
    QTest.keyClick(lines, Qt.Key.Key_Escape)
    assert lines.toPlainText() == "First."
    QTest.keyClicks(lines, "Now ")
    bench.panel.commit_pending()
    assert bench.document.diagram.notes[SAID].text.startswith("Now ")
    assert bench.document.undo_stack.count() == 1


def test_a_node_comes_before_the_frame_around_it(bench: Bench) -> None:
    show(bench, Marks(frozenset({LEFT}), frozenset({SAID})))
    assert "1 frame and 1 note selected" in bench.texts()
    bench.document.select([CONV], Marks(frozenset({LEFT})))
    assert "title" not in rows(bench)
    bench.document.select([])
    assert "optimizer" in rows(bench)
