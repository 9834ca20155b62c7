"""What is muted or bypassed is in no model that Keras builds, and in no code."""

from typing import Any

import keras
import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.entries import Entry
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.catalog.starting import starting_config
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.code.script import python_module, python_script
from graphstudio.diagram.diagram import Diagram, Layer, LayerId, NodeId, Use
from graphstudio.diagram.edits import set_use
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project
from graphstudio.engine.build import build_model, compile_model
from graphstudio.engine.cost import Meter
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.keras_errors import KERAS_ERRORS
from graphstudio.engine.objects import arguments, resolve
from graphstudio.engine.repairs import Repairer
from graphstudio.protocol import Inspect, Measure, Tensor
from graphstudio.resource import resource_path
from tests.diagram.test_active import swapping, two_heads

CATALOG = shipped_catalog()
MERGES = [
    entry
    for entry in CATALOG.layers.values()
    if entry.ports and entry.ports[0].variadic and not any(p.optional for p in entry.ports[:1])
]


def example(name: str) -> Diagram:
    return load_project(resource_path(f"examples/{name}.gstudio")).diagram


def used(diagram: Diagram, use: Use, *names: str) -> Diagram:
    nodes = [node for node in diagram.nodes if diagram.name_of(node) in names]
    assert len(nodes) == len(names)
    return set_use(diagram, nodes, use)


def built(diagram: Diagram) -> Any:
    keras.utils.set_random_seed(0)
    return build_model(make_plan(diagram, CATALOG))


def test_a_bypassed_convolution_of_the_residual_model_is_not_built() -> None:
    whole = example("residual")
    inspector = Inspector(CATALOG)
    before = inspector.inspect(whole)
    diagram = used(whole, Use.BYPASSED, "identity_conv_1")
    inspected = inspector.inspect(diagram)
    model = built(diagram)

    assert before.total_params - inspected.total_params == 3 * 3 * 128 * 128 + 128
    assert inspected.total_params == model.count_params()
    assert "identity_conv_1" not in [one.name for one in model.layers]
    skipped = inspected.nodes[NodeId("call-identity_conv_1")]
    assert skipped.outputs == (Tensor((None, 8, 8, 128), "float32"),)
    assert skipped.params == 0
    assert inspected.diagnostics == ()


def test_what_a_bypass_breaks_is_found_and_repaired_where_it_breaks() -> None:
    diagram = used(example("residual"), Use.BYPASSED, "halved_pool")
    inspector = Inspector(CATALOG)
    inspected = inspector.inspect(diagram)
    (finding,) = inspected.diagnostics
    remedies = Repairer(inspector, CATALOG).remedies(Inspect(id=0, diagram=diagram), inspected)

    assert finding.node == "call-halved_add"
    assert remedies


def test_a_muted_branch_leaves_an_add_that_gives_the_other_one_on() -> None:
    diagram = used(example("residual"), Use.MUTED, "identity_conv_1")
    model = built(diagram)

    assert Inspector(CATALOG).inspect(diagram).total_params == model.count_params()
    names = [one.name for one in model.layers]
    assert not {"identity_conv_1", "identity_conv_2", "identity_add"} & set(names)
    assert "halved_add" in names


def test_a_muted_head_is_in_no_model_and_no_script() -> None:
    diagram = used(example("three_heads_intended"), Use.MUTED, "gender")
    plan = make_plan(diagram, CATALOG)
    source = python_script(Project(diagram=diagram), CATALOG)

    assert [step.node.name for step in plan.heads] == ["age", "income"]
    assert "chance" not in source
    assert "gender" not in source
    inspected = Inspector(CATALOG).inspect(diagram)
    assert inspected.diagnostics == ()
    assert inspected.total_params == Inspector(CATALOG).inspect(
        example("three_heads_intended")
    ).total_params - (128 + 1)


def test_a_model_is_compiled_for_the_heads_that_are_left() -> None:
    diagram = used(two_heads(), Use.MUTED, "second")
    plan = make_plan(diagram, CATALOG)
    model = build_model(plan)
    compile_model(model, plan, Project())
    rows = {name: np.ones((4, 8), "float32") for name in "xy"}
    logs = model.fit(rows, {"first": np.ones((4, 8))}, verbose=0).history

    assert list(model.output) == ["first"]
    assert list(logs) == ["loss"]


@pytest.mark.parametrize(
    ("use", "names"),
    [(Use.BYPASSED, ["g"]), (Use.MUTED, ["f"]), (Use.MUTED, ["second"]), (Use.BYPASSED, ["both"])],
)
def test_the_module_makes_the_same_model_as_the_engine(use: Use, names: list[str]) -> None:
    diagram = used(two_heads(), use, *names)
    made: dict[str, Any] = {}
    exec(compile(python_module(Project(diagram=diagram), CATALOG), "module", "exec"), made)  # noqa: S102 - our own code
    keras.utils.set_random_seed(0)
    written, model = made["build_model"](), built(diagram)
    rows = {one.name: np.linspace(0, 1, 32).reshape(4, 8) for one in model.inputs}
    expected, found = model.predict(rows, verbose=0), written.predict(rows, verbose=0)

    assert found.keys() == expected.keys()
    for head, values in expected.items():
        np.testing.assert_array_equal(found[head], values)


def test_a_nested_model_is_called_for_the_outputs_that_are_left() -> None:
    diagram = swapping()
    model = diagram.layers[LayerId("m")]
    assert model.diagram is not None
    inner = used(model.diagram, Use.MUTED, "sum")
    diagram = replace(
        diagram, layers={**diagram.layers, LayerId("m"): replace(model, diagram=inner)}
    )
    rows = {"a": np.full((1, 4), 5.0), "b": np.full((1, 4), 3.0)}
    given = built(diagram).predict(rows, verbose=0)

    assert Inspector(CATALOG).inspect(diagram).diagnostics == ()
    assert {name: values.tolist() for name, values in given.items()} == {"difference": [[2.0] * 4]}


def test_what_is_skipped_costs_nothing() -> None:
    inspector = Inspector(CATALOG)
    diagram = used(two_heads(), Use.BYPASSED, "g")
    measured = Meter(inspector, CATALOG).measure(Measure(id=0, diagram=diagram))

    assert measured is not None
    assert measured.nodes.keys() == {"f", "both"}


def test_a_model_whose_heads_are_all_muted_is_none() -> None:
    with pytest.raises(PlanError, match="Every head is muted"):
        make_plan(used(two_heads(), Use.MUTED, "first", "second"), CATALOG)


@pytest.mark.parametrize("entry", MERGES, ids=lambda entry: entry.name)
def test_keras_gives_the_one_tensor_of_a_list_on_or_refuses_it(entry: Entry) -> None:
    made = Layer(class_name=entry.path, name="merge", config=starting_config(entry))
    tensor = np.linspace(0, 1, 24, dtype="float32").reshape(2, 3, 4)
    try:
        given = resolve(made.class_name)(**arguments(made.config))([tensor])
    except KERAS_ERRORS:
        return
    np.testing.assert_array_equal(given, tensor)


def test_there_are_layers_that_merge() -> None:
    assert {"Add", "Subtract"} <= {entry.name for entry in MERGES}
