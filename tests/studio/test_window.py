"""The window as a person meets it: its canvas, its tabs, its title, and how it closes."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import LayerId, NodeId
from graphstudio.diagram.project_file import load_project
from graphstudio.resource import resource_path
from graphstudio.studio.run import Run, RunState
from graphstudio.studio.settings import remembered_theme
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.studio.hand import asked, press, read
from tests.studio.waiting import alive, engines_of, wait_until


@pytest.fixture(scope="module")
def studio(qapp: QApplication, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MainWindow]:
    """One window on the digits with its engines, as the program opens it."""
    del qapp
    folder = tmp_path_factory.mktemp("studio")
    for name in ("examples/digits.gstudio", "data/digits.npz"):
        (folder / name).parent.mkdir()
        shutil.copyfile(resource_path(name), folder / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        window = MainWindow(shipped_catalog(), Theme("dark"))
    window.files.open(folder / "examples/digits.gstudio")
    window.show()
    window.start_engines()
    wait_until(lambda: not window.findings.pending)
    yield window
    window.document.undo_stack.setClean()
    window.close()
    assert alive(engines_of(os.getpid())) == []
    window.deleteLater()


def set_units(window: MainWindow, node: str, units: int) -> None:
    window.document.apply(
        "set units",
        lambda project: project.with_diagram(
            edits.set_parameter(project.diagram, NodeId(node), "units", units)
        ),
    )


def shape_on_canvas(window: MainWindow, node: str) -> str:
    return window.canvas.diagram_scene.nodes[NodeId(node)].value.shape


def problems_title(window: MainWindow) -> str:
    return window.tabs.tabText(window.tabs.indexOf(window.problems))


def code(window: MainWindow) -> str:
    text = window.code.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    return text.toPlainText()


def test_every_node_shows_the_shape_that_leaves_it(studio: MainWindow) -> None:
    assert shape_on_canvas(studio, "image") == "(None, 8, 8, 1)"
    assert shape_on_canvas(studio, "conv_2") == "(None, 8, 8, 32)"
    set_units(studio, "scores", 7)
    wait_until(lambda: shape_on_canvas(studio, "scores") == "(None, 7)", 10)
    studio.document.undo_stack.undo()
    wait_until(lambda: shape_on_canvas(studio, "scores") == "(None, 10)", 10)


def test_the_status_bar_says_that_the_engine_is_ready(studio: MainWindow) -> None:
    assert "● engine ready" in read(studio.status)
    assert "11 nodes · 11 wires" in read(studio.status)


def test_what_keras_refuses_is_counted_on_the_problems_tab(studio: MainWindow) -> None:
    wait_until(lambda: problems_title(studio) == "Problems", 5)
    studio.document.apply(
        "set filters",
        lambda project: project.with_diagram(
            edits.set_parameter(project.diagram, NodeId("conv_2"), "filters", 16)
        ),
    )
    wait_until(lambda: problems_title(studio) == "Problems 1", 10)
    studio.document.undo_stack.undo()
    wait_until(lambda: problems_title(studio) == "Problems", 10)


def test_train_shows_the_run_and_stop_ends_it(studio: MainWindow) -> None:
    studio.tabs.setCurrentWidget(studio.code)
    studio.actions_table["train"].trigger()
    assert studio.tabs.currentWidget() is studio.training
    assert not studio.actions_table["train"].isEnabled()
    run = studio.trainer.run
    assert run is not None
    wait_until(lambda: len(run.total.training) > 3)
    assert studio.actions_table["pause"].isEnabled()
    wait_until(lambda: {"total", "digit", "even", "ink"} <= set(read(studio.training)), 5)
    press(studio.training, "Stop")
    assert wait_until(lambda: not studio.trainer.busy, 5) < 1.5
    assert run.state is RunState.STOPPED
    assert studio.actions_table["train"].isEnabled()
    assert not studio.actions_table["stop"].isEnabled()
    assert studio.document.path is not None
    assert list((studio.document.path.parent / "runs").glob("digits-*/model.keras"))


def test_data_that_is_not_there_is_said_in_the_training_panel(studio: MainWindow) -> None:
    studio.files.use_data(Path("/nowhere/lost.npz"))
    studio.actions_table["train"].trigger()
    wait_until(lambda: not studio.trainer.busy)
    wait_until(lambda: any("lost.npz" in text for text in read(studio.training)), 5)
    studio.document.undo_stack.undo()


def test_what_is_typed_in_the_inspector_is_trained(studio: MainWindow) -> None:
    studio.document.select([NodeId("scores")])
    type_into_inspector(studio, "10", "12")
    studio.train()
    assert studio.document.diagram.layers[LayerId("scores")].config["units"] == 12
    studio.trainer.stop()
    wait_until(lambda: not studio.trainer.busy, 5)
    studio.document.undo_stack.undo()


def test_a_run_that_dies_leaves_the_design_engine_up(studio: MainWindow) -> None:
    studio.train()
    wait_until(lambda: studio.trainer.process_id)
    design = studio.engine.process_id
    os.kill(studio.trainer.process_id, 9)
    wait_until(lambda: not studio.trainer.busy, 5)
    wait_until(lambda: any("killed by signal 9" in text for text in read(studio.training)), 5)
    assert studio.engine.process_id == design
    set_units(studio, "scores", 9)
    wait_until(lambda: shape_on_canvas(studio, "scores") == "(None, 9)", 10)
    studio.document.undo_stack.undo()


def test_the_title_names_the_file_and_marks_unsaved_edits(window: MainWindow) -> None:
    assert window.windowTitle() == "digits.gstudio[*] — Graph Studio"
    assert not window.isWindowModified()
    set_units(window, "scores", 7)
    assert window.isWindowModified()
    window.actions_table["undo"].trigger()
    assert not window.isWindowModified()


def test_undo_and_redo_name_what_they_take_back(window: MainWindow) -> None:
    assert not window.actions_table["undo"].isEnabled()
    set_units(window, "scores", 7)
    assert window.actions_table["undo"].text() == "Undo set units"
    window.actions_table["undo"].trigger()
    assert window.actions_table["redo"].text() == "Redo set units"
    assert not window.actions_table["undo"].isEnabled()


def test_the_code_tab_shows_the_script_and_follows_an_edit(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.code)
    wait_until(lambda: "keras.layers.Dense(10" in code(window) or "layers.Dense(" in code(window))
    compile(code(window), "shown", "exec")
    set_units(window, "scores", 77)
    wait_until(lambda: "77" in code(window), 3)
    window.actions_table["undo"].trigger()
    wait_until(lambda: "77" not in code(window), 3)


def test_problems_are_counted_without_an_engine_too(window: MainWindow) -> None:
    window.canvas.add_entry("keras.layers.Add")
    wait_until(lambda: problems_title(window).startswith("Problems "), 3)


def test_a_clean_window_closes_without_a_question(window: MainWindow) -> None:
    assert window.close()
    assert not window.isVisible()


def test_a_window_with_unsaved_edits_asks_and_cancel_keeps_it_open(window: MainWindow) -> None:
    set_units(window, "scores", 7)
    window.close()
    assert asked(window) == "Save the changes to digits.gstudio?"
    press(window, "Cancel")
    assert window.isVisible()
    assert window.isWindowModified()


def test_save_on_closing_writes_the_file_and_closes(window: MainWindow, digits: Path) -> None:
    set_units(window, "scores", 7)
    window.close()
    press(window, "Save")
    wait_until(lambda: not window.isVisible(), 3)
    assert load_project(digits) == window.document.project


def test_discard_on_closing_leaves_the_file_and_closes(window: MainWindow, digits: Path) -> None:
    before = digits.read_bytes()
    set_units(window, "scores", 7)
    window.close()
    press(window, "Discard")
    wait_until(lambda: not window.isVisible(), 3)
    assert digits.read_bytes() == before


def test_a_window_whose_file_cannot_be_written_stays_open(window: MainWindow, digits: Path) -> None:
    set_units(window, "scores", 7)
    shutil.rmtree(digits.parent)
    window.close()
    press(window, "Save")
    QTest.qWait(50)
    assert window.isVisible()
    assert window.isWindowModified()
    assert window.notices.text == (
        f"digits.gstudio cannot be saved in {digits.parent}: No such file or directory."
    )


def test_a_layer_is_added_by_tab_typing_and_enter_again_and_again(window: MainWindow) -> None:
    window.files.new()
    window.show()
    window.activateWindow()
    for word in ("input", "dense", "dropout"):
        window.canvas.setFocus()
        QTest.keyClick(window.canvas, Qt.Key.Key_Tab)
        QTest.keyClicks(window.finding.popup.field, word)
        QTest.keyClick(window.finding.popup.field, Qt.Key.Key_Return)
    diagram = window.document.diagram
    assert [diagram.name_of(node) for node in diagram.nodes] == ["input", "dense", "dropout"]


def test_another_document_leaves_the_old_ones_run_behind(window: MainWindow) -> None:
    window.training.show_run(Run(1, ["digit"], window))
    assert "Run 1" in " ".join(read(window.training))
    window.files.new()
    assert "Run 1" not in " ".join(read(window.training))


def test_the_theme_that_was_chosen_is_remembered(window: MainWindow) -> None:
    window.actions_table["theme_light"].trigger()
    assert remembered_theme() == "light"
    window.actions_table["theme_system"].trigger()
    assert remembered_theme() == "system"


def test_what_is_still_being_typed_is_saved(window: MainWindow, digits: Path) -> None:
    window.document.select([NodeId("scores")])
    type_into_inspector(window, "10", "12")
    window.actions_table["save"].trigger()
    assert load_project(digits).diagram.layers[LayerId("scores")].config["units"] == 12


def test_what_is_still_being_typed_is_asked_about_on_closing(window: MainWindow) -> None:
    window.document.select([NodeId("scores")])
    type_into_inspector(window, "10", "12")
    window.close()
    assert asked(window) == "Save the changes to digits.gstudio?"
    press(window, "Cancel")


def test_the_theme_changes_everywhere_at_once(window: MainWindow) -> None:
    window.actions_table["theme_light"].trigger()
    light = window.grab().toImage().pixelColor(400, 300).lightness()
    window.actions_table["theme_dark"].trigger()
    dark = window.grab().toImage().pixelColor(400, 300).lightness()
    assert light > 200
    assert dark < 80


def test_a_slash_opens_the_search_from_the_canvas_and_is_a_letter_in_a_field(
    window: MainWindow,
) -> None:
    field = window.palette_panel.search_field
    window.activateWindow()
    window.canvas.setFocus()
    QTest.keyClick(window.canvas, Qt.Key.Key_Slash)
    assert field.hasFocus()
    QTest.keyClicks(field, "/")
    assert field.text() == "/"


def test_a_layer_that_is_searched_and_entered_lands_on_the_canvas(window: MainWindow) -> None:
    count = len(window.document.diagram.nodes)
    QTest.keyClicks(window.palette_panel.search_field, "dropout")
    QTest.keyClick(window.palette_panel.search_field, Qt.Key.Key_Return)
    assert len(window.document.diagram.nodes) == count + 1
    classes = [layer.class_name for layer in window.document.diagram.layers.values()]
    assert "keras.layers.Dropout" in classes


def test_a_project_without_edits_of_its_own_is_replaced_without_a_question(
    window: MainWindow,
) -> None:
    window.actions_table["new"].trigger()
    assert asked(window) == ""
    assert window.windowTitle() == "Untitled[*] — Graph Studio"


def test_the_settings_of_the_project_reach_the_script(window: MainWindow) -> None:
    window.tabs.setCurrentWidget(window.code)
    window.document.apply(
        "set epochs",
        lambda project: replace(project, training=replace(project.training, epochs=43)),
    )
    wait_until(lambda: "43" in code(window), 3)


def type_into_inspector(window: MainWindow, old: str, new: str) -> None:
    """Type a value over the one that an inspector's field shows, and stay in the field."""
    fields = [
        field for field in window.inspector.findChildren(QLineEdit)
        if field.isVisible() and field.text() == old
    ]  # fmt: skip
    assert len(fields) == 1, [field.text() for field in window.inspector.findChildren(QLineEdit)]
    fields[0].setFocus()
    fields[0].selectAll()
    QTest.keyClicks(fields[0], new)


def test_costs_are_shown_on_the_nodes_and_in_all_once_they_are_asked_for(
    studio: MainWindow,
) -> None:
    wait_until(lambda: not studio.findings.pending)
    node = studio.canvas.diagram_scene.nodes[NodeId("scores")]
    assert not node.value.cost
    assert studio.actions_table["show_cost"].isCheckable()
    studio.actions_table["show_cost"].trigger()
    wait_until(lambda: not studio.findings.cost_pending)
    assert node.value.cost.endswith("FLOPs")
    assert any("FLOPs · weights" in label.text() for label in studio.status.findChildren(QLabel))
    studio.actions_table["show_cost"].trigger()
    assert not node.value.cost
    assert not any("FLOPs" in label.text() for label in studio.status.findChildren(QLabel))


def test_nodes_are_coloured_by_one_thing_at_a_time(studio: MainWindow) -> None:
    names = ("colour_none", "colour_params", "colour_flops", "colour_output")

    def on() -> list[str]:
        return [name for name in names if studio.actions_table[name].isChecked()]

    assert on() == ["colour_none"]
    assert not studio.canvas.legend.text
    studio.actions_table["colour_flops"].trigger()
    assert on() == ["colour_flops"]
    assert studio.actions_table["show_cost"].isChecked()
    wait_until(lambda: not studio.findings.cost_pending)
    assert studio.canvas.diagram_scene.nodes[NodeId("scores")].value.heat
    assert studio.canvas.legend.text.startswith("FLOPs: ")
    studio.actions_table["colour_params"].trigger()
    assert on() == ["colour_params"]
    assert studio.findings.shows_cost
    studio.actions_table["colour_flops"].trigger()
    # What is no longer counted colours nothing.
    studio.actions_table["show_cost"].trigger()
    assert on() == ["colour_none"]
    assert not studio.canvas.legend.text
