"""The document: edits, undo that restores the very same value, and files that fail."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import (
    DEEPEST,
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Position,
)
from graphstudio.diagram.nesting import diagram_at
from graphstudio.diagram.project import Project, ProjectEdit
from graphstudio.diagram.project_file import ProjectFileError, load_project
from graphstudio.diagram.values import Value
from graphstudio.studio.document import Document
from tests.code.projects import diagram, layer
from tests.diagram.strategies import projects
from tests.nesting import encoder

M = LayerId("m")


def on_diagram(edit: Callable[[Diagram], Diagram]) -> ProjectEdit:
    return lambda project: project.with_diagram(edit(project.diagram))


def add_dense(name: str) -> ProjectEdit:
    layer = Layer(class_name="keras.layers.Dense", name=name, config={"units": 4})
    ids = (LayerId(f"layer-{name}"), NodeId(name))
    return on_diagram(lambda diagram: edits.add_layer(diagram, ids, layer, Position(0, 0)))


def set_units(value: Value) -> ProjectEdit:
    return on_diagram(lambda d: edits.set_parameter(d, NodeId("a"), "units", value))


def rename(name: str) -> ProjectEdit:
    return on_diagram(lambda diagram: edits.rename_model(diagram, name))


def test_undo_and_redo_bring_back_the_very_values() -> None:
    document = Document()
    values = [document.project]
    for name in ("a", "b", "c"):
        document.apply(f"add {name}", add_dense(name))
        values.append(document.project)
    for value in reversed(values[:-1]):
        document.undo_stack.undo()
        assert document.project is value
    for value in values[1:]:
        document.undo_stack.redo()
        assert document.project is value


@settings(max_examples=60, deadline=None)
@given(
    start=projects,
    steps=st.lists(
        st.sampled_from(["undo", "redo", "move", "remove", "rename", "input"]), max_size=12
    ),
)
def test_any_edits_with_undo_between_them_restore_exactly(start: Project, steps: list[str]) -> None:
    document = Document()
    document.reset(start)
    history, place = [start], 0
    for number, step in enumerate(steps):
        if step == "undo":
            place = max(0, place - 1)
            document.undo_stack.undo()
        elif step == "redo":
            place = min(len(history) - 1, place + 1)
            document.undo_stack.redo()
        else:
            document.apply(step, on_diagram(an_edit(step, number)))
            if document.project != history[place]:
                history[place + 1 :] = [document.project]
                place += 1
        assert document.project is history[place]
        assert document.undo_stack.isClean() == (place == 0)


def an_edit(kind: str, number: int) -> Callable[[Diagram], Diagram]:
    def edit(diagram: Diagram) -> Diagram:
        node = next(iter(diagram.nodes), None)
        if kind == "rename" or (node is None and kind != "input"):
            return edits.rename_model(diagram, f"model {number}")
        if kind == "input" or node is None:
            return edits.add_input(diagram, NodeId(f"new{number}"), InputNode(name="x"))
        if kind == "move":
            return edits.move_nodes(diagram, {node: Position(number, -number)})
        return edits.remove_nodes(diagram, [node])

    return edit


def test_an_edit_that_changes_nothing_leaves_no_trace() -> None:
    document = Document()
    document.apply("nothing", replace)
    assert not document.undo_stack.canUndo()
    assert document.undo_stack.isClean()


def test_views_hear_of_each_change_with_the_value_before_and_after() -> None:
    document = Document()
    heard: list[tuple[Project, Project]] = []
    document.changed.connect(lambda before, after: heard.append((before, after)))
    empty = document.project
    document.apply("rename", rename("other"))
    renamed = document.project
    document.undo_stack.undo()
    assert [(before is b, after is a) for (before, after), (b, a) in zip(
        heard, [(empty, renamed), (renamed, empty)], strict=True
    )] == [(True, True), (True, True)]  # fmt: skip


def test_a_way_through_the_history_is_one_change_however_long_it_is() -> None:
    document = Document()
    values = [document.project]
    for number in range(20):
        document.apply(f"add {number}", add_dense(f"dense_{number}"))
        values.append(document.project)
    heard: list[tuple[Project, Project, int]] = []
    document.changed.connect(lambda *two: heard.append((*two, document.undo_stack.index())))
    document.undo_stack.setIndex(3)
    document.undo_stack.setIndex(17)
    assert heard == [(values[20], values[3], 3), (values[3], values[17], 17)]
    assert document.project is values[17]
    assert document.diagram.incoming == {}
    document.undo_stack.undo()
    assert document.project is values[16]


def test_only_nodes_that_are_there_can_be_selected() -> None:
    document = Document()
    document.apply("add", add_dense("a"))
    document.select([NodeId("a"), NodeId("gone")])
    assert document.selection == {"a"}


def test_a_node_that_goes_is_selected_no_longer(qtbot: QtBot) -> None:
    document = Document()
    document.apply("add", add_dense("a"))
    document.select([NodeId("a")])
    with qtbot.waitSignal(document.selection_changed):
        document.undo_stack.undo()
    assert document.selection == frozenset()


def test_selecting_the_same_again_says_nothing(qtbot: QtBot) -> None:
    document = Document()
    document.apply("add", add_dense("a"))
    document.select([NodeId("a")])
    with qtbot.assertNotEmitted(document.selection_changed):
        document.select([NodeId("a")])


def test_a_saved_project_is_clean_until_the_next_edit_and_again_after_undo(tmp_path: Path) -> None:
    document = Document()
    document.apply("add", add_dense("a"))
    document.save(tmp_path / "a.gstudio")
    states = [document.undo_stack.isClean()]
    document.apply("add", add_dense("b"))
    states.append(document.undo_stack.isClean())
    document.undo_stack.undo()
    states.append(document.undo_stack.isClean())
    assert states == [True, False, True]
    assert load_project(tmp_path / "a.gstudio") == document.project
    assert document.title == "a.gstudio"


def test_a_file_that_cannot_be_read_leaves_the_open_project_and_its_past(tmp_path: Path) -> None:
    document = Document()
    document.apply("add", add_dense("a"))
    before = document.project
    with pytest.raises(ProjectFileError, match=r"gone\.gstudio cannot be read"):
        document.open(tmp_path / "gone.gstudio")
    assert document.project is before
    assert document.undo_stack.canUndo()
    assert document.path is None


def test_a_file_that_cannot_be_written_leaves_everything_as_it_was(tmp_path: Path) -> None:
    document = Document()
    document.save(tmp_path / "a.gstudio")
    document.apply("add", add_dense("a"))
    before, count = document.project, document.undo_stack.count()
    with pytest.raises(ProjectFileError, match="cannot be saved"):
        document.save(tmp_path / "no folder/b.gstudio", rename("elsewhere"))
    assert document.project is before
    assert (document.undo_stack.count(), document.undo_stack.isClean()) == (count, False)
    assert document.path == tmp_path / "a.gstudio"


def test_a_restored_project_counts_as_unsaved(tmp_path: Path) -> None:
    document = Document()
    document.reset(Project(), tmp_path / "a.gstudio", clean=False)
    assert not document.undo_stack.isClean()
    document.save(tmp_path / "a.gstudio")
    assert document.undo_stack.isClean()


def test_a_value_of_another_type_is_an_edit_though_python_calls_it_equal() -> None:
    document = Document()
    document.apply("add", add_dense("a"))
    for value in (1, True, 1.0):
        document.apply("set", set_units(value))
        (layer,) = document.diagram.layers.values()
        assert layer.config["units"] is value


def test_the_past_moves_along_when_a_project_is_saved_elsewhere(tmp_path: Path) -> None:
    document = Document()
    document.apply("add", add_dense("a"))
    document.apply("add", add_dense("b"))
    document.undo_stack.undo()
    document.save(tmp_path / "a.gstudio", rename("moved"))
    assert document.undo_stack.isClean()
    names = [document.diagram.name]
    for step in (document.undo_stack.undo, document.undo_stack.redo, document.undo_stack.redo):
        step()
        names.append(document.diagram.name)
    assert names == ["moved"] * 4
    assert len(document.diagram.nodes) == 2


def drawn_twice() -> Project:
    """Return a project that calls a nested encoder on two inputs."""
    drawn = diagram(
        "twice",
        {
            "left": InputNode(name="left", config={"shape": [12]}),
            "right": InputNode(name="right", config={"shape": [12]}),
            "m": encoder(),
            "m2": CallNode(layer=M),
            "both": layer("Add", "both"),
            "out": HeadNode(name="out", loss="mse"),
        },
        ("left m:features", "right m2:features", "m both", "m2 both", "both out"),
    )
    return Project(diagram=drawn)


@pytest.fixture
def nested() -> Document:
    document = Document()
    document.reset(drawn_twice())
    return document


def units_inside(document: Document) -> Value:
    return diagram_at(document.whole.diagram, (M,)).layers[LayerId("e_dense")].config["units"]


def set_units_inside(document: Document, units: int) -> None:
    document.apply(
        "set units",
        on_diagram(lambda d: edits.set_parameter(d, NodeId("e_dense"), "units", units)),
    )


def test_an_open_model_is_in_view_and_the_whole_stays(nested: Document) -> None:
    whole = nested.whole
    nested.open_model(M)
    assert nested.place == (M,)
    assert list(nested.diagram.nodes) == ["e_in", "e_dense", "e_out"]
    assert nested.project.diagram is nested.diagram
    assert nested.whole is whole
    nested.close_model()
    assert not nested.place
    assert nested.project is whole


def test_an_edit_in_an_open_model_is_an_edit_of_the_whole(nested: Document) -> None:
    nested.open_model(M)
    set_units_inside(nested, 7)
    assert nested.diagram.layers[LayerId("e_dense")].config["units"] == 7
    assert units_inside(nested) == 7
    assert len(nested.whole.diagram.nodes) == 6


def test_undo_across_levels_restores_exactly_and_goes_where_the_edit_was(nested: Document) -> None:
    values = [nested.whole]
    nested.open_model(M)
    set_units_inside(nested, 7)
    values.append(nested.whole)
    nested.close_model()
    nested.apply("rename", rename("other"))
    values.append(nested.whole)
    seen = [(nested.whole is values[2], nested.place)]
    for step, value in (("undo", 1), ("undo", 0), ("redo", 1), ("redo", 2)):
        getattr(nested.undo_stack, step)()
        seen.append((nested.whole is values[value], nested.place))
    assert seen == [(True, place) for place in ((), (), (M,), (M,), ())]


def test_an_edit_of_the_settings_is_made_and_undone_from_anywhere(nested: Document) -> None:
    nested.open_model(M)
    drawn = nested.whole.diagram
    nested.apply("set epochs", lambda p: replace(p, training=replace(p.training, epochs=3)))
    assert (nested.whole.training.epochs, nested.whole.diagram is drawn) == (3, True)
    nested.close_model()
    nested.undo_stack.undo()
    assert (nested.whole.training.epochs, nested.place) == (10, ())


def test_a_way_through_the_history_ends_where_its_last_edit_was(nested: Document) -> None:
    nested.apply("rename outside", rename("outside"))
    nested.open_model(M)
    nested.apply("rename inside", rename("inside"))
    nested.go_to(())
    nested.apply("settings", lambda p: replace(p, training=replace(p.training, epochs=99)))
    places = []
    for index in (1, 0, 3):
        nested.undo_stack.setIndex(index)
        places.append(nested.place)
    assert places == [(M,), (), (M,)]
    assert nested.diagram.name == "inside"


def test_a_place_that_vanishes_gives_way_to_the_one_around_it(nested: Document) -> None:
    nested.apply("remove", on_diagram(lambda d: edits.remove_nodes(d, [NodeId("m2")])))
    nested.undo_stack.undo()
    nested.open_model(M)
    nested.reset(Project())
    assert (nested.place, nested.diagram) == ((), Diagram())


def test_undoing_the_making_of_an_open_model_goes_up(nested: Document) -> None:
    made = nested.whole
    nested.reset(Project())
    nested.apply("make", lambda _: made)
    nested.open_model(M)
    nested.undo_stack.undo()
    assert (nested.place, nested.diagram) == ((), Diagram())


def test_only_a_nested_model_can_be_opened(nested: Document) -> None:
    with pytest.raises(KeyError, match="both"):
        nested.open_model(LayerId("both"))
    assert nested.place == ()


def test_views_hear_of_another_place_and_the_way_up_selects_what_was_left(
    nested: Document, qtbot: QtBot
) -> None:
    nested.select([NodeId("m2")])
    with qtbot.waitSignals([nested.changed, nested.place_changed]):
        nested.open_model(M)
    assert nested.selection == frozenset()
    with qtbot.waitSignal(nested.place_changed):
        nested.close_model()
    assert nested.selection == {"m"}


def test_a_repair_is_made_at_its_path_which_comes_into_view(nested: Document) -> None:
    repair = Repair("Rename to x", "rename", {"node_id": "e_in", "name": "x"})
    nested.repair(repair, (M,))
    assert (nested.place, nested.diagram.name_of(NodeId("e_in"))) == ((M,), "x")
    ports = [wire.port for wire in nested.whole.diagram.wires.values() if wire.target == "m"]
    assert ports == ["x"]


def test_a_project_is_saved_whole_whatever_is_in_view(nested: Document, tmp_path: Path) -> None:
    nested.open_model(M)
    set_units_inside(nested, 7)
    nested.save(tmp_path / "a.gstudio")
    assert load_project(tmp_path / "a.gstudio") == nested.whole
    assert nested.place == (M,)


def test_models_are_not_put_into_each_other_deeper_than_can_be_saved(qtbot: QtBot) -> None:
    document = Document()
    model = Layer(class_name="keras.Model", name="model", diagram=Diagram())
    add = on_diagram(partial(edits.add_layer, ids=(M, NodeId("n")), layer=model))
    for _ in range(DEEPEST - 1):
        assert document.apply("add", add)
        document.open_model(M)
    before = document.whole
    with qtbot.waitSignal(document.refused) as refused:
        assert not document.apply("add", add)
    assert refused.args == ["Expected at most 32 models inside each other; received more."]
    assert document.whole is before
