"""Edits give the next diagram and leave the one before as it was."""

from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Position,
    Wire,
    WireId,
)
from tests.diagram.strategies import diagrams

IMAGE, FLAT, TRUNK, DIGIT = (NodeId(one) for one in ("image", "flat", "trunk", "digit"))
Edit = Callable[[Diagram], Diagram]


def dense(name: str = "dense") -> Layer:
    return Layer(class_name="keras.layers.Dense", name=name)


def wire(source: str, target: str, port: str = "inputs", order: int = 0) -> Wire:
    return Wire(source=NodeId(source), target=NodeId(target), port=port, order=order)


@pytest.fixture
def chain() -> Diagram:
    """An image that is flattened, and a trunk that feeds a head."""
    diagram = edits.add_input(Diagram(), IMAGE, InputNode(name="image"), Position(0, 0))
    for name in ("flat", "trunk"):
        ids = LayerId(name), NodeId(name)
        diagram = edits.add_layer(diagram, ids, dense(name), Position(1, 1))
    diagram = edits.add_head(diagram, DIGIT, HeadNode(name="digit"))
    for key, one in (
        ("a", wire("image", "flat")),
        ("b", wire("flat", "trunk")),
        ("c", wire("trunk", "digit", "tensor")),
    ):
        diagram = edits.add_wire(diagram, WireId(key), one)
    return diagram


@st.composite
def any_edit(draw: st.DrawFn, diagram: Diagram) -> Edit:
    """Return an edit that fits the diagram."""
    ways: list[Edit] = [
        lambda d: edits.add_input(d, NodeId("new"), InputNode(name="x")),
        lambda d: edits.add_head(d, NodeId("new"), HeadNode(name="x"), Position(1, 2)),
        lambda d: edits.add_layer(d, (LayerId("new"), NodeId("new")), dense("x")),
        lambda d: edits.rename_model(d, "other"),
    ]
    if diagram.nodes:
        node = draw(st.sampled_from(sorted(diagram.nodes)))
        some = draw(st.lists(st.sampled_from(sorted(diagram.nodes))))
        ways += [
            lambda d: edits.remove_nodes(d, some),
            lambda d: edits.move_nodes(d, {node: Position(7, 8)}),
            lambda d: edits.rename(d, node, "other"),
            lambda d: edits.add_wire(d, WireId("new"), wire(node, some[0] if some else node)),
        ]
        if not isinstance(diagram.nodes[node], HeadNode):
            ways += [
                lambda d: edits.set_parameter(d, node, "units", 3),
                lambda d: edits.reset_parameter(d, node, "a"),
            ]
    if diagram.wires:
        cut = draw(st.lists(st.sampled_from(sorted(diagram.wires))))
        ways.append(lambda d: edits.remove_wires(d, cut))
    if diagram.layers:
        layer = draw(st.sampled_from(sorted(diagram.layers)))
        ways.append(lambda d: edits.add_call(d, NodeId("new"), layer))
    return draw(st.sampled_from(ways))


@given(st.data(), diagrams())
def test_an_edit_leaves_the_diagram_before_untouched(data: st.DataObject, before: Diagram) -> None:
    copy = msgspec.json.encode(before)
    order = list(before.nodes)
    data.draw(any_edit(before))(before)
    assert msgspec.json.encode(before) == copy
    assert list(before.nodes) == order


@given(st.data(), diagrams())
def test_an_edit_leaves_no_loose_ends(data: st.DataObject, before: Diagram) -> None:
    after = data.draw(any_edit(before))(before)
    called = {node.layer for node in after.nodes.values() if isinstance(node, CallNode)}
    assert called == set(after.layers)
    assert set(after.positions) <= set(after.nodes)
    assert all({one.source, one.target} <= set(after.nodes) for one in after.wires.values())


@given(st.data(), diagrams())
def test_wires_of_a_port_stay_numbered_without_gaps(data: st.DataObject, before: Diagram) -> None:
    if not before.wires:
        return
    cut = data.draw(st.lists(st.sampled_from(sorted(before.wires))))
    after = edits.remove_wires(before, cut)
    for wires in after.incoming.values():
        assert [one.order for one in wires] == list(range(len(wires)))
    kept = [one.source for wires in after.incoming.values() for one in wires]
    assert sorted(kept) == sorted(w.source for key, w in before.wires.items() if key not in cut)


def test_tables_that_an_edit_does_not_touch_are_the_same_objects(chain: Diagram) -> None:
    moved = edits.move_nodes(chain, {IMAGE: Position(5, 5)})
    assert moved.nodes is chain.nodes
    assert moved.wires is chain.wires
    assert moved.layers is chain.layers


def test_records_that_an_edit_does_not_touch_are_the_same_objects(chain: Diagram) -> None:
    renamed = edits.rename(chain, TRUNK, "stem")
    assert renamed.name_of(TRUNK) == "stem"
    assert renamed.layers[LayerId("flat")] is chain.layers[LayerId("flat")]
    assert renamed.nodes is chain.nodes


def test_new_nodes_get_free_names(chain: Diagram) -> None:
    twice = edits.add_input(chain, NodeId("second"), InputNode(name="image"))
    assert twice.name_of(NodeId("second")) == "image_1"
    layer = edits.add_layer(twice, (LayerId("l"), NodeId("third")), dense("image"))
    assert layer.name_of(NodeId("third")) == "image_2"


def test_a_head_may_have_the_name_of_a_layer_but_not_of_a_head(chain: Diagram) -> None:
    one = edits.add_head(chain, NodeId("second"), HeadNode(name="trunk"))
    assert one.name_of(NodeId("second")) == "trunk"
    two = edits.add_head(one, NodeId("third"), HeadNode(name="trunk"))
    assert two.name_of(NodeId("third")) == "trunk_1"


def test_removing_a_node_takes_its_wires_its_layer_and_its_position(chain: Diagram) -> None:
    after = edits.remove_nodes(chain, [TRUNK])
    assert TRUNK not in after.nodes
    assert TRUNK not in after.positions
    assert set(after.wires) == {"a"}
    assert set(after.layers) == {"flat"}


def test_a_shared_layer_stays_while_something_calls_it(chain: Diagram) -> None:
    again = NodeId("again")
    shared = edits.add_call(chain, again, LayerId("trunk"))
    assert shared.name_of(again) == "trunk"
    once = edits.remove_nodes(shared, [TRUNK])
    assert LayerId("trunk") in once.layers
    assert LayerId("trunk") not in edits.remove_nodes(once, [again]).layers


def test_a_parameter_of_one_call_is_that_of_the_layer(chain: Diagram) -> None:
    shared = edits.add_call(chain, NodeId("again"), LayerId("trunk"))
    after = edits.set_parameter(shared, NodeId("again"), "units", 64)
    layer = after.layer_of(TRUNK)
    assert layer is not None
    assert layer.config == {"units": 64}


def test_a_reset_parameter_is_absent(chain: Diagram) -> None:
    after = edits.set_parameter(chain, IMAGE, "shape", [8])
    assert after.inputs[IMAGE].config == {"shape": [8]}
    assert edits.reset_parameter(after, IMAGE, "shape").inputs[IMAGE].config == {}


def test_a_wire_takes_the_place_of_the_one_that_was_there(chain: Diagram) -> None:
    after = edits.add_wire(chain, WireId("d"), wire("image", "trunk"))
    assert set(after.wires) == {"a", "c", "d"}


def test_a_port_that_takes_a_list_closes_up(chain: Diagram) -> None:
    joined = edits.add_layer(chain, (LayerId("join"), NodeId("join")), dense("join"))
    for order, source in enumerate(("image", "flat", "trunk")):
        joined = edits.add_wire(joined, WireId(source), wire(source, "join", order=order))
    after = edits.remove_wires(joined, [WireId("flat")])
    assert [(w.source, w.order) for w in after.incoming[NodeId("join")]] == [
        ("image", 0),
        ("trunk", 1),
    ]


def test_a_head_is_set_as_a_whole(chain: Diagram) -> None:
    after = edits.set_head(chain, DIGIT, loss="mse", weight=2.0, metrics=["mae"], column="y")
    assert after.heads[DIGIT] == HeadNode(
        name="digit", loss="mse", weight=2.0, metrics=("mae",), column="y"
    )


def test_an_edit_of_the_wrong_kind_of_node_says_what_it_expected(chain: Diagram) -> None:
    with pytest.raises(TypeError, match="Expected a head; received 'image'"):
        edits.set_head(chain, IMAGE, loss=None, weight=1.0, metrics=(), column=None)
    with pytest.raises(TypeError, match="Expected an input; received 'trunk'"):
        edits.include_input(chain, TRUNK)
    with pytest.raises(TypeError, match="received the head 'digit'"):
        edits.set_parameter(chain, DIGIT, "units", 1)


def test_ids_differ() -> None:
    assert len({edits.new_id() for _ in range(100)}) == 100
