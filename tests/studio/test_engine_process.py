"""An engine's process: it is asked and answers in lines, and its end is told in words."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from graphstudio.diagram.diagram import Diagram, InputNode, NodeId
from graphstudio.protocol import Event, Failed, Inspect, Inspected, Ready, Stop
from graphstudio.studio.engine_process import EngineProcess
from tests.studio.waiting import alive, wait_until

DIAGRAM = Diagram(nodes={NodeId("image"): InputNode(name="image", config={"shape": [8, 8, 1]})})


class Heard:
    """A process and everything that it said."""

    def __init__(self) -> None:
        self.process = EngineProcess(cpu_only=True)
        self.events: list[Event] = []
        self.log: list[str] = []
        self.ends: list[str] = []
        self.process.received.connect(self.events.append)
        self.process.logged.connect(self.log.append)
        self.process.ended.connect(self.ends.append)


@pytest.fixture(scope="module")
def engine(qapp: QApplication) -> Iterator[Heard]:
    """One engine for all questions. The first waits for it while it is still starting."""
    del qapp
    heard = Heard()
    heard.process.start()
    yield heard
    heard.process.kill()


@pytest.fixture
def short_lived(qtbot: QtBot) -> Iterator[Heard]:
    del qtbot
    heard = Heard()
    yield heard
    heard.process.kill()


def test_a_question_to_an_engine_that_is_still_starting_is_answered_after_it_is_ready(
    engine: Heard,
) -> None:
    engine.process.send(Inspect(id=5, diagram=DIAGRAM))
    wait_until(lambda: len(engine.events) == 2)
    ready, answer = engine.events
    assert isinstance(ready, Ready)
    assert ready.keras_version.startswith("3.")
    assert [device.kind for device in ready.devices] == ["CPU"]
    assert isinstance(answer, Inspected)
    assert answer.id == 5
    assert answer.nodes[NodeId("image")].outputs[0].shape == (None, 8, 8, 1)


def test_a_request_that_makes_no_sense_fails_in_words_and_the_engine_lives_on(
    engine: Heard,
) -> None:
    count = len(engine.events)
    engine.process.send(Stop())
    engine.process.send(Inspect(id=6, diagram=DIAGRAM))
    wait_until(lambda: len(engine.events) == count + 2)
    failed, answer = engine.events[count:]
    assert isinstance(failed, Failed)
    assert failed.message == "Expected a run to stop; received none before."
    assert isinstance(answer, Inspected)
    assert engine.process.running


def test_an_engine_ends_when_its_input_does(engine: Heard) -> None:
    process_id = engine.process.process_id
    engine.process.close()
    wait_until(lambda: engine.ends, 5)
    assert engine.ends == ["exit code 0"]
    assert not engine.process.running
    assert alive([process_id]) == []


def test_a_killed_process_says_by_which_signal(short_lived: Heard) -> None:
    short_lived.process.start()
    wait_until(lambda: short_lived.process.process_id)
    os.kill(short_lived.process.process_id, signal.SIGKILL)
    wait_until(lambda: short_lived.ends, 5)
    assert short_lived.ends == ["killed by signal 9"]


def test_kill_returns_when_the_process_is_gone_even_while_it_is_starting(
    short_lived: Heard,
) -> None:
    short_lived.process.start()
    wait_until(lambda: short_lived.process.process_id)
    process_id = short_lived.process.process_id
    began = monotonic()
    short_lived.process.kill()
    assert monotonic() - began < 0.4
    assert alive([process_id]) == []


def test_a_program_that_is_not_there_is_said(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    del qtbot
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    heard = Heard()
    heard.process.start()
    wait_until(lambda: heard.ends, 5)
    assert len(heard.ends) == 1
    assert heard.ends[0].startswith("it could not be started: ")


def test_what_is_no_event_goes_to_the_log(monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    del qtbot
    # This answers to any arguments with a line that is no event.
    monkeypatch.setattr(sys, "executable", "/bin/echo")
    heard = Heard()
    heard.process.start()
    wait_until(lambda: heard.ends, 5)
    assert heard.events == []
    assert len(heard.log) == 1
    assert heard.log[0].startswith("Expected an event; received b'-P -m graphstudio engine --cpu")
    assert heard.ends == ["exit code 0"]


def test_a_module_in_the_current_folder_is_not_taken_for_a_library(
    short_lived: Heard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = tmp_path / "ran"
    (tmp_path / "keras.py").write_text(f"open({str(ran)!r}, 'w').close()")
    monkeypatch.chdir(tmp_path)
    short_lived.process.start()
    wait_until(lambda: short_lived.events)
    assert isinstance(short_lived.events[0], Ready)
    assert not ran.exists()


def test_a_line_of_the_log_that_comes_in_parts_is_told_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    del qtbot
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nprintf 'one ' >&2; sleep 0.2; printf 'line\\nlast' >&2\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    heard = Heard()
    heard.process.start()
    wait_until(lambda: heard.ends, 5)
    assert heard.log == ["one line", "last"]
