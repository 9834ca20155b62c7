"""Bypassing, muting and replacing in the window, by keys and menus."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.arrange import arrange
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Use,
    WireId,
)
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.search_popup import SearchPopup
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.code.projects import diagram
from tests.diagram.test_active import two_heads
from tests.studio.canvas.hand import Hand

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """A window on a project of two inputs and two heads, without engines."""
    file = tmp_path / "two.gstudio"
    save_project(Project(diagram=placed(two_heads())), file)
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.files.open(file)
    window.resize(1600, 1000)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    window.canvas.fit_all()
    yield window
    window.document.undo_stack.setClean()
    window.close()


def placed(drawn: Diagram) -> Diagram:
    return move_nodes(drawn, arrange(drawn))


def hand(window: MainWindow) -> Hand:
    return Hand(window.canvas, window.document, window.findings, window._theme)


def select(window: MainWindow, *nodes: str) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for node in nodes:
        hand(window).click(hand(window).node(node), held)
        held = SHIFT


def use(window: MainWindow, node: str) -> Use:
    return window.document.diagram.nodes[NodeId(node)].use


def test_ctrl_b_bypasses_what_is_selected_and_again_activates_it(window: MainWindow) -> None:
    before = window.document.whole
    select(window, "f", "g")
    assert not window.actions_table["bypass"].isChecked()
    QTest.keyClick(window.canvas, Qt.Key.Key_B, CTRL)

    assert use(window, "f") is use(window, "g") is Use.BYPASSED
    assert window.actions_table["bypass"].isChecked()
    assert window.document.undo_stack.undoText() == "bypass 2 nodes"
    QTest.keyClick(window.canvas, Qt.Key.Key_B, CTRL)
    assert window.document.whole == before
    assert window.document.undo_stack.undoText() == "activate 2 nodes"


def test_bypassing_leaves_the_ends_of_a_selection_alone(window: MainWindow) -> None:
    select(window, "x", "f", "first")
    QTest.keyClick(window.canvas, Qt.Key.Key_B, CTRL)

    assert use(window, "f") is Use.BYPASSED
    assert use(window, "x") is use(window, "first") is Use.ACTIVE
    assert window.document.undo_stack.undoText() == "bypass f"
    select(window, "x")
    assert not window.actions_table["bypass"].isEnabled()
    assert window.actions_table["mute"].isEnabled()


def test_of_several_that_differ_all_are_muted_first(window: MainWindow) -> None:
    select(window, "first")
    QTest.keyClick(window.canvas, Qt.Key.Key_M, CTRL)
    select(window, "first", "f")
    assert not window.actions_table["mute"].isChecked()
    QTest.keyClick(window.canvas, Qt.Key.Key_M, CTRL)

    assert use(window, "f") is use(window, "first") is Use.MUTED
    QTest.keyClick(window.canvas, Qt.Key.Key_M, CTRL)
    assert use(window, "f") is use(window, "first") is Use.ACTIVE


def test_a_muted_head_dims_all_that_only_it_needs(window: MainWindow) -> None:
    select(window, "first")
    QTest.keyClick(window.canvas, Qt.Key.Key_M, CTRL)
    scene = window.canvas.scene()
    assert isinstance(scene, DiagramScene)
    values = {node: item.value for node, item in scene.nodes.items()}

    assert {node for node, value in values.items() if value.left_out} == {"x", "f", "both", "first"}
    assert values[NodeId("first")].parameters.startswith("muted · ")
    assert values[NodeId("both")].parameters.startswith("left out · ")
    assert values[NodeId("g")].parameters == "4"
    idle = window.document.diagram.wires.keys() - {"w1", "w5"}
    window.document.select(())
    colours = {key: scene.wires[key].colour.name() for key in scene.wires}
    assert {colours[key] for key in idle}.isdisjoint({colours[WireId("w1")], colours[WireId("w5")]})
    assert not window.findings.diagnostics


def test_a_bypassed_attention_gives_on_its_query(window: MainWindow) -> None:
    drawn = diagram(
        "attention",
        {
            "q": InputNode(name="q", config={"shape": [4, 8]}),
            "v": InputNode(name="v", config={"shape": [4, 8]}),
            "mix": Layer(
                class_name="keras.layers.MultiHeadAttention",
                name="mix",
                config={"num_heads": 1, "key_dim": 8},
            ),
            "out": HeadNode(name="out"),
        },
        ("q mix:query", "v mix:value", "v mix:key", "mix out"),
    )
    window.document.reset(Project(diagram=placed(drawn)))
    window.canvas.fit_all()
    select(window, "mix")
    QTest.keyClick(window.canvas, Qt.Key.Key_B, CTRL)
    node = window.document.diagram.nodes[NodeId("mix")]

    assert isinstance(node, CallNode)
    assert node.passes == "query"


def test_the_menu_of_the_canvas_offers_them(window: MainWindow) -> None:
    select(window, "f")
    place = QPoint(5, 5)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, window.canvas.mapToGlobal(place)
    )
    QApplication.sendEvent(window.canvas.viewport(), event)
    menus = [menu for menu in window.findChildren(QMenu) if menu.isVisible()]
    titles = [action.text() for action in menus[-1].actions()]
    menus[-1].close()

    assert {"Bypass", "Mute", "Replace…"} <= set(titles)


def chooser(window: MainWindow) -> SearchPopup:
    window.actions_table["replace_layer"].trigger()
    assert window.finding.popup.isVisible()
    return window.finding.popup


def best(popup: SearchPopup) -> str:
    return str(popup.list.model().index(0, 0).data())


def convolving(window: MainWindow) -> None:
    """Show an image that a convolution is called on, with what is known of it."""
    drawn = diagram(
        "image",
        {
            "x": InputNode(name="x", config={"shape": [8, 8, 3]}),
            "c": Layer(
                class_name="keras.layers.Conv2D",
                name="c",
                config={"filters": 4, "kernel_size": [3, 3]},
            ),
            "out": HeadNode(name="out"),
        },
        ("x c:inputs", "c out"),
    )
    window.document.reset(Project(diagram=placed(drawn)))
    image = NodeInfo((Tensor((None, 8, 8, 3), "float32"),))
    window.findings.receive(Inspected(id=1, nodes={NodeId("x"): image}))
    window.canvas.fit_all()
    select(window, "c")


def test_what_is_most_like_a_layer_is_offered_first_in_its_place(window: MainWindow) -> None:
    convolving(window)
    popup = chooser(window)
    assert "2D" in best(popup)
    assert best(popup) != "Conv2D"
    QTest.keyClicks(popup.field, "separable")
    assert best(popup) == "SeparableConv2D"
    QTest.keyClick(popup.field, Qt.Key.Key_Return)
    layer = window.document.diagram.layers[LayerId("c")]
    assert layer.class_name == "keras.layers.SeparableConv2D"
    assert layer.config["kernel_size"] == [3, 3]


def test_a_layer_is_replaced_by_what_is_typed_and_chosen(window: MainWindow) -> None:
    select(window, "f")
    popup = chooser(window)
    assert best(popup) in {"Dense", "Activation", "EinsumDense", "Embedding"}
    QTest.keyClicks(popup.field, "einsum")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)

    layers = window.document.diagram.layers
    assert layers[LayerId("f")].class_name == "keras.layers.EinsumDense"
    assert window.document.undo_stack.undoText() == "replace f by EinsumDense"
    assert not popup.isVisible()


def test_what_a_new_class_has_no_place_for_is_said(window: MainWindow) -> None:
    select(window, "both")
    popup = chooser(window)
    QTest.keyClicks(popup.field, "flatten")
    QTest.keyClick(popup.field, Qt.Key.Key_Return)

    assert window.canvas.notice.text() == "Flatten has no place for the wire from g."
    assert window.canvas.notice.isVisible()
    window.document.undo_stack.undo()
    assert window.document.diagram == placed(two_heads())


def test_several_layers_are_replaced_at_once_and_escape_replaces_none(window: MainWindow) -> None:
    select(window, "f", "g")
    QTest.keyClick(chooser(window).field, Qt.Key.Key_Escape)
    assert not window.document.undo_stack.canUndo()
    popup = chooser(window)
    QTest.keyClicks(popup.field, "conv")
    first = best(popup)
    QTest.keyClick(popup.field, Qt.Key.Key_Down)
    second = popup.list.currentIndex().data()
    QTest.keyClick(popup.field, Qt.Key.Key_Return)

    made = {window.document.diagram.layers[LayerId(one)].class_name for one in "fg"}
    assert len(made) == 1
    assert made.pop().endswith(f".{second}")
    assert first != second
    assert window.document.undo_stack.undoText() == f"replace 2 layers by {second}"
