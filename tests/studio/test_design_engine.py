"""The design engine answers for the diagram, comes back when it dies, and never stays behind."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import psutil
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphstudio.diagram import edits
from graphstudio.diagram.diagnostics import Severity
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.values import Value
from graphstudio.protocol import Failed, Ready, Request, encode
from graphstudio.resource import resource_path
from graphstudio.studio.design_engine import DesignEngine, EngineState
from graphstudio.studio.document import Document
from graphstudio.studio.engine_process import EngineProcess
from graphstudio.studio.findings import Findings
from graphstudio.studio.window import MainWindow
from tests.studio.waiting import alive, engines_of, wait_until


class Desk:
    """A document, its findings and the engine that answers for it."""

    def __init__(self) -> None:
        self.document = Document()
        self.document.open(resource_path("examples/digits.gstudio"))
        self.findings = Findings(self.document)
        self.engine = DesignEngine(self.document, self.findings)
        self.notices: list[str] = []
        self.states: list[EngineState] = []
        self.engine.died.connect(self.notices.append)
        self.engine.state_changed.connect(self.states.append)

    def set_parameter(self, node: str, parameter: str, value: Value) -> None:
        self.document.apply(
            "set",
            lambda project: project.with_diagram(
                edits.set_parameter(project.diagram, NodeId(node), parameter, value)
            ),
        )

    def shape(self, node: str) -> tuple[int | None, ...] | None:
        info = self.findings.nodes.get(NodeId(node))
        return info.outputs[0].shape if info else None

    def flops(self, node: str) -> int | None:
        return self.findings.measured.nodes[NodeId(node)].flops

    def state(self) -> EngineState:
        return self.engine.state

    def wait_for_answer(self) -> float:
        return wait_until(lambda: not self.findings.pending)

    def kill(self) -> None:
        """Kill the engine's process, as when memory runs out."""
        process_id = self.engine.process_id
        os.kill(process_id, signal.SIGKILL)
        wait_until(lambda: self.engine.process_id != process_id)


@pytest.fixture(scope="module")
def desk(qapp: QApplication) -> Iterator[Desk]:
    """One desk, whose engine is up."""
    del qapp
    desk = Desk()
    desk.engine.start()
    desk.wait_for_answer()
    yield desk
    desk.engine.shut_down()
    assert alive(engines_of(os.getpid())) == []


def test_keras_is_asked_about_the_diagram_as_soon_as_it_is_up(desk: Desk) -> None:
    assert desk.state() is EngineState.READY
    assert desk.shape("conv_2") == (None, 8, 8, 32)
    assert desk.shape("pool") == (None, 32)
    assert desk.findings.inspected.total_params == 9964
    assert desk.findings.diagnostics == ()


def test_each_edit_is_answered(desk: Desk) -> None:
    desk.set_parameter("scores", "units", 7)
    desk.wait_for_answer()
    assert desk.shape("scores") == (None, 7)
    desk.document.undo_stack.undo()
    desk.wait_for_answer()
    assert desk.shape("scores") == (None, 10)


def test_of_many_quick_edits_the_last_one_is_answered(desk: Desk) -> None:
    for units in range(2, 40):
        desk.set_parameter("scores", "units", units)
    desk.wait_for_answer()
    assert desk.shape("scores") == (None, 39)
    desk.document.undo_stack.setIndex(0)
    desk.wait_for_answer()


def test_what_keras_refuses_is_found_on_its_node_and_what_follows_is_unknown(desk: Desk) -> None:
    desk.set_parameter("conv_2", "filters", 16)
    desk.wait_for_answer()
    assert [one.node for one in desk.findings.diagnostics] == ["add"]
    assert desk.shape("conv_2") == (None, 8, 8, 16)
    assert desk.shape("pool") is None
    desk.document.undo_stack.undo()
    desk.wait_for_answer()
    assert desk.findings.diagnostics == ()


def test_ways_out_follow_and_the_first_one_mends_the_diagram(desk: Desk) -> None:
    desk.set_parameter("conv_2", "filters", 16)
    wait_until(lambda: any(one.repairs for one in desk.findings.diagnostics))
    (finding,) = desk.findings.diagnostics
    assert finding.node == "add"
    desk.document.repair(finding.repairs[0], finding.path)
    assert not any(one.repairs for one in desk.findings.diagnostics)
    desk.wait_for_answer()
    assert desk.findings.diagnostics == ()
    desk.document.undo_stack.undo()
    desk.document.undo_stack.undo()
    desk.wait_for_answer()


def test_costs_follow_the_edits_while_they_are_shown(desk: Desk) -> None:
    assert desk.findings.measured.nodes == {}
    desk.findings.show_cost(shown=True)
    wait_until(lambda: not desk.findings.cost_pending)
    assert desk.flops("scores") == 2 * 32 * 10 + 10 + 5 * 10
    desk.set_parameter("scores", "units", 20)
    desk.wait_for_answer()
    wait_until(lambda: not desk.findings.cost_pending)
    assert desk.flops("scores") == 2 * 32 * 20 + 20 + 5 * 20
    desk.findings.show_cost(shown=False)
    assert desk.findings.measured.nodes == {}
    desk.findings.show_cost(shown=True)
    wait_until(lambda: not desk.findings.cost_pending)
    desk.findings.show_cost(shown=False)
    desk.document.undo_stack.undo()
    desk.wait_for_answer()


def test_a_killed_engine_is_started_again_and_the_next_edit_is_answered(desk: Desk) -> None:
    before = desk.document.project
    desk.states.clear()
    desk.kill()
    assert desk.notices.pop() == (
        "The engine ended (killed by signal 9) and is starting again. Your diagram is unharmed."
    )
    assert desk.document.project is before
    desk.set_parameter("scores", "units", 5)
    assert desk.wait_for_answer() < 20
    assert desk.shape("scores") == (None, 5)
    assert desk.states == [EngineState.RESTARTING, EngineState.READY]
    desk.document.undo_stack.undo()
    desk.wait_for_answer()


def test_after_three_deaths_in_a_minute_it_waits_for_the_next_edit(desk: Desk) -> None:
    # The test before was the first.
    desk.engine._deaths.clear()
    for _ in range(3):
        wait_until(lambda: desk.engine.process_id)
        desk.kill()
    assert desk.state() is EngineState.DOWN
    assert desk.notices[-1] == (
        "The engine ended 3 times within a minute (killed by signal 9); "
        "the next edit starts it again. Your diagram is unharmed."
    )
    QTest.qWait(600)
    assert desk.engine.process_id == 0
    desk.set_parameter("scores", "units", 6)
    desk.wait_for_answer()
    assert desk.shape("scores") == (None, 6)
    assert desk.state() is EngineState.READY


def test_an_engine_that_is_shut_down_while_it_restarts_does_not_come_back(qtbot: QtBot) -> None:
    del qtbot
    before = set(engines_of(os.getpid()))
    desk = Desk()
    desk.engine.start()
    wait_until(lambda: desk.engine.process_id)
    desk.kill()
    desk.engine.shut_down()
    QTest.qWait(600)
    assert set(engines_of(os.getpid())) == before


def test_a_closed_window_leaves_no_engine_and_closes_quickly(window: MainWindow) -> None:
    before = set(engines_of(os.getpid()))
    window.start_engines()
    window.trainer.warm_up()
    wait_until(lambda: len(set(engines_of(os.getpid())) - before) == 2)
    engines = set(engines_of(os.getpid())) - before
    began = monotonic()
    window.close()
    assert monotonic() - began < 1.0
    assert alive(engines) == []


def test_a_killed_studio_leaves_no_engine(digits: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "graphstudio", str(digits)]) as studio:
        wait_until(lambda: engines_of(studio.pid), 20)
        # Once it has imported its first module it ends with its parent, whatever else it does.
        wait_until(lambda: _memory_of(engines_of(studio.pid)) > 60e6, 20)
        engines = engines_of(studio.pid)
        os.kill(studio.pid, signal.SIGKILL)
        studio.wait()
        assert wait_until(lambda: not alive(engines), 10) < 2.0


def _memory_of(process_ids: list[int]) -> int:
    return sum(psutil.Process(one).memory_info().rss for one in process_ids)


def test_a_question_that_fails_is_a_finding_and_one_that_cannot_be_sent_deafens_nobody(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk()
    desk.engine._process = EngineProcess(cpu_only=True, parent=desk.engine)
    sent: list[Request] = []
    monkeypatch.setattr(desk.engine._process, "send", encode)
    spoiled = edits.rename_model(desk.document.diagram, "\ud800")
    desk.document.reset(desk.document.project.with_diagram(spoiled))
    with pytest.raises(UnicodeEncodeError):
        desk.engine._receive(Ready(keras_version="3", tensorflow_version="2", devices=()))
    monkeypatch.setattr(desk.engine._process, "send", sent.append)
    desk.document.open(resource_path("examples/digits.gstudio"))
    qtbot.waitUntil(lambda: len(sent) == 1)
    desk.engine._receive(Failed(message="The engine stumbled.", detail="Traceback"))
    assert not desk.findings.pending
    (finding,) = desk.findings.diagnostics
    assert (finding.code, finding.message) == ("not-inspected", "The engine stumbled.")
    assert finding.severity is Severity.ERROR
