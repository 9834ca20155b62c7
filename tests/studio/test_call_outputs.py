"""What a call gives, as the real engine tells it, is what leaves its node on the canvas."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import Diagram, InputNode, Layer, NodeId
from graphstudio.diagram.edits import set_argument, set_parameter
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import Value
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.design_engine import DesignEngine
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme
from tests.code.projects import diagram, layer
from tests.studio.waiting import alive, engines_of, wait_until

CALL = NodeId("call")


class Table:
    """A canvas whose shapes come from an engine."""

    def __init__(self) -> None:
        self.document = Document()
        self.findings = Findings(self.document)
        self.engine = DesignEngine(self.document, self.findings)
        self.view = CanvasView(self.document, self.findings, Theme("dark"), shipped_catalog())

    def show(self, shown: Diagram) -> None:
        self.document.reset(Project(diagram=shown))
        wait_until(lambda: not self.findings.pending)

    def edit(self, shown: Diagram) -> None:
        self.document.apply("edit", lambda project: project.with_diagram(shown))
        wait_until(lambda: not self.findings.pending)

    def outputs(self) -> int:
        return self.view.diagram_scene.nodes[CALL].value.ports.outputs


@pytest.fixture(scope="module")
def table(qapp: QApplication) -> Iterator[Table]:
    """One canvas, whose engine is up."""
    del qapp
    table = Table()
    table.engine.start()
    yield table
    table.engine.shut_down()
    table.view.close()
    assert alive(engines_of(os.getpid())) == []


def called(what: Layer, *wires: str) -> Diagram:
    rows = InputNode(name="rows", config={"shape": [4, 8]})
    return diagram("called", {"rows": rows, "call": what}, wires)


def test_states_are_outputs_while_they_are_returned(table: Table) -> None:
    table.show(called(layer("LSTM", "lstm", units=3), "rows call:sequences"))
    assert table.outputs() == 1
    table.edit(set_parameter(table.document.diagram, CALL, "return_state", value=True))
    assert table.outputs() == 3


def test_attention_scores_are_an_output_while_they_are_returned(table: Table) -> None:
    attention = layer("MultiHeadAttention", "attention", num_heads=2, key_dim=4)
    table.show(called(attention, "rows call:query", "rows call:value"))
    assert table.outputs() == 1
    name = "return_attention_scores"
    table.edit(set_argument(table.document.diagram, CALL, name, value=True))
    assert table.outputs() == 2


@pytest.mark.parametrize(("parts", "count"), [(2, 2), ([1, 3], 3)])
def test_each_part_of_a_split_is_an_output(table: Table, parts: Value, count: int) -> None:
    shown = called(Layer(class_name="keras.ops.split", name="split"), "rows call:x")
    shown = set_argument(shown, CALL, "indices_or_sections", parts)
    table.show(set_argument(shown, CALL, "axis", 1))
    assert table.outputs() == count
