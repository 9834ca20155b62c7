"""Data that is kept on disk trains as data in memory does, in the run and in the script."""

from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.diagram.data import SplitBy
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import FunctionSource
from graphstudio.engine.data.errors import DataError
from graphstudio.engine.data.loading import load_samples, load_split
from graphstudio.engine.data.samples import Stream
from tests.diagrams import linear_project
from tests.parity import assert_run_and_script_agree
from tests.preprocessing import reviews_project, tabular_project


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def kept(project: Project, **changes: object) -> Project:
    return replace(project, data=replace(project.data, on_disk=True, **changes))


@pytest.mark.parametrize("make", [linear_project, tabular_project, reviews_project])
def test_a_run_and_its_script_agree(make: object, tmp_path: Path) -> None:
    assert callable(make)
    assert_run_and_script_agree(kept(make(tmp_path)), tmp_path)


def test_the_samples_are_those_that_memory_would_hold(tmp_path: Path) -> None:
    project = linear_project(tmp_path)
    plan = make_plan(project.diagram, shipped_catalog())
    ours = load_samples(kept(project), plan, tmp_path)
    np.testing.assert_array_equal(ours.x["x"][:], load_samples(project, plan, tmp_path).x["x"])


def test_the_same_rows_are_held_out(tmp_path: Path) -> None:
    project = linear_project(tmp_path)
    plan = make_plan(project.diagram, shipped_catalog())
    split = load_split(kept(project), plan, tmp_path)
    ours, theirs = split.validation, load_split(project, plan, tmp_path).validation
    assert isinstance(ours, Stream)
    assert theirs is not None
    assert len(ours) == len(theirs)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    project = kept(linear_project(tmp_path))
    plan = make_plan(project.diagram, shipped_catalog())
    assert len(load_samples(project, plan, tmp_path)) == 96
    np.savez(tmp_path / "linear.npz", x=np.zeros((7, 64), "f4"), y=np.zeros((7, 10), "f4"))
    assert len(load_samples(project, plan, tmp_path)) == 7


def test_rows_are_split_by_a_field_that_is_kept_beside_the_columns(tmp_path: Path) -> None:
    x, y = np.zeros((10, 64), "f4"), np.zeros((10, 10), "f4")
    part = np.array(["train"] * 7 + ["test"] * 3)
    project = linear_project(tmp_path)
    np.savez(tmp_path / "linear.npz", x=x, y=y, part=part)
    by = {"split": SplitBy.GIVEN, "split_field": "part", "split_value": "test"}
    split = load_split(kept(project, **by), make_plan(project.diagram, shipped_catalog()), tmp_path)
    assert split.validation is not None
    assert (len(split.train), len(split.validation)) == (7, 3)


def test_a_source_that_cannot_be_read_in_pieces_is_refused(tmp_path: Path) -> None:
    project = kept(linear_project(tmp_path), source=FunctionSource(name="own.load"))
    with pytest.raises(DataError, match="to keep on disk"):
        load_samples(project, make_plan(project.diagram, shipped_catalog()), tmp_path)
