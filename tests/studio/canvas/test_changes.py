"""What an edit touches, and nothing else, is shown anew."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, NodeId, Position, Wire, WireId
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.canvas.changes import changes
from graphstudio.studio.canvas.node_value import Known
from tests.studio.canvas.hand import Hand

CONV, DENSE = NodeId("conv"), NodeId("dense")
LOOP = Wire(source=CONV, target=DENSE, port="inputs")


@pytest.fixture
def known(answer: Inspected) -> Known:
    return Known(shipped_catalog(), answer.nodes, {})


@pytest.mark.parametrize(
    ("edit", "nodes", "wires"),
    [
        (lambda d: edits.rename(d, CONV, "first"), {"conv"}, set()),
        (lambda d: edits.add_wire(d, WireId("new"), LOOP), {"conv", "dense"}, {"new"}),
        (lambda d: edits.remove_wires(d, [WireId("w5")]), {"flat", "digit"}, set()),
        (lambda d: edits.move_nodes(d, {CONV: Position(1, 1)}), set(), set()),
    ],
)
def test_an_edit_touches_what_says_something_else(
    diagram: Diagram,
    known: Known,
    edit: Callable[[Diagram], Diagram],
    nodes: set[str],
    wires: set[str],
) -> None:
    found = changes((diagram, known), (edit(diagram), known))
    assert (found.nodes, found.wires) == (nodes, wires)


def test_what_is_removed_goes_with_its_wires(diagram: Diagram, known: Known) -> None:
    after = edits.remove_nodes(diagram, [NodeId("add")])
    found = changes((diagram, known), (after, known))
    assert found.gone == {"add"}
    assert found.cut == {"w2", "w3", "w4"}
    assert found.nodes == {"image", "conv", "flat"}


def test_another_call_of_a_layer_touches_all_its_calls(diagram: Diagram, known: Known) -> None:
    layer = next(key for key, one in diagram.layers.items() if one.name == "dense")
    after = edits.add_call(diagram, NodeId("again"), layer)
    assert changes((diagram, known), (after, known)).nodes == {"again", "dense"}
    assert changes((after, known), (diagram, known)).nodes == {"dense"}


def test_an_answer_touches_the_node_and_those_that_its_tensor_arrives_at(
    diagram: Diagram, known: Known
) -> None:
    info = NodeInfo((Tensor((None, 2), "int64"),))
    after = replace(known, nodes={**known.nodes, CONV: info})
    found = changes((diagram, known), (diagram, after))
    assert found.nodes == {"conv", "add"}
    assert found.telling == {"conv"}


def test_the_same_diagram_as_it_was_known_touches_nothing(diagram: Diagram, known: Known) -> None:
    found = changes((diagram, known), (diagram, replace(known)))
    assert not any((found.nodes, found.gone, found.wires, found.cut, found.judged, found.moved))


def test_nodes_on_another_step_of_heat_are_touched(diagram: Diagram, known: Known) -> None:
    warm, hot = (replace(known, heat={CONV: step, DENSE: 0}) for step in (1, 2))
    assert changes((diagram, warm), (diagram, hot)).nodes == {"conv"}
    assert changes((diagram, hot), (diagram, known)).nodes == {"conv", "dense"}


def test_heads_have_the_colours_of_their_curves_also_when_one_before_them_goes(
    hand: Hand,
) -> None:
    hand.view.add_entry("head")
    (other,) = hand.diagram.heads.keys() - {"digit"}
    palette, nodes = hand.theme.palette, hand.view.diagram_scene.nodes

    def colour(node: NodeId) -> str:
        return palette.category(nodes[node].value.category).name()

    assert colour(NodeId("digit")) == palette.curve(0).name()
    assert colour(other) == palette.curve(1).name()
    hand.document.apply(
        "remove", lambda p: p.with_diagram(edits.remove_nodes(p.diagram, [NodeId("digit")]))
    )
    assert colour(other) == palette.curve(0).name()
    hand.document.undo_stack.undo()
    assert colour(other) == palette.curve(1).name()
