"""The inspector on a bench: a document, its panel, and hands that edit as a person does."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from graphstudio.catalog.entries import Catalog
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
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import Value
from graphstudio.studio.canvas.adding import add_entry
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.panels.inspector import InspectorPanel
from graphstudio.studio.panels.inspector.editors.base import Editor
from graphstudio.studio.panels.inspector.editors.fields import FieldEditor
from graphstudio.studio.panels.inspector.editors.objects import ObjectEditor
from graphstudio.studio.theme import Theme

IMAGE, CONV, DENSE, DIGIT = NodeId("image"), NodeId("conv"), NodeId("dense"), NodeId("digit")
CONV_LAYER, DENSE_LAYER = LayerId("conv_layer"), LayerId("dense_layer")


def conv_net() -> Diagram:
    conv = Layer(
        class_name="keras.layers.Conv2D",
        name="conv_1",
        config={"filters": 32, "kernel_size": [3, 3], "padding": "same"},
    )
    dense = Layer(class_name="keras.layers.Dense", name="dense", config={"units": 10})
    image = InputNode(name="image", config={"shape": [8, 8, 1]})
    diagram = edits.add_input(Diagram(), IMAGE, image, Position(0, 0))
    diagram = edits.add_layer(diagram, (CONV_LAYER, CONV), conv, Position(200, 0))
    diagram = edits.add_layer(diagram, (DENSE_LAYER, DENSE), dense, Position(400, 0))
    diagram = edits.add_head(diagram, DIGIT, HeadNode(name="digit"), Position(600, 0))
    for name, source, target, port in (
        ("a", IMAGE, CONV, "inputs"),
        ("b", CONV, DENSE, "inputs"),
        ("c", DENSE, DIGIT, "tensor"),
    ):
        diagram = edits.add_wire(
            diagram, WireId(name), Wire(source=source, target=target, port=port)
        )
    return diagram


class Bench:
    """The panel with the document and the findings that it follows."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.document = Document()
        self.findings = Findings(self.document)
        self.theme = Theme("dark")
        self.document.reset(Project(diagram=conv_net()))
        self.panel = InspectorPanel(self.document, self.findings, catalog, self.theme)

    def page(self) -> QWidget:
        page = self.panel.widget()
        assert page is not None
        return page

    def editor(self, name: str) -> Editor:
        editors = self.page().findChildren(Editor)
        return next(one for one in editors if one.parameter.name == name)

    def field(self, name: str) -> FieldEditor:
        editor = self.editor(name)
        assert isinstance(editor, FieldEditor)
        return editor

    def type_into(self, name: str, text: str) -> None:
        line = self.field(name).line
        line.setFocus()
        line.selectAll()
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)

    def pick(self, name: str, text: str) -> None:
        editor = self.editor(name)
        assert isinstance(editor, ObjectEditor)
        editor.box.setCurrentIndex(editor.box.findText(text) - 1)
        QTest.keyClick(editor.box, Qt.Key.Key_Down)

    def texts(self) -> list[str]:
        return [label.text() for label in self.labels()]

    def labels(self) -> list[QLabel]:
        # New labels are shown when the event loop comes to it.
        QApplication.processEvents()
        page = self.page()
        return [label for label in page.findChildren(QLabel) if label.isVisibleTo(page)]

    def label(self, text: str) -> QLabel:
        labels = self.page().findChildren(QLabel)
        return next(label for label in labels if label.text() == text and label.toolTip())

    def click(self, text: str) -> None:
        QApplication.processEvents()
        buttons = self.page().findChildren(QPushButton)
        button = next(one for one in buttons if one.text() == text and one.isVisible())
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def config(self, layer: LayerId = CONV_LAYER) -> object:
        return self.document.diagram.layers[layer].config

    def undo_text(self) -> str:
        return self.document.undo_stack.undoText()

    def add(self, path: str, node: NodeId) -> None:
        """Put something from the palette onto the canvas, and select it."""
        diagram = add_entry(self.document.diagram, self.catalog, path, node, Position(0, 200))
        self.document.apply("add", lambda project: project.with_diagram(diagram))
        self.document.select([node])

    def wire(self, source: NodeId, target: NodeId, port: str, order: int = 0) -> None:
        wire = Wire(source=source, target=target, port=port, order=order)
        wire_id = WireId(edits.new_id())
        self.document.apply(
            "wire",
            lambda project: project.with_diagram(edits.add_wire(project.diagram, wire_id, wire)),
        )

    def call(self, node: NodeId) -> CallNode:
        call = self.document.diagram.nodes[node]
        assert isinstance(call, CallNode)
        return call

    def config_of(self, node: NodeId) -> Value:
        return self.document.diagram.layers[self.call(node).layer].config
