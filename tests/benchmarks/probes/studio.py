"""The studio as its command opens it, watched from inside until it answers a click, and beyond.

``python -m tests.benchmarks.probes.studio FILE [--train]`` writes when the window answered, and
which modules were loaded then; with ``--train`` it trains the project as well, and writes when
each part of that was over and when an event loop's clock of two milliseconds ticked.
"""

import sys
import time
from pathlib import Path
from unittest.mock import patch

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from graphstudio import __main__
from graphstudio.studio import app
from graphstudio.studio.run import RunState
from graphstudio.studio.window import MainWindow
from graphstudio.studio.windows import Windows
from tests.benchmarks.probes.answering import Answering
from tests.benchmarks.probes.click import click
from tests.benchmarks.probes.clock import Clock

_KERAS = {"keras", "tensorflow"}
# Seconds; beyond them something hangs.
_PATIENCE = 180
# What the end of a run has the window do belongs to the run.
_AFTERMATH = 0.5


class Seen(msgspec.Struct):
    """What the probe saw; times are those of the monotonic clock, in seconds.

    Attributes:
        answered: when the window had been shown and painted and had handled a click.
        keras_modules: modules of Keras and TensorFlow in the process then.
        inspected: when the engine had imported TensorFlow and the canvas showed its shapes.
        trained: when the run was over.
        ticks: when the clock ticked.
    """

    answered: float = 0.0
    keras_modules: int = 0
    inspected: float = 0.0
    trained: float = 0.0
    ticks: list[float] = []


class Watch(QObject):
    """Follows a window from its first paint to the end."""

    def __init__(self, window: MainWindow, *, train: bool) -> None:
        super().__init__(window)
        self._window = window
        self._train = train
        self._seen = Seen()
        self._clock = Clock(self)
        Answering(window.canvas.viewport(), self._click, self._answered)
        self._clock.after(_PATIENCE, lambda: self._give_up("Expected an end in time."))

    def _click(self) -> list[QMouseEvent]:
        """Return the press and the release of a click on a node."""
        canvas = self._window.canvas
        node = next(iter(canvas.diagram_scene.nodes.values()))
        return click(canvas.viewport(), canvas.mapFromScene(node.frame().center()))

    def _answered(self, when: float) -> None:
        if not self._window.document.selection:
            self._give_up("Expected the click to select a node; received no selection.")
            return
        self._seen.answered = when
        roots = [name.partition(".")[0] for name in sys.modules]
        self._seen.keras_modules = sum(root in _KERAS for root in roots)
        if not self._train:
            self._close()
            return
        self._clock.start()
        self._window.findings.changed.connect(self._inspected)
        self._window.trainer.state_changed.connect(self._follow_run)

    def _inspected(self) -> None:
        if self._window.findings.pending or self._seen.inspected:
            return
        self._seen.inspected = time.monotonic()
        self._window.train()

    def _follow_run(self, state: RunState) -> None:
        if state is RunState.FAILED:
            self._give_up("Expected the run to finish; received its failure.")
        elif state.over and not self._seen.trained:
            self._clock.after(_AFTERMATH, self._trained)

    def _trained(self) -> None:
        self._seen.trained = time.monotonic()
        self._close()

    def _give_up(self, why: str) -> None:
        sys.stderr.write(why + "\n")
        QApplication.exit(1)

    def _close(self) -> None:
        self._seen.ticks = self._clock.ticks
        sys.stdout.write(msgspec.json.encode(self._seen).decode() + "\n")
        sys.stdout.flush()
        self._window.close()
        QApplication.quit()


def main() -> int:
    """Open the studio as its command does, and watch it."""
    words = sys.argv[1:]
    train = "--train" in words
    sys.argv[1:] = [word for word in words if word != "--train"]
    open_windows = app.open_windows

    def watched(file: Path | None) -> Windows:
        windows = open_windows(file)
        Watch(windows.all[0], train=train)
        return windows

    with patch.object(app, "open_windows", watched):
        return __main__.main()


if __name__ == "__main__":
    sys.exit(main())
