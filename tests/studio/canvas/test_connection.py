"""Which wires are refused, and every reason why."""

import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import Diagram, NodeId, Wire, WireId
from graphstudio.diagram.edits import add_wire
from graphstudio.diagram.graph import cycles
from graphstudio.studio.canvas.connection import attempt, end_on_body, refusals
from graphstudio.studio.canvas.ports import End, Ports, Side, ports_of


@pytest.fixture
def ports(diagram: Diagram) -> dict[NodeId, Ports]:
    return {node: ports_of(diagram, node, shipped_catalog()) for node in diagram.nodes}


def output(node: str, index: int = 0) -> End:
    return End(NodeId(node), Side.OUTPUT, index)


def entrance(node: str, index: int = 0) -> End:
    return End(NodeId(node), Side.INPUT, index)


def test_a_free_port_takes_a_wire(diagram: Diagram, ports: dict[NodeId, Ports]) -> None:
    assert refusals(attempt(diagram, output("conv")), ports, entrance("dense")) == ()
    assert refusals(attempt(diagram, entrance("dense")), ports, output("conv")) == ()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (output("add"), entrance("conv"), "close a cycle"),
        (entrance("conv"), output("add"), "close a cycle"),
        (output("conv"), entrance("conv"), "its own tensor"),
        (output("conv"), output("dense"), "Expected an input"),
        (entrance("conv"), entrance("dense"), "Expected an output"),
        (output("conv"), entrance("dense", 7), "has no input 7"),
        (output("conv", 3), entrance("dense"), "has no output 3"),
    ],
)
def test_a_wire_is_refused_with_its_reason(
    diagram: Diagram, ports: dict[NodeId, Ports], start: End, end: End, words: str
) -> None:
    reasons = refusals(attempt(diagram, start), ports, end)
    assert len(reasons) == 1
    assert words in reasons[0]


def test_every_reason_is_named(diagram: Diagram, ports: dict[NodeId, Ports]) -> None:
    assert len(refusals(attempt(diagram, output("conv")), ports, output("conv", 2))) == 3


def test_cycles_are_the_documents_cycles(diagram: Diagram) -> None:
    for source in diagram.nodes:
        looping = attempt(diagram, End(source, Side.OUTPUT)).looping
        for target in diagram.nodes.keys() - {source}:
            wire = Wire(source=source, target=target, port="inputs", order=99)
            closed = cycles(add_wire(diagram, WireId("closing"), wire))
            assert (target in looping) == bool(closed)


def test_a_list_port_offers_one_more_place_than_it_has_wires(
    ports: dict[NodeId, Ports],
) -> None:
    assert [slot.wired for slot in ports[NodeId("add")].inputs] == [True, True, False]


def test_the_body_offers_its_first_free_port(diagram: Diagram, ports: dict[NodeId, Ports]) -> None:
    trial = attempt(diagram, output("dense"))
    assert end_on_body(trial, ports, NodeId("add")) == entrance("add", 2)
    assert end_on_body(trial, ports, NodeId("conv")) is None
    assert end_on_body(attempt(diagram, entrance("dense")), ports, NodeId("digit")) is None
