"""The outline: the diagram as a tree, in step with the canvas, by mouse and keys."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    NodeId,
    Use,
    Wire,
    WireId,
)
from graphstudio.diagram.locks import lock
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.code.projects import diagram, layer
from tests.nesting import encoder

X, DENSE, MODEL, OUT = (NodeId(name) for name in ("x", "dense", "m", "out"))
SHAPE = (Tensor((None, 12), "float32"),)
SHIFT = Qt.KeyboardModifier.ShiftModifier


def drawn() -> Diagram:
    """Return x → dense → a nested encoder → out, whose nodes were added in another order."""
    return diagram(
        "outlined",
        {
            "out": HeadNode(name="out", loss="mse"),
            "m": encoder(),
            "dense": layer("Dense", "dense", units=12),
            "x": InputNode(name="x", config={"shape": [12]}),
        },
        ("x dense", "dense m:features", "m out"),
    )


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with the outline in view, without engines."""
    window = MainWindow(shipped_catalog(), Theme("dark"))
    qtbot.addWidget(window)
    window.resize(1400, 900)
    window.document.reset(Project(diagram=drawn()))
    window.tabs.setCurrentWidget(window.outline)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    known = {X: NodeInfo(SHAPE), DENSE: NodeInfo(SHAPE, params=156)}
    window.findings.receive(Inspected(id=1, nodes=known))
    settle()
    yield window
    window.document.undo_stack.setClean()
    window.close()


def settle() -> None:
    """Let the panel follow, which it does a few times a second."""
    QTest.qWait(130)


def row(window: MainWindow, *places: int, column: int = 0) -> QModelIndex:
    """Return the row at places, from the top down."""
    model = window.outline.tree.model()
    found = QModelIndex()
    for place in places:
        found = model.index(place, 0, found)
    return found.siblingAtColumn(column)


def below(window: MainWindow, *places: int) -> list[str]:
    """Return the names below a row."""
    model, around = window.outline.tree.model(), row(window, *places)
    return [str(model.index(n, 0, around).data()) for n in range(model.rowCount(around))]


def read_aloud(at: QModelIndex) -> str:
    return str(at.data(Qt.ItemDataRole.AccessibleTextRole))


def click(
    window: MainWindow,
    *places: int,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
) -> None:
    tree = window.outline.tree
    spot = tree.visualRect(row(window, *places)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, held, spot)


def key(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window.outline.tree, key)


def change(window: MainWindow, after: Diagram) -> None:
    window.document.apply("change", lambda project: project.with_diagram(after))


def in_the_middle(window: MainWindow, node: NodeId) -> bool:
    canvas = window.canvas
    centre = canvas.mapToScene(canvas.viewport().rect().center())
    return canvas.diagram_scene.nodes[node].frame().contains(centre)


def test_the_nodes_stand_in_calling_order_with_what_is_known_in_columns(
    window: MainWindow,
) -> None:
    assert below(window) == ["x", "dense", "encoder", "out"]
    assert [row(window, 1, column=n).data() for n in range(4)] == [
        "dense",
        "Dense",
        "(None, 12)",
        "156",
    ]
    assert [row(window, n, column=1).data() for n in (0, 3)] == ["Input", "Head"]


def test_nodes_on_a_cycle_come_last(window: MainWindow) -> None:
    back = Wire(source=MODEL, target=DENSE, port="inputs", order=1)
    change(window, edits.add_wire(window.document.diagram, WireId("back"), back))
    settle()
    assert below(window) == ["x", "out", "encoder", "dense"]


def test_below_a_node_stand_its_wires_and_what_a_model_holds(window: MainWindow) -> None:
    assert below(window, 0) == []
    assert below(window, 1) == ["from x (inputs)"]
    inner = window.document.diagram.layers[LayerId("m")].diagram
    assert inner is not None
    assert below(window, 2)[0] == "from dense (features)"
    assert set(below(window, 2)[1:]) == {inner.name_of(node) for node in inner.nodes}
    last = len(below(window, 2)) - 1
    assert row(window, 2, last, column=1).data() == "Output"
    assert below(window, 2, last)[0].startswith("from ")


def test_a_row_reads_as_a_sentence_with_what_is_wrong(window: MainWindow) -> None:
    assert read_aloud(row(window, 1)) == "dense, Dense, gives (None, 12), 156 parameters, from x"
    unwired = edits.remove_wires(
        window.document.diagram,
        [one for one, wire in window.document.diagram.wires.items() if wire.target == OUT],
    )
    change(window, unwired)
    settle()
    (loose,) = (n for n, name in enumerate(below(window)) if name == "out")
    assert read_aloud(row(window, loose)).startswith("out, Head; error: The head 'out' has no")
    assert row(window, loose).data(Qt.ItemDataRole.DecorationRole) is not None


def test_a_click_selects_the_node_and_several_with_shift(window: MainWindow) -> None:
    click(window, 1)
    assert window.document.selection == {DENSE}
    click(window, 3, held=SHIFT)
    assert window.document.selection == {DENSE, MODEL, OUT}


def test_the_arrows_go_from_node_to_node_and_unfold(window: MainWindow) -> None:
    click(window, 0)
    key(window, Qt.Key.Key_Down)
    assert window.document.selection == {DENSE}
    key(window, Qt.Key.Key_Right)
    key(window, Qt.Key.Key_Down)
    settle()
    assert window.outline.tree.currentIndex().data() == "from x (inputs)"
    assert window.document.selection == {DENSE}


def test_what_is_selected_on_the_canvas_is_selected_here(window: MainWindow) -> None:
    window.document.select([OUT, X])
    settle()
    chosen = window.outline.tree.selectionModel().selectedRows()
    assert {one.data() for one in chosen} == {"x", "out"}
    assert window.outline.tree.currentIndex().data() == "x"


def test_enter_and_a_double_click_show_the_node_on_the_canvas(window: MainWindow) -> None:
    click(window, 1)
    key(window, Qt.Key.Key_Return)
    assert in_the_middle(window, DENSE)
    tree = window.outline.tree
    spot = tree.visualRect(row(window, 0)).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert in_the_middle(window, X)


def test_enter_on_a_wire_goes_to_where_it_comes_from(window: MainWindow) -> None:
    window.outline.tree.setExpanded(row(window, 1), True)
    click(window, 1, 0)
    key(window, Qt.Key.Key_Return)
    assert window.document.selection == {X}
    assert in_the_middle(window, X)


def test_enter_opens_a_model_and_shows_a_node_inside_of_one(window: MainWindow) -> None:
    window.outline.tree.setExpanded(row(window, 2), True)
    inside = below(window, 2)[-1]
    click(window, 2)
    key(window, Qt.Key.Key_Return)
    assert window.document.place == ("m",)
    settle()
    assert inside in below(window)
    window.document.go_to(())
    settle()
    click(window, 2, len(below(window, 2)) - 1)
    key(window, Qt.Key.Key_Return)
    assert window.document.place == ("m",)
    (node,) = window.document.selection
    assert window.document.diagram.name_of(node) == inside


def test_delete_removes_what_is_selected_as_one_edit(window: MainWindow) -> None:
    click(window, 1)
    key(window, Qt.Key.Key_Delete)
    assert DENSE not in window.document.diagram.nodes
    assert window.document.undo_stack.count() == 1
    settle()
    assert "dense" not in below(window)


def test_a_wire_that_was_selected_on_the_canvas_is_no_longer_when_a_node_is_here(
    window: MainWindow,
) -> None:
    document = window.document
    wires = dict(document.diagram.wires)
    document.select((), wires=wires)
    settle()
    click(window, 3)
    assert document.selected_wires == frozenset()
    key(window, Qt.Key.Key_Delete)
    assert OUT not in document.diagram.nodes
    left = {key for key, wire in wires.items() if wire.target != OUT}
    assert document.diagram.wires.keys() == left


def test_selection_and_what_is_unfolded_stay_across_edits_and_undo(window: MainWindow) -> None:
    tree = window.outline.tree
    tree.setExpanded(row(window, 2), True)
    tree.setExpanded(row(window, 3), True)
    click(window, 3)
    change(window, edits.remove_nodes(window.document.diagram, [DENSE]))
    settle()
    places = {name: place for place, name in enumerate(below(window))}
    assert tree.isExpanded(row(window, places["encoder"]))
    assert tree.isExpanded(row(window, places["out"]))
    assert tree.currentIndex().data() == "out"
    window.document.undo_stack.undo()
    settle()
    assert [tree.isExpanded(row(window, n)) for n in range(4)] == [False, False, True, True]
    assert [one.data() for one in tree.selectionModel().selectedRows()] == ["out"]


def test_a_rename_shows_in_every_row_without_a_reset(window: MainWindow, qtbot: QtBot) -> None:
    model = window.outline.tree.model()
    with qtbot.assertNotEmitted(model.modelReset):
        change(window, edits.rename(window.document.diagram, DENSE, "wide"))
        settle()
    assert below(window)[1] == "wide"
    assert below(window, 2)[0] == "from wide (features)"


def test_rows_come_and_go_without_a_reset(window: MainWindow, qtbot: QtBot) -> None:
    model = window.outline.tree.model()
    with qtbot.assertNotEmitted(model.modelReset):
        change(window, edits.remove_nodes(window.document.diagram, [DENSE]))
        settle()
        assert below(window) == ["encoder", "out", "x"]
        window.document.undo_stack.undo()
        settle()
        assert below(window) == ["x", "dense", "encoder", "out"]


def test_the_first_wire_into_a_node_shows_below_it_and_the_last_goes(
    window: MainWindow, qtbot: QtBot
) -> None:
    model, diagram = window.outline.tree.model(), window.document.diagram
    (key,) = (key for key, wire in diagram.wires.items() if wire.target == DENSE)
    with qtbot.assertNotEmitted(model.modelReset):
        change(window, edits.remove_wires(diagram, [key]))
        settle()
        assert not model.hasChildren(row(window, below(window).index("dense")))
        window.document.undo_stack.undo()
        settle()
        assert below(window, 1) == ["from x (inputs)"]
        window.outline.tree.setExpanded(row(window, 1), True)
        change(window, edits.remove_wires(diagram, [key]))
        settle()
        assert below(window, below(window).index("dense")) == []


def test_wires_below_an_unfolded_node_follow(window: MainWindow, qtbot: QtBot) -> None:
    tree, diagram = window.outline.tree, window.document.diagram
    tree.setExpanded(row(window, 2), True)
    tree.executeDelayedItemsLayout()
    inside = below(window, 2)[1:]
    second = Wire(source=X, target=MODEL, port="features", order=1)
    with qtbot.assertNotEmitted(tree.model().modelReset):
        change(window, edits.add_wire(diagram, WireId("second"), second))
        settle()
    assert below(window, 2) == ["from dense (features)", "from x (features)", *inside]
    assert tree.isExpanded(row(window, 2))


def test_the_topmost_row_in_view_stays_there(window: MainWindow) -> None:
    tree = window.outline.tree
    inputs = {NodeId(f"x{n}"): InputNode(name=f"x{n}") for n in range(60)}
    diagram = window.document.diagram
    change(window, replace(diagram, nodes={**diagram.nodes, **inputs}))
    settle()
    tree.verticalScrollBar().setValue(20)
    before = tree.indexAt(QPoint(4, 4)).data()
    change(window, edits.remove_nodes(window.document.diagram, [DENSE]))
    settle()
    assert tree.indexAt(QPoint(4, 4)).data() == before


def test_hidden_it_follows_nothing_and_catches_up_when_shown(
    window: MainWindow, qtbot: QtBot
) -> None:
    model = window.outline.tree.model()
    window.tabs.setCurrentWidget(window.log)
    with qtbot.assertNotEmitted(model.modelReset), qtbot.assertNotEmitted(model.dataChanged):
        change(window, edits.remove_nodes(window.document.diagram, [DENSE]))
        window.document.select([OUT])
        settle()
    window.tabs.setCurrentWidget(window.outline)
    assert "dense" not in below(window)
    assert window.outline.tree.currentIndex().data() == "out"


def test_after_an_error_it_follows_and_is_followed_again(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise KeyError("once")

    with monkeypatch.context() as broken, qtbot.captureExceptions() as errors:
        broken.setattr(window.outline._model, "show_diagram", fail)
        change(window, edits.rename(window.document.diagram, DENSE, "other"))
        settle()
    assert [kind for kind, *_ in errors] == [KeyError]
    click(window, 0)
    assert window.document.selection == {X}


def test_rows_below_a_node_are_made_when_it_is_unfolded(window: MainWindow) -> None:
    rows = window.outline._model.rows
    assert set(rows._listed) == {None}
    window.outline.tree.setExpanded(row(window, 1), True)
    window.outline.tree.executeDelayedItemsLayout()
    assert len(rows._listed) == 2


def test_an_empty_diagram_says_what_to_do(window: MainWindow) -> None:
    change(window, Diagram())
    settle()
    (sentence,) = (one for one in window.outline.findChildren(QLabel) if one.isVisible())
    assert sentence.text().startswith("No nodes yet: press Tab on the canvas")


def test_a_key_leads_from_the_canvas_to_the_node_here_and_escape_back(
    window: MainWindow,
) -> None:
    window.canvas.setFocus()
    window.document.select([MODEL])
    window.actions_table["outline"].trigger()
    assert window.outline.tree.hasFocus()
    assert window.outline.tree.currentIndex().data() == "encoder"
    key(window, Qt.Key.Key_Escape)
    assert window.canvas.hasFocus()


def test_a_bypassed_and_locked_node_is_said_to_be_so(window: MainWindow) -> None:
    bypassed = edits.set_use(window.document.diagram, [DENSE], Use.BYPASSED)
    change(window, lock(bypassed, [DENSE]))
    settle()
    assert read_aloud(row(window, 1)).startswith("dense, Dense, bypassed, locked, ")
