"""Every example that ships opens, is a model, trains and exports a script that does the same."""

import re
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.class_checks import check_classes
from graphstudio.code.plan import make_plan
from graphstudio.diagram.checks import check
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.names import snake_case
from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import format_project, load_project
from graphstudio.diagram.sources import ArraysSource, Source
from graphstudio.engine.build import build_model
from graphstudio.engine.inspect import Inspector
from graphstudio.resource import resource_path
from tests.parity import assert_run_and_script_agree

CATALOG = shipped_catalog()
FILES = {path.stem: path for path in sorted(resource_path("examples").glob("*.gstudio"))}
SEEDS = {"linear", "question_answering", "three_heads", "three_heads_intended", "inception"} | {
    "residual", "siamese", "two_cameras", "model_as_layer", "disconnected"}  # fmt: skip
SOUGHT = {"mlp", "lenet", "unet", "resnet", "transformer_encoder", "vision_transformer"} | {
    "seq2seq_attention", "autoencoder", "wide_and_deep", "two_tower", "tickets"}  # fmt: skip
# Tens of millions of weights take tens of seconds a step on a processor.
LARGE = {"three_heads", "three_heads_intended", "two_cameras"}
SOUND = [name for name in FILES if name != "disconnected"]
LONG = [pytest.mark.long, pytest.mark.timeout(1500)]
TRAINED = [pytest.param(name, marks=LONG) if name in LARGE else name for name in SOUND]
# Enough for a step and for what is held out.
ROWS = 64


def small(name: str, folder: Path) -> Project:
    """Return an example that trains for one epoch on a few rows, which are put into a folder."""
    project = load_project(FILES[name])
    data, training = project.data, project.training
    assert data.source is not None
    return replace(
        project,
        data=replace(data, source=few(data.source, folder), validation=0.25),
        training=replace(training, epochs=1),
    )


def few(source: Source, folder: Path) -> Source:
    """Return a source with a part of the rows."""
    if isinstance(source, GeneratedSource):
        return replace(source, samples=min(source.samples, ROWS))
    assert isinstance(source, ArraysSource)
    with np.load(resource_path("examples") / source.path) as arrays:
        rows = np.random.default_rng(0).permutation(len(arrays[arrays.files[0]]))[:ROWS]
        np.savez(folder / "few.npz", **{key: arrays[key][rows] for key in arrays.files})
    return ArraysSource(path="few.npz")


def test_the_seed_models_and_those_that_people_look_for_ship() -> None:
    assert set(FILES) == SEEDS | SOUGHT | {"digits"}


@pytest.mark.parametrize("name", FILES)
def test_an_example_is_a_whole_project_under_its_own_name(name: str) -> None:
    project = load_project(FILES[name])
    assert project.diagram.name == name
    assert format_project(project) == FILES[name].read_text()
    for _, diagram in nested_diagrams(project.diagram):
        assert set(diagram.positions) == set(diagram.nodes)


@pytest.mark.parametrize("name", FILES)
def test_every_name_was_chosen(name: str) -> None:
    for _, diagram in nested_diagrams(load_project(FILES[name]).diagram):
        counted = {
            layer.name
            for layer in diagram.layers.values()
            if re.fullmatch(rf"{snake_case(layer.class_name.rpartition('.')[2])}_\d+", layer.name)
        }
        assert counted == set()


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_example_has_no_problem(name: str) -> None:
    diagram = load_project(FILES[name]).diagram
    found = [*check(diagram), *check_classes(diagram, CATALOG)]
    found += Inspector(CATALOG).inspect(diagram).diagnostics
    assert {one.code for one in found} == ({"small-vocabulary"} if name == "three_heads" else set())


@pytest.mark.parametrize("name", SOUND)
def test_what_is_shown_is_what_is_built(name: str) -> None:
    diagram = load_project(FILES[name]).diagram
    found = Inspector(CATALOG).inspect(diagram)
    model = build_model(make_plan(diagram, CATALOG))
    assert found.total_params == model.count_params()
    for node, head in diagram.heads.items():
        assert found.nodes[node].outputs[0].shape == model.output[head.name].shape


@pytest.mark.parametrize("name", TRAINED)
def test_an_example_trains_and_its_script_reaches_the_same(name: str, tmp_path: Path) -> None:
    reached = assert_run_and_script_agree(small(name, tmp_path), tmp_path)
    assert all(np.isfinite(value) for value in reached.values())
