"""Renaming in place: by F2 and double click, with the inspector's sentences."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from graphstudio.diagram.diagram import LayerId, NodeId
from graphstudio.diagram.locks import lock
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.studio.canvas.name_editor import NameEditor, name_area
from tests.studio.canvas.hand import LEFT, Hand
from tests.studio.opened import close, opened, select
from tests.studio.test_models import twice


@pytest.fixture
def hand(qtbot: QtBot) -> Iterator[Hand]:
    """x → dense → relu → (two calls of a nested encoder) → both → out, in a window."""
    hand = opened(qtbot, twice())
    yield hand
    close(hand)


def line(hand: Hand) -> QLineEdit:
    found = hand.view.findChild(NameEditor)
    assert isinstance(found, NameEditor)
    return found


def write(hand: Hand, name: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """Write over what is selected in the line, and press a key."""
    assert line(hand).hasFocus()
    QTest.keyClicks(line(hand), name)
    QTest.keyClick(line(hand), key)


def double_click(hand: Hand, at: QPoint) -> None:
    hand.click(at)
    QTest.mouseDClick(hand.view.viewport(), LEFT, Qt.KeyboardModifier.NoModifier, at)


def on_name(hand: Hand, node: str) -> QPoint:
    area = name_area(hand.view.diagram_scene.nodes[NodeId(node)])
    return hand.view.mapFromScene(area.center())


def name(hand: Hand, node: str) -> str:
    return hand.diagram.name_of(NodeId(node))


def test_a_name_that_is_still_being_written_is_saved(hand: Hand, tmp_path: Path) -> None:
    hand.document.save(tmp_path / "twice.gstudio")
    select(hand, "dense")
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(line(hand), "typed")
    QTest.keyClick(line(hand), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert name(hand, "dense") == "typed"
    assert load_project(tmp_path / "twice.gstudio").diagram.name_of(NodeId("dense")) == "typed"
    assert line(hand).isHidden()


def test_a_name_that_cannot_be_used_stays_to_be_seen_when_the_rest_is_saved(
    hand: Hand, tmp_path: Path
) -> None:
    hand.document.save(tmp_path / "twice.gstudio")
    select(hand, "dense")
    hand.key(Qt.Key.Key_F2)
    QTest.keyClicks(line(hand), "relu")
    QTest.keyClick(line(hand), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert line(hand).isVisible()
    assert name(hand, "dense") == "dense"


@pytest.mark.parametrize("node", ["x", "dense", "m2", "out"])
def test_f2_writes_a_name_over_the_node_which_enter_takes(hand: Hand, node: str) -> None:
    before, old = hand.diagram, name(hand, node)
    select(hand, node)
    hand.key(Qt.Key.Key_F2)
    assert line(hand).text() == old
    assert line(hand).geometry().contains(on_name(hand, node))
    write(hand, "fresh")
    assert name(hand, node) == "fresh"
    assert not line(hand).isVisible()
    assert hand.view.hasFocus()
    assert hand.document.undo_stack.undoText() == f"rename {old}"
    hand.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert hand.diagram is before


def test_escape_leaves_the_name_and_the_selection(hand: Hand) -> None:
    before = hand.diagram
    select(hand, "dense")
    hand.key(Qt.Key.Key_F2)
    write(hand, "fresh", Qt.Key.Key_Escape)
    assert hand.diagram is before
    assert hand.document.selection == {"dense"}
    assert hand.view.hasFocus()


def test_a_double_click_on_a_node_renames_it_and_a_click_elsewhere_takes_the_name(
    hand: Hand,
) -> None:
    double_click(hand, hand.node("dense"))
    QTest.keyClicks(line(hand), "fresh")
    hand.click(QPoint(4, 4))
    assert name(hand, "dense") == "fresh"
    assert not line(hand).isVisible()


def test_of_a_model_only_the_name_is_renamed_and_the_rest_opens_it(hand: Hand) -> None:
    double_click(hand, on_name(hand, "m"))
    write(hand, "reader")
    assert name(hand, "m") == "reader"
    assert "x" in hand.diagram.nodes
    frame = hand.view.diagram_scene.nodes[NodeId("m")].frame()
    double_click(hand, hand.view.mapFromScene(frame.center()))
    assert hand.document.place == (LayerId("m"),)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (
            "a/b",
            (
                "The name 'a/b' cannot be used: expected letters a to z, digits, '_', '.' and "
                "'-', starting with a letter or a digit."
            ),
        ),
        ("relu", "Two layers or inputs are named 'relu'."),
    ],
)
def test_a_name_that_cannot_be_used_is_marked_and_said(
    hand: Hand, written: str, sentence: str
) -> None:
    before = hand.diagram
    select(hand, "dense")
    hand.key(Qt.Key.Key_F2)
    write(hand, written)
    assert hand.view.notice.text() == sentence
    assert line(hand).property("invalid") is True
    assert line(hand).hasFocus()
    assert hand.diagram is before
    line(hand).clear()
    QTest.keyClick(line(hand), Qt.Key.Key_Return)
    assert hand.view.notice.text() == "A node has no name."
    hand.click(QPoint(4, 4))
    assert hand.diagram is before
    assert not line(hand).isVisible()


def test_a_locked_node_is_not_renamed(hand: Hand) -> None:
    hand.document.reset(Project(diagram=lock(twice(), [NodeId("dense")])))
    select(hand, "dense")
    hand.key(Qt.Key.Key_F2)
    assert not line(hand).isVisible()
    assert hand.view.notice.text() == "'dense' is locked and cannot be renamed; unlock it first."


def test_the_line_stays_over_its_node_when_the_view_moves(hand: Hand) -> None:
    select(hand, "dense")
    hand.key(Qt.Key.Key_F2)
    hand.wheel(hand.node("relu"), 3)
    assert line(hand).geometry().contains(on_name(hand, "dense"))


def test_the_line_goes_with_its_node(hand: Hand) -> None:
    select(hand, "dense")
    hand.key(Qt.Key.Key_F2)
    hand.document.reset(Project())
    assert not line(hand).isVisible()
