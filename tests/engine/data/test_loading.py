"""Columns are read, bound, split and checked; whatever does not fit is told with its node."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.code.steps import Plan
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.generated import Column, Draw, GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.suggest_columns import suggest_columns
from graphstudio.engine.data.errors import DataError
from graphstudio.engine.data.loading import load_inputs, load_samples, load_split
from graphstudio.engine.data.samples import Samples, Stream
from tests.diagrams import LINEAR_SAMPLES, digits, linear_project

X = np.zeros((10, 64), "float32")
Y = np.zeros((10, 10), "float32")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return linear_project(tmp_path)


@pytest.fixture
def plan(project: Project) -> Plan:
    return make_plan(project.diagram, shipped_catalog())


def write_pickle(path: Path) -> None:
    path.write_bytes(pickle.dumps({"x": X, "y": Y}))


def write_one_array(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, X)


def write_half(path: Path) -> None:
    np.savez(path, x=X, y=Y)
    path.write_bytes(path.read_bytes()[:1000])


def write_damaged(path: Path) -> None:
    np.savez_compressed(path, x=np.random.default_rng(0).random((10, 64)), y=Y)
    content = bytearray(path.read_bytes())
    content[300:900] = bytes(600)
    path.write_bytes(content)


def write_objects(path: Path) -> None:
    np.savez(path, x=np.array([{}, "a"], dtype=object), y=Y)


FILES: dict[str, Callable[[Path], object]] = {
    "an empty file": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_text("x,y\n1,2\n"),
    "a folder": Path.mkdir,
    "a pickle": write_pickle,
    "a single array": write_one_array,
    "half of a file": write_half,
    "a damaged file": write_damaged,
    "pickled objects": write_objects,
}


def in_memory(part: Samples | Stream | None) -> Samples:
    assert isinstance(part, Samples)
    return part


def refused(project: Project, plan: Plan, folder: Path) -> DataError:
    with pytest.raises(DataError) as caught:
        load_samples(project, plan, folder)
    return caught.value


def test_columns_go_by_the_names_of_inputs_and_heads(
    project: Project, plan: Plan, tmp_path: Path
) -> None:
    samples = load_samples(project, plan, tmp_path)
    assert len(samples) == LINEAR_SAMPLES
    assert {name: column.shape for name, column in samples.x.items()} == {"x": (96, 64)}
    assert {name: column.shape for name, column in samples.y.items()} == {"y": (96, 10)}


def test_a_node_can_read_a_column_of_another_name(project: Project, tmp_path: Path) -> None:
    nodes = project.diagram.nodes
    renamed = {NodeId(key): replace(nodes[NodeId(key)], column=f"{key}2") for key in ("x", "y")}
    drawn = replace(project.diagram, nodes={**nodes, **renamed})
    np.savez(tmp_path / "linear.npz", x2=X, y2=Y)
    samples = load_samples(project, make_plan(drawn, shipped_catalog()), tmp_path)
    assert (set(samples.x), set(samples.y)) == ({"x"}, {"y"})


def test_the_split_is_whole_and_is_drawn_from_the_seed(
    project: Project, plan: Plan, tmp_path: Path
) -> None:
    numbers = np.repeat(np.arange(100, dtype="float32")[:, None], 64, axis=1)
    np.savez(tmp_path / "linear.npz", x=numbers, y=np.zeros((100, 10)))
    split, again = (load_split(project, plan, tmp_path) for _ in range(2))
    assert split.validation is not None
    assert (len(split.train), len(split.validation)) == (75, 25)
    rows = [*in_memory(split.train).x["x"][:, 0], *in_memory(split.validation).x["x"][:, 0]]
    assert sorted(rows) == list(range(100))
    assert rows != sorted(rows)
    np.testing.assert_array_equal(in_memory(split.train).x["x"], in_memory(again.train).x["x"])
    reseeded = replace(project, training=replace(project.training, seed=1))
    other = load_split(reseeded, plan, tmp_path)
    assert not np.array_equal(in_memory(split.train).x["x"], in_memory(other.train).x["x"])


def test_inputs_and_targets_stay_together(project: Project, plan: Plan, tmp_path: Path) -> None:
    numbers = np.arange(40, dtype="float32")[:, None]
    np.savez(tmp_path / "linear.npz", x=np.repeat(numbers, 64, axis=1), y=numbers)
    train = in_memory(load_split(project, plan, tmp_path).train)
    np.testing.assert_array_equal(train.x["x"][:, 0], train.y["y"][:, 0])


def test_nothing_is_held_out_on_request(project: Project, plan: Plan, tmp_path: Path) -> None:
    whole = replace(project, data=replace(project.data, validation=0.0))
    split = load_split(whole, plan, tmp_path)
    assert (len(split.train), split.validation) == (LINEAR_SAMPLES, None)


def test_a_project_without_data_is_told(project: Project, plan: Plan, tmp_path: Path) -> None:
    (finding,) = refused(replace(project, data=Data()), plan, tmp_path).diagnostics
    assert finding.code == "no-data"
    assert finding.message.endswith("choose a data file, or use generated data.")
    assert (finding.node, finding.received) == (None, "none")
    assert finding.expected == "a data file or generated data"


def test_a_missing_file_is_told(project: Project, plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "linear.npz"
    file.unlink()
    (finding,) = refused(project, plan, tmp_path).diagnostics
    assert finding.message == f"The data file {file} is not there."
    assert (finding.code, finding.expected) == ("missing-data", str(file))
    assert finding.received == "no such file"


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_holds_no_named_arrays_is_told(
    project: Project, plan: Plan, tmp_path: Path, kind: str
) -> None:
    file = tmp_path / "linear.npz"
    file.unlink()
    FILES[kind](file)
    (finding,) = refused(project, plan, tmp_path).diagnostics
    assert finding.code == "unreadable-data"
    assert finding.message.startswith(f"The data file {file} cannot be read as .npz arrays: ")
    assert finding.expected == "named arrays in a .npz file"
    assert finding.received


def test_a_pickle_in_a_file_is_never_run(plan: Plan, tmp_path: Path) -> None:
    witness = tmp_path / "witness"
    file = tmp_path / "evil.npz"
    np.savez(file, x=np.array([Touch(witness)], dtype=object))
    with pytest.raises(DataError, match="cannot be read"):
        load_inputs(Project(), plan, tmp_path, file)
    assert not witness.exists()


def test_columns_that_nothing_takes_are_not_read(
    project: Project, plan: Plan, tmp_path: Path
) -> None:
    np.savez(tmp_path / "linear.npz", x=X, y=Y, notes=np.array([{}, "a"], dtype=object))
    samples = load_samples(project, plan, tmp_path)
    assert (set(samples.x), set(samples.y)) == ({"x"}, {"y"})


class Touch:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self) -> tuple[object, ...]:
        return (Path.touch, (self._path,))


@pytest.mark.parametrize("missing", ["x", "y"])
def test_a_missing_column_is_told_at_its_node(
    project: Project, plan: Plan, tmp_path: Path, missing: str
) -> None:
    there = "y" if missing == "x" else "x"
    columns: dict[str, Any] = {there: X if there == "x" else Y}
    np.savez(tmp_path / "linear.npz", **columns)
    (finding,) = refused(project, plan, tmp_path).diagnostics
    assert (finding.code, finding.node) == ("missing-column", missing)
    assert (finding.expected, finding.received) == (missing, there)


def test_a_file_without_columns_is_told(project: Project, plan: Plan, tmp_path: Path) -> None:
    np.savez(tmp_path / "linear.npz")
    findings = refused(project, plan, tmp_path).diagnostics
    assert [(one.node, one.received) for one in findings] == [("x", "none"), ("y", "none")]


@pytest.mark.parametrize(
    ("column", "received"), [(X[:, :3], "(3,)"), (X[:, :, None], "(64, 1)"), (np.zeros(10), "()")]
)
def test_samples_of_another_shape_are_told_at_their_input(
    project: Project, plan: Plan, tmp_path: Path, column: np.ndarray, received: str
) -> None:
    np.savez(tmp_path / "linear.npz", x=column, y=Y)
    (finding,) = refused(project, plan, tmp_path).diagnostics
    assert (finding.code, finding.node) == ("wrong-shape", "x")
    assert (finding.expected, finding.received) == ("(64,)", received)


def test_an_open_dimension_takes_any_size(tmp_path: Path) -> None:
    project = linear_project(tmp_path)
    drawn = project.diagram
    wide = replace(drawn.nodes[NodeId("x")], config={"shape": [None]})
    free = replace(drawn, nodes={**drawn.nodes, NodeId("x"): wide})
    np.savez(tmp_path / "linear.npz", x=X[:, :7], y=Y)
    samples = load_samples(project, make_plan(free, shipped_catalog()), tmp_path)
    assert samples.x["x"].shape == (10, 7)


@pytest.mark.parametrize(
    ("x", "y", "received"),
    [
        (X, Y[:3], "x 10, y 3"),
        (X[:0], Y[:0], "x 0, y 0"),
        (X, np.float32(1), "x 10, y 0"),
    ],
)
def test_columns_of_other_lengths_and_empty_ones_are_told(
    project: Project, plan: Plan, tmp_path: Path, x: np.ndarray, y: np.ndarray, received: str
) -> None:
    np.savez(tmp_path / "linear.npz", x=x, y=y)
    (finding,) = refused(project, plan, tmp_path).diagnostics
    assert (finding.code, finding.received) == ("wrong-length", received)
    assert finding.expected == "columns of one length"


def test_the_inputs_of_a_prediction_need_no_targets(plan: Plan, tmp_path: Path) -> None:
    np.savez(tmp_path / "rows.npz", x=X[:3], other=Y)
    assert load_inputs(Project(), plan, tmp_path, tmp_path / "rows.npz")["x"].shape == (3, 64)


def with_dtype(project: Project, dtype: str) -> Plan:
    """Return the plan of a project whose input takes another dtype."""
    nodes = project.diagram.nodes
    node = replace(nodes[NodeId("x")], config={"shape": [2], "dtype": dtype})
    drawn = replace(project.diagram, nodes={**nodes, NodeId("x"): node})
    return make_plan(drawn, shipped_catalog())


@pytest.mark.parametrize("dtype", ["U", "S"])
def test_texts_reach_keras_as_tensors_which_it_can_train_on(
    project: Project, tmp_path: Path, dtype: str
) -> None:
    texts = np.array([["a", "é" if dtype == "U" else "e"]] * 10, dtype=dtype)
    np.savez(tmp_path / "linear.npz", x=texts, y=Y)
    plan = with_dtype(project, "string")
    split = load_split(project, plan, tmp_path)
    assert split.validation is not None
    for column in (
        in_memory(split.train).x["x"],
        load_inputs(Project(), plan, tmp_path, tmp_path / "linear.npz")["x"],
    ):
        assert keras.backend.standardize_dtype(column.dtype) == "string"
    assert (len(split.train), len(split.validation)) == (8, 2)


@pytest.mark.parametrize(
    ("dtype", "column", "sentence"),
    [
        ("string", X[:, :2], "The input 'x' takes texts; its data has numbers (float32)."),
        (
            "float32",
            np.array([["a", "b"]] * 10),
            "The input 'x' takes numbers; its data has texts.",
        ),
    ],
)
def test_texts_and_numbers_in_each_others_place_are_told_at_their_input(
    project: Project, tmp_path: Path, dtype: str, column: np.ndarray, sentence: str
) -> None:
    np.savez(tmp_path / "linear.npz", x=column, y=Y)
    (finding,) = refused(project, with_dtype(project, dtype), tmp_path).diagnostics
    assert (finding.code, finding.node, finding.message) == ("wrong-kind", "x", sentence)


def test_texts_as_targets_are_told_at_their_head(
    project: Project, plan: Plan, tmp_path: Path
) -> None:
    np.savez(tmp_path / "linear.npz", x=X, y=np.array(["cat"] * 10))
    (finding,) = refused(project, plan, tmp_path).diagnostics
    assert finding.node == "y"
    assert finding.message == "The head 'y' takes numbers; its data has texts."


def generated(project: Project, columns: dict[str, Column]) -> Project:
    source = GeneratedSource(samples=50, columns=columns)
    return replace(project, data=replace(project.data, source=source))


def test_generated_columns_are_bound_as_those_of_a_file(
    project: Project, plan: Plan, tmp_path: Path
) -> None:
    given = generated(project, dict(suggest_columns(project.diagram)))
    samples = load_samples(given, plan, tmp_path)
    assert samples.x["x"].shape == (50, 64)
    assert samples.y["y"].shape == (50, 10)


def test_a_column_that_is_not_generated_is_told_at_its_node(
    project: Project, plan: Plan, tmp_path: Path
) -> None:
    given = generated(project, {"x": Column(values=Draw.UNIFORM, shape=(64,))})
    (finding,) = refused(given, plan, tmp_path).diagnostics
    assert (finding.code, finding.node, finding.received) == ("missing-column", "y", "x")
    assert finding.message.endswith("it has x. Use generated data again to draw it too.")


def test_the_shipped_digits_are_what_the_example_takes() -> None:
    project = digits()
    samples = load_samples(project, make_plan(project.diagram, shipped_catalog()), Path())
    assert len(samples) == 1797
    assert samples.x["image"].shape == (1797, 8, 8, 1)
    assert set(np.unique(samples.y["even"])) == {0.0, 1.0}
