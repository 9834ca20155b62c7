"""What is wrong with links and names is found, said with names, and can be repaired."""

import networkx as nx
import pytest
from hypothesis import given

from graphstudio.diagram import edits
from graphstudio.diagram.active import active
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity, has_errors
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.names import problem_with_layer_name
from graphstudio.diagram.repairs import apply_repair
from tests.diagram.strategies import diagrams


def drawing(*wires: str, inputs: str = "image", heads: str = "digit") -> Diagram:
    """Return a diagram of the named inputs and heads, with a layer for every other name."""
    diagram = Diagram(name="m")
    for name in inputs.split():
        diagram = edits.add_input(diagram, NodeId(name), InputNode(name=name))
    for name in heads.split():
        diagram = edits.add_head(diagram, NodeId(name), HeadNode(name=name))
    for name in dict.fromkeys(" ".join(wires).split()):
        if name not in diagram.nodes:
            layer = Layer(class_name="keras.layers.Dense", name=name)
            diagram = edits.add_layer(diagram, (LayerId(name), NodeId(name)), layer)
    orders: dict[str, int] = {}
    for text in wires:
        source, target = (NodeId(name) for name in text.split())
        port = "tensor" if target in diagram.heads else "inputs"
        order = orders.get(target, 0)
        orders[target] = order + 1
        wire = Wire(source=source, target=target, port=port, order=order)
        diagram = edits.add_wire(diagram, WireId(text), wire)
    return diagram


def found(diagram: Diagram, code: str) -> Diagnostic:
    """Return the one finding of a code."""
    (finding,) = [one for one in check(diagram) if one.code == code]
    return finding


def codes(diagram: Diagram) -> set[str]:
    return {finding.code for finding in check(diagram)}


def identity(finding: Diagnostic) -> tuple[object, ...]:
    return finding.code, finding.node, finding.port, finding.wires, finding.message


def test_a_sound_model_has_no_findings() -> None:
    assert check(drawing("image dense", "dense digit")) == ()


def test_a_head_may_take_an_input_as_it_is() -> None:
    assert check(drawing("image digit")) == ()


def test_a_shared_layer_is_no_duplicate_name() -> None:
    diagram = drawing(
        "image dense",
        "dense digit",
        "other again",
        "again more",
        inputs="image other",
        heads="digit more",
    )
    shared = edits.replace_node(diagram, NodeId("again"), CallNode(layer=LayerId("dense")))
    assert "duplicate-name" not in codes(shared)


def test_an_empty_diagram_has_no_input_and_no_head() -> None:
    assert codes(Diagram()) == {"no-input", "no-head"}


def test_a_cycle_is_said_with_its_names_and_shown_by_its_wires() -> None:
    cycle = found(drawing("image a", "a b", "b c", "c a", "c digit"), "cycle")
    assert cycle.message == "The wires form a cycle: a → b → c → a."
    assert set(cycle.wires) == {"a b", "b c", "c a"}
    assert cycle.severity is Severity.ERROR


def test_a_layer_that_feeds_itself_is_a_cycle() -> None:
    assert found(drawing("image a", "a a", "a digit"), "cycle").wires == ("a a",)


def test_a_head_without_a_wire_is_unconnected() -> None:
    finding = found(drawing("image digit", heads="digit even"), "unconnected")
    assert finding.node == "even"
    assert "'even' has no tensor" in finding.message


def test_a_head_that_hangs_on_no_input_is_disconnected() -> None:
    diagram = drawing("image digit", "dense even", heads="digit even")
    assert found(diagram, "disconnected-head").node == "even"


def test_a_head_that_hangs_on_an_input_outside_the_model_is_disconnected() -> None:
    diagram = drawing("image dense", "dense digit")
    outside = edits.replace_node(diagram, NodeId("image"), InputNode(name="image", in_model=False))
    finding = found(outside, "disconnected-head")
    assert "'digit'" in finding.message
    assert "'image'" in finding.message
    assert apply_repair(outside, finding.repairs[0]) == diagram


def test_an_input_that_reaches_no_head_is_unused() -> None:
    finding = found(drawing("image digit", inputs="image noise"), "unused-input")
    assert finding.node == "noise"
    assert finding.severity is Severity.ERROR


def test_an_unused_input_that_the_model_does_not_list_is_no_error() -> None:
    diagram = drawing("image digit", inputs="image noise")
    outside = edits.replace_node(diagram, NodeId("noise"), InputNode(name="noise", in_model=False))
    assert found(outside, "unused-input").severity is Severity.WARNING


def test_a_dead_end_and_an_island_are_warnings() -> None:
    diagram = drawing(
        "image digit", "image dead", "other more", inputs="image other", heads="digit more"
    )
    findings = check(diagram)
    assert {finding.code for finding in findings} == {"dead-end", "island"}
    assert not has_errors(findings)


def test_errors_stand_before_warnings() -> None:
    findings = check(drawing("image dead", inputs="image other"))
    severities = [finding.severity for finding in findings]
    assert severities == sorted(severities, key=lambda one: one is not Severity.ERROR)
    assert Severity.WARNING in severities


@pytest.mark.parametrize("name", ["a/b", "two words", "数字", "-dash", "_under"])
def test_a_layer_name_that_tensorflow_refuses_is_an_error(name: str) -> None:
    diagram = edits.rename(drawing("image dense", "dense digit"), NodeId("dense"), name)
    finding = found(diagram, "invalid-name")
    (repair,) = finding.repairs
    assert problem_with_layer_name(apply_repair(diagram, repair).name_of(NodeId("dense"))) is None


def test_an_input_or_a_head_may_have_any_alphabet_but_no_slash() -> None:
    diagram = drawing("image digit")
    for node in (NodeId("image"), NodeId("digit")):
        assert not check(edits.rename(diagram, node, "数字 1"))
        assert codes(edits.rename(diagram, node, "a/b")) == {"invalid-name"}


def test_a_name_that_is_missing_is_said_to_be_missing() -> None:
    diagram = drawing("image digit")
    assert codes(edits.rename(diagram, NodeId("digit"), "")) == {"missing-name"}
    assert codes(edits.rename_model(diagram, "")) == {"missing-name"}
    assert codes(edits.rename_model(diagram, "two words")) == {"invalid-name"}


def test_two_layers_of_one_name_are_an_error_on_the_second() -> None:
    diagram = edits.rename(drawing("image a", "a b", "b digit"), NodeId("b"), "a")
    assert found(diagram, "duplicate-name").node == "b"


def test_two_heads_of_one_name_are_an_error_but_a_head_and_a_layer_are_not() -> None:
    two = edits.rename(
        drawing("image digit", "image even", heads="digit even"), NodeId("even"), "digit"
    )
    assert found(two, "duplicate-name").node == "even"
    assert not check(edits.rename(drawing("image a", "a digit"), NodeId("a"), "digit"))


@given(diagrams())
def test_every_repair_removes_its_finding(diagram: Diagram) -> None:
    for finding in check(diagram):
        for repair in finding.repairs:
            after = check(apply_repair(diagram, repair))
            assert identity(finding) not in {identity(one) for one in after}, repair


@given(diagrams())
def test_every_finding_says_what_was_expected_and_what_was_received(diagram: Diagram) -> None:
    for finding in check(diagram):
        assert finding.expected
        assert finding.received is not None
        assert finding.message.endswith(".")
        assert finding.node is None or finding.node in diagram.nodes


@given(diagrams())
def test_a_cycle_is_found_where_a_wire_closes_one(diagram: Diagram) -> None:
    cyclic = not nx.is_directed_acyclic_graph(active(diagram).graph)
    assert cyclic == ("cycle" in codes(diagram))


def titles(finding: Diagnostic) -> list[str]:
    return [repair.title for repair in finding.repairs]


def test_a_cycle_is_broken_first_where_it_is_entered_and_then_anywhere() -> None:
    diagram = drawing("image a", "a b", "b c", "c a", "c digit")
    assert titles(found(diagram, "cycle")) == [
        "Remove the wire from c to a",
        "Remove the wire from b to c",
        "Remove the wire from a to b",
    ]


def test_a_dead_end_gets_a_head_or_goes() -> None:
    diagram = drawing("image digit", "image dead")
    finding = found(diagram, "dead-end")
    assert titles(finding) == ["Add a head that takes dead", "Remove dead"]
    after = apply_repair(diagram, finding.repairs[0])
    assert [wire.source for wire in after.incoming[list(after.heads)[-1]]] == ["dead"]
    assert check(after) == ()


def test_a_head_without_a_tensor_takes_what_feeds_nothing_or_goes() -> None:
    diagram = drawing("image digit", "image dense", heads="digit even")
    finding = found(diagram, "unconnected")
    assert titles(finding) == ["Connect dense", "Remove even"]
    assert check(apply_repair(diagram, finding.repairs[0])) == ()


def test_a_head_on_a_missing_input_gets_the_input_or_another_tensor_or_goes() -> None:
    diagram = drawing("left a", "right b", "b digit", "a even", inputs="left right")
    diagram = edits.add_head(diagram, NodeId("even"), HeadNode(name="even"))
    outside = edits.replace_node(diagram, NodeId("right"), InputNode(name="right", in_model=False))
    finding = found(outside, "disconnected-head")
    assert titles(finding) == [
        "Add right to the model's inputs",
        "Connect a instead",
        "Remove the head digit",
    ]


def test_what_a_diagram_lacks_can_be_added() -> None:
    diagram = edits.remove_nodes(drawing("image dense", "dense digit"), [NodeId("digit")])
    (repair,) = found(diagram, "no-head").repairs
    assert check(apply_repair(diagram, repair)) == ()
    (repair,) = found(Diagram(), "no-input").repairs
    assert [node.name for node in apply_repair(Diagram(), repair).inputs.values()] == ["input"]


def test_a_repair_that_names_no_edit_is_refused() -> None:
    with pytest.raises(ValueError, match="received 'format_disk'"):
        apply_repair(Diagram(), Repair("Format", "format_disk"))
