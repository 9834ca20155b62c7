"""Cut, copy, paste and duplicate in the window, by keys, as text, and between two windows."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.annotations import Marks, add_frame, add_note
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    Frame,
    FrameId,
    Layer,
    LayerId,
    NodeId,
    Note,
    NoteId,
    Position,
)
from graphstudio.diagram.fragment import copy_fragment
from graphstudio.diagram.fragment_text import format_fragment
from graphstudio.diagram.locks import lock
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import format_project
from graphstudio.studio.clipboard import FRAGMENT_MIME
from tests.studio.canvas.hand import LEFT, Hand
from tests.studio.opened import close, opened, select, window_of
from tests.studio.test_models import twice

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    """x → dense → relu → (two calls of a nested encoder) → both → out, in a window."""
    QGuiApplication.clipboard().clear()
    hand = opened(qtbot, twice())
    yield hand
    close(hand)


def point(hand: Hand, x: float, y: float) -> None:
    """Move the pointer to a place of the scene."""
    QTest.mouseMove(hand.view.viewport(), hand.at(x, y))


def new_names(hand: Hand, before: Diagram) -> list[str]:
    return [hand.diagram.name_of(node) for node in hand.diagram.nodes if node not in before.nodes]


def sources(hand: Hand, name: str) -> list[str]:
    (node,) = [one for one in hand.diagram.nodes if hand.diagram.name_of(one) == name]
    return [hand.diagram.name_of(wire.source) for wire in hand.diagram.incoming.get(node, ())]


def test_what_is_copied_is_pasted_at_the_pointer_on_the_grid_and_selected(hand: Hand) -> None:
    before = hand.diagram
    select(hand, "dense", "relu")
    hand.key(Qt.Key.Key_C, CTRL)
    assert hand.diagram is before
    point(hand, 300.0, 400.0)
    hand.key(Qt.Key.Key_V, CTRL)
    assert new_names(hand, before) == ["dense_1", "relu_1"]
    assert sources(hand, "relu_1") == ["dense_1"]
    assert sources(hand, "dense_1") == []
    assert {hand.diagram.name_of(one) for one in hand.document.selection} == {"dense_1", "relu_1"}
    places = [hand.diagram.positions[one] for one in hand.document.selection]
    assert min(place.x for place in places) % 8 == min(place.y for place in places) % 8 == 0
    frames = [hand.view.diagram_scene.nodes[one].frame() for one in hand.document.selection]
    assert frames[0].united(frames[1]).contains(300.0, 400.0)
    hand.key(Qt.Key.Key_Z, CTRL)
    assert hand.diagram is before


def test_pasting_twice_at_one_place_hides_nothing(hand: Hand) -> None:
    select(hand, "dense")
    hand.key(Qt.Key.Key_C, CTRL)
    point(hand, 300.0, 400.0)
    for _ in range(3):
        hand.key(Qt.Key.Key_V, CTRL)
    places = list(hand.diagram.positions.values())
    assert len(set(places)) == len(places) == 10


def test_with_wires_a_copy_keeps_what_comes_in_from_outside(hand: Hand) -> None:
    select(hand, "relu")
    hand.key(Qt.Key.Key_C, CTRL)
    hand.key(Qt.Key.Key_V, CTRL | SHIFT)
    assert sources(hand, "relu_1") == ["dense"]
    assert hand.document.undo_stack.undoText() == "paste relu"


def test_a_duplicate_lies_beside_and_leaves_the_clipboard_alone(hand: Hand) -> None:
    QGuiApplication.clipboard().setText("mine")
    before = hand.diagram
    select(hand, "both")
    hand.key(Qt.Key.Key_D, CTRL)
    assert sources(hand, "both_1") == []
    hand.key(Qt.Key.Key_Z, CTRL)
    select(hand, "both")
    hand.key(Qt.Key.Key_D, CTRL | SHIFT)
    assert sources(hand, "both_1") == ["encoder", "encoder"]
    (new,) = [hand.diagram.positions[one] for one in hand.document.selection]
    old = before.positions[NodeId("both")]
    assert 16 <= new.x - old.x <= 48
    assert 16 <= new.y - old.y <= 48
    assert QGuiApplication.clipboard().text() == "mine"


def test_selected_frames_and_notes_are_copied_and_selected_where_they_are_pasted(
    hand: Hand,
) -> None:
    frame, note = FrameId("frame"), NoteId("note")
    drawn = add_frame(hand.diagram, frame, Frame(title="Far", x=900, y=900, width=96, height=96))
    drawn = add_note(drawn, note, Note(text="Why", x=990, y=900, width=96, height=96))
    hand.document.apply("mark", lambda project: project.with_diagram(drawn))
    hand.document.select((), Marks(frozenset({frame}), frozenset({note})))
    hand.key(Qt.Key.Key_C, CTRL)
    point(hand, 300.0, 400.0)
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.document.undo_stack.undoText() == "paste frames and notes"
    pasted = hand.document.selected_marks
    (new_frame,), (new_note,) = pasted.frames, pasted.notes
    copied, written = hand.diagram.frames[new_frame], hand.diagram.notes[new_note]
    assert (copied.title, written.text) == ("Far", "Why")
    assert (written.x - copied.x, written.y - copied.y) == (90, 0)
    hand.key(Qt.Key.Key_X, CTRL)
    assert (set(hand.diagram.frames), set(hand.diagram.notes)) == ({frame}, {note})


def test_cut_takes_away_what_paste_brings_back(hand: Hand) -> None:
    select(hand, "dense", "relu")
    hand.key(Qt.Key.Key_X, CTRL)
    assert not {"dense", "relu"} & hand.diagram.nodes.keys()
    assert hand.document.undo_stack.undoText() == "cut 2 nodes"
    hand.key(Qt.Key.Key_V, CTRL)
    assert sources(hand, "relu") == ["dense"]


def test_two_calls_of_a_model_are_copied_with_one_model(hand: Hand) -> None:
    select(hand, "m", "m2")
    hand.key(Qt.Key.Key_D, CTRL)
    made = [hand.diagram.nodes[one] for one in hand.document.selection]
    layers = {node.layer for node in made if isinstance(node, CallNode)}
    assert len(made) == 2
    assert len(layers) == 1
    assert hand.diagram.layers[layers.pop()].name == "encoder_1"
    select(hand, "m")
    hand.key(Qt.Key.Key_D, CTRL)
    assert [hand.diagram.name_of(one) for one in hand.document.selection] == ["encoder_2"]


def test_from_one_window_to_another(hand: Hand, qtbot: QtBot) -> None:
    select(hand, "dense", "relu", "m")
    hand.key(Qt.Key.Key_C, CTRL)
    other = opened(qtbot, Diagram())
    other.key(Qt.Key.Key_V, CTRL)
    assert [other.diagram.name_of(one) for one in other.diagram.nodes] == [
        "dense", "relu", "encoder",
    ]  # fmt: skip
    assert len(other.diagram.wires) == 2
    close(other)


def test_the_copy_is_text_that_goes_through_a_chat(hand: Hand) -> None:
    before = hand.diagram
    select(hand, "dense", "relu")
    hand.key(Qt.Key.Key_C, CTRL)
    board = QGuiApplication.clipboard()
    assert board.mimeData().hasFormat(FRAGMENT_MIME)
    board.setText(f"See:\n```json\n{board.text()}```\nThanks!")
    hand.key(Qt.Key.Key_V, CTRL)
    assert new_names(hand, before) == ["dense_1", "relu_1"]


def test_a_whole_project_as_text_is_put_in_as_its_diagram(hand: Hand) -> None:
    before = hand.diagram
    QGuiApplication.clipboard().setText(format_project(Project(diagram=twice())))
    hand.key(Qt.Key.Key_V, CTRL)
    assert len(hand.diagram.nodes) == 2 * len(before.nodes)


@pytest.mark.parametrize("text", ["", "hello", '{"kind": "graphstudio-fragment", "schema": 1'])
def test_another_text_is_refused_beside_the_pointer(hand: Hand, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    before = hand.diagram
    hand.key(Qt.Key.Key_V, CTRL)
    assert hand.diagram is before
    assert hand.view.notice.isVisible()
    assert hand.view.notice.text().startswith("Expected nodes that were copied in Graph Studio")


def test_own_code_that_is_not_here_is_named(hand: Hand) -> None:
    own = Layer(class_name="own.Scale", name="scale", config={"by": 2})
    alone = edits.add_layer(Diagram(), (LayerId("s"), NodeId("s")), own, Position(0.0, 0.0))
    text = format_fragment(copy_fragment(alone, alone.nodes))
    QGuiApplication.clipboard().setText(text)
    hand.key(Qt.Key.Key_V, CTRL)
    assert window_of(hand).notices.text == (
        "Pasted, but the project's own code has no 'Scale': copy it too."
    )
    assert "scale" in [one.name for one in hand.diagram.layers.values()]


def test_a_field_keeps_its_own_copy_and_paste(hand: Hand) -> None:
    window, before = window_of(hand), hand.diagram
    select(hand, "dense")
    lines = window.inspector.findChildren(QLineEdit)
    (line,) = [one for one in lines if one.isVisible() and one.text() == "dense"]
    line.setFocus()
    line.selectAll()
    window.actions_table["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "dense"
    window.actions_table["paste"].trigger()
    assert hand.diagram is before


def test_what_is_locked_is_copied_but_not_cut(hand: Hand) -> None:
    hand.document.reset(Project(diagram=lock(twice(), [NodeId("dense")])))
    select(hand, "dense")
    before = hand.diagram
    hand.key(Qt.Key.Key_X, CTRL)
    assert hand.diagram is before
    assert hand.view.notice.text() == "'dense' is locked and cannot be removed; unlock it first."
    hand.key(Qt.Key.Key_D, CTRL)
    assert new_names(hand, before) == ["dense_1"]
    assert hand.diagram.locked == {"dense"}


def test_without_a_selection_there_is_nothing_to_copy(hand: Hand) -> None:
    hand.click(QPoint(4, 4))
    table = window_of(hand).actions_table
    assert not any(table[one].isEnabled() for one in ("cut", "copy", "duplicate"))
    assert table["paste"].isEnabled()


def test_a_copy_goes_into_the_model_in_view(hand: Hand) -> None:
    select(hand, "relu")
    hand.key(Qt.Key.Key_C, CTRL)
    hand.document.open_model(LayerId("m"))
    hand.view.setFocus()
    hand.key(Qt.Key.Key_V, CTRL)
    assert "relu" in [one.name for one in hand.diagram.layers.values()]
    assert hand.document.place == ("m",)


def test_the_menu_where_the_pointer_is_pastes_there(hand: Hand) -> None:
    window = window_of(hand)
    select(hand, "dense")
    hand.key(Qt.Key.Key_C, CTRL)
    point(hand, 300.0, 400.0)
    place = hand.at(300.0, 400.0)
    asks = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, hand.view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(hand.view.viewport(), asks)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert window.actions_table["paste"] in menu.actions()
    QApplication.sendEvent(hand.view.viewport(), QEvent(QEvent.Type.Leave))
    box = menu.actionGeometry(window.actions_table["paste"])
    QTest.mouseClick(menu, LEFT, pos=box.center())
    (new,) = hand.document.selection
    assert hand.view.diagram_scene.nodes[new].frame().contains(300.0, 400.0)


def test_pasted_with_the_pointer_elsewhere_it_lies_beside_what_was_copied(hand: Hand) -> None:
    before = hand.diagram
    select(hand, "dense")
    hand.key(Qt.Key.Key_C, CTRL)
    QApplication.sendEvent(hand.view.viewport(), QEvent(QEvent.Type.Leave))
    window_of(hand).actions_table["paste"].trigger()
    (new,) = hand.document.selection
    old = before.positions[NodeId("dense")]
    assert 16 <= hand.diagram.positions[new].x - old.x <= 48
