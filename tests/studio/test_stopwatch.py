"""Calls are timed by an engine process of its own, when somebody wants it, and can be stopped."""

import os
import signal

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import LayerId, NodeId
from graphstudio.diagram.edits import set_parameter
from graphstudio.diagram.project import Project
from graphstudio.studio.canvas.heat import STEPS, ColourBy
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.code.projects import layer
from tests.diagrams import chain
from tests.engine.test_timing import two_encoders
from tests.studio.waiting import alive, wait_until

ENCODER, DENSE = NodeId("encoder"), NodeId("e_dense")


def show(window: MainWindow, project: Project) -> None:
    window.document.reset(project)


def measure(window: MainWindow) -> None:
    window.actions_table["measure_time"].trigger()
    wait_until(lambda: not window.stopwatch.busy)


def text_of(window: MainWindow, node: NodeId) -> str:
    return window.canvas.diagram_scene.nodes[node].value.cost


def test_nodes_are_coloured_by_what_was_measured_until_an_edit_dates_it(window: MainWindow) -> None:
    show(window, Project(diagram=two_encoders()))
    window.actions_table["colour_time"].trigger()
    assert window.stopwatch.busy
    assert not window.actions_table["measure_time"].isEnabled()
    assert window.canvas.legend.text == "Measured time: the engine is starting…"
    assert "for a batch of 32" in window.notices.text
    process = window.stopwatch.process_id

    wait_until(lambda: not window.stopwatch.busy)
    assert alive([process]) == []
    assert window.notices.text == ""
    assert window.canvas.legend.text.endswith(" · batch of 32")
    times = window.findings.timings.nodes
    assert times.keys() == {ENCODER, DENSE, "again", "sum"}
    assert text_of(window, ENCODER) == window.findings.timings.texts[ENCODER]
    window.document.open_model(LayerId("encoder"))
    assert text_of(window, DENSE) == window.findings.timings.texts[DENSE]

    window.document.apply(
        "edit", lambda p: p.with_diagram(set_parameter(p.diagram, DENSE, "units", 5))
    )
    assert window.canvas.legend.text.endswith(" · out of date")
    window.document.undo_stack.undo()
    assert window.canvas.legend.text.endswith(" · batch of 32")

    # The times still hold: what is looked at changes, and nothing is measured.
    window.actions_table["colour_none"].trigger()
    assert text_of(window, DENSE) == ""
    window.actions_table["colour_time"].trigger()
    assert not window.stopwatch.busy


def test_the_call_that_takes_longest_is_the_hottest(window: MainWindow) -> None:
    small = layer("Conv2D", "small", filters=1, kernel_size=1)
    large = layer("Conv2D", "large", filters=64, kernel_size=5)
    largest = layer("Conv2D", "largest", filters=64, kernel_size=5)
    show(window, Project(diagram=chain(small, large, largest, shape=(48, 48, 1))))
    measure(window)
    nodes = window.canvas.diagram_scene.nodes
    assert nodes[NodeId("largest")].value.heat == STEPS
    assert (nodes[NodeId("small")].value.heat or 0) < STEPS


def test_measuring_can_be_stopped_where_it_is_told_of(window: MainWindow) -> None:
    window.actions_table["measure_time"].trigger()
    process = window.stopwatch.process_id
    stop = next(one for one in window.notices.findChildren(QPushButton) if one.text() == "Stop")
    stop.click()
    assert not window.stopwatch.busy
    assert alive([process]) == []
    assert window.notices.text == ""
    assert window.canvas.legend.text == "Measured time: not measured yet"
    assert window.actions_table["measure_time"].isEnabled()
    assert not window.actions_table["stop_measuring"].isEnabled()


def test_a_model_that_is_too_large_is_refused_in_a_sentence(window: MainWindow) -> None:
    words = layer("Embedding", "words", input_dim=10**9, output_dim=1000)
    show(window, Project(diagram=chain(words, shape=(8,), dtype="int32")))
    measure(window)
    assert window.notices.text.startswith("The model is too large to be run here: expected")
    assert window.findings.timings.timed is None


def test_where_there_is_no_layer_nothing_is_measured(window: MainWindow) -> None:
    show(window, Project())
    window.actions_table["measure_time"].trigger()
    assert not window.stopwatch.busy
    assert "expected a layer; received none yet" in window.notices.text


@pytest.mark.parametrize("way", ["another project", "close"])
def test_what_is_open_no_longer_is_measured_no_longer(window: MainWindow, way: str) -> None:
    window.actions_table["measure_time"].trigger()
    process = window.stopwatch.process_id
    if way == "close":
        window.document.undo_stack.setClean()
        window.close()
    else:
        show(window, Project(diagram=two_encoders()))
    assert not window.stopwatch.busy
    assert alive([process]) == []


def test_an_engine_that_dies_leaves_a_sentence_and_the_diagram(window: MainWindow) -> None:
    window.actions_table["measure_time"].trigger()
    wait_until(lambda: window.stopwatch.process_id)
    os.kill(window.stopwatch.process_id, signal.SIGKILL)
    wait_until(lambda: not window.stopwatch.busy)
    assert "their engine ended (killed by signal 9)" in window.notices.text
    assert window.document.diagram.nodes


def test_the_next_window_colours_nodes_as_the_last_one_did(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.actions_table["colour_output"].trigger()
    following = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(following)
    assert following.canvas.diagram_scene.overlay.by is ColourBy.OUTPUT_SIZE
    assert following.actions_table["colour_output"].isChecked()
    window.actions_table["colour_time"].trigger()
    window.stopwatch.stop()
    third = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(third)
    assert third.canvas.diagram_scene.overlay.by is ColourBy.TIME
    # To remember a choice is no wish to have the model run.
    assert not third.stopwatch.busy
