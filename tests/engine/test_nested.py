"""Models as layers: inferred, built and written alike."""

from typing import Any

import keras
import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.model_source import model_functions
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.code.steps import CallStep
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
)
from graphstudio.diagram.edits import set_parameter
from graphstudio.diagram.nesting import edit_inside
from graphstudio.engine.build import build_model, call_layer
from graphstudio.engine.inspect import Inspector
from graphstudio.protocol import Inspected
from tests.code.projects import diagram, layer
from tests.nesting import encoder, swap

CATALOG = shipped_catalog()
XCEPTION = Layer(
    class_name="keras.applications.Xception",
    name="base",
    config={"weights": None, "include_top": False},
)


def twice(inner: Layer, shape: tuple[int | None, ...] = (12,), port: str = "features") -> Diagram:
    """Return a model that calls another one on two inputs and concatenates what it gives."""
    return diagram(
        "twice",
        {
            "left": InputNode(name="left", config={"shape": list(shape)}),
            "right": InputNode(name="right", config={"shape": list(shape)}),
            "m": inner,
            "m2": CallNode(layer=LayerId("m")),
            "both": layer("Concatenate", "both"),
            "out": HeadNode(name="out", loss="mse"),
        },
        (f"left m:{port}", f"right m2:{port}", "m both", "m2 both", "both out"),
    )


def swapped() -> Diagram:
    """Return a model that uses both outputs of another one."""
    return diagram(
        "swapped",
        {
            "x1": InputNode(name="x1", config={"shape": [4]}),
            "x2": InputNode(name="x2", config={"shape": [4]}),
            "m": swap(),
            "y1": HeadNode(name="y1", loss="mse"),
            "y2": HeadNode(name="y2", loss="mse"),
        },
        ("x1 m:a", "x2 m:b", "m y1", "m.1 y2"),
    )


def sequential(*, branches: bool = False) -> Diagram:
    """Return a model that uses a Sequential as a layer."""
    inner = diagram(
        "stack",
        {
            "q_in": InputNode(name="x", config={"shape": [12]}),
            "q_one": layer("Dense", "q_one", units=8, activation="relu"),
            "q_two": layer("Dense", "q_two", units=2),
            "q_out": HeadNode(name="y"),
        },
        ("q_in q_one", "q_one q_two", "q_two q_out") + (("q_one q_out",) if branches else ()),
    )
    return twice(Layer(class_name="keras.Sequential", name="stack", diagram=inner), port="x")


def inspect(drawn: Diagram) -> Inspected:
    return Inspector(CATALOG).inspect(drawn)


def built(drawn: Diagram) -> Any:
    return build_model(make_plan(drawn, CATALOG))


def written(drawn: Diagram) -> Any:
    """Return the function of the generated code that builds the model."""
    paths = {node: info.paths for node, info in inspect(drawn).nodes.items()}
    source = "\n\n".join(model_functions(make_plan(drawn, CATALOG, paths), CATALOG))
    scope: dict[str, Any] = {"keras": keras, "np": np}
    exec(source, scope)  # noqa: S102 - the program that we just wrote
    return scope["build_model"]


def outputs(model: Any) -> dict[str, Any]:
    keras.utils.set_random_seed(0)
    random = np.random.default_rng(0)
    shapes = {one.name: [size or 3 for size in one.shape] for one in model.inputs}
    given = {name: random.random(shape, "float32") for name, shape in shapes.items()}
    return {name: np.asarray(value) for name, value in model(given).items()}


def named_alike() -> Diagram:
    """Return a model whose layers have names that Keras and the code would give themselves."""
    return diagram(
        "alike",
        {
            "x": InputNode(name="relu_1", config={"shape": [12]}),
            "relu": layer("Dense", "relu", units=12),
            "a": Layer(class_name="keras.ops.relu", name="a"),
            "b": Layer(class_name="keras.ops.relu", name="b"),
            "build": layer("Dense", "build_encoder", units=12),
            "m": encoder(),
            "y": HeadNode(name="y", loss="mse"),
        },
        ("x relu", "relu a:x", "a b:x", "b build", "build m:features", "m y"),
    )


@pytest.mark.parametrize("draw", [lambda: twice(encoder()), swapped, sequential, named_alike])
def test_app_and_code_build_the_same_model(draw: Any) -> None:
    drawn = draw()
    build_as_written = written(drawn)
    keras.utils.set_random_seed(1)
    one = outputs(built(drawn))
    keras.utils.set_random_seed(1)
    other = outputs(build_as_written())
    assert one.keys() == other.keys()
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_a_model_that_is_called_twice_counts_once() -> None:
    found = inspect(twice(encoder()))
    assert found.diagnostics == ()
    assert found.total_params == built(twice(encoder())).count_params() == 52
    assert found.nodes[NodeId("both")].outputs[0].shape == (None, 8)


def test_the_layers_inside_are_answered_for() -> None:
    nodes = inspect(twice(encoder())).nodes
    assert nodes[NodeId("e_dense")].params == 52
    assert nodes[NodeId("e_out")].outputs[0].shape == (None, 4)


def test_every_output_of_a_model_can_be_wired() -> None:
    found = inspect(swapped())
    assert found.nodes[NodeId("m")].paths == ((0,), (1,))
    given = {"x1": np.full((1, 4), 3.0), "x2": np.full((1, 4), 1.0)}
    gives = built(swapped())(given)
    assert np.asarray(gives["y1"])[0, 0] == 4
    assert np.asarray(gives["y2"])[0, 0] == 2


def test_an_error_inside_is_told_inside_and_on_the_model() -> None:
    broken = encoder()
    wrong = diagram(
        "encoder",
        {
            "e_in": InputNode(name="features", config={"shape": [12]}),
            "e_conv": layer("Conv2D", "e_conv", filters=4, kernel_size=3),
            "e_out": HeadNode(name="code"),
        },
        ("e_in e_conv", "e_conv e_out"),
    )
    drawn = twice(Layer(class_name=broken.class_name, name="encoder", diagram=wrong))
    found = {one.node: one for one in inspect(drawn).diagnostics}
    assert found[NodeId("e_conv")].path == (LayerId("m"),)
    assert found[NodeId("m")].code == "problem-inside"
    assert "at least 4 dimensions" in found[NodeId("m")].message
    assert NodeId("m2") not in found


def test_a_sequential_with_branches_is_refused_with_a_way_out() -> None:
    found = next(
        one
        for one in inspect(sequential(branches=True)).diagnostics
        if one.code == "branching-sequential"
    )
    assert found.repairs[0].title == "Make it a functional model"


def test_an_application_is_a_layer_without_its_weights_being_fetched() -> None:
    pretrained = Layer(class_name=XCEPTION.class_name, name="base", config={"include_top": False})
    found = inspect(twice(pretrained, (250, 250, 3), "inputs"))
    assert found.diagnostics == ()
    assert found.total_params == 20_861_480
    assert found.nodes[NodeId("m")].outputs[0].shape == (None, 8, 8, 2048)
    assert found.nodes[NodeId("both")].outputs[0].shape == (None, 8, 8, 4096)


def test_a_frozen_model_has_nothing_to_train_in_app_and_code() -> None:
    frozen = encoder()
    drawn = twice(
        Layer(
            class_name=frozen.class_name,
            name="encoder",
            config={"trainable": False},
            diagram=frozen.diagram,
        )
    )
    assert inspect(drawn).trainable_params == 0
    assert built(drawn).trainable_weights == written(drawn)().trainable_weights == []


def test_a_frozen_model_stays_frozen_in_a_sequential() -> None:
    inner = diagram(
        "stack",
        {
            "s_in": InputNode(name="x", config={"shape": [12]}),
            "s_m": replace(encoder(), config={"trainable": False}),
            "s_dense": layer("Dense", "s_dense", units=2),
            "s_out": HeadNode(name="y"),
        },
        ("s_in s_m:features", "s_m s_dense", "s_dense s_out"),
    )
    drawn = twice(Layer(class_name="keras.Sequential", name="stack", diagram=inner), port="x")
    assert inspect(drawn).trainable_params == 4 * 2 + 2
    names = [
        [weight.path for weight in model.trainable_weights]
        for model in (built(drawn), written(drawn)())
    ]
    assert names[0] == names[1] == ["stack/s_dense/kernel", "stack/s_dense/bias"]


def test_outputs_follow_the_order_of_the_heads_inside() -> None:
    inspector = Inspector(CATALOG)
    found = {}
    for heads in (("wide", "narrow"), ("narrow", "wide")):
        inner = diagram(
            "fork",
            {
                "f_in": InputNode(name="x", config={"shape": [12]}),
                "f_wide": layer("Dense", "f_wide", units=9),
                **{name: HeadNode(name=name) for name in heads},
            },
            ("f_in f_wide", "f_wide wide", "f_in narrow"),
        )
        drawn = diagram(
            "m",
            {
                "x": InputNode(name="x", config={"shape": [12]}),
                "m": Layer(class_name="keras.Model", name="fork", diagram=inner),
                "y": HeadNode(name="y"),
            },
            ("x m:x", "m y"),
        )
        found[heads[0]] = inspector.inspect(drawn).nodes[NodeId("m")].outputs[0].shape
    assert found == {"wide": (None, 9), "narrow": (None, 12)}


def test_a_nested_diagram_is_a_model_and_nothing_else() -> None:
    injected = replace(encoder(), class_name="keras.Model:\n    print()\n\n\ndef more()")
    drawn = twice(injected)
    assert {one.code for one in inspect(drawn).diagnostics} == {"unknown-class"}
    with pytest.raises(PlanError, match="cannot be"):
        make_plan(drawn, CATALOG)


def test_a_constant_is_no_tensor_for_a_model() -> None:
    drawn = swapped()
    call = replace(drawn.nodes[NodeId("m")], arguments={"b": 1.0})
    wires = {key: wire for key, wire in drawn.wires.items() if wire.port != "b"}
    nodes = {key: node for key, node in drawn.nodes.items() if key != "x2"}
    one = replace(drawn, nodes={**nodes, NodeId("m"): call}, wires=wires)
    (finding,) = inspect(one).diagnostics
    assert (finding.code, finding.node, finding.port) == ("unconnected", "m", "b")


def test_an_edit_inside_asks_keras_about_what_it_changes_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def counting(called: Any, step: CallStep, tensors: Any) -> Any:
        asked.append(step.layer.name)
        return call_layer(called, step, tensors)

    monkeypatch.setattr("graphstudio.engine.answer.call_layer", counting)
    inspector = Inspector(CATALOG)
    inspector.inspect(twice(encoder()))
    edited = edit_inside(
        twice(encoder()),
        (LayerId("m"),),
        lambda inner: set_parameter(inner, NodeId("e_dense"), "use_bias", value=False),
    )
    asked.clear()
    assert inspector.inspect(edited).total_params == 48
    assert asked == ["e_dense"]
