"""What belongs to one call: its arguments, and the constants on its ports."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.values import ARRAY, Value, make_object
from graphstudio.studio.panels.inspector.editors.choices import BooleanEditor, ChoiceEditor
from graphstudio.studio.panels.inspector.editors.ports import PortEditor
from tests.studio.panels.bench import CONV, DENSE, IMAGE, Bench

NODE = NodeId("node")


def port(bench: Bench, name: str) -> PortEditor:
    editor = bench.editor(name)
    assert isinstance(editor, PortEditor)
    return editor


def test_a_function_has_a_name_and_arguments_and_no_layer(bench: Bench) -> None:
    bench.add("keras.ops.split", NODE)
    texts = bench.texts()
    assert {"keras.ops.split", "Call", "indices_or_sections", "axis"} <= set(texts)
    assert not {"Parameters", "Shared", "Advanced"} & set(texts)
    bench.type_into("name", "halves")
    assert bench.document.diagram.name_of(NODE) == "halves"


def test_required_arguments_come_first_and_are_marked(bench: Bench) -> None:
    bench.add("keras.ops.split", NODE)
    texts = bench.texts()
    assert texts.index("indices_or_sections") < texts.index("axis")
    tips = {label.toolTip() for label in bench.labels() if label.text() == "*"}
    assert "indices_or_sections is required" in tips
    assert "axis is required" not in tips


def test_an_argument_of_a_function_is_set_and_reset(bench: Bench) -> None:
    bench.add("keras.ops.split", NODE)
    bench.type_into("indices_or_sections", "2")
    bench.type_into("axis", "1")
    assert bench.call(NODE).arguments == {"indices_or_sections": 2, "axis": 1}
    assert bench.undo_text() == "set axis"
    buttons = bench.page().findChildren(QToolButton)
    reset = next(one for one in buttons if one.toolTip() == "Reset axis to its default")
    QTest.mouseClick(reset, Qt.MouseButton.LeftButton)
    assert bench.call(NODE).arguments == {"indices_or_sections": 2}
    assert bench.undo_text() == "reset axis"
    bench.document.undo_stack.undo()
    assert bench.field("axis").line.text() == "1"


def test_an_attention_is_told_per_call_whether_it_returns_scores(bench: Bench) -> None:
    bench.add("keras.layers.MultiHeadAttention", NODE)
    editor = bench.editor("return_attention_scores")
    assert isinstance(editor, BooleanEditor)
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert bench.call(NODE).arguments == {"return_attention_scores": True}
    assert "return_attention_scores" not in str(bench.config_of(NODE))


@pytest.mark.parametrize("path", ["keras.applications.MobileNet", "keras.Model"])
def test_a_model_is_told_per_call_how_it_behaves_and_takes_no_constant(
    bench: Bench, path: str
) -> None:
    bench.add(path, NODE)
    editor = bench.editor("training")
    assert isinstance(editor, ChoiceEditor)
    QTest.keyClick(editor.box, Qt.Key.Key_End)
    assert bench.call(NODE).arguments == {"training": False}
    assert bench.undo_text() == "set training"
    assert not bench.page().findChildren(PortEditor)


def test_a_shared_layer_says_what_counts_for_all_its_calls(bench: Bench) -> None:
    bench.document.select([CONV])
    notes = {"of the layer, for all its 2 calls", "of this call alone"}
    assert not notes & set(bench.texts())
    bench.click("Reuse layer")
    assert notes <= set(bench.texts())
    bench.type_into("filters", "8")
    (new,) = bench.document.selection
    assert bench.call(new).layer == bench.call(CONV).layer


def test_a_constant_is_typed_on_a_free_port(bench: Bench) -> None:
    bench.add("keras.ops.matmul", NODE)
    bench.wire(IMAGE, NODE, "x1")
    bench.type_into("x2", "[[1, 0], [0, 1.5]]")
    config: dict[str, Value] = {"object": [[1, 0], [0, 1.5]], "dtype": "float32"}
    assert bench.call(NODE).arguments == {"x2": make_object(ARRAY, config)}
    assert bench.undo_text() == "set x2"
    bench.type_into("x2", "2.0")
    assert bench.call(NODE).arguments == {"x2": 2.0}
    line = port(bench, "x2").line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert bench.call(NODE).arguments == {}


def test_what_is_no_constant_is_said_below_the_field(bench: Bench) -> None:
    bench.add("keras.ops.matmul", NODE)
    bench.type_into("x2", "two")
    assert bench.call(NODE).arguments == {}
    (said,) = [text for text in bench.texts() if "received" in text]
    assert said.startswith("Expected a number, a list or an array")
    assert said.endswith("received 'two'.")
    bench.type_into("x2", "2")
    assert not any("received" in text for text in bench.texts())


def test_a_wired_port_shows_where_its_tensor_comes_from(bench: Bench) -> None:
    bench.add("keras.ops.matmul", NODE)
    bench.type_into("x2", "2.0")
    bench.wire(DENSE, NODE, "x2")
    field = port(bench, "x2")
    assert (field.line.text(), field.line.isReadOnly()) == ("dense", True)
    QTest.keyClick(field.line, Qt.Key.Key_Up)
    assert bench.call(NODE).arguments == {"x2": 2.0}

    bench.document.undo_stack.undo()
    assert (field.line.text(), field.line.isReadOnly()) == ("2.0", False)


def test_the_last_tensor_that_a_call_needs_is_no_constant(bench: Bench) -> None:
    bench.add("keras.ops.matmul", NODE)
    assert [port(bench, name).line.isEnabled() for name in ("x1", "x2")] == [True, True]
    bench.type_into("x1", "2.0")
    assert [port(bench, name).line.isEnabled() for name in ("x1", "x2")] == [True, False]


def test_a_list_of_tensors_shows_its_wires_and_takes_no_constant(bench: Bench) -> None:
    bench.add("keras.layers.LSTM", NODE)
    assert not port(bench, "initial_state").line.isEnabled()
    for order, source in enumerate((CONV, DENSE)):
        bench.wire(source, NODE, "initial_state", order)
    assert port(bench, "initial_state").line.text() == "conv_1, dense"


def test_a_layer_with_one_port_has_no_row_for_it(bench: Bench) -> None:
    bench.document.select([DENSE])
    assert not bench.page().findChildren(PortEditor)


def test_an_argument_that_the_catalog_lacks_can_be_edited(bench: Bench) -> None:
    bench.document.apply(
        "set",
        lambda project: project.with_diagram(edits.set_argument(project.diagram, DENSE, "odd", 1)),
    )
    bench.document.select([DENSE])
    bench.type_into("odd", "[2]")
    assert bench.call(DENSE).arguments == {"odd": [2]}


def test_a_model_is_called_on_its_tensors_alone(bench: Bench) -> None:
    bench.add("keras.applications.Xception", NODE)
    assert bench.config_of(NODE) == {"include_top": False, "weights": None}
    editor = bench.editor("trainable")
    assert isinstance(editor, BooleanEditor)
    QTest.keyClick(editor.box, Qt.Key.Key_Space)
    assert bench.config_of(NODE) == {"include_top": False, "weights": None, "trainable": False}
    assert not bench.page().findChildren(PortEditor)
