"""A run warns of what it can train on, but hardly learn from."""

import os
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from graphstudio.code.plan import make_plan
from graphstudio.diagram.data import Data, Encoding, Prepared
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import ArraysSource, QuerySource, TableSource
from graphstudio.engine.data.doubts import doubts
from graphstudio.engine.data.fingerprint import changed_data, fingerprint
from graphstudio.engine.data.loading import load_split
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.train import Run
from graphstudio.protocol import Event, RunStarted
from tests.code.projects import layer
from tests.diagrams import chain
from tests.parity import CATALOG


def project(*classes: str) -> Project:
    drawn = chain(
        layer("Dense", "dense", units=3, activation="softmax"),
        shape=(2,),
        loss="sparse_categorical_crossentropy",
    )
    made = Prepared(fields=("y",), encoding=Encoding.INDEX, classes=classes)
    data = Data(source=ArraysSource(path="t.npz"), columns={"y": made}, validation=0.0)
    return Project(diagram=drawn, data=data, training=Training(epochs=1))


def warned(given: Project, folder: Path) -> list[str]:
    plan = make_plan(given.diagram, CATALOG)
    return [one.message for one in doubts(given.data, plan, load_split(given, plan, folder))]


def test_a_class_without_samples_is_named(tmp_path: Path) -> None:
    np.savez(tmp_path / "t.npz", x=np.ones((4, 2)), y=np.array(["a", "c", "a", "c"]))
    assert warned(project("a", "b", "c"), tmp_path) == [
        "No sample to train on is of the class b of the head 'y'."
    ]
    assert warned(project("a", "c"), tmp_path) == []


def test_a_single_sample_is_told(tmp_path: Path) -> None:
    np.savez(tmp_path / "t.npz", x=np.ones((1, 2)), y=np.array(["a"]))
    assert warned(project("a"), tmp_path) == ["There is a single sample to train on."]


def test_a_password_in_a_project_is_better_in_the_environment(tmp_path: Path) -> None:
    np.savez(tmp_path / "t.npz", x=np.ones((4, 2)), y=np.array(["a"] * 4))
    given = project("a")
    plan = make_plan(given.diagram, CATALOG)
    split = load_split(given, plan, tmp_path)
    for url, found in (
        ("postgresql://me:secret@host/db", ["password-in-url"]),
        ("postgresql://me:${PASSWORD}@host/db", []),
        ("postgresql://me@host/db", []),
    ):
        data = replace(given.data, source=QuerySource(query="SELECT 1", url=url))
        assert [one.code for one in doubts(data, plan, split)] == found


def test_a_run_tells_its_warnings_as_it_starts_and_that_its_data_has_changed(
    tmp_path: Path,
) -> None:
    np.savez(tmp_path / "t.npz", x=np.ones((4, 2)), y=np.array(["a", "c", "a", "c"]))
    given = project("a", "b", "c")
    assert [one.code for one in started(given, tmp_path).warnings] == ["empty-class"]
    np.savez(tmp_path / "t.npz", x=np.zeros((6, 2)), y=np.array(["a", "b", "c"] * 2))
    longer = replace(given, training=replace(given.training, epochs=2))
    (warning,) = started(longer, tmp_path, resume=True).warnings
    assert warning.message == "The data file t.npz has changed since the run began."


def started(given: Project, folder: Path, *, resume: bool = False) -> RunStarted:
    events: list[Event] = []
    run = Run(given, folder, RunFolder(folder / "run"), CATALOG, events.append, resume=resume)
    run.start()
    assert run.wait(100)
    (event,) = (one for one in events if isinstance(one, RunStarted))
    return event


def test_a_file_that_was_only_touched_is_the_same(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    source = TableSource(path="t.csv")
    file.write_text("x,y\n1,2\n")
    before = fingerprint(source, tmp_path)
    os.utime(file, (1, 1))
    assert changed_data(before, source, tmp_path) is None
    file.write_text("x,y\n1,3\n")
    assert changed_data(before, source, tmp_path) is not None
    file.unlink()
    assert changed_data(before, source, tmp_path) is None
