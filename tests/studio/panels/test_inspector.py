"""The inspector shows what is selected, and its edits are steps of undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    CallNode,
    HeadNode,
    Layer,
    LayerId,
    NodeId,
    Position,
    WireId,
)
from graphstudio.diagram.generated import GENERATED, Column, Draw, GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import ArraysSource
from graphstudio.diagram.values import make_object
from graphstudio.protocol import Cost, Inspected, Measured, NodeInfo, Tensor, Timed
from graphstudio.studio.panels.inspector.editors.choices import BooleanEditor
from graphstudio.studio.panels.inspector.editors.objects import ObjectEditor
from tests.studio.panels.bench import CONV, CONV_LAYER, DENSE, DIGIT, IMAGE, Bench, conv_net


def test_a_selected_call_shows_its_name_its_class_and_its_values(bench: Bench) -> None:
    bench.document.select([CONV])
    assert {"conv_1", "keras.layers.Conv2D", "Parameters", "Call", "Shared"} <= set(bench.texts())
    assert bench.field("name").line.text() == "conv_1"
    assert bench.field("filters").line.text() == "32"
    assert bench.field("strides").line.text() == "1 \N{MULTIPLICATION SIGN} 1"


def test_a_committed_value_is_one_step_of_undo_with_a_title(bench: Bench) -> None:
    bench.document.select([CONV])
    bench.type_into("filters", "64")
    assert bench.config() == {"filters": 64, "kernel_size": [3, 3], "padding": "same"}
    assert bench.undo_text() == "set filters"
    assert bench.document.undo_stack.count() == 1


def test_undo_shows_the_old_value_in_the_same_field_which_keeps_the_focus(bench: Bench) -> None:
    bench.document.select([CONV])
    field = bench.field("filters")
    bench.type_into("filters", "64")
    bench.document.undo_stack.undo()
    assert bench.field("filters") is field
    assert field.line.text() == "32"
    assert field.line.hasFocus()
    assert not bench.document.undo_stack.canUndo()
    assert bench.document.undo_stack.canRedo()


def test_the_undo_key_in_a_committed_field_undoes_the_edit(bench: Bench) -> None:
    undo = bench.document.undo_stack.createUndoAction(bench.panel)
    undo.setShortcut(QKeySequence.StandardKey.Undo)
    bench.panel.addAction(undo)
    bench.document.select([CONV])
    bench.type_into("filters", "64")
    QTest.keyClick(bench.field("filters").line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert bench.field("filters").line.text() == "32"
    assert not bench.document.undo_stack.canUndo()


def test_invalid_text_changes_nothing(bench: Bench) -> None:
    bench.document.select([CONV])
    bench.type_into("kernel_size", "3, a")
    assert bench.document.undo_stack.count() == 0
    assert bench.field("kernel_size").line.property("invalid") is True


def test_a_check_box_edits_and_going_back_to_the_default_leaves_the_config(bench: Bench) -> None:
    bench.document.select([CONV])
    before = bench.config()
    editor = bench.editor("use_bias")
    assert isinstance(editor, BooleanEditor)
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert "use_bias" in str(bench.config())
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert bench.config() == before


def test_a_set_value_is_marked_and_its_button_resets_it(bench: Bench) -> None:
    bench.document.select([CONV])
    assert bench.label("padding").property("role") == ""
    assert bench.label("strides").property("role") == "dim"
    buttons = bench.page().findChildren(QToolButton)
    reset = next(one for one in buttons if one.toolTip() == "Reset padding to its default")
    assert reset.isVisible()
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert bench.config() == {"filters": 32, "kernel_size": [3, 3]}
    assert bench.undo_text() == "reset padding"
    assert not reset.isVisible()
    assert bench.label("padding").property("role") == "dim"


def test_an_object_is_picked_and_its_argument_set(bench: Bench) -> None:
    bench.document.select([CONV])
    bench.pick("kernel_regularizer", "L2")
    editor = bench.editor("kernel_regularizer")
    assert isinstance(editor, ObjectEditor)
    QTest.mouseClick(editor.expander, Qt.MouseButton.LeftButton)
    bench.type_into("l2", "0.5")
    config = bench.document.diagram.layers[CONV_LAYER].config
    assert config["kernel_regularizer"] == make_object("keras.regularizers.L2", {"l2": 0.5})
    assert bench.undo_text() == "set kernel_regularizer"
    assert bench.field("l2").line.hasFocus()
    bench.document.undo_stack.undo()
    assert bench.field("l2").line.text() == "0.01"


def test_a_new_name_shows_in_the_title(bench: Bench) -> None:
    bench.document.select([CONV])
    bench.type_into("name", "stem")
    assert bench.document.diagram.name_of(CONV) == "stem"
    assert bench.undo_text() == "rename conv_1"
    assert bench.texts()[0] == "stem"


def test_the_docs_of_a_parameter_are_on_its_label(bench: Bench) -> None:
    bench.document.select([CONV])
    assert "number of filters" in bench.label("filters").toolTip()


def test_what_keras_says_is_shown_and_dimmed_while_it_is_asked_again(bench: Bench) -> None:
    bench.document.select([CONV])
    nodes = {
        IMAGE: NodeInfo((Tensor((None, 8, 8, 1), "float32"),)),
        CONV: NodeInfo(
            (Tensor((None, 8, 8, 32), "float32"),), params=12320, trainable_params=12320
        ),
    }
    bench.findings.receive(Inspected(id=1, nodes=nodes))
    assert {"(None, 8, 8, 1)", "(None, 8, 8, 32)", "12,320"} <= set(bench.texts())
    bench.type_into("filters", "64")
    shape = next(label for label in bench.labels() if label.text() == "(None, 8, 8, 32)")
    assert shape.property("role") == "mono-dim"


def test_a_problem_is_a_sentence_and_its_repair_a_click_away(bench: Bench) -> None:
    bench.document.select([CONV])
    bench.type_into("name", "dense")
    bench.document.select([DENSE])
    assert "Two layers or inputs are named 'dense'." in bench.texts()
    bench.click("Rename to dense_1")
    assert bench.document.diagram.name_of(DENSE) == "dense_1"
    assert bench.undo_text() == "rename to dense_1"
    assert "Two layers or inputs are named 'dense'." not in bench.texts()


def test_a_repair_that_removes_the_node_closes_its_page(bench: Bench, qtbot: QtBot) -> None:
    def cut(project: Project) -> Project:
        return project.with_diagram(edits.remove_wires(project.diagram, [WireId("c")]))

    bench.document.select([DENSE])
    bench.document.apply("cut", cut)
    bench.click("Remove dense")
    qtbot.wait(10)
    assert DENSE not in bench.document.diagram.nodes
    assert "Training" in bench.texts()


def test_a_layer_is_reused_beside_its_call(bench: Bench) -> None:
    bench.document.select([CONV])
    assert "used once" in bench.texts()
    bench.click("Reuse layer")
    diagram = bench.document.diagram
    assert len(diagram.calls[CONV_LAYER]) == 2
    (new,) = bench.document.selection
    assert diagram.positions[new] not in {diagram.positions[CONV], None}
    assert "used by 2 calls" in bench.texts()
    assert bench.undo_text() == "reuse conv_1"


def test_an_argument_of_the_call_belongs_to_the_call(bench: Bench) -> None:
    node, layer = NodeId("drop"), LayerId("drop_layer")

    def add(project: Project) -> Project:
        drop = Layer(class_name="keras.layers.Dropout", name="drop", config={"rate": 0.5})
        return project.with_diagram(edits.add_layer(project.diagram, (layer, node), drop))

    def arguments() -> object:
        call = bench.document.diagram.nodes[node]
        return call.arguments if isinstance(call, CallNode) else None

    bench.document.apply("add", add)
    bench.document.select([node])
    editor = bench.editor("training")
    assert isinstance(editor, BooleanEditor)
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert arguments() == {"training": True}
    assert bench.config(layer) == {"rate": 0.5}
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert arguments() == {}


def test_an_input_takes_a_shape_and_a_column(bench: Bench) -> None:
    bench.document.select([IMAGE])
    assert bench.field("shape").line.text() == "8, 8, 1"
    bench.type_into("shape", "None, 3")
    bench.type_into("column", "pixels")
    node = bench.document.diagram.inputs[IMAGE]
    assert (node.config, node.column) == ({"shape": [None, 3]}, "pixels")


def test_a_head_takes_a_loss_a_weight_and_metrics(bench: Bench) -> None:
    bench.document.select([DIGIT])
    bench.pick("loss", "MeanSquaredError")
    bench.type_into("weight", "0.5")
    bench.type_into("metrics", "accuracy, mae")
    head = bench.document.diagram.heads[DIGIT]
    assert head.loss == make_object("keras.losses.MeanSquaredError")
    assert (head.weight, head.metrics) == (0.5, ("accuracy", "mae"))
    assert bench.undo_text() == "set metrics"


def test_a_loss_by_its_short_name_shows_its_class(bench: Bench) -> None:
    def learn(project: Project) -> Project:
        head = HeadNode(name="digit", loss="mse")
        return project.with_diagram(edits.replace_node(project.diagram, DIGIT, head))

    bench.document.apply("learn", learn)
    bench.document.select([DIGIT])
    editor = bench.editor("loss")
    assert isinstance(editor, ObjectEditor)
    assert editor.box.currentText() == "MeanSquaredError"


def test_several_nodes_are_counted(bench: Bench) -> None:
    bench.document.select([IMAGE, CONV, DENSE])
    assert "3 nodes selected" in bench.texts()


def test_nothing_selected_shows_the_project(bench: Bench, qtbot: QtBot) -> None:
    bench.type_into("name", "digits")
    bench.type_into("file", "digits.npz")
    bench.type_into("validation", "0.1")
    bench.type_into("epochs", "20")
    bench.pick("optimizer", "SGD")
    project = bench.document.project
    assert project.diagram.name == "digits"
    assert project.data.source == ArraysSource(path="digits.npz")
    assert project.data.validation == 0.1
    assert project.training.epochs == 20
    assert project.training.optimizer == make_object("keras.optimizers.SGD")
    with qtbot.waitSignal(bench.panel.data_requested):
        bench.click("Browse…")


def test_generated_data_fits_the_model_and_is_called_what_it_is(bench: Bench) -> None:
    assert f"{GENERATED}." not in bench.texts()
    tensor = Tensor(shape=(None, 10), dtype="float32")
    answer = Inspected(id=0, nodes={DIGIT: NodeInfo(outputs=(tensor,))})
    bench.findings.receive(answer)
    head = HeadNode(name="digit", loss="sparse_categorical_crossentropy")
    bench.document.apply(
        "learn",
        lambda one: one.with_diagram(edits.replace_node(one.diagram, DIGIT, head)),
    )
    bench.click("Use generated data")
    source = bench.document.project.data.source
    assert isinstance(source, GeneratedSource)
    assert source.columns["digit"] == Column(values=Draw.INTEGERS, high=10.0)
    assert bench.undo_text() == "use generated data"
    assert {f"{GENERATED}.", "rows", "1,024", "digit", "() integers"} <= set(bench.texts())
    bench.type_into("samples", "64")
    source = bench.document.project.data.source
    assert isinstance(source, GeneratedSource)
    assert source.samples == 64
    assert "64" in bench.texts()


def test_a_file_takes_the_place_of_generated_data_and_undo_brings_it_back(bench: Bench) -> None:
    bench.click("Use generated data")
    bench.type_into("file", "digits.npz")
    assert bench.document.project.data.source == ArraysSource(path="digits.npz")
    assert f"{GENERATED}." not in bench.texts()
    bench.document.undo_stack.undo()
    assert f"{GENERATED}." in bench.texts()
    assert bench.field("file").line.text() != "digits.npz"


@pytest.mark.parametrize(
    ("name", "text"), [("validation", "1"), ("epochs", "0"), ("batch_size", "-1"), ("seed", "x")]
)
def test_training_keeps_to_what_can_be_trained(bench: Bench, name: str, text: str) -> None:
    before = bench.document.project
    bench.type_into(name, text)
    assert bench.document.project == before
    assert "Expected" in bench.field(name).line.toolTip()


def test_what_is_typed_can_be_taken_before_saving(bench: Bench) -> None:
    bench.document.select([CONV])
    line = bench.field("filters").line
    line.selectAll()
    QTest.keyClicks(line, "48")
    bench.panel.commit_pending()
    assert "48" in str(bench.config())


def test_undoing_the_node_away_closes_its_page(bench: Bench) -> None:
    node = NodeId("other")

    def add(project: Project) -> Project:
        return project.with_diagram(edits.add_call(project.diagram, node, CONV_LAYER))

    bench.document.apply("add", add)
    bench.document.select([node])
    line = bench.field("filters").line
    line.setFocus()
    QTest.keyClicks(line, "9")
    bench.document.undo_stack.undo()
    assert "Training" in bench.texts()
    assert bench.document.diagram == conv_net()


def test_moving_nodes_leaves_the_editors_alone(bench: Bench) -> None:
    bench.document.select([CONV])
    field = bench.field("filters")

    def move(project: Project) -> Project:
        return project.with_diagram(edits.move_nodes(project.diagram, {CONV: Position(9, 9)}))

    bench.document.apply("move", move)
    assert bench.field("filters") is field


def test_a_class_that_the_catalog_lacks_shows_its_arguments_as_json(bench: Bench) -> None:
    def add(project: Project) -> Project:
        layer = Layer(class_name="mine.Odd", name="odd", config={"depth": [1, 2]})
        ids = (LayerId("l"), NodeId("n"))
        return project.with_diagram(edits.add_layer(project.diagram, ids, layer))

    bench.document.apply("add", add)
    bench.document.select([NodeId("n")])
    bench.type_into("depth", "[3]")
    assert bench.config(LayerId("l")) == {"depth": [3]}


def test_another_theme_keeps_the_page(bench: Bench, qtbot: QtBot) -> None:
    bench.document.select([CONV])
    bench.theme.choose("light")
    qtbot.wait(10)
    assert bench.field("filters").line.text() == "32"
    bench.theme.choose("dark")


def test_how_long_a_call_takes_is_a_fact_once_it_was_measured(bench: Bench) -> None:
    bench.document.select([DENSE])
    assert "takes" not in bench.texts()
    timed = Timed(id=1, batch_size=32, nodes={DENSE: 0.002})
    bench.findings.timings.receive(timed, bench.document.whole)
    texts = bench.texts()
    assert texts[texts.index("takes") + 1] == "2.00 ms"


def test_what_a_call_costs_is_a_fact_once_costs_are_shown(bench: Bench) -> None:
    bench.document.select([DENSE])
    assert "computes" not in bench.texts()
    bench.findings.show_cost(shown=True)
    assert bench.texts().count("?") >= 3
    cost = Cost(flops=1_181_696, weight_bytes=36_992, output_bytes=None)
    bench.findings.receive_cost(Measured(id=1, nodes={DENSE: cost}))
    texts = bench.texts()
    assert texts[texts.index("computes") + 1] == "1.18 MFLOPs"
    assert texts[texts.index("weights take") + 1] == "37.0 kB"
    assert texts[texts.index("outputs take") + 1] == "?"
    bench.findings.show_cost(shown=False)
    assert "computes" not in bench.texts()
