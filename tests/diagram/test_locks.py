"""Locks: which edits a locked node refuses, and what is said."""

from itertools import count

import pytest
from msgspec.structs import replace

from graphstudio.diagram import edits
from graphstudio.diagram.collapse import make_model
from graphstudio.diagram.diagram import Diagram, InputNode, LayerId, NodeId, Position
from graphstudio.diagram.expand import expand_model
from graphstudio.diagram.locks import lock, refusal, unlock
from graphstudio.diagram.models import make_independent
from graphstudio.diagram.nesting import edit_inside
from tests.code.projects import diagram
from tests.diagram.test_fragment import branches, wire_between
from tests.diagrams import siamese
from tests.nesting import encoder

CONV, BOTH, A = NodeId("conv"), NodeId("both"), NodeId("a")


def locked(*nodes: NodeId) -> Diagram:
    return lock(branches(), nodes)


@pytest.mark.parametrize(
    ("edited", "done"),
    [
        (edits.move_nodes(locked(CONV), {CONV: Position(1.0, 2.0)}), "moved"),
        (edits.remove_nodes(locked(CONV), [CONV]), "removed"),
        (edits.rename(locked(CONV), CONV, "other"), "renamed"),
        (edits.set_parameter(locked(CONV), CONV, "filters", 8), "changed"),
        (edits.set_argument(locked(CONV), CONV, "training", True), "changed"),
        (
            edits.remove_wires(locked(CONV), [wire_between(locked(CONV), "image", "conv")]),
            "rewired",
        ),
        (edits.remove_nodes(locked(CONV), [NodeId("image")]), "rewired"),
    ],
)
def test_a_locked_node_stays_as_it_is(edited: Diagram, done: str) -> None:
    assert refusal(locked(CONV), edited) == (
        f"'conv' is locked and cannot be {done}; unlock it first."
    )


def test_what_leaves_a_locked_node_may_be_used_anywhere() -> None:
    drawn = locked(CONV)
    assert refusal(drawn, edits.remove_nodes(drawn, [A])) is None
    assert refusal(drawn, edits.rename(drawn, A, "other")) is None
    assert refusal(drawn, edits.add_input(drawn, NodeId("new"), InputNode(name="new"))) is None


def test_locking_and_unlocking_change_nothing_else() -> None:
    drawn = branches()
    held = lock(drawn, [CONV, NodeId("nobody")])
    assert held.locked == {CONV}
    assert refusal(drawn, held) is refusal(held, unlock(held, [CONV])) is None
    assert unlock(held, [CONV]) == drawn


def test_several_locked_nodes_are_counted() -> None:
    drawn = locked(CONV, BOTH, A)
    moved = edits.move_nodes(drawn, dict.fromkeys((CONV, BOTH, A), Position(1.0, 2.0)))
    assert refusal(drawn, moved) == (
        "'conv' and 2 more are locked and cannot be moved; unlock them first."
    )


def test_a_layer_is_locked_with_any_of_its_calls() -> None:
    drawn = lock(siamese(), [NodeId("lstm")])
    other = NodeId("lstm_again")
    assert "renamed" in str(refusal(drawn, edits.rename(drawn, other, "reader")))
    assert "changed" in str(refusal(drawn, edits.set_parameter(drawn, other, "units", 8)))
    ids = (f"new{number}" for number in count())
    assert refusal(drawn, make_independent(drawn, other, ids)) is None


def nested() -> Diagram:
    drawn = diagram(
        "outer",
        {"x": InputNode(name="x", config={"shape": [12]}), "m": encoder()},
        ("x m:features",),
    )
    return edits.move_nodes(drawn, {NodeId("m"): Position(0.0, 0.0)})


def test_what_is_inside_of_a_locked_model_keeps_its_meaning() -> None:
    drawn, path = lock(nested(), [NodeId("m")]), (LayerId("m"),)
    dense = NodeId("e_dense")
    other = edit_inside(drawn, path, lambda d: edits.set_parameter(d, dense, "units", 7))
    assert refusal(drawn, other) == "'encoder' is locked and cannot be changed; unlock it first."
    place = {dense: Position(5.0, 5.0)}
    assert refusal(drawn, edit_inside(drawn, path, lambda d: edits.move_nodes(d, place))) is None


def test_what_is_locked_inside_of_a_model_keeps_it_whole() -> None:
    drawn = edit_inside(nested(), (LayerId("m"),), lambda d: lock(d, [NodeId("e_dense")]))
    ids = (f"new{number}" for number in count())
    for after in (
        edits.remove_nodes(drawn, [NodeId("m")]),
        expand_model(drawn, NodeId("m"), ids),
    ):
        assert refusal(drawn, after) == (
            "'e_dense' is locked and cannot be removed; unlock it first."
        )
    assert refusal(drawn, edits.rename(drawn, NodeId("m"), "other")) is None


def test_a_model_with_a_locked_node_goes_into_another_one_and_out_again_as_it_is() -> None:
    drawn = edit_inside(nested(), (LayerId("m"),), lambda d: lock(d, [NodeId("e_dense")]))
    ids = (f"new{number}" for number in count())
    folded = make_model(drawn, [NodeId("m")], "around", {}, ids)
    assert refusal(drawn, folded) is None
    (call,) = (node for node in folded.nodes if node not in drawn.nodes)
    assert refusal(folded, expand_model(folded, call, ids)) is None
    assert refusal(folded, edits.remove_nodes(folded, [call])) == (
        "'e_dense' is locked and cannot be removed; unlock it first."
    )


def test_a_lock_of_a_node_that_is_not_there_holds_nothing() -> None:
    drawn = replace(branches(), locked=frozenset({NodeId("ghost")}))
    assert refusal(drawn, edits.remove_nodes(drawn, [CONV])) is None
