"""What is muted is not in the model, what is bypassed is skipped, and the rest stays as it is."""

import pytest
from hypothesis import given
from msgspec.structs import replace

from graphstudio.diagram import edits
from graphstudio.diagram.active import active, in_use
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import Severity
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    NodeId,
    Use,
    WireId,
)
from graphstudio.diagram.differences import differences
from graphstudio.diagram.expand import expand_model
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import format_project, parse_project
from graphstudio.diagram.repairs import apply_repair
from graphstudio.diagram.suggest_columns import suggest_columns
from tests.code.projects import diagram, layer
from tests.diagram.strategies import diagrams
from tests.nesting import encoder, swap


def residual() -> Diagram:
    """Return image → a → b → sum → digit, with a way from a around b."""
    return diagram(
        "residual",
        {
            "image": InputNode(name="image", config={"shape": [8]}),
            "a": layer("Dense", "a", units=8),
            "b": layer("Dense", "b", units=8),
            "sum": layer("Add", "sum"),
            "digit": HeadNode(name="digit", loss="mse"),
        },
        ("image a", "a b", "a sum", "b sum", "sum digit"),
    )


def two_heads() -> Diagram:
    """Return two inputs that are joined for one head, and the second of which has one alone."""
    return diagram(
        "two",
        {
            "x": InputNode(name="x", config={"shape": [8]}),
            "y": InputNode(name="y", config={"shape": [8]}),
            "f": layer("Dense", "f", units=4),
            "g": layer("Dense", "g", units=4),
            "both": layer("Concatenate", "both"),
            "first": HeadNode(name="first", loss="mse"),
            "second": HeadNode(name="second", loss="mse"),
        },
        ("x f", "y g", "f both", "g both", "both first", "g second"),
    )


def used(drawn: Diagram, use: Use, *names: str) -> Diagram:
    return edits.set_use(drawn, [NodeId(name) for name in names], use)


def muted(drawn: Diagram, *names: str) -> Diagram:
    return used(drawn, Use.MUTED, *names)


def bypassed(drawn: Diagram, *names: str) -> Diagram:
    return used(drawn, Use.BYPASSED, *names)


def links(drawn: Diagram) -> set[str]:
    """Return the wires of the active part, such as ``"a sum[0]"``."""
    part = active(drawn)
    return {
        f"{one.source}{f'.{one.output}' if one.output else ''} {one.target}[{one.order}]"
        for one in part.wires.values()
    }


def errors(drawn: Diagram) -> list[str]:
    return [one.code for one in check(drawn) if one.severity is Severity.ERROR]


def test_a_diagram_of_active_nodes_is_its_own_active_part() -> None:
    drawn = residual()

    assert active(drawn) is drawn


@given(diagrams())
def test_the_active_part_is_active(drawn: Diagram) -> None:
    part = active(drawn)

    assert active(part) == part
    assert part.nodes.keys() <= drawn.nodes.keys()
    assert part.wires.keys() <= drawn.wires.keys()


@given(diagrams())
def test_every_node_is_in_the_model_skipped_or_left_out(drawn: Diagram) -> None:
    found = in_use(drawn)
    parts = [found.diagram.nodes.keys(), found.given_on.keys(), found.left_out]

    assert sorted(node for part in parts for node in part) == sorted(drawn.nodes)
    assert all(one.node in found.diagram.nodes for one in found.given_on.values())


def test_a_bypassed_call_gives_on_what_it_receives() -> None:
    drawn = bypassed(residual(), "b")

    assert links(drawn) == {"image a[0]", "a sum[0]", "a sum[1]", "sum digit[0]"}
    assert in_use(drawn).given_on == {"b": ("a", 0)}
    assert "b" not in active(drawn).layers
    assert errors(drawn) == []


def test_calls_bypassed_in_a_row_give_on_what_the_first_receives() -> None:
    assert links(bypassed(residual(), "a", "b", "sum")) == {"image digit[0]"}


def test_a_bypassed_merge_gives_its_first_tensor_on_and_what_feeds_the_others_is_left_out() -> None:
    drawn = bypassed(two_heads(), "both")

    assert links(drawn) == {"x f[0]", "f first[0]", "y g[0]", "g second[0]"}
    assert links(muted(drawn, "second")) == {"x f[0]", "f first[0]"}


def test_a_bypassed_call_gives_on_the_port_that_it_names() -> None:
    drawn = diagram(
        "attention",
        {
            "q": InputNode(name="q", config={"shape": [4, 8]}),
            "v": InputNode(name="v", config={"shape": [4, 8]}),
            "mix": CallNode(layer=LayerId("mix"), use=Use.BYPASSED, passes="query"),
            "out": HeadNode(name="out"),
            "other": HeadNode(name="other"),
        },
        ("q mix:query", "v mix:value", "v mix:key", "mix out", "v other"),
    )
    drawn = replace(drawn, layers={LayerId("mix"): layer("MultiHeadAttention", "mix")})

    assert links(drawn) == {"q out[0]", "v other[0]"}
    first_by_name = edits.replace_node(
        drawn, NodeId("mix"), CallNode(layer=LayerId("mix"), use=Use.BYPASSED)
    )
    assert links(first_by_name) == {"v out[0]", "v other[0]"}


def test_a_muted_head_leaves_with_all_that_only_it_needs() -> None:
    drawn = muted(two_heads(), "first")

    assert links(drawn) == {"y g[0]", "g second[0]"}
    assert in_use(drawn).left_out == {"x", "f", "both", "first"}
    assert suggest_columns(drawn).keys() == {"y", "second"}
    assert errors(drawn) == []


def test_a_list_loses_a_muted_tensor_and_the_layer_that_had_two_gives_on_the_other() -> None:
    drawn = muted(two_heads(), "f")

    assert links(drawn) == {"y g[0]", "g first[0]", "g second[0]"}
    assert in_use(drawn).left_out == {"x", "f"}
    assert errors(drawn) == []


def test_a_list_of_three_closes_up() -> None:
    three = diagram(
        "three",
        {
            **{name: InputNode(name=name, config={"shape": [4]}) for name in "abc"},
            "all": layer("Concatenate", "all"),
            "out": HeadNode(name="out"),
        },
        ("a all", "b all", "c all", "all out"),
    )

    assert links(muted(three, "b")) == {"a all[0]", "c all[1]", "all out[0]"}


def test_what_needs_a_muted_tensor_is_left_out() -> None:
    drawn = muted(two_heads(), "g")

    assert links(drawn) == {"x f[0]", "f first[0]"}
    assert in_use(drawn).left_out == {"y", "g", "second"}


def test_an_end_that_leads_nowhere_still_does_where_the_layer_after_it_is_bypassed() -> None:
    drawn = diagram(
        "end",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "a": layer("Dense", "a", units=4),
            "b": layer("Dense", "b", units=4),
            "out": HeadNode(name="out"),
        },
        ("x a", "a b", "x out"),
    )

    assert [one.node for one in check(bypassed(drawn, "b"))] == ["a"]


def test_a_model_without_heads_is_an_error_that_unmuting_repairs() -> None:
    drawn = muted(two_heads(), "f", "g")
    (finding,) = check(drawn)

    assert finding.code == "muted-heads"
    assert [one.title for one in finding.repairs] == [
        "Unmute first and what it needs",
        "Unmute second and what it needs",
    ]
    assert active(apply_repair(drawn, finding.repairs[0])) == two_heads()
    (finding,) = check(muted(residual(), "digit"))
    assert [one.title for one in finding.repairs] == ["Unmute digit"]


def test_a_bypassed_call_without_a_tensor_is_an_error_that_muting_repairs() -> None:
    cut = edits.remove_wires(bypassed(two_heads(), "g"), [WireId("w1")])
    finding = next(one for one in check(cut) if one.node == "g")

    assert finding.message == "'g' is bypassed, and has no tensor to give on: wire one to it."
    assert finding.repairs[0].title == "Mute g"
    assert errors(apply_repair(cut, finding.repairs[0])) == ["unused-input"]


def test_calls_bypassed_in_a_circle_are_still_a_cycle() -> None:
    drawn = diagram(
        "circle",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "a": layer("Dense", "a", units=4),
            "b": layer("Dense", "b", units=4),
            "out": HeadNode(name="out"),
        },
        ("b a", "a b", "b out", "x out"),
    )

    assert "cycle" in errors(bypassed(drawn, "a", "b"))


def test_only_calls_can_be_bypassed() -> None:
    with pytest.raises(TypeError, match="Expected a call"):
        bypassed(residual(), "digit")


def test_a_nested_model_loses_its_muted_head_and_the_outputs_after_it_move_up() -> None:
    drawn = swapping()
    inner = drawn.layers[LayerId("m")].diagram
    assert inner is not None
    drawn = with_inner(drawn, muted(inner, "s_sum"))

    assert links(drawn) == {"a m[0]", "b m[0]", "m difference[0]"}
    assert in_use(drawn).left_out == {"sum"}
    assert errors(drawn) == []


def test_a_nested_model_loses_the_inputs_that_nothing_active_needs() -> None:
    drawn = swapping()
    inner = drawn.layers[LayerId("m")].diagram
    assert inner is not None
    drawn = with_inner(drawn, bypassed(inner, "s_add", "s_sub"))

    assert links(drawn) == {"a m[0]", "m sum[0]", "m.1 difference[0]"}
    assert in_use(drawn).left_out == {"b"}


def test_a_nested_model_of_which_every_head_is_muted_gives_nothing() -> None:
    drawn = diagram(
        "around",
        {
            "x": InputNode(name="x", config={"shape": [12]}),
            "m": encoder(),
            "own": layer("Dense", "own", units=2),
            "out": HeadNode(name="out"),
            "other": HeadNode(name="other"),
        },
        ("x m:features", "m out", "x own", "own other"),
    )
    inner = drawn.layers[LayerId("m")].diagram
    assert inner is not None
    drawn = with_inner(drawn, muted(inner, "e_out"))

    assert in_use(drawn).left_out == {"m", "out"}
    assert check(drawn) == ()


def test_uses_are_saved_and_what_is_active_is_written_as_ever() -> None:
    text = format_project(Project(diagram=residual()))
    changed = Project(diagram=muted(bypassed(residual(), "b"), "digit"))

    assert '"use"' not in text
    assert parse_project(format_project(changed)) == changed


def test_a_difference_says_what_became_of_a_node() -> None:
    (one,) = differences(residual(), bypassed(residual(), "b"))

    assert (one.name, one.before, one.after) == ("b", {"use": "active"}, {"use": "bypassed"})


def test_a_bypassed_model_is_not_expanded() -> None:
    drawn = bypassed(swapping(), "m")

    with pytest.raises(ValueError, match="Expected an active 'swap'; received a bypassed one"):
        expand_model(drawn, NodeId("m"), iter("pqrs"))


def swapping() -> Diagram:
    return diagram(
        "swapping",
        {
            "a": InputNode(name="a", config={"shape": [4]}),
            "b": InputNode(name="b", config={"shape": [4]}),
            "m": swap(),
            "sum": HeadNode(name="sum"),
            "difference": HeadNode(name="difference"),
        },
        ("a m:a", "b m:b", "m sum", "m.1 difference"),
    )


def with_inner(drawn: Diagram, inner: Diagram) -> Diagram:
    model = drawn.layers[LayerId("m")]
    return replace(drawn, layers={**drawn.layers, LayerId("m"): replace(model, diagram=inner)})
