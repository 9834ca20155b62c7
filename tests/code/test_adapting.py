"""The plan says which layers learn from data before training, and the script lets them."""

import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.adapt_source import adapt_function
from graphstudio.code.adapting import Adapting, adapting
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.code.script import python_script
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId
from graphstudio.diagram.project import Project
from tests.code.projects import diagram, layer, three_heads
from tests.code.test_script import ruff_formatted
from tests.preprocessing import nested_scaling, reviews, tabular


def found(drawn: Diagram) -> tuple[Adapting, ...]:
    return adapting(make_plan(drawn, shipped_catalog()))


def source(drawn: Diagram) -> str:
    return adapt_function(found(drawn), on_disk=False)


def test_layers_come_in_the_order_of_the_plan_with_the_inputs_that_they_read() -> None:
    drawn = tabular()
    read = {one.step.layer.name: one.input for one in found(drawn)}
    assert read == {"normal": None, "bins": "numbers", "codes": "code", "colours": "colour"}
    order = [step.layer.name for step in make_plan(drawn, shipped_catalog()).calls]
    assert list(read) == sorted(read, key=order.index)


def test_a_shared_layer_learns_once() -> None:
    assert [(one.step.id, one.input) for one in found(reviews())] == [("words", "title")]


@pytest.mark.parametrize(("vocabulary", "count"), [(["a"], 0), ([], 0), (None, 1)])
def test_a_layer_that_is_given_its_state_learns_nothing(
    vocabulary: list[str] | None, count: int
) -> None:
    drawn = edits.set_parameter(reviews(), NodeId("words"), "vocabulary", vocabulary)
    assert len(found(drawn)) == count


def test_a_nested_model_is_entered_where_it_reads_inputs() -> None:
    near, far = found(nested_scaling())
    assert (near.path, near.input) == (("inside",), "image")
    assert (far.path, far.input, far.columns) == (("inside",), None, {"x": "image"})


def test_a_nested_model_behind_other_layers_is_refused_at_its_layer() -> None:
    with pytest.raises(PlanError, match="'near' learns from data before training") as caught:
        found(nested_scaling(behind=True))
    (finding,) = caught.value.diagnostics
    assert (finding.node, finding.received) == ("near", "the outputs of other layers")
    assert finding.expected == "inside behind inputs of the model"


def test_the_script_adapts_with_what_a_person_would_write() -> None:
    text = source(tabular())
    assert '    layer = model.get_layer("colours")\n    layer.adapt(x["colour"])\n' in text
    assert (
        '    layer = model.get_layer("normal")\n'
        "    layer.adapt(keras.Model(model.inputs, layer.input).predict(x, verbose=0))\n"
    ) in text


def test_the_script_adapts_after_the_model_is_made_and_before_it_is_compiled() -> None:
    project = replace(three_heads(), diagram=reviews())
    script = python_script(project, shipped_catalog())
    steps = ["= build_model()\n", "    adapt(model, train[0])\n", "    model.compile("]
    places = [script.index(step) for step in steps]
    assert places == sorted(places)


def test_a_script_without_such_layers_or_without_data_adapts_nothing() -> None:
    assert "adapt" not in python_script(three_heads(), shipped_catalog())
    assert "adapt" not in python_script(Project(diagram=reviews()), shipped_catalog())


@pytest.mark.parametrize("drawn", [tabular(), reviews(), nested_scaling()])
def test_ruff_changes_nothing(drawn: Diagram) -> None:
    project = replace(three_heads(), diagram=drawn)
    script = python_script(project, shipped_catalog())
    assert ruff_formatted(script) == script


def test_ruff_changes_nothing_whatever_the_lengths_of_the_names() -> None:
    functions = "\n\n".join(source(named(length)) for length in range(1, 100))
    assert ruff_formatted(functions) == functions


def named(length: int) -> Diagram:
    """Return a diagram of layers that learn, all of whose names have one length."""
    inner = diagram(
        "n" * length,
        {
            "x": InputNode(name="j" * length, config={"shape": [2]}),
            "a": layer("Normalization", "a" * length),
            "b": layer("Normalization", "b" * length),
            "y": HeadNode(name="y"),
        },
        ("x a", "a b", "b y"),
    )
    nested = replace(layer("Dense", "n" * length), class_name="keras.Model", diagram=inner)
    return diagram(
        "named",
        {
            "i": InputNode(name="i" * length, config={"shape": [2]}),
            "c": layer("Normalization", "c" * length),
            "n": nested,
            "d": layer("Normalization", "d" * length),
            "h": HeadNode(name="h"),
            "g": HeadNode(name="g"),
        },
        ("i c", f"i n:{'j' * length}", "n d", "c h", "d g"),
    )
