"""A canvas with a small diagram: image → conv → add → flat → digit, and a lonely dense."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import (
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
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import Value
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme
from tests.studio.canvas.hand import Hand

_LAYERS: dict[str, tuple[str, dict[str, Value], tuple[float, float]]] = {
    "conv": ("Conv2D", {"filters": 32, "kernel_size": 3, "activation": "relu"}, (200.0, 0.0)),
    "add": ("Add", {}, (400.0, 0.0)),
    "flat": ("Flatten", {}, (600.0, 0.0)),
    "dense": ("Dense", {"units": 10}, (400.0, 160.0)),
}
_WIRES = {
    "w1": ("image", "conv", "inputs", 0),
    "w2": ("conv", "add", "inputs", 0),
    "w3": ("image", "add", "inputs", 1),
    "w4": ("add", "flat", "inputs", 0),
    "w5": ("flat", "digit", "tensor", 0),
}


@pytest.fixture
def diagram() -> Diagram:
    image = InputNode(name="image", config={"shape": [8, 8, 1]})
    result = edits.add_input(Diagram(), NodeId("image"), image, Position(0, 0))
    for name, (class_name, config, place) in _LAYERS.items():
        layer = Layer(class_name=f"keras.layers.{class_name}", name=name, config=config)
        ids = (LayerId(f"layer-{name}"), NodeId(name))
        result = edits.add_layer(result, ids, layer, Position(*place))
    head = HeadNode(name="digit", loss="sparse_categorical_crossentropy")
    result = edits.add_head(result, NodeId("digit"), head, Position(800, 0))
    for key, (source, target, port, order) in _WIRES.items():
        wire = Wire(source=NodeId(source), target=NodeId(target), port=port, order=order)
        result = edits.add_wire(result, WireId(key), wire)
    return result


@pytest.fixture
def answer() -> Inspected:
    grid = Tensor((None, 8, 8, 32), "float32")
    nodes = {
        "image": NodeInfo((Tensor((None, 8, 8, 1), "uint8"),)),
        "conv": NodeInfo((grid,), params=9248, trainable_params=9248),
        "add": NodeInfo((grid,)),
    }
    return Inspected(id=1, nodes={NodeId(key): info for key, info in nodes.items()})


@pytest.fixture
def empty(qtbot: QtBot) -> Iterator[Hand]:
    theme = Theme("dark")
    document = Document()
    findings = Findings(document)
    view = CanvasView(document, findings, theme, shipped_catalog())
    qtbot.addWidget(view)
    view.resize(1200, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.setFocus()
    yield Hand(view, document, findings, theme)
    view.close()


@pytest.fixture
def hand(empty: Hand, diagram: Diagram, answer: Inspected) -> Hand:
    empty.document.reset(Project(diagram=diagram))
    empty.findings.receive(answer)
    empty.view.fit_all()
    return empty
