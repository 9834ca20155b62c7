"""Comparing the open diagram with another one: the commands, the rows and the canvas."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, LayerId, NodeId, Position, WireId
from graphstudio.diagram.nesting import edit_inside
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.places import run_project
from graphstudio.studio.window import MainWindow
from tests.studio.canvas.hand import LEFT
from tests.studio.test_models import twice
from tests.studio.waiting import wait_until

CONV, EVEN = NodeId("conv_1"), NodeId("even")


def edit(window: MainWindow, change: object) -> None:
    assert callable(change)
    window.document.apply("change", lambda one: one.with_diagram(change(one.diagram)))


def widen(window: MainWindow, filters: int = 64) -> None:
    edit(window, lambda one: edits.set_parameter(one, CONV, "filters", filters))


def compare_saved(window: MainWindow) -> None:
    window.actions_table["compare_saved"].trigger()


def rows(window: MainWindow) -> list[tuple[str, ...]]:
    tree = window.compare_panel.rows
    items = (tree.topLevelItem(number) for number in range(tree.topLevelItemCount()))
    return [tuple(item.text(n) for n in range(3)) for item in items if item is not None]


def click_row(window: MainWindow, number: int) -> None:
    tree = window.compare_panel.rows
    item = tree.topLevelItem(number)
    assert item is not None
    place = tree.visualItemRect(item).topLeft() + QPoint(60, 8)
    QTest.mouseClick(tree.viewport(), LEFT, pos=place)


def headline(window: MainWindow) -> str:
    return window.compare_panel.headline.text()


def test_each_difference_from_the_saved_file_has_a_row(window: MainWindow) -> None:
    widen(window)
    edit(window, lambda one: edits.remove_nodes(one, [EVEN]))
    window.canvas.add_entry("keras.layers.Dense")
    compare_saved(window)
    assert window.tabs.currentWidget() is window.compare_panel
    assert rows(window) == [
        ("changed node", "conv_1", "filters: 32 → 64"),
        ("removed node", "even", ""),
        ("added node", "dense", ""),
        ("removed wire", "parity → even", ""),
    ]
    assert headline(window) == "Compared with digits.gstudio as it is saved: 4 differences."


def test_a_click_on_a_row_selects_the_node_and_brings_it_into_view(window: MainWindow) -> None:
    widen(window)
    edit(window, lambda one: edits.move_nodes(one, {CONV: Position(9000, 4000)}))
    compare_saved(window)
    click_row(window, 0)
    assert window.document.selection == {CONV}
    seen = window.canvas.mapToScene(window.canvas.viewport().rect()).boundingRect()
    assert seen.contains(window.canvas.diagram_scene.nodes[CONV].frame())


def test_the_canvas_rings_what_is_there_and_draws_what_is_gone(window: MainWindow) -> None:
    place = window.document.diagram.positions[EVEN]
    widen(window)
    edit(window, lambda one: edits.remove_nodes(one, [EVEN]))
    window.canvas.add_entry("keras.layers.Dense")
    (added,) = window.document.selection
    compare_saved(window)
    marks = window.differences
    assert marks.isVisible()
    assert marks.kinds == {CONV: "changed", added: "added"}
    assert marks.ghosts.keys() == {EVEN}
    assert (marks.ghosts[EVEN].x(), marks.ghosts[EVEN].y()) == (place.x, place.y)


def test_a_click_on_the_row_of_what_is_gone_brings_its_ghost_into_the_middle(
    window: MainWindow,
) -> None:
    edit(window, lambda one: edits.move_nodes(one, {EVEN: Position(9000, 4000)}))
    window.files.save()
    edit(window, lambda one: edits.remove_nodes(one, [EVEN]))
    compare_saved(window)
    assert rows(window)[0] == ("removed node", "even", "")
    click_row(window, 0)
    assert window.document.selection == frozenset()
    assert near_the_middle(window, window.differences.ghosts[EVEN].center())


def near_the_middle(window: MainWindow, place: QPointF) -> bool:
    there = window.canvas.mapFromScene(place) - window.canvas.viewport().rect().center()
    return there.manhattanLength() < 8


def move_wire(window: MainWindow, target: NodeId, source: NodeId) -> WireId:
    """Let the one wire into a node come from another, and return its id."""
    (key,) = (key for key, wire in window.document.diagram.wires.items() if wire.target == target)
    wire = replace(window.document.diagram.wires[key], source=source)
    edit(window, lambda one: replace(one, wires={**one.wires, key: wire}))
    return key


def test_wires_that_came_went_and_come_from_elsewhere_are_marked_and_listed(
    window: MainWindow,
) -> None:
    diagram = window.document.diagram
    pool = next(node for node in diagram.nodes if diagram.name_of(node).startswith("pool"))
    (old,) = diagram.incoming[EVEN]
    moved = move_wire(window, EVEN, pool)
    (gone,) = (key for key, wire in diagram.wires.items() if wire.target == CONV)
    edit(window, lambda one: edits.remove_wires(one, [gone]))
    compare_saved(window)
    before, after = diagram.name_of(old.source), diagram.name_of(pool)
    source = diagram.name_of(diagram.wires[gone].source)
    assert sorted(rows(window)) == [
        ("changed wire", f"{after} → even", f"source: {before} → {after}"),
        ("removed wire", f"{source} → conv_1", ""),
    ]
    wires = window.differences.wires
    assert wires.isVisible()
    assert wires.kinds == {moved: "changed"}
    assert {end[0] for end in wires.ghosts} == {EVEN, CONV}
    window.document.undo_stack.setIndex(0)
    wait_until(lambda: not wires.isVisible())


@pytest.mark.parametrize("zoom", [100, 45, 20])
def test_an_added_wire_is_painted_in_the_colour_of_what_came(window: MainWindow, zoom: int) -> None:
    key, wire = next(iter(window.document.diagram.wires.items()))
    edit(window, lambda one: edits.remove_wires(one, [key]))
    window.files.save()
    edit(window, lambda one: edits.add_wire(one, key, wire))
    compare_saved(window)
    assert window.differences.wires.kinds == {key: "added"}
    click_row(window, 0)
    window.document.select([])
    window.canvas.zoom_to(zoom)
    assert colours_across(window, key) >= {QColor(window._theme.palette.good).rgb()}
    window.actions_table["stop_comparing"].trigger()
    assert not colours_across(window, key) & {QColor(window._theme.palette.good).rgb()}


def colours_across(window: MainWindow, wire: WireId) -> set[int]:
    """Return the colours in a column across a wire, beside the sign at its middle."""
    item = window.canvas.diagram_scene.wires[wire]
    place = window.canvas.mapFromScene(item.path.pointAtPercent(0.3))
    image = window.canvas.viewport().grab().toImage()
    return {image.pixelColor(place.x(), place.y() + way).rgb() for way in range(-4, 5)}


def test_the_ghost_of_a_wire_stays_at_a_node_that_is_moved(window: MainWindow) -> None:
    key = next(key for key, wire in window.document.diagram.wires.items() if wire.target == CONV)
    edit(window, lambda one: edits.remove_wires(one, [key]))
    compare_saved(window)
    ((_, before),) = window.differences.wires.ghosts.values()
    there = window.document.diagram.positions[CONV]
    place = Position(there.x + 40, there.y + 240)
    edit(window, lambda one: edits.move_nodes(one, {CONV: place}))
    ((_, after),) = window.differences.wires.ghosts.values()
    assert after - before == QPointF(40, 240)


@pytest.mark.parametrize("zoom", [100, 45, 20])
def test_the_ring_is_painted_in_the_colour_of_a_change(window: MainWindow, zoom: int) -> None:
    widen(window)
    compare_saved(window)
    window.canvas.zoom_to(zoom)
    window.canvas.center_on_node(CONV)
    colour = QColor(window._theme.palette.warning).rgb()
    assert colour in pixels_around_node(window)
    window.actions_table["stop_comparing"].trigger()
    assert colour not in pixels_around_node(window)


def pixels_around_node(window: MainWindow) -> set[int]:
    """Return the colours in a column above the middle of the node."""
    frame = window.canvas.diagram_scene.nodes[CONV].frame()
    top = window.canvas.mapFromScene(frame.center().x(), frame.top())
    image = window.canvas.viewport().grab().toImage()
    return {image.pixelColor(top.x(), top.y() + way).rgb() for way in range(-8, 1)}


def test_it_follows_edits_and_undo(window: MainWindow) -> None:
    compare_saved(window)
    assert rows(window) == []
    widen(window)
    wait_until(lambda: len(rows(window)) == 1)
    assert window.differences.kinds == {CONV: "changed"}
    window.document.undo_stack.undo()
    wait_until(lambda: rows(window) == [])
    assert not window.differences.isVisible()


def test_saving_leaves_nothing_that_differs_from_the_saved_file(window: MainWindow) -> None:
    widen(window)
    compare_saved(window)
    assert len(rows(window)) == 1
    window.files.save()
    assert rows(window) == []
    assert headline(window) == "Compared with digits.gstudio as it is saved: no differences."


def test_the_button_stops_and_offers_to_begin_again(window: MainWindow) -> None:
    widen(window)
    assert not window.actions_table["stop_comparing"].isEnabled()
    compare_saved(window)
    assert window.actions_table["stop_comparing"].isEnabled()
    QTest.mouseClick(window.compare_panel.stop, LEFT)
    assert rows(window) == []
    assert headline(window) == "The diagram is compared with no other one."
    assert not window.differences.isVisible()
    assert not window.actions_table["stop_comparing"].isEnabled()
    shown = [one for one in window.compare_panel.findChildren(QPushButton) if one.isVisible()]
    assert [one.text() for one in shown] == ["Compare with File…"]


def test_a_file_is_asked_for(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    other = tmp_path / "other.gstudio"
    diagram = edits.set_parameter(window.document.diagram, CONV, "filters", 8)
    save_project(window.document.whole.with_diagram(diagram), other)
    window.actions_table["compare_file"].trigger()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(other))
    dialog.close()
    assert rows(window) == [("changed node", "conv_1", "filters: 8 → 32")]
    assert headline(window) == "Compared with other.gstudio: 1 difference."
    del qtbot


def test_a_bad_file_says_one_sentence_and_changes_nothing(
    window: MainWindow, tmp_path: Path
) -> None:
    widen(window)
    compare_saved(window)
    bad = tmp_path / "bad.gstudio"
    bad.write_text('{"schema": 1, "no', encoding="utf-8")
    window.comparing.compare(bad)
    assert window.notices.isVisible()
    assert len(rows(window)) == 1
    assert headline(window).startswith("Compared with digits.gstudio")


def test_another_project_is_not_compared(window: MainWindow) -> None:
    widen(window)
    compare_saved(window)
    window.document.reset(Project())
    assert window.comparison.title == ""
    assert not window.differences.isVisible()
    assert not window.actions_table["compare_saved"].isEnabled()


def test_the_last_run_is_what_it_kept(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = window.actions_table["compare_run"]
    assert not action.isEnabled()
    # The process of the run is not what is asked for here, only what its folder holds.
    monkeypatch.setattr(window.trainer, "warm_up", lambda: None)
    window.trainer.train(window.document.whole, tmp_path, tmp_path)
    assert action.isEnabled()
    action.trigger()
    assert window.notices.isVisible()
    assert window.comparison.title == ""
    save_project(window.document.whole, run_project(tmp_path))
    widen(window)
    action.trigger()
    assert rows(window) == [("changed node", "conv_1", "filters: 32 → 64")]
    assert headline(window) == "Compared with what the last run trained: 1 difference."
    window.document.reset(Project())
    assert not action.isEnabled()


def test_nested_models_are_compared_with_those_at_the_same_place(
    window: MainWindow, tmp_path: Path
) -> None:
    whole = twice()
    inner = whole.layers[LayerId("m")].diagram
    assert inner is not None
    head = next(iter(inner.heads))
    changed = edit_inside(whole, [LayerId("m")], lambda one: heavier(one, head))
    other = tmp_path / "other.gstudio"
    save_project(Project(diagram=changed), other)
    window.document.reset(Project(diagram=whole))
    window.document.open_model(LayerId("m"))
    window.comparing.compare(other)
    (row,) = rows(window)
    assert row[2] == "weight: 3.0 → 1.0"
    assert window.differences.kinds == {head: "changed"}
    window.document.close_model()
    assert [one[2] for one in rows(window)] == ["what is inside"] * 2
    assert head not in window.differences.kinds


def test_the_whole_models_are_compared_where_the_other_has_no_such_model(
    window: MainWindow, tmp_path: Path
) -> None:
    other = tmp_path / "other.gstudio"
    save_project(Project(diagram=edits.remove_nodes(twice(), [NodeId("m"), NodeId("m2")])), other)
    window.document.reset(Project(diagram=twice()))
    window.document.open_model(LayerId("m"))
    window.comparing.compare(other)
    assert "the whole models are compared" in headline(window)
    assert not window.differences.isVisible()
    click_row(window, 0)
    assert window.document.place == ()
    assert window.document.selection
    assert window.differences.isVisible()


def heavier(diagram: Diagram, head: NodeId) -> Diagram:
    nodes = {**diagram.nodes, head: replace(diagram.heads[head], weight=3.0)}
    return replace(diagram, nodes=nodes)
