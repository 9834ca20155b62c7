"""Objects inside of objects: a layer in a wrapper, a list of cells, an initializer in a cell."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QToolButton

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.values import Value, make_object
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor
from graphstudio.studio.panels.inspector.editors.object_lists import ObjectListEditor
from graphstudio.studio.panels.inspector.editors.objects import ObjectEditor
from tests.studio.panels.bench import Bench

NODE = NodeId("node")
GRU = make_object("keras.layers.GRUCell", {"units": 32})
LSTM = make_object("keras.layers.LSTMCell", {"units": 32})


def choices(editor: Editor) -> list[str]:
    assert isinstance(editor, ObjectEditor)
    return [editor.box.itemText(place) for place in range(editor.box.count())]


def expand(editor: Editor) -> None:
    assert isinstance(editor, ObjectEditor)
    QTest.mouseClick(editor.expander, Qt.MouseButton.LeftButton)


def press(bench: Bench, tip: str) -> None:
    buttons = [*bench.page().findChildren(QToolButton), *bench.page().findChildren(QPushButton)]
    button = next(one for one in buttons if one.accessibleName() == tip and one.isEnabled())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def set_config(bench: Bench, name: str, value: Value) -> None:
    bench.document.apply(
        "set",
        lambda project: project.with_diagram(
            edits.set_parameter(project.diagram, NODE, name, value)
        ),
    )


def shown_cells(bench: Bench) -> list[str]:
    editor = bench.editor("cells")
    assert isinstance(editor, ObjectListEditor)
    items = [item for item in editor.items if isinstance(item, ObjectEditor)]
    return [item.box.currentText() for item in items]


def test_a_cell_is_chosen_among_cells_and_a_wrapped_layer_among_the_others(bench: Bench) -> None:
    bench.add("keras.layers.RNN", NODE)
    cells = choices(bench.editor("cell"))
    assert {"GRUCell", "LSTMCell", "SimpleRNNCell", "StackedRNNCells"} == set(cells)
    bench.add("keras.layers.TimeDistributed", NodeId("other"))
    layers = choices(bench.editor("layer"))
    assert {"Dense", "LSTM", "Conv2D"} <= set(layers)
    assert not set(cells) & set(layers)


def test_the_parameters_of_a_wrapped_layer_are_edited_in_place(bench: Bench) -> None:
    bench.add("keras.layers.TimeDistributed", NODE)
    expand(bench.editor("layer"))
    bench.type_into("units", "7")
    assert bench.config_of(NODE) == {"layer": make_object("keras.layers.Dense", {"units": 7})}
    assert bench.undo_text() == "set layer"


def test_an_initializer_in_a_layer_in_a_wrapper_has_arguments(bench: Bench) -> None:
    bench.add("keras.layers.TimeDistributed", NODE)
    expand(bench.editor("layer"))
    bench.pick("kernel_initializer", "RandomNormal")
    expand(bench.editor("kernel_initializer"))
    bench.type_into("stddev", "0.5")
    normal = make_object("keras.initializers.RandomNormal", {"stddev": 0.5})
    dense = make_object("keras.layers.Dense", {"units": 32, "kernel_initializer": normal})
    assert bench.config_of(NODE) == {"layer": dense}
    bench.document.undo_stack.undo()
    assert bench.field("stddev").line.text() == "0.05"


def test_cells_are_added_changed_moved_and_removed(bench: Bench) -> None:
    bench.add("keras.layers.RNN", NODE)
    bench.pick("cell", "StackedRNNCells")
    set_config(bench, "cell", make_object("keras.layers.StackedRNNCells", {"cells": [GRU]}))
    press(bench, "Add to cells")
    assert shown_cells(bench) == ["GRUCell", "GRUCell"]
    editor = bench.editor("cells")
    assert isinstance(editor, ObjectListEditor)
    last = editor.items[1]
    assert isinstance(last, ObjectEditor)
    last.box.setCurrentIndex(last.box.findText("LSTMCell") - 1)
    QTest.keyClick(last.box, Qt.Key.Key_Down)
    stacked = make_object("keras.layers.StackedRNNCells", {"cells": [GRU, LSTM]})
    assert bench.config_of(NODE) == {"cell": stacked}
    press(bench, "Move up cells[1]")
    assert shown_cells(bench) == ["LSTMCell", "GRUCell"]
    press(bench, "Remove cells[0]")
    assert shown_cells(bench) == ["GRUCell"]
    bench.document.undo_stack.undo()
    assert shown_cells(bench) == ["LSTMCell", "GRUCell"]
    assert bench.undo_text() == "set cell"


def test_each_cell_of_a_list_has_parameters_of_its_own(bench: Bench) -> None:
    bench.add("keras.layers.RNN", NODE)
    set_config(bench, "cell", make_object("keras.layers.StackedRNNCells", {"cells": [GRU, LSTM]}))
    expand(bench.editor("cell"))
    editor = bench.editor("cells")
    assert isinstance(editor, ObjectListEditor)
    expand(editor.items[1])
    details = editor.items[1].details
    assert details is not None
    units = next(one for one in details.findChildren(FieldEditor) if one.parameter.name == "units")
    units.line.selectAll()
    QTest.keyClicks(units.line, "5")
    QTest.keyClick(units.line, Qt.Key.Key_Return)
    wider = make_object("keras.layers.LSTMCell", {"units": 5})
    stacked = make_object("keras.layers.StackedRNNCells", {"cells": [GRU, wider]})
    assert bench.config_of(NODE) == {"cell": stacked}


def test_a_bare_list_of_cells_shows_as_the_stack_that_keras_makes_of_it(bench: Bench) -> None:
    bench.add("keras.layers.RNN", NODE)
    set_config(bench, "cell", [GRU, LSTM])
    editor = bench.editor("cell")
    assert isinstance(editor, ObjectEditor)
    assert editor.box.currentText() == "StackedRNNCells"
    expand(editor)
    assert shown_cells(bench) == ["GRUCell", "LSTMCell"]
    press(bench, "Remove cells[0]")
    stacked = make_object("keras.layers.StackedRNNCells", {"cells": [LSTM]})
    assert bench.config_of(NODE) == {"cell": stacked}


def test_an_empty_list_takes_a_first_object(bench: Bench) -> None:
    bench.add("keras.layers.RNN", NODE)
    set_config(bench, "cell", make_object("keras.layers.StackedRNNCells", {"cells": []}))
    expand(bench.editor("cell"))
    press(bench, "Add to cells")
    assert len(shown_cells(bench)) == 1


def test_a_function_is_chosen_among_those_of_one_tensor(own_bench: Bench) -> None:
    own_bench.add("keras.layers.Lambda", NODE)
    offered = choices(own_bench.editor("function"))
    assert {"abs", "tanh", "softer"} <= set(offered)
    assert not {"matmul", "reshape"} & set(offered)
    own_bench.pick("function", "softer")
    assert own_bench.config_of(NODE) == {"function": make_object("own.softer")}


def test_own_objects_are_offered_beside_those_of_keras(own_bench: Bench) -> None:
    own_bench.add("keras.layers.TimeDistributed", NODE)
    assert "Scale" in choices(own_bench.editor("layer"))
    expand(own_bench.editor("layer"))
    assert "Orthonormal" in choices(own_bench.editor("kernel_initializer"))
    assert "softer" in choices(own_bench.editor("activation"))
    assert "softer" not in choices(own_bench.editor("kernel_regularizer"))
    own_bench.pick("activation", "softer")
    dense = make_object(
        "keras.layers.Dense", {"units": 32, "activation": make_object("own.softer")}
    )
    assert own_bench.config_of(NODE) == {"layer": dense}
