"""The models that the program was asked for, with the numbers that Keras's summaries give them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.code.plan import PlanError, make_plan
from graphstudio.code.script import python_module
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import Diagnostic, has_errors
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, Layer, NodeId
from graphstudio.diagram.edits import replace_node
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.nesting import nested_diagrams
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.diagram.repairs import apply_repair
from graphstudio.diagram.sources import ArraysSource
from graphstudio.engine.build import build_model
from graphstudio.engine.evaluate import evaluate
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.run_folder import RunFolder
from graphstudio.protocol import Inspected
from tests.code.projects import diagram
from tests.parity import run_here
from tests.test_examples import CATALOG, FILES, small


def example(name: str) -> Project:
    return load_project(FILES[name])


def inspected(name: str) -> Inspected:
    return Inspector(CATALOG).inspect(example(name).diagram)


def by_name(name: str) -> Mapping[str, tuple[int, tuple[int | None, ...]]]:
    """Return the parameters and the shape of the first output of every call, by its name."""
    found, diagram = inspected(name), example(name).diagram
    return {
        diagram.name_of(node): (found.nodes[node].params, found.nodes[node].outputs[0].shape)
        for node, one in diagram.nodes.items()
        if isinstance(one, CallNode)
    }


def parameters(name: str) -> dict[str, int]:
    """Return the parameters of each layer of an example that has any."""
    return {layer: count for layer, (count, _) in by_name(name).items() if count}


PARAMETERS: Mapping[str, tuple[Mapping[str, int], int]] = {
    "linear": ({"hidden_1": 2_080, "hidden_2": 1_056, "scores": 330}, 3_466),
    "question_answering": (
        {
            "text_words": 640_000,
            "text_read": 12_416,
            "question_words": 320_000,
            "question_read": 3_136,
            "scores": 24_500,
        },
        1_000_052,
    ),
    "three_heads": (
        {
            "words": 12_800_000,
            "conv_1": 32_000_128,
            "conv_2": 164_096,
            "conv_3": 327_936,
            "conv_4": 327_936,
            "conv_5": 327_936,
            "traits": 32_896,
            "years": 129,
            "brackets": 1_290,
            "chance": 129,
        },
        45_982_476,
    ),
    "siamese": ({"reader": 20_608, "score": 65}, 20_673),
    "two_cameras": ({"xception": 20_861_480}, 20_861_480),
}
SHAPES: Mapping[str, Mapping[str, tuple[int | None, ...]]] = {
    "question_answering": {"both": (None, 48), "scores": (None, 500)},
    "siamese": {"both": (None, 64)},
    "inception": {"branches": (None, None, None, 512), "pooled": (None, 512)},
    "residual": {
        "identity_add": (None, 8, 8, 128),
        "halved_pool": (None, 4, 4, 128),
        "projection": (None, 4, 4, 128),
        "halved_add": (None, 4, 4, 128),
    },
    "two_cameras": {"xception": (None, 8, 8, 2048), "both": (None, 8, 8, 4096)},
    "model_as_layer": {"encoder": (None, 16), "exchange": (None, 16), "both": (None, 32)},
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_layer_has_the_parameters_that_keras_counts(name: str) -> None:
    layers, total = PARAMETERS[name]
    assert parameters(name) == layers
    assert inspected(name).total_params == total == sum(layers.values())


@pytest.mark.parametrize("name", SHAPES)
def test_what_meets_has_the_shape_that_was_asked_for(name: str) -> None:
    found = by_name(name)
    assert {layer: found[layer][1] for layer in SHAPES[name]} == SHAPES[name]


def test_the_linear_model_fits_a_thousand_rows_and_is_measured(tmp_path: Path) -> None:
    project = example("linear")
    training, source = project.training, project.data.source
    assert isinstance(source, GeneratedSource)
    assert (source.samples, source.columns["x"].shape) == (1000, (64,))
    assert (training.epochs, training.batch_size) == (10, 128)
    assert training.optimizer == {"class": "keras.optimizers.RMSprop", "config": {}}
    run_here(project, tmp_path)
    reached = evaluate(RunFolder(tmp_path / "run"), CATALOG)
    assert reached["loss"] < np.log(10) * 1.1


def rows() -> dict[str, Any]:
    """Return data for the model of questions; text and question differ in nothing but values."""
    random = np.random.default_rng(0)
    return {
        "text": random.integers(10_000, size=(24, 9)),
        "question": random.integers(10_000, size=(24, 9)),
        "answer": np.eye(500, dtype="float32")[random.integers(500, size=24)],
    }


def answered(folder: Path, columns: Mapping[str, str]) -> Mapping[str, float]:
    """Train the model of questions on ``rows.npz``, and return what it reaches.

    Args:
        folder: where the file is.
        columns: the column that each input and the head takes.
    """
    project = small("question_answering", folder)
    drawn = project.diagram
    for node, one in drawn.nodes.items():
        if not isinstance(one, CallNode):
            drawn = replace_node(drawn, node, replace(one, column=columns[one.name]))
    data = replace(project.data, source=ArraysSource(path="rows.npz"))
    return run_here(replace(project, diagram=drawn, data=data), folder)


def test_questions_are_answered_alike_from_columns_by_name_and_by_order(tmp_path: Path) -> None:
    made = rows()
    names = list(made)
    np.savez(tmp_path / "rows.npz", **made)
    reached = answered(tmp_path, dict(zip(names, names, strict=True)))
    others = ["told", "asked", "picked"]
    turned = dict(reversed(list(zip(others, made.values(), strict=True))))
    np.savez(tmp_path / "rows.npz", **turned)
    assert answered(tmp_path, dict(zip(names, others, strict=True))) == reached
    # NumPy names what has no name by its order.
    np.savez(tmp_path / "rows.npz", *made.values())
    assert answered(tmp_path, dict(zip(names, ["arr_0", "arr_1", "arr_2"], strict=True))) == reached
    assert answered(tmp_path, dict(zip(names, ["arr_1", "arr_0", "arr_2"], strict=True))) != reached


@pytest.mark.parametrize("name", ["three_heads", "three_heads_intended"])
def test_each_head_of_the_posts_has_its_loss_and_its_weight(name: str) -> None:
    heads = {head.name: head for head in example(name).diagram.heads.values()}
    assert {n: (head.loss, head.weight) for n, head in heads.items()} == {
        "age": ("mean_squared_error", 0.25),
        "income": ("categorical_crossentropy", 1.0),
        "gender": ("binary_crossentropy", 10.0),
    }


def test_swapped_arguments_are_pointed_out_and_swapping_them_gives_what_was_meant() -> None:
    swapped, meant = example("three_heads").diagram, example("three_heads_intended").diagram
    (hint,) = check(swapped)
    assert hint.node is not None
    assert swapped.name_of(hint.node) == "words"
    assert "256" in hint.message
    repaired = apply_repair(swapped, hint.repairs[0])
    assert repaired.layers == meant.layers
    assert check(meant) == ()


def test_a_shared_layer_is_one_with_two_calls() -> None:
    for name, shared in {"siamese": ["reader"], "two_cameras": ["xception"]}.items():
        diagram = example(name).diagram
        calls = {diagram.layers[i].name: len(nodes) for i, nodes in diagram.calls.items()}
        assert [layer for layer, count in calls.items() if count == 2] == shared
    module = python_module(example("siamese"), CATALOG)
    assert module.count("keras.layers.LSTM(") == 1


def test_the_merged_features_of_two_cameras_are_the_output() -> None:
    drawn = example("two_cameras").diagram
    (head,) = drawn.heads
    assert drawn.name_of(drawn.incoming[head][0].source) == "both"
    assert inspected("two_cameras").nodes[head].outputs[0].shape == (None, 8, 8, 4096)


def test_the_block_of_the_inception_takes_images_of_any_size() -> None:
    model = build_model(make_plan(example("inception").diagram, CATALOG))
    assert model.get_layer("branches").output.shape == (None, None, None, 512)
    for size in (9, 16):
        assert model({"image": np.zeros((1, size, size, 3), "float32")})["flower"].shape == (1, 1)


def test_a_whole_inception_can_be_placed_too() -> None:
    placed = diagram(
        "placed",
        {
            "image": InputNode(name="image", config={"shape": [299, 299, 3]}),
            "inception": Layer(
                class_name="keras.applications.InceptionV3",
                name="inception",
                config={"weights": None},
            ),
            "kind": HeadNode(name="kind", loss="categorical_crossentropy"),
        },
        ("image inception", "inception kind"),
    )
    found = Inspector(CATALOG).inspect(placed)
    assert found.diagnostics == ()
    assert found.total_params == 23_851_784
    assert found.nodes[NodeId("kind")].outputs[0].shape == (None, 1000)


def test_models_used_as_layers_are_called_twice_and_count_once() -> None:
    diagram = example("model_as_layer").diagram
    nested = {layer.name: (layer, diagram.calls[i]) for i, layer in diagram.layers.items()}
    exchange, calls = nested["exchange"]
    encoder, encoded = nested["encoder"]
    assert (exchange.class_name, len(calls)) == ("keras.Model", 2)
    assert (encoder.class_name, len(encoded)) == ("keras.Sequential", 2)
    assert exchange.diagram is not None
    assert [node.name for node in exchange.diagram.inputs.values()] == ["x1", "x2"]
    assert [head.name for head in exchange.diagram.heads.values()] == ["y1", "y2"]
    inner = sum(by_name("model_as_layer")[name][0] for name in ("encoder", "exchange", "score"))
    assert inspected("model_as_layer").total_params == inner
    assert [len(path) for path, _ in nested_diagrams(diagram)] == [0, 1, 1]


def disconnection(diagram: Diagram) -> Diagnostic:
    (finding,) = [one for one in check(diagram) if one.code == "disconnected-head"]
    return finding


def test_a_head_that_needs_an_input_outside_the_model_names_both() -> None:
    diagram = example("disconnected").diagram
    finding = disconnection(diagram)
    assert finding.node is not None
    assert isinstance(diagram.nodes[finding.node], HeadNode)
    assert finding.message.startswith("Graph disconnected")
    assert "'cultivar'" in finding.message
    assert "'colour'" in finding.message
    with pytest.raises(PlanError, match="Graph disconnected"):
        make_plan(diagram, CATALOG)


REPAIRS = ("Add colour to the model's inputs", "Connect", "Remove the head cultivar")


@pytest.mark.parametrize("title", REPAIRS)
def test_each_way_out_of_a_disconnected_graph_works(title: str, tmp_path: Path) -> None:
    project = small("disconnected", tmp_path)
    (repair,) = (
        one for one in disconnection(project.diagram).repairs if one.title.startswith(title)
    )
    repaired = apply_repair(project.diagram, repair)
    assert "disconnected-head" not in {one.code for one in check(repaired)}
    while has_errors(check(repaired)):
        # What fed nothing but the head that is gone offers to go as well.
        repaired = apply_repair(repaired, check(repaired)[0].repairs[0])
    build_model(make_plan(repaired, CATALOG))
