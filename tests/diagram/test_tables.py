"""What was read off a diagram goes on to the next value, which would read the same off itself."""

from hypothesis import given
from msgspec.structs import replace

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, InputNode, LayerId, NodeId, Wire, WireId
from graphstudio.diagram.nesting import edit_inside
from graphstudio.diagram.tables import carry, carry_all, share
from tests.benchmarks.large import large_diagram, node_at
from tests.diagram.strategies import diagrams
from tests.diagrams import chain
from tests.nesting import encoder

READ = (
    "incoming",
    "outgoing",
    "calls",
    "inputs",
    "heads",
    "passive",
    "models",
    "layer_names",
    "tensor_names",
)


def read_off(diagram: Diagram) -> list[object]:
    return [getattr(diagram, name) for name in READ]


@given(diagrams(), diagrams())
def test_it_is_the_same_as_read_off_anew_whatever_changed(before: Diagram, after: Diagram) -> None:
    read_off(before)
    carry(before, after)
    assert read_off(after) == read_off(replace(after))


def test_only_what_an_edit_touched_is_read_anew() -> None:
    before = large_diagram(1)
    read_off(before)
    wire = Wire(source=node_at(0, 40), target=node_at(0, 44), port="inputs", order=2)
    after = edits.add_wire(before, WireId("new"), wire)
    share(before, after)
    assert set(READ) <= vars(after).keys()
    assert after.incoming[node_at(0, 44)][-1] is wire
    assert after.incoming[node_at(0, 43)] is before.incoming[node_at(0, 43)]
    assert after.calls is before.calls


def test_what_was_never_asked_for_is_not_made() -> None:
    before = large_diagram(1)
    after = edits.rename_model(before, "other")
    share(before, after)
    assert not vars(after)


def test_a_history_keeps_the_memory_of_one() -> None:
    before = large_diagram(1)
    read_off(before)
    after = edits.remove_nodes(before, [node_at(0, 50)])
    carry(before, after)
    assert not vars(before)
    carry(after, before)
    assert not vars(after)
    assert read_off(before) == read_off(replace(before))


def test_nested_models_on_the_way_to_an_edit_are_carried_along() -> None:
    before = chain(encoder())
    inner = before.layers[LayerId("encoder")].diagram
    assert inner is not None
    read_off(before)
    read_off(inner)
    path = (LayerId("encoder"),)
    node = InputNode(name="second")
    after = edit_inside(before, path, lambda one: edits.add_input(one, NodeId("e_2"), node))
    carry_all(before, after, path)
    now = after.layers[LayerId("encoder")].diagram
    assert now is not None
    assert after.incoming == replace(after).incoming
    assert now.inputs == replace(now).inputs
