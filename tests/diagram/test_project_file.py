"""The project file keeps everything, reads well in a diff, and says what is wrong with it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from msgspec.structs import replace

from graphstudio.diagram import edits
from graphstudio.diagram.annotations import (
    add_frame,
    add_note,
    all_marks,
    framed,
    move_marks,
    resize_marks,
)
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import (
    DEEPEST,
    CallNode,
    Diagram,
    Frame,
    FrameId,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Note,
    NoteId,
    Position,
    Use,
)
from graphstudio.diagram.generated import MOST_SAMPLES, Column, Draw, GeneratedSource
from graphstudio.diagram.ground import FARTHEST
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import (
    SCHEMA,
    ProjectFileError,
    format_project,
    load_project,
    parse_project,
    save_project,
)
from graphstudio.diagram.rectangles import Rectangle
from graphstudio.diagram.sources import ArraysSource
from tests.diagram.strategies import projects


@pytest.fixture
def project() -> Project:
    layer = Layer(class_name="keras.layers.Dense", name="trunk", config={"units": 8})
    diagram = edits.add_input(Diagram(name="digits"), NodeId("i"), InputNode(name="image"))
    diagram = edits.add_layer(diagram, (LayerId("l"), NodeId("c")), layer, Position(1.5, 2))
    diagram = edits.add_head(diagram, NodeId("h"), HeadNode(name="digit", loss="mse"))
    return Project(diagram=diagram, data=Data(source=ArraysSource(path="digits.npz")))


@given(projects)
def test_what_is_saved_is_what_is_loaded_unknown_fields_included(project: Project) -> None:
    loaded = parse_project(format_project(project))
    assert loaded == project
    assert list(loaded.diagram.nodes) == list(project.diagram.nodes)


@given(projects)
def test_saving_what_was_loaded_changes_no_letter(project: Project) -> None:
    text = format_project(project)
    assert format_project(parse_project(text)) == text


def test_unknown_fields_are_kept_in_every_kind_of_record(project: Project) -> None:
    document = json.loads(format_project(project))
    document["data"]["source"]["checksum"] = "abc"
    records = [document, document["data"], document["training"]]
    records += [one for table in ("layers", "nodes") for one in document[table].values()]
    for number, record in enumerate(records):
        record["future"] = {"number": number}
    saved = json.loads(format_project(parse_project(json.dumps(document))))
    assert saved == document


def test_unknown_fields_of_generated_columns_are_kept(project: Project) -> None:
    column = Column(values=Draw.INTEGERS, shape=(2,), low=-3.0, high=9.0)
    source = GeneratedSource(samples=8, seed=3, columns={"image": column})
    document = json.loads(format_project(replace(project, data=Data(source=source))))
    document["data"]["source"]["columns"]["image"]["unit"] = "mm"
    loaded = parse_project(json.dumps(document))
    assert isinstance(loaded.data.source, GeneratedSource)
    assert loaded.data.source.columns["image"].extra == {"unit": "mm"}
    assert json.loads(format_project(loaded)) == document


@pytest.mark.parametrize(
    "damage",
    [
        {"columns": {"x": {"values": "lies"}}},
        {"columns": {"x": {"values": "uniform", "shape": [0]}}},
        {"columns": {"x": {"values": "uniform", "low": 5}}},
        {"columns": {"x": {"values": "one_hot"}}},
        {"columns": {"x": {"values": "words", "words": 0}}},
        {"columns": {"x": {}}},
        {"columns": [1]},
        {"samples": 0},
        {"samples": MOST_SAMPLES + 1},
        {"seed": -1},
    ],
)
def test_what_cannot_be_generated_is_refused(project: Project, damage: dict[str, object]) -> None:
    source = {"kind": "generated", **damage}
    document = {**json.loads(format_project(project)), "data": {"source": source}}
    with pytest.raises(ProjectFileError, match="is damaged"):
        parse_project(json.dumps(document))


def test_a_change_of_one_record_changes_one_line(project: Project) -> None:
    before = format_project(project).splitlines()
    edited = edits.set_parameter(project.diagram, NodeId("c"), "units", 9)
    after = format_project(project.with_diagram(edited)).splitlines()
    changed = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert len(changed) == 1
    assert '"units": 9' in changed[0][1]


def test_a_frame_without_a_height_is_refused_with_what_was_expected(project: Project) -> None:
    frame = {"x": 0, "y": 0, "width": 9, "height": 0}
    document = {**json.loads(format_project(project)), "frames": {"f": frame}}
    with pytest.raises(ProjectFileError, match=r"a is damaged: Expected `float` > 0.0 .*height"):
        parse_project(json.dumps(document), "a")


def test_frames_and_notes_are_a_line_each_and_only_where_there_are_any(project: Project) -> None:
    assert not {"frames", "notes"} & json.loads(format_project(project)).keys()
    frame = Frame(title="Stem", colour="teal", x=0, y=8, width=80, height=40)
    note = Note(text="# Why\n\n- so", x=0, y=8, width=80, height=40)
    diagram = add_frame(add_note(project.diagram, NoteId("t"), note), FrameId("f"), frame)
    text = format_project(project.with_diagram(diagram))
    assert len([line for line in text.splitlines() if '"Stem"' in line or "# Why" in line]) == 2
    assert parse_project(text).diagram.frames == {"f": frame}
    assert parse_project(text).diagram.notes == {"t": note}


def test_moving_a_node_changes_nothing_but_its_position(project: Project) -> None:
    before = json.loads(format_project(project))
    moved = edits.move_nodes(project.diagram, {NodeId("c"): Position(9, 9)})
    after = json.loads(format_project(project.with_diagram(moved)))
    assert before.pop("positions") != after.pop("positions")
    assert before == after


def test_a_project_goes_to_a_file_and_back(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "数字.gstudio"
    save_project(project, path)
    assert load_project(path) == project
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_failed_save_leaves_the_old_file(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "digits.gstudio"
    save_project(project, path)
    half_a_letter = edits.rename_model(project.diagram, "\ud800")
    unwritable = project.with_diagram(half_a_letter)
    with pytest.raises(ProjectFileError, match="cannot be saved"):
        save_project(unwritable, path)
    assert load_project(path) == project
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_saving_through_a_link_writes_the_file_that_it_leads_to(
    project: Project, tmp_path: Path
) -> None:
    file, link = tmp_path / "a.gstudio", tmp_path / "link.gstudio"
    link.symlink_to(file)
    save_project(project, link)
    assert link.is_symlink()
    assert load_project(file) == project


def test_a_new_file_has_the_rights_that_new_files_have(project: Project, tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    save_project(project, tmp_path / "a.gstudio")
    assert (tmp_path / "a.gstudio").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_folder_that_is_not_there_is_named(project: Project, tmp_path: Path) -> None:
    with pytest.raises(
        ProjectFileError, match=r"a\.gstudio cannot be saved in .*missing: No such file"
    ):
        save_project(project, tmp_path / "missing" / "a.gstudio")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProjectFileError, match=r"a\.gstudio cannot be read: No such file"):
        load_project(tmp_path / "a.gstudio")


def test_what_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gstudio"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ProjectFileError, match="it is not text"):
        load_project(path)


def test_every_part_of_a_file_is_refused_and_never_half_read(project: Project) -> None:
    text = format_project(project)
    for end in range(0, len(text.rstrip()), 7):
        with pytest.raises(ProjectFileError):
            parse_project(text[:end])


def test_a_file_of_endless_brackets_is_refused() -> None:
    with pytest.raises(ProjectFileError, match="is not a whole project file"):
        parse_project('{"schema":' + "[" * 100_000)


@given(projects)
def test_a_file_of_the_first_schema_means_what_it_meant(project: Project) -> None:
    older = {**json.loads(format_project(project)), "schema": 1}
    assert parse_project(json.dumps(older)) == project


def test_a_reader_of_the_first_schema_does_not_take_a_muted_node_for_an_active_one(
    project: Project,
) -> None:
    muted = edits.set_use(project.diagram, [NodeId("c")], Use.MUTED)
    assert json.loads(format_project(project.with_diagram(muted)))["schema"] > 1


@pytest.mark.parametrize("text", ["[]", "1", '"a"', "{}", '{"schema": "1"}'])
def test_a_foreign_file_is_refused(text: str) -> None:
    with pytest.raises(ProjectFileError, match="is not a project file"):
        parse_project(text)


def test_a_newer_file_is_refused_with_the_way_out(project: Project) -> None:
    document = {**json.loads(format_project(project)), "schema": SCHEMA + 1}
    with pytest.raises(ProjectFileError, match=r"newer Graph Studio.*Update Graph Studio"):
        parse_project(json.dumps(document))


@pytest.mark.parametrize(
    "damage",
    [
        {"nodes": {"c": {"kind": "call", "layer": "gone"}}},
        {"wires": {"w": {"source": "c", "target": "gone", "port": "inputs"}}},
        {"wires": {"w": {"source": "i", "target": "c", "port": "inputs", "output": -1}}},
        {"wires": {"w": {"source": "i", "target": "c", "port": "inputs", "output": 10**9}}},
        {"wires": {"w": {"source": "i", "target": "c", "port": "inputs", "order": -1}}},
        {"nodes": {"c": {"kind": "black hole"}}},
        {"nodes": {"c": {"name": "no kind"}}},
        {"nodes": {"c": 3}},
        {"nodes": []},
        {"layers": {"l": {"name": 4, "class_name": "keras.layers.Dense"}}},
        {"positions": {"c": "left"}},
        {"training": {"epochs": "many"}},
        {"training": None},
        {"data": {"source": {"kind": "cloud"}}},
        {"data": 5},
        {"name": None},
        {"name": "half a letter \ud800"},
        {"data": {"validation": 1}},
        {"data": {"validation": -0.1}},
        {"training": {"batch_size": 0}},
        {"training": {"epochs": 0}},
        {"training": {"seed": -1}},
        {"frames": {"f": {"x": 0, "y": 0, "width": 0, "height": 9}}},
        {"frames": {"f": {"x": 0, "y": 0, "width": 9}}},
        {"frames": {"f": {"x": 0, "y": 0, "width": 9, "height": 9, "title": 3}}},
        {"frames": {"f": {"x": float("nan"), "y": 0, "width": 9, "height": 9}}},
        {"frames": {"f": {"x": 0, "y": 0, "width": float("nan"), "height": 9}}},
        {"positions": {"c": [float("nan"), 0]}},
        {"positions": {"c": [0, float("nan")]}},
        {"bends": {"w": [[float("nan"), 0]]}},
        {"frames": ["f"]},
        {"notes": {"t": {"x": 0, "y": 0, "width": 9, "height": -1}}},
        {"notes": {"t": {"x": "left", "y": 0, "width": 9, "height": 9}}},
        {"notes": {"t": {"x": 0, "y": 0, "width": 9, "height": 9, "text": None}}},
    ],
)
def test_a_damaged_file_is_refused(project: Project, damage: dict[str, object]) -> None:
    document = {**json.loads(format_project(project)), **damage}
    with pytest.raises(ProjectFileError, match="is damaged"):
        parse_project(json.dumps(document), "a.gstudio")


def test_places_bends_and_locks_of_what_is_not_there_are_passed_over(project: Project) -> None:
    document = json.loads(format_project(project))
    document["bends"] = {"gone": [[1, 2]]}
    document["positions"]["gone"] = [1, 2]
    document["locked"] = ["c", "gone"]
    read = parse_project(json.dumps(document)).diagram
    assert not read.bends
    assert read.locked == frozenset({NodeId("c")})
    assert isinstance(read.locked, frozenset)
    assert read.positions == project.diagram.positions


def nested(levels: int) -> Diagram:
    """Return as many models inside each other."""
    drawn = Diagram(nodes={NodeId("i0"): InputNode(name="x")})
    for level in range(1, levels):
        model = Layer(class_name="keras.Model", name="model", diagram=drawn)
        drawn = Diagram(
            layers={LayerId("l"): model}, nodes={NodeId(f"c{level}"): CallNode(layer=LayerId("l"))}
        )
    return drawn


def test_models_lie_in_each_other_as_deep_as_they_can_be_saved() -> None:
    deepest = Project(diagram=nested(DEEPEST))
    assert deepest.diagram.depth == DEEPEST
    assert parse_project(format_project(deepest)) == deepest
    deeper = format_project(Project(diagram=nested(DEEPEST + 1)))
    with pytest.raises(ProjectFileError, match=r"Expected at most 32 models .* received more\.$"):
        parse_project(deeper)


def test_what_a_file_has_beyond_the_canvas_lies_at_its_edge(project: Project) -> None:
    document = json.loads(format_project(project))
    document["positions"] = {"i": [1e18, -1e300], "c": [0, float("-inf")]}
    document["frames"] = {"f": {"x": -1e9, "y": 0, "width": 1e300, "height": float("inf")}}
    document["notes"] = {"t": {"x": 0, "y": 1e8, "width": 9, "height": 9}}
    read = parse_project(json.dumps(document)).diagram
    far = FARTHEST
    assert read.positions == {"i": Position(far, -far), "c": Position(0.0, -far)}
    assert read.frames == {"f": Frame(x=-far, y=0, width=2 * far, height=2 * far)}
    assert read.notes == {"t": Note(x=0, y=far, width=9, height=9)}


def test_a_frame_around_a_very_long_chain_is_saved_and_opened(project: Project) -> None:
    boxes = [Rectangle.sized(0.0, 0.0, 180.0, 76.0), Rectangle.sized(FARTHEST, 0.0, 180.0, 76.0)]
    diagram = framed(project.diagram, FrameId("f"), boxes)
    marks = all_marks(diagram)
    moves = (diagram, move_marks(diagram, marks, -3e7, 9.0), move_marks(diagram, marks, 3e7, 0.0))
    for moved in (*moves, resize_marks(diagram, marks, Rectangle.sized(-9e8, 0.0, 9e9, 4.0))):
        assert parse_project(format_project(project.with_diagram(moved))).diagram == moved


@pytest.mark.parametrize("key", ["layers", "nodes", "wires", "name"])
def test_a_file_without_a_table_is_damaged(project: Project, key: str) -> None:
    document = json.loads(format_project(project))
    del document[key]
    with pytest.raises(ProjectFileError, match="is damaged"):
        parse_project(json.dumps(document))
