"""The window's commands on wires, by keys and menu."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    Diagram,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Position,
    Wire,
    WireId,
)
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow

JOIN = NodeId("join")
ALT_SHIFT = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def merge() -> Diagram:
    """Three inputs, of which the lowest is joined first."""
    diagram = Diagram()
    for number, name in enumerate(("low", "middle", "high")):
        place = Position(0, 400 - 160 * number)
        node = InputNode(name=name, config={"shape": [4]})
        diagram = edits.add_input(diagram, NodeId(name), node, place)
    layer = Layer(class_name="keras.layers.Concatenate", name="join")
    diagram = edits.add_layer(diagram, (LayerId("join"), JOIN), layer, Position(400, 200))
    for order, name in enumerate(("low", "middle", "high")):
        wire = Wire(source=NodeId(name), target=JOIN, port="inputs", order=order)
        diagram = edits.add_wire(diagram, WireId(name), wire)
    return diagram


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    file = tmp_path / "merge.gstudio"
    save_project(Project(diagram=merge()), file)
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.files.open(file)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    window.canvas.setFocus()
    yield window
    window.document.undo_stack.setClean()
    window.close()


def order(window: MainWindow) -> list[str]:
    wires = window.document.diagram.incoming[JOIN]
    return [wire.source for wire in sorted(wires, key=lambda wire: wire.order)]


def select_wire(window: MainWindow, wire: str) -> None:
    """Click a wire in its middle."""
    canvas = window.canvas
    path = canvas.diagram_scene.wires[WireId(wire)].path
    at = canvas.mapFromScene(path.pointAtPercent(0.5))
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_keys_move_the_selected_wire_in_its_list(window: MainWindow) -> None:
    select_wire(window, "low")
    QTest.keyClick(window.canvas, Qt.Key.Key_Down, ALT_SHIFT)
    assert order(window) == ["middle", "low", "high"]
    QTest.keyClick(window.canvas, Qt.Key.Key_Down, ALT_SHIFT)
    assert order(window) == ["middle", "high", "low"]
    QTest.keyClick(window.canvas, Qt.Key.Key_Up, ALT_SHIFT)
    assert order(window) == ["middle", "low", "high"]
    window.document.undo_stack.undo()
    assert order(window) == ["middle", "high", "low"]


def test_a_wire_at_the_end_of_its_list_stays_without_a_trace(window: MainWindow) -> None:
    select_wire(window, "low")
    QTest.keyClick(window.canvas, Qt.Key.Key_Up, ALT_SHIFT)
    assert order(window) == ["low", "middle", "high"]
    assert not window.document.undo_stack.canUndo()


def movable(window: MainWindow) -> tuple[bool, bool]:
    table = window.actions_table
    return table["input_up"].isEnabled(), table["input_down"].isEnabled()


def test_a_wire_can_be_moved_as_far_as_its_list_goes(window: MainWindow) -> None:
    assert movable(window) == (False, False)
    select_wire(window, "low")
    assert movable(window) == (False, True)
    window.actions_table["input_down"].trigger()
    assert movable(window) == (True, True)
    window.actions_table["input_down"].trigger()
    assert movable(window) == (True, False)
    window.document.undo_stack.setIndex(0)
    assert movable(window) == (False, True)
    window.canvas.select_all()
    assert movable(window) == (False, False)


def test_a_wire_that_comes_alone_cannot_be_moved(window: MainWindow) -> None:
    select_wire(window, "low")
    rest = [WireId("middle"), WireId("high")]
    window.document.apply("cut", lambda p: p.with_diagram(edits.remove_wires(p.diagram, rest)))
    assert movable(window) == (False, False)
    window.document.apply(
        "cut", lambda p: p.with_diagram(edits.remove_wires(p.diagram, [WireId("low")]))
    )
    assert movable(window) == (False, False)


def test_places_of_two_digits_stand_beside_their_ports_left_of_the_name(
    window: MainWindow,
) -> None:
    diagram = window.document.diagram
    for number in range(3, 12):
        wire = Wire(source=NodeId("low"), target=JOIN, port="inputs", order=number)
        diagram = edits.add_wire(diagram, WireId(f"wire {number}"), wire)
    window.document.apply("wire", lambda p: p.with_diagram(diagram))
    item = window.canvas.diagram_scene.nodes[JOIN]
    orders = item.drawing.orders
    assert [order.text for order in orders] == [str(number) for number in range(12)]
    name = next(text for text in item.drawing.texts if text.text == "join")
    for order in orders:
        width = QFontMetricsF(order.font).horizontalAdvance(order.text)
        assert order.place.x() + width <= name.place.x() + 1


def test_inputs_are_sorted_as_their_wires_come_from_above(window: MainWindow) -> None:
    assert not window.actions_table["sort_inputs"].isEnabled()
    window.document.select([JOIN])
    window.actions_table["sort_inputs"].trigger()
    assert order(window) == ["high", "middle", "low"]
    assert window.document.undo_stack.undoText() == "sort inputs of join"
    window.document.undo_stack.undo()
    assert order(window) == ["low", "middle", "high"]


def test_the_inputs_of_a_locked_node_keep_their_order(window: MainWindow) -> None:
    locked = frozenset({JOIN})
    window.document.apply("lock", lambda p: p.with_diagram(replace(p.diagram, locked=locked)))
    window.document.select([JOIN])
    window.actions_table["sort_inputs"].trigger()
    assert order(window) == ["low", "middle", "high"]
    assert "locked" in window.canvas.notice.text()
