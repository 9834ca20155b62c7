"""Layers, wires, heads and inputs are put in by plain values, and nothing else moves."""

from collections.abc import Mapping

import msgspec
import pytest

from graphstudio.diagram.diagnostics import Repair
from graphstudio.diagram.diagram import CallNode, Diagram, LayerId, NodeId, Position, WireId
from graphstudio.diagram.edits import add_call, move_nodes
from graphstudio.diagram.insertions import Insertion, derived_id
from graphstudio.diagram.repairs import apply_repair
from graphstudio.diagram.values import Value
from tests.code.projects import layer
from tests.diagrams import chain


def dense_chain() -> Diagram:
    """Return x → a → b → y, in a row."""
    drawn = chain(layer("Dense", "a", units=4), layer("Dense", "b", units=3))
    return move_nodes(
        drawn, {NodeId(name): Position(300.0 * place, 0) for place, name in enumerate("xaby")}
    )


def insertion(wire: str, **more: Value) -> Repair:
    new: Mapping[str, Value] = {
        "wire_id": wire,
        "class_name": "keras.layers.Flatten",
        "port": "inputs",
        "id": "new",
        **more,
    }
    return Repair("Insert", "insert_layers", {"insertions": [new]})


def test_a_layer_is_put_between_two_nodes() -> None:
    drawn = dense_chain()
    after = apply_repair(drawn, insertion("w1"))
    assert after.layers[LayerId("new")].name == "flatten"
    assert [wire.source for wire in after.incoming[NodeId("new")]] == ["a"]
    assert [wire.source for wire in after.incoming[NodeId("b")]] == ["new"]
    place = after.positions[NodeId("new")]
    assert drawn.positions[NodeId("a")].x < place.x < drawn.positions[NodeId("b")].x
    assert {key: after.positions[key] for key in drawn.positions} == drawn.positions


def test_where_nodes_lie_close_it_covers_none_of_them() -> None:
    close = move_nodes(dense_chain(), {NodeId("a"): Position(0, 0), NodeId("b"): Position(180, 0)})
    place = apply_repair(close, insertion("w1")).positions[NodeId("new")]
    assert place.y >= 76


def test_a_function_takes_its_arguments_along() -> None:
    cast = insertion("w1", class_name="keras.ops.cast", port="x", arguments={"dtype": "int32"})
    node = apply_repair(dense_chain(), cast).nodes[NodeId("new")]
    assert isinstance(node, CallNode)
    assert node.arguments == {"dtype": "int32"}


def test_a_name_that_is_taken_is_not_given_again() -> None:
    again = insertion("w0", class_name="keras.layers.A")
    assert apply_repair(dense_chain(), again).name_of(NodeId("new")) == "a_1"


def test_an_insertion_survives_its_way_through_json() -> None:
    new = Insertion(wire_id=WireId("w1"), class_name="keras.layers.Flatten", port="x", id="n")
    sent = msgspec.json.decode(msgspec.json.encode(msgspec.to_builtins(new)))
    assert msgspec.convert(sent, Insertion) == new


def test_a_derived_id_is_the_same_each_time_and_never_one_that_is_taken() -> None:
    first = derived_id((), "w1", "Flatten")
    assert derived_id((), "w1", "Flatten") == first
    assert derived_id({first}, "w1", "Flatten") != first


def test_an_id_can_be_derived_from_a_name_that_no_file_can_hold() -> None:
    assert derived_id((), "\ud800") != derived_id((), "\ud801")


def test_parameters_are_swapped_for_every_call_of_a_layer() -> None:
    words = chain(layer("Embedding", "words", input_dim=256, output_dim=50_000))
    swapped = Repair(
        "Swap",
        "swap_parameters",
        {"node_id": "words", "first": "input_dim", "second": "output_dim"},
    )
    shared = add_call(words, NodeId("again"), LayerId("words"))
    config = apply_repair(shared, swapped).layers[LayerId("words")].config
    assert config == {"input_dim": 50_000, "output_dim": 256}


def test_parameters_of_what_is_no_call_cannot_be_swapped() -> None:
    swapped = Repair("Swap", "swap_parameters", {"node_id": "x", "first": "a", "second": "b"})
    with pytest.raises(TypeError, match="Expected a call; received 'x'"):
        apply_repair(dense_chain(), swapped)
