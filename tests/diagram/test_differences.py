"""What differs between two diagrams is told by node and by wire, and positions do not count."""

from msgspec.structs import replace

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, LayerId, NodeId, Position, Wire, WireId
from graphstudio.diagram.difference_texts import change_texts
from graphstudio.diagram.differences import differences
from graphstudio.diagram.nesting import edit_inside
from tests.code.projects import three_heads
from tests.studio.test_models import twice


def heads() -> Diagram:
    return three_heads().diagram


def with_other_ids(diagram: Diagram) -> Diagram:
    """Return the same diagram as another hand, or an import, would have drawn it."""
    other = {node: NodeId(f"other-{node}") for node in diagram.nodes}
    wires = {
        WireId(f"other-{key}"): replace(wire, source=other[wire.source], target=other[wire.target])
        for key, wire in diagram.wires.items()
    }
    nodes = {other[node]: value for node, value in diagram.nodes.items()}
    return replace(diagram, nodes=nodes, wires=wires, positions={})


def test_the_same_diagram_does_not_differ() -> None:
    assert differences(heads(), heads()) == ()


def test_positions_do_not_count() -> None:
    moved = edits.move_nodes(heads(), {next(iter(heads().nodes)): Position(7, 7)})
    assert differences(heads(), moved) == ()


def test_nodes_of_other_ids_are_known_by_their_names() -> None:
    assert differences(heads(), with_other_ids(heads())) == ()


def test_a_changed_argument_is_told_with_both_values() -> None:
    node = next(one for one in heads().nodes if heads().layer_of(one))
    changed = edits.set_parameter(heads(), node, "filters", 99)
    (found,) = differences(heads(), with_other_ids(changed))
    assert (found.kind, found.what, found.name) == ("changed", "node", heads().name_of(node))
    assert found.after == {"filters": 99}


def test_added_and_removed_nodes_and_wires_are_told() -> None:
    head = next(iter(heads().heads))
    (wire,) = heads().incoming[head]
    without = edits.remove_nodes(heads(), [head])
    told = {(one.kind, one.what) for one in differences(heads(), without)}
    assert told == {("removed", "node"), ("removed", "wire")}
    told = {(one.kind, one.what) for one in differences(without, heads())}
    assert told == {("added", "node"), ("added", "wire")}
    assert isinstance(wire, Wire)


def test_each_difference_says_which_node_it_is_about() -> None:
    head = next(iter(heads().heads))
    without = edits.remove_nodes(heads(), [head])
    assert {one.node for one in differences(heads(), without)} == {head}
    assert {one.node for one in differences(without, heads())} == {head}
    node = next(one for one in heads().nodes if heads().layer_of(one))
    changed = with_other_ids(edits.set_parameter(heads(), node, "filters", 99))
    (found,) = differences(heads(), changed)
    assert found.node == f"other-{node}"


def test_what_was_added_is_told_in_the_order_of_the_diagram() -> None:
    found = differences(Diagram(), heads())
    assert [one.node for one in found if one.what == "node"] == list(heads().nodes)


def test_positions_in_a_nested_model_do_not_count() -> None:
    layer = LayerId("m")
    inner = twice().layers[layer].diagram
    assert inner is not None
    moved = {node: Position(7, 7) for node in inner.nodes}
    other = edit_inside(twice(), [layer], lambda one: edits.move_nodes(one, moved))
    assert differences(twice(), other) == ()


def test_a_wire_that_comes_from_elsewhere_is_told_with_the_names_of_both_sources() -> None:
    before = heads()
    head = next(iter(before.heads))
    (key,) = (key for key, wire in before.wires.items() if wire.target == head)
    other = next(node for node in before.inputs)
    moved = replace(before.wires[key], source=other)
    after = with_other_ids(replace(before, wires={**before.wires, key: moved}))
    (found,) = differences(before, after)
    source = before.wires[key].source
    assert change_texts(found) == [f"source: {before.name_of(source)} → {before.name_of(other)}"]
    assert (found.kind, found.what, found.wire) == ("changed", "wire", f"other-{key}")
    assert found.was is not None
    assert (found.was.source, found.was.target) == (f"other-{source}", f"other-{head}")


def test_a_long_value_can_be_said_in_short() -> None:
    node = next(one for one in heads().nodes if heads().layer_of(one))
    long = edits.set_parameter(heads(), node, "filters", "9" * 99)
    (found,) = differences(heads(), long)
    (text,) = change_texts(found, 20)
    assert text.endswith("→ " + "9" * 19 + "…")
