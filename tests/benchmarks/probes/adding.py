"""What a node more costs in a large diagram and in a small one, side by side.

``python -m tests.benchmarks.probes.adding`` opens windows of the studio on diagrams of 10,000 and
of 100 nodes, and one more of 100, which tells how far equal things are measured apart. By turns a
node is added to each: to the document, with only the canvas following; and in the whole window, by
Enter in the search on the canvas. Each is timed to the painted frame. Checks that wait for the
window, and the engine, which is not started, have no part in this.
"""

import gc
import sys
import time
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.project import Project
from graphstudio.studio.theme import Theme
from graphstudio.studio.window import MainWindow
from tests.benchmarks.large import answer_about, large_diagram
from tests.benchmarks.probes.canvas import Canvas

# Of each, how many rows: large, small, and small once more.
_ROWS = (100, 1, 1)
_WARM, _ADDED = 5, 60


class Added(msgspec.Struct):
    """What the probe measured: milliseconds of each node, for each of the three.

    Attributes:
        canvases: of the document and the canvas.
        windows: of the whole window.
    """

    canvases: tuple[list[float], ...]
    windows: tuple[list[float], ...]


class AddingWindow:
    """The studio's window, out of sight of the others while they are measured."""

    def __init__(self, rows: int) -> None:
        self.window = MainWindow(shipped_catalog(), Theme("dark"))
        self.window.resize(1600, 1000)
        diagram = large_diagram(rows)
        self.window.document.reset(Project(diagram=diagram))
        self.window.findings.receive(answer_about(diagram))

    def add(self, number: int) -> float:
        """Add a node where there is none, by a person's keys, and return the milliseconds."""
        window, canvas = self.window, self.window.canvas
        window.document.select(())
        canvas.zoom_to(100)
        canvas.centerOn(300.0 * number, -3000.0)
        canvas.setFocus()
        QTest.keyClick(canvas, Qt.Key.Key_Tab)
        field = window.finding.popup.field
        QTest.keyClicks(field, "dense")
        _settle(window)
        count = len(window.document.diagram.nodes)
        began = time.perf_counter()
        QTest.keyClick(field, Qt.Key.Key_Return)
        canvas.viewport().repaint()
        taken = time.perf_counter() - began
        if len(window.document.diagram.nodes) != count + 1:
            raise RuntimeError("Expected a node more; the search added none.")
        return taken * 1000


def _settle(window: MainWindow) -> None:
    """Let all that waits for the window be done."""
    QApplication.processEvents()
    while window.findings.checking:
        QApplication.processEvents()


def _canvas(rows: int) -> Canvas:
    canvas, diagram = Canvas(), large_diagram(rows)
    canvas.open(diagram)
    canvas.findings.receive(answer_about(diagram))
    return canvas


def _by_turns(
    shown: list[QWidget], adders: list[Callable[[int], float]]
) -> tuple[list[float], ...]:
    """Add a node to each in turn, and return what each of them took, but for the first few."""
    taken: tuple[list[float], ...] = tuple([] for _ in adders)
    gc.collect()
    gc.freeze()
    for number in range(_WARM + _ADDED):
        for widget, add, times in zip(shown, adders, taken, strict=True):
            widget.show()
            QApplication.processEvents()
            times.append(add(number))
            QApplication.processEvents()
            widget.hide()
    return tuple(times[_WARM:] for times in taken)


def main() -> int:
    """Measure, and write what was measured."""
    application = QApplication(sys.argv[:1])
    canvases = [_canvas(rows) for rows in _ROWS]
    on_canvases = _by_turns([one.view for one in canvases], [one.add for one in canvases])
    windows = [AddingWindow(rows) for rows in _ROWS]
    in_windows = _by_turns([one.window for one in windows], [one.add for one in windows])
    seen = Added(on_canvases, in_windows)
    sys.stdout.write(msgspec.json.encode(seen).decode() + "\n")
    sys.stdout.flush()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
