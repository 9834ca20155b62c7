"""The studio as a program: how it starts, how it ends, and what it does with its own errors."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from graphstudio.diagram.diagram import NodeId
from graphstudio.studio.app import _Excepthook
from graphstudio.studio.windows import Windows
from tests.studio.waiting import alive, engines_of, wait_until

# The real program, with a hand that says what it sees and closes the window.
STUDIO = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QTimer
from graphstudio.studio import app, windows

began = float(sys.argv[2])

class ClosingWindow(windows.MainWindow):
    def start_engines(self):
        heavy = {"keras", "tensorflow", "graphstudio.engine"} & sys.modules.keys()
        print(time.time() - began, self.isVisible(), sorted(heavy), self.notices.text, sep="|")
        super().start_engines()
        QTimer.singleShot(300, self.close)

windows.MainWindow = ClosingWindow
sys.exit(app.open_studio(Path(sys.argv[1])))
"""


def open_and_close(file: Path) -> tuple[float, list[str]]:
    """Return after how many seconds the window was up, and what was seen then."""
    began = float(subprocess.check_output(["date", "+%s.%N"]))  # noqa: S607
    done = subprocess.run(
        [sys.executable, "-c", STUDIO, str(file), str(began)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    seconds, *seen = done.stdout.strip().split("|")
    return float(seconds), seen


def test_the_window_is_up_in_a_moment_and_without_keras(digits: Path) -> None:
    seconds, seen = open_and_close(digits)
    assert seen == ["True", "[]", ""]
    assert seconds < 4.0


def test_a_file_that_cannot_be_opened_is_said_in_the_window(tmp_path: Path) -> None:
    _, seen = open_and_close(tmp_path / "gone.gstudio")
    assert seen[2] == "gone.gstudio cannot be read: No such file or directory."


def test_ctrl_c_in_the_terminal_ends_it_with_its_engines(digits: Path) -> None:
    with subprocess.Popen([sys.executable, "-m", "graphstudio", str(digits)]) as studio:
        wait_until(lambda: engines_of(studio.pid), 20)
        engines = engines_of(studio.pid)
        os.kill(studio.pid, signal.SIGINT)
        assert studio.wait(5) == -signal.SIGINT
        wait_until(lambda: not alive(engines), 15)


def test_an_error_of_the_program_itself_is_said_and_logged_and_the_window_lives_on(
    windows_on: Windows, capsys: pytest.CaptureFixture[str]
) -> None:
    window = windows_on.all[0]
    before = window.document.project
    with pytest.raises(KeyError) as raised:
        window.canvas.center_on_node(NodeId("lost"))
    _Excepthook(windows_on)(raised.type, raised.value, raised.tb)
    assert window.notices.text == (
        "Something in Graph Studio itself went wrong (KeyError: 'lost'). "
        "Your diagram is unharmed; the Log tab has the details."
    )
    assert "Traceback" in window.log._text.toPlainText()
    assert "Traceback" in capsys.readouterr().err
    assert window.document.project is before
    assert window.isVisible()
