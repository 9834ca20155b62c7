"""Work beside the window ends, whatever happens in it."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from graphstudio.diagram.project import Project
from graphstudio.studio.beside import Beside
from graphstudio.studio.panels import script_writer
from graphstudio.studio.panels.script_writer import ScriptWriter
from tests.studio.waiting import wait_until

RULES: dict[str, str] = {}


@pytest.fixture
def beside(qtbot: QtBot) -> Iterator[Beside]:
    del qtbot
    beside = Beside()
    yield beside
    beside.wait()


def test_what_was_made_comes_back_to_the_window(beside: Beside) -> None:
    made: list[int] = []
    beside.start(lambda: 6 * 7, made.append)
    assert beside.busy
    assert made == []
    wait_until(lambda: made == [42], 5)
    assert not beside.busy


def test_an_error_is_said_in_the_window_and_the_next_work_can_begin(
    beside: Beside, qtbot: QtBot
) -> None:
    made: list[object] = []
    with qtbot.captureExceptions() as errors, qtbot.waitSignal(beside.freed, timeout=5000):
        beside.start(lambda: RULES["no such rule"], made.append)
    assert [kind for kind, *_ in errors] == [KeyError]
    beside.start(lambda: "next", made.append)
    wait_until(lambda: made == ["next"], 5)


def test_scripts_are_written_on_after_one_that_failed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(script_writer, "_AT_ONCE", -1)
    projects = [Project(code="bad"), Project(code="good")]

    def render(project: Project) -> str:
        if project.code == "bad":
            raise RecursionError("too deep")
        return project.code

    writer = ScriptWriter(render)
    written: list[tuple[str, str]] = []
    writer.written.connect(lambda _, script, why: written.append((script, why)))
    with qtbot.captureExceptions() as errors:
        for project in projects:
            writer.write(project)
        wait_until(lambda: written, 5)
    assert [kind for kind, *_ in errors] == [RecursionError]
    assert written == [("good", "")]
