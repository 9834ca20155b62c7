"""Arrange, align and distribute, as menus and keys do them."""

from itertools import pairwise

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, NodeId, Position
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.project import Project
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.window import MainWindow
from tests.benchmarks.layout import blocks

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def name(window: MainWindow, text: str) -> NodeId:
    """Return the node of a name."""
    diagram = window.document.diagram
    return next(node for node in diagram.nodes if diagram.name_of(node) == text)


def scatter(window: MainWindow) -> None:
    """Put the nodes in a slanting row, from right to left."""
    document = window.document
    places = {node: Position(-300.0 * n, 90.0 * n) for n, node in enumerate(document.diagram.nodes)}
    document.apply(
        "scatter", lambda project: project.with_diagram(edits.move_nodes(project.diagram, places))
    )


def enabled(window: MainWindow, *names: str) -> set[bool]:
    return {window.actions_table[one].isEnabled() for one in names}


def test_arrange_lays_out_everything_as_one_edit_and_shows_it(window: MainWindow) -> None:
    scatter(window)
    before = window.document.diagram
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_L, CONTROL)
    diagram = window.document.diagram
    assert window.document.undo_stack.undoText() == "arrange"
    assert all(
        diagram.positions[wire.source].x < diagram.positions[wire.target].x
        for wire in diagram.wires.values()
    )
    scene = window.canvas.diagram_scene
    seen = window.canvas.mapToScene(window.canvas.viewport().rect()).boundingRect()
    assert seen.contains(scene.outline())
    window.document.undo_stack.undo()
    assert window.document.diagram == before


def test_wires_of_a_chain_are_straight_as_they_are_drawn(window: MainWindow) -> None:
    scatter(window)
    window.actions_table["arrange"].trigger()
    scene = window.canvas.diagram_scene
    heights = {scene.nodes[name(window, one)].y() for one in ("image", "conv_1")}
    assert len(heights) == 1


def test_from_top_to_bottom_every_wire_leads_down(window: MainWindow) -> None:
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_L, CONTROL | SHIFT)
    diagram = window.document.diagram
    assert all(
        diagram.positions[wire.source].y < diagram.positions[wire.target].y
        for wire in diagram.wires.values()
    )


def test_arranged_again_a_diagram_keeps_its_direction_until_it_is_given_another(
    window: MainWindow,
) -> None:
    found = []
    for action in ("arrange_down", "arrange", "arrange_right", "arrange"):
        window.actions_table[action].trigger()
        found.append(window.document.diagram.direction)
    assert found == [Direction.DOWN, Direction.DOWN, Direction.RIGHT, Direction.RIGHT]
    scene = window.canvas.diagram_scene
    item = scene.nodes[name(window, "conv_1")]
    assert item.port_place(Side.INPUT, 0).x() == item.frame().left()


def test_a_selection_laid_out_another_way_leaves_the_ports_of_all_nodes(
    window: MainWindow,
) -> None:
    window.document.select([name(window, one) for one in ("image", "conv_1")])
    window.actions_table["arrange_down"].trigger()
    diagram = window.document.diagram
    assert diagram.direction is Direction.RIGHT
    upper, lower = (diagram.positions[name(window, one)] for one in ("image", "conv_1"))
    assert upper.y < lower.y


def test_with_several_selected_the_others_stay(window: MainWindow) -> None:
    scatter(window)
    before = window.document.diagram.positions
    part = {name(window, one) for one in ("image", "conv_1")}
    window.document.select(part)
    window.actions_table["arrange"].trigger()
    after = window.document.diagram.positions
    assert {node for node in after if after[node] != before[node]} <= part
    assert window.document.undo_stack.undoText() == "arrange selection"
    assert window.document.selection == part


def test_a_large_diagram_is_arranged_beside_the_window(window: MainWindow, qtbot: QtBot) -> None:
    window.document.reset(Project(diagram=blocks(600)))
    window.actions_table["arrange"].trigger()
    assert not window.document.diagram.positions
    qtbot.waitUntil(lambda: len(window.document.diagram.positions) == 600, timeout=20_000)


def test_a_layout_of_what_was_edited_meanwhile_is_not_used(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.document.reset(Project(diagram=blocks(600)))
    with qtbot.waitSignal(window.order.refused, timeout=20_000) as said:
        window.actions_table["arrange"].trigger()
        window.document.apply(
            "rename",
            lambda project: project.with_diagram(edits.rename_model(project.diagram, "other")),
        )
    assert "arrange it again" in said.args[0]
    assert not window.document.diagram.positions


def test_align_needs_two_nodes_and_distribute_three(window: MainWindow) -> None:
    nodes = sorted(window.document.diagram.nodes)
    for count, can_align, can_distribute in ((1, False, False), (2, True, False), (3, True, True)):
        window.document.select(nodes[:count])
        assert enabled(window, "align_left", "align_middle") == {can_align}
        assert enabled(window, "distribute_gaps_across") == {can_distribute}


def test_aligned_edges_are_those_that_are_drawn(window: MainWindow) -> None:
    scatter(window)
    part = [name(window, one) for one in ("image", "conv_1", "pool")]
    window.document.select(part)
    window.actions_table["align_right"].trigger()
    scene = window.canvas.diagram_scene
    assert len({scene.nodes[node].frame().right() for node in part}) == 1
    assert window.document.undo_stack.undoText() == "align right"


def test_a_locked_node_stays_and_the_others_come_in_line_with_it(window: MainWindow) -> None:
    scatter(window)
    held, other = name(window, "pool"), name(window, "image")
    window.document.apply(
        "lock", lambda project: project.with_diagram(_locked(project.diagram, held))
    )
    before = window.document.diagram.positions[held]
    window.document.select([held, other])
    window.actions_table["align_left"].trigger()
    after = window.document.diagram.positions
    assert after[held] == before
    assert after[other].x == before.x


def _locked(diagram: Diagram, node: NodeId) -> Diagram:
    return replace(diagram, locked=frozenset({node}))


@pytest.mark.parametrize("way", ["across", "down"])
def test_gaps_are_even_as_they_are_drawn(window: MainWindow, way: str) -> None:
    scatter(window)
    part = [name(window, one) for one in ("image", "conv_1", "pool", "add")]
    window.document.select(part)
    window.actions_table[f"distribute_gaps_{way}"].trigger()
    frames = [window.canvas.diagram_scene.nodes[node].frame() for node in part]
    spans = sorted(
        (one.left(), one.right()) if way == "across" else (one.top(), one.bottom())
        for one in frames
    )
    gaps = [two[0] - one[1] for one, two in pairwise(spans)]
    assert max(gaps) - min(gaps) <= 1
