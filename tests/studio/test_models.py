"""Models as layers in the window: made, opened, edited in place, shared and expanded."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
)
from graphstudio.diagram.nesting import diagram_at
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.header import CanvasHeader
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.code.projects import diagram, layer
from tests.nesting import encoder
from tests.studio.canvas.hand import Hand
from tests.studio.hand import press, read
from tests.studio.waiting import wait_until

M = LayerId("m")
VECTOR = NodeInfo((Tensor((None, 12), "float32"),))


def placed(drawn: Diagram) -> Diagram:
    return edits.move_nodes(drawn, arrange(drawn))


def twice() -> Diagram:
    """Return x → dense → relu → (two calls of a nested encoder) → both → out."""
    inner = encoder()
    assert inner.diagram is not None
    drawn = diagram(
        "twice",
        {
            "x": InputNode(name="x", config={"shape": [12]}),
            "dense": layer("Dense", "dense", units=12),
            "relu": layer("ReLU", "relu"),
            "m": replace(inner, diagram=placed(inner.diagram)),
            "m2": CallNode(layer=M),
            "both": layer("Concatenate", "both"),
            "out": HeadNode(name="out", loss="mse"),
        },
        (
            "x dense",
            "dense relu",
            "relu m:features",
            "relu m2:features",
            "m both",
            "m2 both",
            "both out",
        ),
    )
    return placed(drawn)


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a project with a nested model, without engines."""
    file = tmp_path / "twice.gstudio"
    save_project(Project(diagram=twice()), file)
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.files.open(file)
    window.resize(1600, 1000)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    answer_all(window)
    window.canvas.fit_all()
    yield window
    window.document.undo_stack.setClean()
    window.close()


def answer_all(window: MainWindow) -> None:
    """Answer for every node of the whole diagram, as Keras would."""
    nodes = dict.fromkeys(window.document.whole.diagram.nodes, VECTOR)
    window.findings.receive(Inspected(id=1, nodes=nodes, total_params=208))


def hand(window: MainWindow) -> Hand:
    return Hand(window.canvas, window.document, window.findings, window._theme)


def names(window: MainWindow) -> list[str]:
    drawn = window.document.diagram
    return [drawn.name_of(node) for node in drawn.nodes]


def select(window: MainWindow, *nodes: str) -> None:
    """Click on the first node and Shift+click on the others."""
    held = Qt.KeyboardModifier.NoModifier
    for node in nodes:
        hand(window).click(hand(window).node(node), held)
        held = Qt.KeyboardModifier.ShiftModifier


def keys(window: MainWindow, key: Qt.Key, held: Qt.KeyboardModifier) -> None:
    QTest.keyClick(window.canvas, key, held)


CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def header(window: MainWindow) -> CanvasHeader:
    found = window.findChild(CanvasHeader)
    assert isinstance(found, CanvasHeader)
    return found


def crumbs(window: MainWindow) -> list[str]:
    buttons = [one.text() for one in header(window).findChildren(QPushButton) if one.isVisible()]
    return [*buttons, window.document.diagram.name]


def test_ctrl_g_makes_a_model_of_the_selection_and_ctrl_shift_g_takes_it_apart(
    window: MainWindow,
) -> None:
    before = window.document.whole
    select(window, "dense", "relu")
    keys(window, Qt.Key.Key_G, CTRL)
    assert names(window) == ["x", "model", "encoder", "encoder", "both", "out"]
    (model,) = window.document.selection
    assert window.document.diagram.name_of(model) == "model"
    keys(window, Qt.Key.Key_G, CTRL | SHIFT)
    assert names(window) == names_of(before)
    assert window.document.selection == {"dense", "relu"}
    window.document.undo_stack.undo()
    window.document.undo_stack.undo()
    assert window.document.whole is before


def names_of(project: Project) -> list[str]:
    return [project.diagram.name_of(node) for node in project.diagram.nodes]


def test_a_selection_that_is_no_model_is_refused_with_the_reason(window: MainWindow) -> None:
    select(window, "m")
    keys(window, Qt.Key.Key_G, CTRL)
    assert "Expected all 2 calls of 'encoder'" in window.canvas.notice.text()
    assert window.canvas.notice.isVisible()
    assert not window.document.undo_stack.canUndo()


def test_the_way_into_a_model_and_out_stands_above_the_canvas(window: MainWindow) -> None:
    assert crumbs(window) == ["twice"]
    select(window, "m2")
    keys(window, Qt.Key.Key_Down, ALT)
    assert crumbs(window) == ["twice", "encoder"]
    assert names(window) == ["features", "e_dense", "code"]
    press(header(window), "twice")
    assert crumbs(window) == ["twice"]
    assert window.document.selection == {"m"}
    keys(window, Qt.Key.Key_Down, ALT)
    keys(window, Qt.Key.Key_Up, ALT)
    assert crumbs(window) == ["twice"]


def test_a_note_that_is_being_written_inside_stays_there_when_the_model_is_left(
    window: MainWindow,
) -> None:
    window.document.open_model(M)
    window.actions_table["add_note"].trigger()
    editor = window.canvas.marking.writing.editor
    assert editor is not None
    QTest.keyClicks(editor, "Why so")
    keys(window, Qt.Key.Key_Up, ALT)
    assert window.document.place == ()
    assert not window.document.diagram.notes
    assert [
        note.text for note in diagram_at(window.document.whole.diagram, (M,)).notes.values()
    ] == ["Why so"]


def test_a_name_that_is_being_written_inside_is_taken_when_the_model_is_left(
    window: MainWindow,
) -> None:
    window.document.open_model(M)
    node = next(iter(window.document.diagram.inputs))
    window.document.select([node])
    window.actions_table["rename"].trigger()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "typed")
    window.document.close_model()
    assert diagram_at(window.document.whole.diagram, (M,)).name_of(node) == "typed"


def test_models_nest_as_deep_as_one_likes(window: MainWindow) -> None:
    select(window, "m", "m2", "both")
    keys(window, Qt.Key.Key_G, CTRL)
    keys(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    hand(window).click(hand(window).node("m"))
    keys(window, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert crumbs(window) == ["twice", "model", "encoder"]
    select(window, "e_dense")
    QTest.keyClick(window.canvas, Qt.Key.Key_Delete)
    assert names(window) == ["features", "code"]
    press(header(window), "twice")
    assert crumbs(window) == ["twice"]
    window.actions_table["undo"].trigger()
    assert crumbs(window) == ["twice", "model", "encoder"]
    assert names(window) == ["features", "e_dense", "code"]


def test_what_is_edited_inside_is_saved_with_the_whole(window: MainWindow) -> None:
    window.document.open_model(M)
    select(window, "e_dense")
    field = next(one for one in window.inspector.findChildren(QLineEdit) if one.text() == "4")
    field.selectAll()
    QTest.keyClicks(field, "6")
    QTest.keyClick(field, Qt.Key.Key_Return)
    window.actions_table["save"].trigger()
    assert window.document.path is not None
    saved = load_project(window.document.path)
    assert saved == window.document.whole
    assert diagram_at(saved.diagram, (M,)).layers[LayerId("e_dense")].config == {"units": 6}


def test_the_code_is_that_of_the_whole_whatever_is_in_view(window: MainWindow) -> None:
    window.document.open_model(M)
    window.tabs.setCurrentWidget(window.code)
    text = window.code.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    wait_until(lambda: "def build_model" in text.toPlainText(), 3)
    assert "def build_encoder" in text.toPlainText()


def test_make_independent_gives_a_call_a_model_of_its_own(window: MainWindow) -> None:
    select(window, "m2")
    press(window.inspector, "Make independent")
    assert names(window)[3:5] == ["encoder", "encoder_1"]
    assert not window.actions_table["make_independent"].isEnabled()
    window.actions_table["open_model"].trigger()
    assert names(window) == ["features", "e_dense", "code"]
    assert not window.document.diagram.nodes.keys() & {"e_in", "e_dense", "e_out"}


def test_reuse_layer_calls_the_model_again(window: MainWindow) -> None:
    select(window, "m")
    keys(window, Qt.Key.Key_R, CTRL)
    assert names(window).count("encoder") == 3
    assert len(window.document.diagram.layers) == 4


def test_the_actions_are_offered_where_they_make_sense(window: MainWindow) -> None:
    def offered() -> set[str]:
        ids = (*window.models.handlers(),)
        return {one for one in ids if window.actions_table[one].isEnabled()}

    assert offered() == set()
    select(window, "dense")
    assert offered() == {"make_model", "reuse_layer"}
    select(window, "m")
    assert offered() == {
        "make_model", "reuse_layer", "make_independent", "expand_model", "open_model",
    }  # fmt: skip
    window.actions_table["open_model"].trigger()
    assert offered() == {"close_model"}


def test_the_right_button_offers_what_can_be_done_with_a_node(window: MainWindow) -> None:
    place = hand(window).node("m")
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, window.canvas.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(window.canvas.viewport(), event)
    assert window.document.selection == {"m"}
    menus = [one for one in window.findChildren(QMenu) if one.isVisible()]
    assert len(menus) == 1
    assert "Open Model" in [one.text() for one in menus[0].actions() if one.isEnabled()]
    menus[0].close()


def test_the_inspector_of_a_model_opens_expands_and_converts_it(window: MainWindow) -> None:
    select(window, "m")
    press(window.inspector, "Make Sequential")
    assert window.document.diagram.layers[M].class_name == "keras.Sequential"
    press(window.inspector, "Make functional")
    assert window.document.diagram.layers[M].class_name == "keras.Model"
    press(window.inspector, "Open")
    assert window.document.place == (M,)
    window.document.close_model()
    press(window.inspector, "Expand")
    assert names(window).count("e_dense") == 2


def test_the_inspector_keeps_its_width_whatever_is_shared(window: MainWindow) -> None:
    select(window, "m")
    assert window.inspector.horizontalScrollBar().maximum() == 0


def test_a_model_can_be_frozen_in_the_inspector(window: MainWindow) -> None:
    select(window, "m")
    boxes = [one for one in window.inspector.findChildren(QCheckBox) if one.isVisible()]
    QTest.mouseClick(boxes[0], Qt.MouseButton.LeftButton, pos=QPoint(8, boxes[0].height() // 2))
    assert window.document.diagram.layers[M].config == {"trainable": False}


def test_only_a_chain_is_offered_to_become_a_sequential(window: MainWindow) -> None:
    window.document.open_model(M)
    window.canvas.add_entry("head", None)
    window.document.close_model()
    offered = [one.text() for one in window.inspector.findChildren(QPushButton) if one.isVisible()]
    assert "Open" in offered
    assert "Make Sequential" not in offered


def test_a_head_inside_has_a_name_and_nothing_to_learn(window: MainWindow) -> None:
    window.document.open_model(M)
    select(window, "e_out")
    said = read(window.inspector)
    assert "name" in said
    assert not {"loss", "weight", "metrics", "column"} & set(said)
    select(window, "e_in")
    assert "column" not in read(window.inspector)


def test_an_open_model_with_nothing_selected_shows_its_own_page(window: MainWindow) -> None:
    window.document.open_model(M)
    said = read(window.inspector)
    assert {"encoder", "keras.Model", "outputs", "2 times"} <= set(said)
    assert "Training" not in said
    field = next(one for one in window.inspector.findChildren(QLineEdit) if one.isVisible())
    field.selectAll()
    QTest.keyClicks(field, "reader")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert crumbs(window) == ["twice", "reader"]
    window.document.close_model()
    assert names(window)[3:5] == ["reader", "reader"]


def test_a_problem_inside_leads_there(window: MainWindow) -> None:
    window.document.open_model(M)
    window.document.apply(
        "remove", lambda p: p.with_diagram(edits.remove_nodes(p.diagram, [NodeId("e_dense")]))
    )
    window.document.close_model()
    window.tabs.setCurrentWidget(window.problems)
    tree = window.problems.findChild(QTreeWidget)
    assert isinstance(tree, QTreeWidget)
    start = Qt.MatchFlag.MatchStartsWith
    wait_until(lambda: tree.findItems("The head 'code' has no tensor", start), 3)
    (row,) = tree.findItems("The head 'code' has no tensor", start)
    assert row.text(1) == "encoder / code"
    QTest.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, pos=tree.visualItemRect(row).center()
    )
    assert crumbs(window) == ["twice", "encoder"]
    assert window.document.selection == {"e_out"}


def test_a_problem_inside_is_repaired_inside_from_the_inspector(window: MainWindow) -> None:
    window.document.open_model(M)
    window.document.apply(
        "remove", lambda p: p.with_diagram(edits.remove_nodes(p.diagram, [NodeId("e_dense")]))
    )
    window.document.select([NodeId("e_out")])
    press(window.inspector, "Remove code")
    assert crumbs(window) == ["twice", "encoder"]
    assert NodeId("e_out") not in window.document.diagram.nodes
    window.document.undo_stack.undo()
    assert crumbs(window) == ["twice", "encoder"]
    assert NodeId("e_out") in window.document.diagram.nodes


def test_a_layer_of_a_model_is_drawn_and_wired_inside(window: MainWindow) -> None:
    window.document.open_model(M)
    hand(window).click(hand(window).node("e_dense"))
    window.canvas.add_entry("keras.layers.Dropout")
    drawn = window.document.whole.diagram
    assert "dropout" in [one.name for one in diagram_at(drawn, (M,)).layers.values()]
    assert len(drawn.nodes) == 7


def test_a_model_of_the_users_own_is_a_layer_of_one_name(window: MainWindow) -> None:
    window.document.select(())
    window.canvas.add_entry("keras.Sequential")
    (node,) = window.document.selection
    found = window.document.diagram.layer_of(node)
    assert isinstance(found, Layer)
    assert found.diagram is not None
    assert (found.name, found.diagram.name) == ("sequential", "sequential")
