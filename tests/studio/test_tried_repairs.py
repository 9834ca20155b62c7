"""What is wrong is known at once; in a large diagram the ways out of it follow."""

from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.checks import check
from graphstudio.diagram.diagnostics import worst_first
from graphstudio.diagram.diagram import (
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.studio.tried_repairs import TriedRepairs
from tests.benchmarks.large import large_diagram

DEAD_ENDS = 30


def stack(depth: int) -> Diagram:
    """Return layers in a row between an input and a head, with dead ends beside the last one."""
    diagram = edits.add_input(Diagram(), NodeId("in"), InputNode(name="in"))
    source = NodeId("in")
    for number in range(depth + DEAD_ENDS):
        node = NodeId(f"n{number}")
        layer = Layer(class_name="keras.layers.Dense", name=node, config={"units": 8})
        diagram = edits.add_layer(diagram, (LayerId(node), node), layer)
        diagram = edits.add_wire(
            diagram, WireId(node), Wire(source=source, target=node, port="inputs")
        )
        source = node if number < depth else source
    diagram = edits.add_head(diagram, NodeId("head"), HeadNode(name="head"))
    wire = Wire(source=source, target=NodeId("head"), port="tensor")
    return edits.add_wire(diagram, WireId("head"), wire)


def test_in_a_small_diagram_every_repair_is_there_at_once(qtbot: QtBot) -> None:
    checks = TriedRepairs()
    with qtbot.assertNotEmitted(checks.done, wait=50):
        checks.check(stack(2))
    assert worst_first(checks.diagnostics) == check(stack(2))
    assert any(one.repairs for one in checks.diagnostics)


def test_in_a_large_diagram_the_repairs_follow_what_is_wrong(qtbot: QtBot) -> None:
    diagram = stack(600)
    checks = TriedRepairs()
    checks.check(diagram)
    assert len(checks.diagnostics) == DEAD_ENDS
    assert not any(one.repairs for one in checks.diagnostics)
    with qtbot.waitSignal(checks.done):
        pass
    assert worst_first(checks.diagnostics) == check(diagram)
    assert any(one.repairs for one in checks.diagnostics)


def test_an_edit_before_the_repairs_are_tried_begins_anew(qtbot: QtBot) -> None:
    checks = TriedRepairs()
    checks.check(stack(600))
    sound = Diagram()
    with qtbot.assertNotEmitted(checks.done, wait=50):
        checks.check(sound)
    assert worst_first(checks.diagnostics) == check(sound)


def test_a_diagram_of_thousands_is_checked_while_the_window_goes_on(qtbot: QtBot) -> None:
    checks = TriedRepairs()
    checks.check(stack(5))
    before = checks.diagnostics
    diagram = edits.remove_wires(large_diagram(20), [WireId("w50")])
    checks.check(diagram)
    assert checks.checking
    assert [one.message for one in checks.diagnostics] == [one.message for one in before]
    assert not any(one.repairs for one in checks.diagnostics)
    expected = check(diagram)
    qtbot.waitUntil(lambda: worst_first(checks.diagnostics) == expected)
    assert not checks.checking
    assert any(one.repairs for one in expected)


def test_of_two_large_diagrams_the_last_one_is_checked(qtbot: QtBot) -> None:
    checks = TriedRepairs()
    checks.check(edits.remove_wires(large_diagram(20), [WireId("w50")]))
    checks.check(large_diagram(20))
    with qtbot.waitSignal(checks.done):
        pass
    assert checks.diagnostics == ()


def test_nothing_is_wrong_with_what_was_forgotten(qtbot: QtBot) -> None:
    checks = TriedRepairs()
    checks.check(edits.remove_wires(large_diagram(20), [WireId("w50")]))
    with qtbot.assertNotEmitted(checks.done, wait=50):
        checks.forget()
    assert (checks.diagnostics, checks.checking) == ((), False)
