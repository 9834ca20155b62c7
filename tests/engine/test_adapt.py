"""Layers learn their state from the samples that are trained on, in the window as in the script."""

import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.code.script import python_script
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, Layer
from graphstudio.diagram.project import Project
from graphstudio.engine.adapt import adapt_layers
from graphstudio.engine.build import BuildError, build_model
from graphstudio.engine.data.loading import load_split
from graphstudio.engine.data.samples import Samples
from graphstudio.engine.evaluate import evaluate, predict
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.train import Run
from graphstudio.protocol import EpochDone, Event, RunEnded
from tests.code.projects import diagram, layer
from tests.engine.data.test_loading import in_memory
from tests.preprocessing import nested_scaling, reviews_project, tabular_project

PROJECTS = {"tabular": tabular_project, "reviews": reviews_project}


def trained(project: Project, folder: Path, *, resume: bool = False) -> list[Event]:
    """Return what a run says, which has to end well."""
    events: list[Event] = []
    run_folder = RunFolder(folder / "run")
    run = Run(project, folder, run_folder, shipped_catalog(), events.append, resume=resume)
    run.start()
    assert run.wait(120)
    assert isinstance(events[-1], RunEnded), events[-1]
    return events


def adapted(drawn: Diagram, x: dict[str, Any]) -> Any:
    """Return the model of a diagram, adapted to data."""
    plan = make_plan(drawn, shipped_catalog())
    model = build_model(plan)
    adapt_layers(model, plan, Samples(x, {}))
    return model


@pytest.mark.parametrize("name", PROJECTS)
def test_the_run_and_the_exported_script_reach_equal_numbers(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = PROJECTS[name](tmp_path)
    logs = next(e for e in reversed(trained(project, tmp_path)) if isinstance(e, EpochDone)).logs
    script = tmp_path / "script.py"
    script.write_text(python_script(project, shipped_catalog()), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(script), run_name="__main__")
    printed = re.findall(r"^(\w+): ([-\d.e]+)$", capsys.readouterr().out, re.MULTILINE)
    assert {key: float(value) for key, value in printed} == {"loss": logs["val_loss"]}
    weights = keras.saving.load_model(tmp_path / "run" / "model.keras").get_weights()
    theirs = keras.saving.load_model(tmp_path / f"{name}.keras").get_weights()
    for ours, other in zip(weights, theirs, strict=True):
        np.testing.assert_array_equal(ours, other)


def test_every_layer_learns_from_the_samples_to_train_on_alone(tmp_path: Path) -> None:
    project = tabular_project(tmp_path)
    plan = make_plan(project.diagram, shipped_catalog())
    train = in_memory(load_split(project, plan, tmp_path).train)
    model = adapted(project.diagram, dict(train.x))
    numbers = train.x["numbers"]
    learnt = np.squeeze(model.get_layer("normal").mean)
    np.testing.assert_allclose(learnt, 10 * numbers.mean(axis=0), rtol=1e-5)
    bounds = model.get_layer("bins").bin_boundaries
    assert [np.mean(numbers < one) for one in bounds] == pytest.approx([0.25, 0.5, 0.75], abs=0.02)
    assert set(model.get_layer("codes").get_vocabulary()[1:]) == set(range(100, 110))
    assert set(model.get_layer("colours").get_vocabulary()[1:]) == {"red", "grün", "蓝"}


def test_a_shared_layer_learns_from_what_its_first_call_receives(tmp_path: Path) -> None:
    project = reviews_project(tmp_path)
    plan = make_plan(project.diagram, shipped_catalog())
    model = adapted(project.diagram, dict(in_memory(load_split(project, plan, tmp_path).train).x))
    assert set(model.get_layer("words").get_vocabulary()[2:]) == {"good", "bad", "film"}


def test_a_resumed_run_keeps_what_was_learnt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = reviews_project(tmp_path)
    trained(project, tmp_path)

    def fail(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("graphstudio.engine.train.adapt_layers", fail)
    longer = replace(project, training=replace(project.training, epochs=3))
    events = trained(longer, tmp_path, resume=True)
    assert [event.epoch for event in events if isinstance(event, EpochDone)] == [2]
    model = keras.saving.load_model(tmp_path / "run" / "model.keras")
    assert set(model.get_layer("words").get_vocabulary()[2:]) == {"good", "bad", "film"}


def test_a_trained_run_is_measured_and_predicts_from_texts(tmp_path: Path) -> None:
    events = trained(reviews_project(tmp_path), tmp_path)
    last = next(event for event in reversed(events) if isinstance(event, EpochDone))
    run = RunFolder(tmp_path / "run")
    assert evaluate(run, shipped_catalog())["loss"] == pytest.approx(last.logs["val_loss"])
    np.savez(tmp_path / "rows.npz", title=["good", "new"], body=["film", "bien bien"])
    predicted = predict(run, tmp_path / "rows.npz", shipped_catalog())
    assert predicted["good"].shape == (2, 1)


STATES: dict[str, Callable[[], Layer]] = {
    "a mean and a variance": lambda: layer("Normalization", "learn", mean=1.0, variance=4.0),
    "boundaries": lambda: layer("Discretization", "learn", bin_boundaries=[0.0, 1.0]),
    "a vocabulary": lambda: layer("IntegerLookup", "learn", vocabulary=[7, 8]),
}


def one_layer(made: Layer, dtype: str = "float32") -> Diagram:
    return diagram(
        "one",
        {
            "x": InputNode(name="x", config={"shape": [2], "dtype": dtype}),
            "learn": made,
            "y": HeadNode(name="y"),
        },
        ("x learn", "learn y"),
    )


@pytest.mark.parametrize("state", STATES)
def test_a_layer_that_was_given_its_state_keeps_it(state: str) -> None:
    x = {"x": np.array([[7, 8], [9, 9]])}
    drawn = one_layer(STATES[state](), "int64" if state == "a vocabulary" else "float32")
    untouched = build_model(make_plan(drawn, shipped_catalog())).predict(x, verbose=0)
    after = adapted(drawn, x).predict(x, verbose=0)
    np.testing.assert_array_equal(untouched["y"], after["y"])


def test_layers_in_a_nested_model_learn_from_what_reaches_them() -> None:
    x = np.random.default_rng(0).normal(3, 2, (50, 2)).astype("float32")
    inside = adapted(nested_scaling(), {"image": x}).get_layer("inside")
    np.testing.assert_allclose(np.squeeze(inside.get_layer("near").mean), x.mean(axis=0), rtol=1e-4)
    np.testing.assert_allclose(np.squeeze(inside.get_layer("far").variance), [100, 100], rtol=1e-3)


def test_data_that_a_layer_cannot_learn_from_is_told_at_its_call() -> None:
    drawn = one_layer(layer("Normalization", "learn"))
    with pytest.raises(BuildError, match="learn: ") as caught:
        adapted(drawn, {"x": np.zeros((4, 3), "float32")})
    (finding,) = caught.value.diagnostics
    assert finding.node == "learn"
