"""Several selected nodes are edited at once, each by what its own class takes."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Use,
)
from graphstudio.diagram.project import Project
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.choices import BooleanEditor, ChoiceEditor
from graphstudio.studio.panels.inspector.editors.objects import ObjectEditor
from tests.code.projects import diagram, layer
from tests.studio.panels.bench import Bench

TWO_BY_TWO = "2 \N{MULTIPLICATION SIGN} 2"


def net() -> Diagram:
    return diagram(
        "net",
        {
            "x": InputNode(name="x", config={"shape": [8, 8, 1]}),
            "a": layer("Conv2D", "a", filters=8, kernel_size=[3, 3], activation="relu"),
            "b": layer("Conv2D", "b", filters=16, kernel_size=[3, 3], activation="relu"),
            "b_again": CallNode(layer=LayerId("b")),
            "c": layer("Dense", "c", units=4),
            "first": HeadNode(name="first", loss="mse"),
            "second": HeadNode(name="second", loss="mse"),
        },
        ("x a", "a b", "b c", "c first"),
    )


def show(bench: Bench, *nodes: str) -> None:
    bench.document.reset(Project(diagram=net()))
    bench.document.select([NodeId(node) for node in nodes])


def config(bench: Bench, name: str) -> dict[str, object]:
    return dict(bench.document.diagram.layers[LayerId(name)].config)


def rows(bench: Bench) -> set[str]:
    return {one.parameter.name for one in bench.page().findChildren(Editor)}


def choose(bench: Bench, name: str, text: str) -> None:
    editor = bench.editor(name)
    assert isinstance(editor, ChoiceEditor)
    editor.box.setFocus()
    editor.box.setCurrentIndex(editor.box.findText(text) - 1)
    QTest.keyClick(editor.box, Qt.Key.Key_Down)


def test_what_all_have_is_shown_and_what_differs_is_mixed(bench: Bench) -> None:
    show(bench, "a", "b")

    assert bench.field("kernel_size").line.text() == "3 \N{MULTIPLICATION SIGN} 3"
    assert bench.field("filters").line.text() == ""
    assert bench.field("filters").line.placeholderText() == "mixed"
    assert {"use", "padding", "trainable", "dtype"} <= rows(bench)
    assert "2 nodes selected" in bench.texts()


def test_one_edit_changes_all_and_undoes_as_one(bench: Bench) -> None:
    show(bench, "a", "b")
    bench.type_into("filters", "64")

    assert config(bench, "a")["filters"] == config(bench, "b")["filters"] == 64
    assert bench.undo_text() == "set filters of 2 layers"
    assert bench.field("filters").line.text() == "64"
    bench.document.undo_stack.undo()
    assert bench.document.diagram == net()
    assert bench.field("filters").line.placeholderText() == "mixed"


def test_layers_of_several_classes_share_what_has_one_name_and_kind(bench: Bench) -> None:
    show(bench, "a", "c")
    editor = bench.editor("activation")

    assert "filters" not in rows(bench)
    assert "units" not in rows(bench)
    assert isinstance(editor, ObjectEditor)
    assert editor.box.currentIndex() == -1
    assert editor.box.shown_text == "mixed"
    editor.box.setFocus()
    bench.pick("activation", "tanh")
    assert config(bench, "a")["activation"] == config(bench, "c")["activation"] == "tanh"
    assert bench.undo_text() == "set activation of 2 layers"


def test_calls_that_share_a_layer_count_as_one(bench: Bench) -> None:
    show(bench, "a", "b", "b_again")
    bench.type_into("strides", "2, 2")

    assert bench.undo_text() == "set strides of 2 layers"
    assert bench.field("strides").line.text() == TWO_BY_TWO


def test_a_mixed_check_box_is_neither_and_becomes_checked(bench: Bench) -> None:
    show(bench, "a", "c")
    bench.document.apply(
        "set use_bias",
        lambda p: p.with_diagram(edits.set_parameter(p.diagram, NodeId("a"), "use_bias", False)),
    )
    editor = bench.editor("use_bias")
    assert isinstance(editor, BooleanEditor)
    assert editor.box.checkState() is Qt.CheckState.PartiallyChecked
    QTest.keyClick(editor.box, Qt.Key.Key_Space)

    assert "use_bias" not in config(bench, "a")
    assert editor.box.checkState() is Qt.CheckState.Checked


def test_going_back_to_the_default_leaves_every_configuration(bench: Bench) -> None:
    show(bench, "a", "b")
    buttons = bench.page().findChildren(QToolButton)
    (button,) = [one for one in buttons if one.toolTip() == "Reset activation to its default"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert "activation" not in config(bench, "a") | config(bench, "b")
    assert bench.undo_text() == "reset activation of 2 layers"


def test_heads_are_edited_together(bench: Bench) -> None:
    show(bench, "first", "second")
    bench.type_into("weight", "0.5")

    assert [head.weight for head in bench.document.diagram.heads.values()] == [0.5, 0.5]
    assert bench.undo_text() == "set weight of 2 heads"


def test_layers_are_bypassed_together_and_ends_cannot_be(bench: Bench) -> None:
    show(bench, "a", "b")
    choose(bench, "use", "bypassed")
    uses = {key: node.use for key, node in bench.document.diagram.nodes.items()}

    assert uses[NodeId("a")] is uses[NodeId("b")] is Use.BYPASSED
    assert uses[NodeId("c")] is Use.ACTIVE
    assert bench.undo_text() == "bypass 2 nodes"
    bench.document.select([NodeId("a"), NodeId("first")])
    editor = bench.editor("use")
    assert isinstance(editor, ChoiceEditor)
    assert editor.box.shown_text == "mixed"
    assert editor.parameter.choices == ("active", "muted")


def test_one_node_is_muted_on_its_own_page(bench: Bench) -> None:
    for name in ("x", "a", "first"):
        show(bench, name)
        choose(bench, "use", "muted")
        assert bench.document.diagram.nodes[NodeId(name)].use is Use.MUTED
        assert bench.undo_text() == f"mute {name}"
        assert any(text.endswith(" · muted") for text in bench.texts())
    bench.document.select([NodeId("second")])
    assert "Head" in bench.texts()
    bench.document.reset(Project(diagram=edits.set_use(net(), [NodeId("a")], Use.MUTED)))
    bench.document.select([NodeId("b")])
    assert "keras.layers.Conv2D · left out" in bench.texts()


def test_nodes_without_a_common_parameter_say_so(bench: Bench) -> None:
    show(bench, "c", "first")

    assert rows(bench) == {"use"}
    assert "No other parameter is common to all." in bench.texts()


def test_an_unknown_class_has_nothing_in_common(bench: Bench) -> None:
    drawn = net()
    layers = {**drawn.layers, LayerId("a"): Layer(class_name="elsewhere.Thing", name="a")}
    bench.document.reset(Project(diagram=replace(drawn, layers=layers)))
    bench.document.select([NodeId("a"), NodeId("c")])

    assert rows(bench) == {"use"}
