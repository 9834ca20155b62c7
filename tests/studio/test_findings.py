"""The findings: checks at once, the engine's answer when it comes."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagnostics import Diagnostic, Remedy, Repair, Severity
from graphstudio.diagram.diagram import InputNode, NodeId, Position
from graphstudio.diagram.sources import Refused, TableSource
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings

SHAPE = NodeInfo(outputs=(Tensor((None, 8), "float32"),))


@pytest.fixture
def document(digits: Path) -> Document:
    document = Document()
    document.open(digits)
    return document


def add_lonely_input(document: Document) -> None:
    node = InputNode(name="lonely", config={"shape": [8]})
    document.apply(
        "add",
        lambda project: project.with_diagram(
            edits.add_input(project.diagram, NodeId("lonely"), node)
        ),
    )


def test_what_is_wrong_with_the_drawing_is_known_at_once(document: Document) -> None:
    findings = Findings(document)
    assert not findings.diagnostics
    add_lonely_input(document)
    assert {one.node for one in findings.diagnostics} == {"lonely"}
    assert set(findings.by_node) == {"lonely"}
    document.undo_stack.undo()
    assert not findings.diagnostics


def test_moving_a_node_asks_nothing(document: Document, qtbot: QtBot) -> None:
    findings = Findings(document)
    findings.receive(Inspected(id=1, nodes={NodeId("image"): SHAPE}))
    with qtbot.assertNotEmitted(findings.changed):
        document.apply(
            "move",
            lambda project: project.with_diagram(
                edits.move_nodes(project.diagram, {NodeId("image"): Position(9, 9)})
            ),
        )
    assert not findings.pending


def test_the_last_answer_stays_while_the_next_is_awaited(document: Document) -> None:
    findings = Findings(document)
    assert findings.pending
    findings.receive(Inspected(id=1, nodes={NodeId("image"): SHAPE}, total_params=7))
    assert not findings.pending
    add_lonely_input(document)
    assert findings.pending
    assert findings.nodes == {"image": SHAPE}
    assert findings.inspected.total_params == 7


def test_errors_come_before_warnings(document: Document) -> None:
    findings = Findings(document)
    add_lonely_input(document)
    refused = Diagnostic(code="keras", severity=Severity.ERROR, message="No.", node=NodeId("ink"))
    findings.receive(Inspected(id=1, nodes={}, diagnostics=(refused,)))
    found = [one.severity for one in findings.diagnostics]
    assert found == sorted(found, key=[Severity.ERROR, Severity.WARNING].index)
    assert set(found) == {Severity.ERROR, Severity.WARNING}
    assert findings.by_node[NodeId("ink")] == (refused,)
    assert findings.by_node[NodeId("lonely")][0].severity is Severity.ERROR


def test_another_project_begins_without_the_answer_for_the_last(document: Document) -> None:
    findings = Findings(document)
    findings.receive(Inspected(id=1, nodes={NodeId("image"): SHAPE}, total_params=7))
    document.reset(document.project)
    assert findings.nodes == {"image": SHAPE}
    other = edits.set_parameter(document.diagram, NodeId("conv_1"), "filters", 5)
    document.reset(document.project.with_diagram(other))
    assert findings.pending
    assert not findings.nodes
    assert findings.inspected.total_params == 0


def test_ways_out_that_are_found_later_stand_first_until_the_next_edit(document: Document) -> None:
    findings = Findings(document)
    add_lonely_input(document)
    findings.receive(Inspected(id=1, nodes={}))
    better = Repair("Connect lonely to add", "connect")
    unused = Remedy(code="unused-input", node=NodeId("lonely"), repairs=(better,))
    findings.receive_remedies((unused,))
    (finding,) = [one for one in findings.diagnostics if one.code == "unused-input"]
    assert [one.title for one in finding.repairs] == [better.title, "Remove the input lonely"]
    document.undo_stack.undo()
    document.undo_stack.redo()
    (finding,) = [one for one in findings.diagnostics if one.code == "unused-input"]
    assert better not in finding.repairs


def test_what_kept_a_run_from_training_stands_until_it_is_repaired(document: Document) -> None:
    table = TableSource(path="t.csv")
    document.apply("bind", lambda project: replace(project, data=Data(source=table)))
    findings = Findings(document)
    skip = Repair("Leave out 2 rows", "set_refused", {"refused": "skip"})
    ragged = Diagnostic(
        code="ragged-row", severity=Severity.ERROR, message="t.csv, row 3", repairs=(skip,)
    )
    findings.receive_run((ragged,))
    assert findings.diagnostics == (ragged,)
    document.repair(skip, ())
    assert document.whole.data.source == replace(table, refused=Refused.SKIP)
    assert document.undo_stack.undoText() == "leave out 2 rows"
    assert not findings.diagnostics
    document.undo_stack.undo()
    assert document.whole.data.source == table


def test_a_run_does_not_say_again_what_is_known_of_the_diagram(document: Document) -> None:
    findings = Findings(document)
    add_lonely_input(document)
    known = findings.diagnostics
    findings.receive_run(known)
    assert findings.diagnostics == known
