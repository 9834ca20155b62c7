"""Copies of layers and models, chains, and wires that stay with what is edited inside."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest
from msgspec.structs import replace

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    NodeId,
    Position,
)
from graphstudio.diagram.models import is_chain, make_independent
from graphstudio.diagram.nesting import diagram_at, edit_inside, nested_diagrams, reachable
from tests.code.projects import diagram, layer
from tests.nesting import encoder, swap

M = LayerId("m")


def ids() -> Iterator[str]:
    return (f"new{number}" for number in count())


def swapped() -> Diagram:
    """Return a model with another one of two inputs and two outputs in it."""
    return diagram(
        "swapped",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "m": swap(),
            "y": HeadNode(name="y"),
            "z": HeadNode(name="z"),
        },
        ("x m:a", "x m:b", "m y", "m.1 z"),
    )


def ends(drawn: Diagram) -> list[tuple[str, int, str, str]]:
    return [(w.source, w.output, w.target, w.port) for w in drawn.wires.values()]


def inside(edit: Callable[[Diagram], Diagram]) -> Diagram:
    return edit_inside(swapped(), (M,), edit)


def test_an_input_that_is_renamed_inside_keeps_its_wires_outside() -> None:
    drawn = inside(lambda inner: edits.rename(inner, NodeId("s_a"), "first"))
    assert ends(drawn)[:2] == [("x", 0, "m", "first"), ("x", 0, "m", "b")]


def test_inputs_that_change_names_keep_each_its_own_wire() -> None:
    def exchange(inner: Diagram) -> Diagram:
        return edits.rename(edits.rename(inner, NodeId("s_a"), "b"), NodeId("s_b"), "a")

    assert ends(inside(exchange))[:2] == [("x", 0, "m", "b"), ("x", 0, "m", "a")]


def test_the_wires_of_an_input_or_a_head_that_is_removed_go_with_it() -> None:
    drawn = inside(lambda inner: edits.remove_nodes(inner, [NodeId("s_b"), NodeId("s_sum")]))
    assert ends(drawn) == [("x", 0, "m", "a"), ("m", 0, "z", "tensor")]


def test_a_constant_follows_its_input() -> None:
    drawn = edits.set_argument(swapped(), NodeId("m"), "a", 1.0)
    drawn = edit_inside(drawn, (M,), lambda inner: edits.rename(inner, NodeId("s_a"), "first"))
    assert drawn.nodes[NodeId("m")] == CallNode(layer=M, arguments={"first": 1.0})


def test_a_nested_model_and_its_layer_have_one_name() -> None:
    by_inside = inside(lambda inner: edits.rename_model(inner, "exchange"))
    by_outside = edits.rename(swapped(), NodeId("m"), "exchange")
    for drawn in (by_inside, by_outside):
        assert drawn.name_of(NodeId("m")) == diagram_at(drawn, (M,)).name == "exchange"


def test_an_edit_that_moves_no_port_leaves_every_wire_as_it_is() -> None:
    before = swapped()
    after = edit_inside(
        before, (M,), lambda inner: edits.move_nodes(inner, {NodeId("s_a"): Position(1, 1)})
    )
    assert after.wires is before.wires
    assert after.nodes is before.nodes
    assert before.means_same(after)
    assert before != after


def test_a_path_leads_as_far_as_there_are_nested_models() -> None:
    assert reachable(swapped(), (M, LayerId("s_add"))) == (M,)
    assert reachable(swapped(), (LayerId("gone"), M)) == ()


def test_an_independent_call_has_a_layer_of_its_own() -> None:
    drawn = edits.add_call(swapped(), NodeId("m2"), M)
    apart = make_independent(drawn, NodeId("m2"), ids())
    assert [apart.name_of(NodeId(one)) for one in ("m", "m2")] == ["swap", "swap_1"]
    nodes = [node for _, inner in nested_diagrams(apart) for node in inner.nodes]
    assert len(nodes) == len(set(nodes)) == 4 + 1 + 2 * 6
    assert apart.layers[M] is drawn.layers[M]


def test_a_call_that_shares_nothing_is_independent_already() -> None:
    drawn = swapped()
    assert make_independent(drawn, NodeId("m"), ids()) is drawn
    assert make_independent(drawn, NodeId("x"), ids()) is drawn


def test_a_copy_of_a_model_in_a_model_has_ids_of_its_own() -> None:
    outer = diagram(
        "outer",
        {"o_in": InputNode(name="i"), "o_m": encoder(), "o_out": HeadNode(name="o")},
        ("o_in o_m:features", "o_m o_out"),
    )
    model = replace(encoder(), name="outer", diagram=outer)
    drawn = edits.add_layer(Diagram(), (M, NodeId("m")), model)
    drawn = make_independent(edits.add_call(drawn, NodeId("m2"), M), NodeId("m2"), ids())
    nodes = [node for _, inner in nested_diagrams(drawn) for node in inner.nodes]
    assert len(nodes) == len(set(nodes)) == 2 + 2 * (3 + 3)


def chain() -> Diagram:
    return diagram(
        "chain",
        {
            "x": InputNode(name="x"),
            "one": layer("Dense", "one", units=4),
            "two": layer("Dense", "two", units=4),
            "y": HeadNode(name="y"),
        },
        ("x one", "one two", "two y"),
    )


def test_one_input_layers_in_a_row_and_one_head_are_a_chain() -> None:
    assert is_chain(chain())


@pytest.mark.parametrize(
    "edit",
    [
        lambda one: edits.add_head(one, NodeId("z"), HeadNode(name="z")),
        lambda one: edits.remove_nodes(one, [NodeId("two")]),
        lambda one: edits.set_argument(one, NodeId("two"), "training", True),
        lambda one: replace(
            one,
            layers={LayerId("one"): one.layers[LayerId("one")]},
            nodes={**one.nodes, NodeId("two"): CallNode(layer=LayerId("one"))},
        ),
    ],
    ids=["two heads", "a gap", "an argument of a call", "a layer that is called twice"],
)
def test_anything_else_is_no_chain(edit: Callable[[Diagram], Diagram]) -> None:
    assert not is_chain(edit(chain()))
