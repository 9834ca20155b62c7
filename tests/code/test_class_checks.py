"""Wires end at ports that Keras has, one at a place, and no call lacks a tensor."""

import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.class_checks import check_classes
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.repairs import apply_repair
from tests.code.projects import diagram, layer, siamese, three_heads

CATALOG = shipped_catalog()


def test_an_unknown_class_and_an_unknown_port_are_errors_that_name_the_node() -> None:
    drawn = edits.add_wire(
        siamese().diagram,
        WireId("w"),
        Wire(source=NodeId("left"), target=NodeId("out"), port="masks"),
    )
    odd = edits.add_layer(
        drawn, (LayerId("odd"), NodeId("odd")), layer("Perceptron", "odd", units=1)
    )
    unknown_port, unknown_class = sorted(
        check_classes(odd, CATALOG), key=lambda one: one.code, reverse=True
    )
    assert (unknown_port.node, unknown_port.received) == ("out", "masks")
    assert (unknown_class.node, unknown_class.received) == ("odd", "keras.layers.Perceptron")


def with_wire(drawn: Diagram, source: str, target: str, port: str, order: int = 0) -> Diagram:
    """Return the diagram with a wire that no hand can draw, as other programs leave them."""
    wire = Wire(source=NodeId(source), target=NodeId(target), port=port, order=order)
    return replace(drawn, wires={**drawn.wires, WireId("odd"): wire})


@pytest.mark.parametrize(
    ("source", "target", "port", "order", "code"),
    [
        ("right", "joined", "inputs", 1, "occupied-port"),
        ("left", "encoder", "inputs", 0, "occupied-port"),
        ("left", "encoder", "inputs", 1, "occupied-port"),
        ("left", "same", "tensor", 0, "occupied-port"),
        ("left", "same", "inputs", 0, "unknown-port"),
        ("left", "right", "inputs", 0, "unknown-port"),
    ],
)
def test_a_wire_that_the_model_would_ignore_is_told_and_can_be_removed(
    source: str, target: str, port: str, order: int, code: str
) -> None:
    drawn = siamese().diagram
    odd = with_wire(drawn, source, target, port, order)
    (finding,) = check_classes(odd, CATALOG)
    assert (finding.code, finding.node, finding.wires) == (code, target, ("odd",))
    (repair,) = finding.repairs
    assert apply_repair(odd, repair) == drawn


def test_a_call_that_lacks_a_tensor_has_no_plan() -> None:
    drawn = diagram(
        "masked",
        {
            "mask": InputNode(name="mask", config={"shape": [4, 3]}),
            "lstm": layer("LSTM", "lstm", units=2),
            "out": HeadNode(name="out"),
        },
        ("mask lstm:mask", "lstm out"),
    )
    (finding,) = check_classes(drawn, CATALOG)
    assert (finding.code, finding.node, finding.port) == ("unconnected", "lstm", "sequences")
    with pytest.raises(PlanError, match="'lstm' receives no tensor for 'sequences'"):
        make_plan(drawn, CATALOG)


def test_sound_diagrams_have_no_findings() -> None:
    assert check_classes(siamese().diagram, CATALOG) == ()
    assert check_classes(three_heads().diagram, CATALOG) == ()


def test_a_constant_beside_a_wire_is_told_and_can_be_removed() -> None:
    drawn = edits.set_argument(siamese().diagram, NodeId("encoder"), "inputs", 1)
    (found,) = check_classes(drawn, CATALOG)
    assert (found.code, found.severity, found.port) == ("shadowed-constant", "warning", "inputs")
    assert check_classes(apply_repair(drawn, found.repairs[0]), CATALOG) == ()


def test_a_constant_takes_the_place_of_a_wire() -> None:
    whole = siamese().diagram
    wire = next(key for key, wire in whole.wires.items() if wire.target == "encoder")
    cut = edits.add_wire(
        edits.remove_wires(whole, [wire]),
        WireId("mask"),
        Wire(source=NodeId("left"), target=NodeId("encoder"), port="nothing"),
    )
    codes = {one.code for one in check_classes(cut, CATALOG)}
    assert codes == {"unknown-port", "unconnected"}
    filled = edits.set_argument(cut, NodeId("encoder"), "inputs", 1)
    assert {one.code for one in check_classes(filled, CATALOG)} == {"unknown-port"}
