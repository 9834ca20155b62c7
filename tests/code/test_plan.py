"""The plan puts calls in order, names their variables and says where each tensor goes."""

import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import PlanError, make_plan, outline
from graphstudio.code.steps import TensorRef
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId
from tests.code.projects import diagram, layer, siamese, three_heads

CATALOG = shipped_catalog()


def test_each_call_stands_after_what_it_receives() -> None:
    plan = make_plan(three_heads().diagram, CATALOG)
    assert [step.variable for step in plan.inputs] == ["image"]
    assert [step.variable for step in plan.calls][:4] == ["conv_1", "pool", "flatten", "trunk"]
    assert [step.node.name for step in plan.heads] == ["digit", "even", "slant"]


def test_a_shared_layer_has_a_variable_and_a_single_one_has_none() -> None:
    steps = {step.id: step for step in make_plan(siamese().diagram, CATALOG).calls}
    once, again = steps[NodeId("encoder")], steps[NodeId("encoder_again")]
    assert once.layer_variable == again.layer_variable == "encoder_layer"
    assert (once.first, again.first) == (True, False)
    assert steps[NodeId("joined")].layer_variable is None


def test_the_tensors_of_a_list_keep_the_order_of_their_wires() -> None:
    steps = {step.id: step for step in make_plan(siamese().diagram, CATALOG).calls}
    assert steps[NodeId("joined")].tensors == {
        "inputs": (TensorRef(NodeId("encoder")), TensorRef(NodeId("encoder_again")))
    }


def test_names_that_python_or_the_script_use_get_another_variable() -> None:
    drawn = diagram(
        "m",
        {
            "a": InputNode(name="keras", config={"shape": [1]}),
            "b": layer("Dense", "class", units=1),
            "c": layer("Dense", "model", units=1),
            "h": HeadNode(name="out", loss="mse"),
        },
        ("a b", "b c", "c h"),
    )
    assert list(make_plan(drawn, CATALOG).variables.values()) == ["keras_2", "class_2", "model_2"]


def test_a_diagram_that_is_no_model_has_no_plan_but_an_outline() -> None:
    loose = edits.add_head(three_heads().diagram, NodeId("loose"), HeadNode(name="loose"))
    with pytest.raises(PlanError, match="The head 'loose' has no tensor") as caught:
        make_plan(loose, CATALOG)
    assert [one.code for one in caught.value.diagnostics] == ["unconnected", "island"]
    assert len(outline(loose, CATALOG).heads) == 3


def test_all_problems_are_counted() -> None:
    with pytest.raises(PlanError, match=r"no input.*\(1 more problem\.\)"):
        make_plan(Diagram(), CATALOG)
