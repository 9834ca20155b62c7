"""The compiler makes the model that the diagram says, and names the node that Keras refuses."""

from collections.abc import Mapping

import keras
import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.values import Value, make_object
from graphstudio.engine.build import BuildError, build_model, compile_model
from tests.code.projects import diagram, layer
from tests.diagrams import chain, digits, linear, siamese

CATALOG = shipped_catalog()


def compiled(drawn: Diagram, training: Training | None = None) -> keras.Model:
    plan = make_plan(drawn, CATALOG)
    model = build_model(plan)
    compile_model(model, plan, Project(training=training or Training()))
    return model


def with_head(**changes: object) -> Diagram:
    drawn = chain(layer("Dense", "dense", units=10))
    head = replace(drawn.nodes[NodeId("y")], **changes)
    return replace(drawn, nodes={**drawn.nodes, NodeId("y"): head})


def test_names_are_those_of_the_diagram() -> None:
    model = build_model(make_plan(digits().diagram, CATALOG))
    names = {"image", "conv_1", "conv_2", "add", "pool", "scores", "parity", "amount"}
    assert model.name == "digits"
    assert {one.name for one in model.layers} == names
    assert set(model.output) == {"digit", "even", "ink"}


def test_a_layer_that_is_called_twice_is_one_layer() -> None:
    model = build_model(make_plan(siamese(), CATALOG))
    assert len(model.layers) == 5
    assert len(model.get_layer("lstm")._inbound_nodes) == 2
    assert model.count_params() == 20_673


def test_the_plainest_model_computes_what_a_sequential_one_does() -> None:
    model = build_model(make_plan(linear(), CATALOG))
    sequential = keras.Sequential(
        [
            keras.Input((64,)),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    sequential.set_weights(model.get_weights())
    x = np.random.default_rng(0).random((5, 64), "float32")
    np.testing.assert_array_equal(model({"x": x})["y"], sequential(x))


def test_each_head_has_its_loss_and_its_weight() -> None:
    project = digits()
    model = compiled(project.diagram, project.training)
    config = model.get_compile_config()
    assert config["loss"] == {
        "digit": "sparse_categorical_crossentropy",
        "even": "binary_crossentropy",
        "ink": "mean_squared_error",
    }
    assert config["loss_weights"] == {"digit": 1.0, "even": 0.5, "ink": 10.0}
    assert model.optimizer.learning_rate.numpy() == pytest.approx(0.005)


def test_the_total_is_the_weighted_sum_of_the_heads_losses() -> None:
    project = digits()
    model = compiled(project.diagram, project.training)
    random = np.random.default_rng(0)
    x = random.random((16, 8, 8, 1), "float32")
    y = {
        "digit": random.integers(10, size=16),
        "even": random.integers(2, size=(16, 1)).astype("float32"),
        "ink": random.random((16, 1), "float32"),
    }
    logs = model.evaluate({"image": x}, y, verbose=0, return_dict=True)
    weighted = logs["digit_loss"] + 0.5 * logs["even_loss"] + 10 * logs["ink_loss"]
    assert logs["loss"] == pytest.approx(weighted, rel=1e-5)
    assert {"digit_accuracy", "even_accuracy", "ink_mean_absolute_error"} <= set(logs)


def test_objects_with_arguments_reach_keras() -> None:
    drawn = with_head(loss=make_object("keras.losses.Huber", {"delta": 3.0}))
    training = Training(optimizer=make_object("keras.optimizers.SGD", {"momentum": 0.5}))
    model = compiled(drawn, training)
    assert isinstance(model.optimizer, keras.optimizers.SGD)
    assert model.optimizer.momentum == 0.5
    off_by_two = np.zeros((1, 10)), np.full((1, 10), 2.0)
    assert model.loss["y"](*off_by_two) == keras.losses.Huber(delta=3.0)(*off_by_two)
    assert model.loss["y"](*off_by_two) != keras.losses.Huber()(*off_by_two)


def test_a_head_without_a_loss_is_an_output_that_is_not_trained() -> None:
    drawn = diagram(
        "m",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "dense": layer("Dense", "dense", units=1),
            "y": HeadNode(name="y", loss="mse"),
            "z": HeadNode(name="z"),
        },
        ("x dense", "dense y", "dense z"),
    )
    plan = make_plan(drawn, CATALOG)
    assert [step.node.name for step in plan.trained_heads] == ["y"]
    assert set(compiled(drawn).get_compile_config()["loss"]) == {"y"}


def test_a_call_that_keras_refuses_is_named() -> None:
    with pytest.raises(BuildError) as caught:
        build_model(make_plan(chain(layer("Conv2D", "conv", filters=1, kernel_size=3)), CATALOG))
    (finding,) = caught.value.diagnostics
    assert (finding.node, finding.received) == ("conv", "(None, 64) float32")
    assert finding.expected == "a tensor of at least 4 dimensions, the batch included"
    assert str(caught.value).startswith("conv: ")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"loss": "nope"}, "a loss of Keras"),
        ({"loss": make_object("keras.losses.Huber", {"nope": 1})}, "a loss of Keras"),
        ({"metrics": ("nope",)}, "a metric of Keras"),
    ],
)
def test_a_loss_or_a_metric_that_keras_refuses_is_named(
    changes: Mapping[str, Value], expected: str
) -> None:
    with pytest.raises(BuildError) as caught:
        compiled(with_head(**changes))
    (finding,) = caught.value.diagnostics
    assert (finding.node, finding.expected) == ("y", expected)
    assert "nope" in (finding.received or "")


@pytest.mark.parametrize("metric", ["accuracy", "acc", "mae", "AUC"])
def test_metrics_by_keras_s_names_are_taken(metric: str) -> None:
    model = compiled(with_head(metrics=(metric,)))
    x, y = np.zeros((2, 64)), np.eye(10)[:2]
    assert len(model.evaluate({"x": x}, {"y": y}, verbose=0, return_dict=True)) == 2


@pytest.mark.parametrize(
    "optimizer", ["nope", make_object("keras.optimizers.Adam", {"learning_rate": "fast"})]
)
def test_an_optimizer_that_keras_refuses_is_told(optimizer: Value) -> None:
    with pytest.raises(BuildError) as caught:
        compiled(linear(), Training(optimizer=optimizer))
    (finding,) = caught.value.diagnostics
    assert finding.node is None
    assert finding.message.startswith("optimizer: ")
    assert finding.expected == "an optimizer of Keras"


def test_what_is_no_model_is_not_built() -> None:
    with pytest.raises(PlanError) as caught:
        make_plan(Diagram(), CATALOG)
    assert [one.code for one in caught.value.diagnostics] == ["no-input", "no-head"]


def test_a_model_that_keras_refuses_as_a_whole_is_told_in_a_sentence() -> None:
    drawn = diagram(
        "photo",
        {
            "x": InputNode(name="x", config={"shape": [8, 8, 3]}),
            "equalize": layer("Equalization", "equalize"),
            "y": HeadNode(name="y"),
        },
        ("x equalize:data", "equalize y"),
    )
    with pytest.raises(BuildError, match="photo: ") as refusal:
        build_model(make_plan(drawn, CATALOG))
    (found,) = refusal.value.diagnostics
    assert found.expected == "a model that Keras can make"
