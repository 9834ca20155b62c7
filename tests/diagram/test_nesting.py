"""Diagrams inside of diagrams are found, edited, checked and saved where they are."""

import json

import pytest
from msgspec.structs import replace

from graphstudio.diagram.active import active
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    NodeId,
    Position,
    Use,
)
from graphstudio.diagram.edits import remove_nodes, remove_wires, rename
from graphstudio.diagram.nesting import diagram_at, edit_inside, nested_diagrams
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import format_project, parse_project
from graphstudio.diagram.repairs import apply_repair
from tests.code.projects import diagram
from tests.nesting import encoder, swap

OUTER, INNER = LayerId("outer"), LayerId("m")


def two_levels() -> Diagram:
    """Return a model that calls a model that calls a model."""
    middle = diagram(
        "middle",
        {
            "x": InputNode(name="x", config={"shape": [12]}),
            "m": encoder(),
            "y": HeadNode(name="y"),
        },
        ("x m:features", "m y"),
    )
    outer = replace(encoder(), name="outer", diagram=middle)
    return diagram(
        "whole",
        {
            "top": InputNode(name="top", config={"shape": [12]}),
            "outer": outer,
            "again": CallNode(layer=OUTER),
            "one": HeadNode(name="one", loss="mse"),
            "two": HeadNode(name="two", loss="mse"),
        },
        ("top outer:x", "top again:x", "outer one", "again two"),
    )


def test_every_diagram_is_found_once_with_its_path() -> None:
    found = dict(nested_diagrams(two_levels()))
    assert [*found] == [(), (OUTER,), (OUTER, INNER)]
    assert found[OUTER, INNER].name == "encoder"


def test_an_edit_inside_leaves_everything_else_as_it_is() -> None:
    whole = two_levels()
    edited = edit_inside(
        whole, (OUTER, INNER), lambda inner: rename(inner, NodeId("e_dense"), "squeeze")
    )
    assert diagram_at(edited, (OUTER, INNER)).layers[LayerId("e_dense")].name == "squeeze"
    assert edited.nodes is whole.nodes
    assert edited.wires is whole.wires
    assert edit_inside(edited, (), lambda outer: outer) is edited


def test_a_path_to_what_is_no_model_is_refused() -> None:
    with pytest.raises(KeyError, match="Expected a nested model"):
        diagram_at(two_levels(), (OUTER, INNER, LayerId("e_dense")))


def test_findings_inside_carry_their_path_and_their_repairs_work_there() -> None:
    whole = edit_inside(
        two_levels(), (OUTER,), lambda inner: remove_wires(inner, list(inner.wires))
    )
    found = [one for one in check(whole) if one.path == (OUTER,)]
    assert {one.code for one in found} >= {"unconnected", "unused-input"}
    with_repairs = [one for one in found if one.repairs]
    assert with_repairs
    for finding in with_repairs:
        repaired = apply_repair(whole, finding.repairs[0], finding.path)
        assert (finding.code, finding.node) not in {(one.code, one.node) for one in check(repaired)}


def test_a_project_file_holds_models_inside_of_models_with_a_record_a_line() -> None:
    project = Project(diagram=two_levels(), code="class One:\n    pass\n")
    text = format_project(project)
    assert parse_project(text) == project
    assert text.count('"e_dense": {"class_name"') == 1
    assert all(line.count('"class_name"') <= 1 for line in text.splitlines())
    assert '"    pass"' in text


def test_fields_that_we_do_not_know_survive_inside_of_models_too() -> None:
    document = json.loads(format_project(Project(diagram=two_levels())))
    inner = document["layers"]["outer"]["diagram"]["layers"]["m"]["diagram"]
    inner["nodes"]["e_in"]["mood"] = "calm"
    inner["mood"] = {"of": "the model"}
    assert json.loads(format_project(parse_project(json.dumps(document)))) == document


def test_the_bends_of_a_wire_go_with_it_when_its_head_inside_is_gone() -> None:
    drawn = two_levels()
    bent = replace(drawn, bends=dict.fromkeys(drawn.wires, (Position(1.0, 1.0),)))
    edited = edit_inside(bent, (OUTER,), lambda inner: remove_nodes(inner, [NodeId("y")]))
    assert edited.wires.keys() < bent.wires.keys()
    assert edited.bends.keys() == edited.wires.keys()


def test_a_bypassed_model_gives_the_same_tensor_on_when_its_input_has_another_name() -> None:
    call = CallNode(layer=LayerId("m"), use=Use.BYPASSED, passes="b")
    drawn = diagram(
        "whole",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "y": InputNode(name="y", config={"shape": [4]}),
            "m": swap(),
            "sum": HeadNode(name="sum", loss="mse"),
        },
        ("x m:a", "y m:b", "m sum"),
    )
    drawn = replace(drawn, nodes={**drawn.nodes, NodeId("m"): call})
    renamed = edit_inside(drawn, (INNER,), lambda inner: rename(inner, NodeId("s_b"), "second"))
    for one in (drawn, renamed):
        assert [wire.source for wire in active(one).incoming[NodeId("sum")]] == ["y"]
    gone = edit_inside(drawn, (INNER,), lambda inner: remove_nodes(inner, [NodeId("s_b")]))
    assert [wire.source for wire in active(gone).incoming[NodeId("sum")]] == ["x"]
