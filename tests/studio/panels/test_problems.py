"""The problems panel lists what is wrong, leads there and offers the ways out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
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
from graphstudio.protocol import Inspected
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.panels.problems import ProblemsPanel
from graphstudio.studio.theme import Theme

IMAGE, DIGIT = NodeId("image"), NodeId("digit")


def with_image_and_digit(diagram: Diagram) -> Diagram:
    with_image = edits.add_input(diagram, IMAGE, InputNode(name="image", config={"shape": [8]}))
    return edits.add_head(with_image, DIGIT, HeadNode(name="digit", loss="mse"))


def wired(diagram: Diagram) -> Diagram:
    wire = Wire(source=IMAGE, target=DIGIT, port="tensor")
    return edits.add_wire(diagram, WireId("wire"), wire)


@pytest.fixture
def document(qapp: QApplication) -> Document:
    del qapp
    document = Document()
    document.apply("begin", lambda one: one.with_diagram(with_image_and_digit(one.diagram)))
    return document


@pytest.fixture
def findings(document: Document) -> Findings:
    return Findings(document)


@pytest.fixture
def panel(qtbot: QtBot, document: Document, findings: Findings) -> ProblemsPanel:
    panel = ProblemsPanel(document, findings, Theme("dark"))
    qtbot.addWidget(panel)
    panel.resize(900, 240)
    panel.show()
    return panel


def rows(panel: ProblemsPanel) -> QTreeWidget:
    tree = panel.findChild(QTreeWidget)
    assert isinstance(tree, QTreeWidget)
    return tree


def messages(panel: ProblemsPanel) -> list[str]:
    tree = rows(panel)
    items = (tree.topLevelItem(number) for number in range(tree.topLevelItemCount()))
    return [item.text(0) for item in items if item]


def click_on(panel: ProblemsPanel, text: str) -> None:
    """Click on the row that begins with a text."""
    tree = rows(panel)
    item = tree.findItems(text, Qt.MatchFlag.MatchStartsWith)[0]
    spot = tree.visualItemRect(item).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def connect_image(document: Document) -> None:
    document.apply("wire", lambda one: one.with_diagram(wired(one.diagram)))


def test_every_finding_has_a_row_with_the_node_that_it_belongs_to(panel: ProblemsPanel) -> None:
    assert "The head 'digit' has no tensor: wire one to it." in messages(panel)
    item = rows(panel).findItems("The head 'digit'", Qt.MatchFlag.MatchStartsWith)[0]
    assert item.text(1) == "digit"
    assert not item.icon(0).isNull()
    assert item.toolTip(0).startswith("Error: ")


def test_a_click_selects_the_node_and_leads_there(
    qtbot: QtBot, panel: ProblemsPanel, document: Document
) -> None:
    with qtbot.waitSignal(panel.node_activated, timeout=100) as heard:
        click_on(panel, "The input 'image'")
    assert heard.args == [IMAGE]
    assert document.selection == {IMAGE}


def test_enter_selects_the_node_of_the_current_row(
    panel: ProblemsPanel, document: Document
) -> None:
    tree = rows(panel)
    item = tree.findItems("The head 'digit'", Qt.MatchFlag.MatchStartsWith)[0]
    tree.setCurrentItem(item)
    document.select(())
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert document.selection == {DIGIT}


def test_a_repair_is_a_button_and_can_be_undone(
    qtbot: QtBot, panel: ProblemsPanel, document: Document
) -> None:
    before = document.project
    button = next(b for b in panel.findChildren(QPushButton) if b.text() == "Remove digit")
    assert all(one.width() >= one.sizeHint().width() for one in panel.findChildren(QPushButton))
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert DIGIT not in document.diagram.nodes
    assert document.undo_stack.undoText() == "remove digit"
    qtbot.waitUntil(lambda: not any("digit" in one for one in messages(panel)), timeout=1000)
    document.undo_stack.undo()
    assert document.project == before


def test_the_menu_of_the_current_row_offers_its_repairs(
    qtbot: QtBot, panel: ProblemsPanel, document: Document
) -> None:
    tree = rows(panel)
    tree.setCurrentItem(tree.findItems("The input 'image'", Qt.MatchFlag.MatchStartsWith)[0])
    spot = tree.viewport().rect().center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Keyboard, spot, tree.viewport().mapToGlobal(spot)
    )
    QApplication.sendEvent(tree.viewport(), event)
    menu = panel.findChild(QMenu)
    assert isinstance(menu, QMenu)
    qtbot.waitUntil(menu.isVisible, timeout=1000)
    assert [action.text() for action in menu.actions()] == ["Remove the input image"]
    QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    assert IMAGE not in document.diagram.nodes


def test_what_was_expected_and_received_unfolds_under_the_row(panel: ProblemsPanel) -> None:
    tree = rows(panel)
    item = tree.findItems("The head 'digit'", Qt.MatchFlag.MatchStartsWith)[0]
    tree.setCurrentItem(item)
    assert not item.isExpanded()
    QTest.keyClick(tree, Qt.Key.Key_Right)
    assert item.isExpanded()
    lines = [child.text(0) for n in range(item.childCount()) if (child := item.child(n))]
    assert lines == ["expected  a wire", "received  none"]


def test_what_was_unfolded_stays_so_when_other_problems_go(
    qtbot: QtBot, panel: ProblemsPanel, document: Document
) -> None:
    rows(panel).findItems("The head 'digit'", Qt.MatchFlag.MatchStartsWith)[0].setExpanded(True)
    before = len(messages(panel))
    document.apply("remove", lambda one: one.with_diagram(edits.remove_nodes(one.diagram, [IMAGE])))
    qtbot.waitUntil(lambda: len(messages(panel)) != before, timeout=1000)
    item = rows(panel).findItems("The head 'digit'", Qt.MatchFlag.MatchStartsWith)[0]
    assert item.isExpanded()


def test_without_problems_it_says_that_it_checks_and_then_that_all_is_well(
    qtbot: QtBot, panel: ProblemsPanel, document: Document, findings: Findings
) -> None:
    connect_image(document)
    sentence = panel.findChild(QLabel)
    assert isinstance(sentence, QLabel)
    qtbot.waitUntil(lambda: sentence.isVisible() and sentence.text() == "Checking…", timeout=1000)
    findings.receive(Inspected(id=1, nodes={}))
    qtbot.waitUntil(lambda: sentence.text() == "No problems: the diagram is a model.", timeout=1000)


def test_the_count_follows_although_nobody_looks(
    qtbot: QtBot, panel: ProblemsPanel, document: Document
) -> None:
    panel.hide()
    with qtbot.waitSignal(panel.count_changed, timeout=1000) as heard:
        connect_image(document)
    assert heard.args == [0]


def test_a_hint_is_listed_but_not_counted(
    panel: ProblemsPanel, document: Document, qtbot: QtBot
) -> None:
    words = Layer(
        class_name="keras.layers.Embedding",
        name="words",
        config={"input_dim": 4, "output_dim": 9},
    )
    embedded = edits.add_layer(Diagram(), (LayerId("words"), NodeId("words")), words)
    drawn = with_image_and_digit(embedded)
    for name, source, target, port in (
        ("a", IMAGE, NodeId("words"), "inputs"),
        ("b", NodeId("words"), DIGIT, "tensor"),
    ):
        wire = Wire(source=source, target=target, port=port)
        drawn = edits.add_wire(drawn, WireId(name), wire)
    with qtbot.waitSignal(panel.count_changed, timeout=1000) as counted:
        document.apply("draw", lambda project: project.with_diagram(drawn))
    assert counted.args == [0]
    (message,) = messages(panel)
    assert "the vocabulary (4) is smaller than the embedding width (9)" in message
