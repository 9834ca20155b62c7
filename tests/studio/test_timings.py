"""Times of calls say what they were measured under, and when they no longer hold."""

import pytest

from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.edits import rename, set_parameter
from graphstudio.diagram.project import Project
from graphstudio.protocol import Timed
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.timings import Timings
from tests.code.projects import layer
from tests.diagrams import chain

ONE, TWO = NodeId("one"), NodeId("two")
TIMED = Timed(id=1, batch_size=32, nodes={ONE: 0.00125, TWO: 0.0000001}, whole=0.0025)


@pytest.fixture
def document() -> Document:
    """A document of two layers."""
    document = Document()
    drawn = chain(layer("Dense", "one", units=2), layer("Dense", "two", units=2))
    document.reset(Project(diagram=drawn))
    return document


@pytest.fixture
def timings(document: Document) -> Timings:
    """The times of its calls."""
    timings = Timings(document)
    timings.receive(TIMED, document.whole)
    return timings


def edit(document: Document, units: int) -> None:
    document.apply("edit", lambda p: p.with_diagram(set_parameter(p.diagram, ONE, "units", units)))


def test_nothing_is_known_before_it_is_measured(document: Document) -> None:
    timings = Timings(document)
    assert (timings.hold, timings.nodes, timings.texts) == (False, {}, {})
    assert timings.remark == "not measured yet"


def test_times_say_under_what_they_were_measured(timings: Timings, document: Document) -> None:
    assert timings.hold
    assert timings.texts == {ONE: "1.25 ms", TWO: "< 0.01 ms"}
    assert timings.remark == "model 2.50 ms · batch of 32"
    timings.receive(Timed(id=2, batch_size=4, nodes={}, size=128), document.whole)
    assert timings.remark == "batch of 4 · unknown sizes as 128"


def test_an_edit_makes_times_out_of_date_until_it_is_undone(
    timings: Timings, document: Document
) -> None:
    told: list[bool] = []
    timings.changed.connect(lambda: told.append(timings.outdated))
    edit(document, 3)
    edit(document, 4)
    assert timings.remark.endswith(" · out of date")
    document.undo_stack.undo()
    assert not timings.hold
    document.undo_stack.undo()
    assert timings.hold
    assert timings.remark.endswith("batch of 32")
    assert told == [True, False]


def test_what_is_edited_while_it_is_measured_is_out_of_date_from_the_start(
    timings: Timings, document: Document
) -> None:
    asked = document.whole
    edit(document, 3)
    timings.receive(TIMED, asked)
    assert timings.outdated
    timings.receive(TIMED, document.whole)
    assert not timings.outdated


def test_another_project_has_no_times(timings: Timings, document: Document) -> None:
    document.reset(Project(diagram=rename(document.diagram, ONE, "other")))
    assert timings.timed is None
    assert timings.texts == {}


def test_how_far_it_is_stands_in_place_of_all_else(timings: Timings) -> None:
    timings.show_progress("1 of 2")
    assert timings.remark == "1 of 2"
    timings.show_progress("")
    assert timings.remark == "model 2.50 ms · batch of 32"


def test_findings_tell_of_times(document: Document) -> None:
    findings, told = Findings(document), []
    findings.changed.connect(lambda: told.append(1))
    findings.timings.receive(TIMED, document.whole)
    assert told == [1]
