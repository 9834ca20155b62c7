"""The window's commands on wires, by keys and menu."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
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


def test_without_a_wire_it_is_said_what_was_expected(window: MainWindow) -> None:
    window.actions_table["input_up"].trigger()
    assert window.canvas.notice.text() == "Expected one selected wire to move; received 0."


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
