"""The outline's model tells its views of every row that comes and goes, and ends with all rows."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.panels.outline_model import OutlineModel
from graphstudio.studio.theme import Theme
from tests.diagram.strategies import diagrams
from tests.studio.test_models import twice


def texts(model: OutlineModel, around: QModelIndex, depth: int = 3) -> list[object]:
    """Return the names of rows with those of the rows below them, as far as some levels go."""
    rows = (model.index(place, 0, around) for place in range(model.rowCount(around)))
    return [(row.data(), texts(model, row, depth - 1) if depth else []) for row in rows]


def unfold(model: OutlineModel, around: QModelIndex, depth: int) -> None:
    for place in range(model.rowCount(around)):
        if depth:
            unfold(model, model.index(place, 0, around), depth - 1)


def check(before: Diagram, after: Diagram, depth: int) -> None:
    findings, theme = Findings(Document()), Theme("dark")
    model, fresh = OutlineModel(findings, theme), OutlineModel(findings, theme)
    model.show_diagram(before, inside=False)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    unfold(model, QModelIndex(), depth)
    model.show_diagram(after, inside=False)
    fresh.show_diagram(after, inside=False)
    assert texts(model, QModelIndex()) == texts(fresh, QModelIndex())
    del tester


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(diagrams(), diagrams(), st.integers(0, 2))
def test_any_diagram_follows_any_other(
    qtbot: QtBot, before: Diagram, after: Diagram, depth: int
) -> None:
    del qtbot
    check(before, after, depth)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(diagrams(), st.data())
def test_nodes_go_and_come_again(qtbot: QtBot, whole: Diagram, data: st.DataObject) -> None:
    del qtbot
    gone = data.draw(st.sets(st.sampled_from(list(whole.nodes)))) if whole.nodes else set()
    part = edits.remove_nodes(whole, gone)
    check(whole, part, 1)
    check(part, whole, 1)


def test_what_a_model_holds_follows_below_each_of_its_calls(qtbot: QtBot) -> None:
    del qtbot
    without = edits.remove_nodes(twice(), [NodeId("m2")])
    for before, after in ((twice(), without), (without, twice()), (twice(), Diagram())):
        check(before, after, 3)
