"""Frames and notes by the window's commands."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from graphstudio.diagram.annotations import one_frame
from graphstudio.diagram.diagram import FrameId
from graphstudio.diagram.rectangles import rectangle_of
from graphstudio.studio.canvas.geometry import GRID
from graphstudio.studio.context_menu import pop_up
from graphstudio.studio.frame_colours import FRAME_COLOURS
from graphstudio.studio.window import MainWindow


def add_frame(window: MainWindow) -> FrameId:
    window.canvas.select_all()
    window.actions_table["add_frame"].trigger()
    window.canvas.marking.writing.commit_pending()
    (frame_id,) = window.document.selected_marks.frames
    return frame_id


def offered(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_colours_make_sense_for_selected_frames_alone(window: MainWindow) -> None:
    colour = window.actions_table["colour_teal"]
    assert not colour.isEnabled()
    frame_id = add_frame(window)
    assert colour.isEnabled()
    colour.trigger()
    assert window.document.diagram.frames[frame_id].colour == "teal"
    assert window.document.undo_stack.undoText() == "colour teal"
    window.document.select(())
    assert not colour.isEnabled()


def test_the_menu_of_a_frame_offers_its_colours(window: MainWindow) -> None:
    frame_id = add_frame(window)
    for marks, expected in ((one_frame(frame_id), True), (None, False)):
        window.document.select(window.document.selection, marks) if marks else (
            window.document.select(())
        )
        pop_up(window.actions_table, QPoint(50, 50), window)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        inner = [one.menu() for one in menu.actions() if one.text() == "Frame Colour"]
        assert bool(inner) is expected
        if inner:
            assert isinstance(inner[0], QMenu)
            assert offered(inner[0]) == [name.capitalize() for name in FRAME_COLOURS]
        menu.close()


def test_saving_takes_what_is_being_written(window: MainWindow) -> None:
    window.actions_table["add_note"].trigger()
    editor = window.canvas.marking.writing.editor
    assert editor is not None
    QTest.keyClicks(editor, "half a thought")
    window.actions_table["save"].trigger()
    path = window.document.path
    assert path is not None
    assert "half a thought" in path.read_text()


def test_letters_in_a_note_are_no_shortcuts(window: MainWindow) -> None:
    window.actions_table["add_note"].trigger()
    editor = window.canvas.marking.writing.editor
    assert editor is not None
    QTest.keyClick(editor, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(editor, Qt.Key.Key_Slash)
    assert len(window.document.diagram.frames) == 0
    assert window.canvas.marking.writing.editor is editor


def test_a_note_comes_where_the_pointer_is_and_hides_no_other(window: MainWindow) -> None:
    canvas = window.canvas
    canvas.zoom_to(100)
    canvas.centerOn(0, 3000)
    place = QPoint(120, 80)
    for _ in range(2):
        QTest.mouseMove(canvas.viewport(), place - QPoint(4, 4))
        QTest.mouseMove(canvas.viewport(), place)
        QTest.keyClick(canvas, Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
        canvas.marking.writing.commit_pending()
    first, second = (rectangle_of(note) for note in window.document.diagram.notes.values())
    meant = canvas.mapToScene(place)
    assert abs(first.left - meant.x()) <= GRID
    assert abs(first.top - meant.y()) <= GRID
    assert not first.meets(second)
    assert abs(second.left - meant.x()) <= GRID


def test_f2_writes_the_title_of_a_selected_frame(window: MainWindow) -> None:
    frame_id = add_frame(window)
    window.document.select((), one_frame(frame_id))
    assert window.actions_table["rename"].isEnabled()
    QTest.keyClick(window.canvas, Qt.Key.Key_F2)
    editor = window.canvas.marking.writing.editor
    assert editor is not None
    QTest.keyClicks(editor, "Heads")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    assert window.document.diagram.frames[frame_id].title == "Heads"


def test_the_menu_offers_what_makes_sense_alone(window: MainWindow) -> None:
    def offered_now() -> list[str]:
        pop_up(window.actions_table, QPoint(50, 50), window)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        titles = offered(menu)
        assert all(action.isEnabled() for action in menu.actions())
        menu.close()
        return titles

    window.document.select(())
    assert not window.actions_table["delete"].isEnabled()
    assert offered_now() == ["Paste", "Add Frame", "Add Note", "Select All", "Fit"]
    window.document.select(list(window.document.diagram.nodes)[:1])
    assert {"Copy", "Rename", "Delete"} <= set(offered_now())
    assert "Unlock" not in offered_now()
