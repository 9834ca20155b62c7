"""A canvas alone, with a large diagram: how long it takes to open, paint, drag and undo.

``python -m tests.benchmarks.probes.canvas ROWS`` writes what it measured on a diagram of 100 nodes
and 120 wires a row. A frame is a full repaint of the viewport of 1600 by 1000 pixels; each is
timed from before the change to the view or the document until it is painted. The document is the
studio's own. What Keras says is given to the canvas at once; the checks, the panels and the engine
have no part in this.
"""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import msgspec
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram import edits
from graphstudio.diagram.diagram import Diagram, Layer, LayerId, NodeId, Position
from graphstudio.diagram.project import Project
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.long_lived import LongLived
from graphstudio.studio.theme import Theme
from tests.benchmarks.large import answer_about, large_diagram
from tests.benchmarks.probes.edits import edits_of

SIZE = (1600, 1000)
_DRAGGED = 1000
_DRAG_FRAMES = 60
_ZOOM_STEP = 1.12
_PANS = 3
_PAN = QPoint(90, 40)
_UNDONE = 3


class Painted(msgspec.Struct):
    """What the probe measured; times are milliseconds.

    Attributes:
        opened: from the document's value to the first frame, as it opens and as it is whole.
        whole: one frame with all nodes in view.
        frames: of panning and zooming from all nodes in view to one and back.
        drags: of dragging 1,000 selected nodes, from afar and from near.
        undone: taking edits of each kind back, by what was done.
    """

    opened: float = 0.0
    whole: float = 0.0
    frames: list[float] = []
    drags: list[float] = []
    undone: dict[str, float] = {}


class Canvas:
    """A canvas in a window of its own."""

    def __init__(self) -> None:
        self.document = Document()
        # As the window has it.
        self._long_lived = LongLived(self.document)
        # Findings of another document never check: what they cost is not the canvas's.
        self.findings = Findings(Document())
        self.view = CanvasView(self.document, self.findings, Theme("dark"), shipped_catalog())
        self.view.resize(*SIZE)
        self.view.show()
        QApplication.processEvents()

    def measure(self, rows: int) -> Painted:
        """Measure everything with a diagram of so many rows."""
        diagram = large_diagram(rows)
        seen = Painted(opened=self._timed(lambda: self.open(diagram)))
        self.findings.receive(answer_about(diagram))
        self.view.fit_all()
        self._timed(lambda: None)
        seen.whole = min(self._timed(lambda: None) for _ in range(5))
        seen.frames = [self._timed(step) for step in self._travel()]
        seen.drags = [*self._drags(diagram, near=False), *self._drags(diagram, near=True)]
        seen.undone = dict(self._undone(diagram))
        return seen

    def _timed(self, step: Callable[[], object]) -> float:
        began = time.perf_counter()
        step()
        self.view.viewport().update()
        # Paints it, with what else the change has left to do, such as the overview.
        QApplication.processEvents()
        return (time.perf_counter() - began) * 1000

    def open(self, diagram: Diagram) -> None:
        """Show a diagram."""
        self.document.reset(Project(diagram=diagram))
        self.view.show_opened()

    def _travel(self) -> Iterator[Callable[[], object]]:
        """Yield steps of the view: in by the wheel's notches with pans between, and out again."""
        view = self.view
        view.fit_all()
        whole = view.zoom
        scales = [whole]
        while scales[-1] < 400:
            scales.append(min(scales[-1] * _ZOOM_STEP, 400))
        for scale in (*scales, *reversed(scales)):
            yield partial(view.zoom_to, scale)
            for number in range(_PANS):
                yield partial(self._pan, _PAN * (1 - 2 * (number % 2)))

    def _pan(self, way: QPoint) -> None:
        for bar, step in (
            (self.view.horizontalScrollBar(), way.x()),
            (self.view.verticalScrollBar(), way.y()),
        ):
            bar.setValue(bar.value() + step)

    def _drags(self, diagram: Diagram, *, near: bool) -> Iterator[float]:
        chosen = list(diagram.nodes)[:_DRAGGED]
        self.document.select(chosen)
        self.view.fit_all()
        if near:
            self.view.zoom_to(60)
            self.view.center_on_node(chosen[len(chosen) // 2])
        self._timed(lambda: None)
        places = [diagram.positions[node] for node in chosen]
        for number in range(1, _DRAG_FRAMES + 1):
            way = 8.0 * number
            moved = {
                node: Position(place.x + way, place.y + way)
                for node, place in zip(chosen, places, strict=True)
            }
            yield self._timed(partial(self.view.diagram_scene.preview_positions, moved))
        self.view.diagram_scene.preview_positions(dict(zip(chosen, places, strict=True)))
        self.document.select(())

    def add(self, number: int) -> float:
        """Add a node where there is none; return the milliseconds until it is painted."""
        node, layer = NodeId(f"new{number}"), Layer(class_name="keras.layers.Dense", name="new")
        place = Position(48.0 * number, -3000.0)
        # What else is in view is the same in a small diagram and in a large one: nothing.
        self.view.zoom_to(100)
        self.view.centerOn(0, -3000)
        QApplication.processEvents()
        ids = (LayerId(node), node)
        return self._timed(lambda: self._apply(lambda d: edits.add_layer(d, ids, layer, place)))

    def _undone(self, diagram: Diagram) -> Iterator[tuple[str, float]]:
        """Yield what it takes to undo an edit of each kind, with all nodes in view."""
        self.view.fit_all()
        for kind, edit in edits_of(diagram).items():
            taken: list[float] = []
            for _ in range(_UNDONE):
                self._apply(edit)
                QApplication.processEvents()
                taken.append(self._timed(self.document.undo_stack.undo))
            yield kind, sorted(taken)[_UNDONE // 2]

    def _apply(self, edit: Callable[[Diagram], Diagram]) -> None:
        self.document.apply("edit", lambda project: project.with_diagram(edit(project.diagram)))


def main() -> int:
    """Measure, and write what was measured."""
    application = QApplication(sys.argv[:1])
    seen = Canvas().measure(int(sys.argv[1]))
    sys.stdout.write(msgspec.json.encode(seen).decode() + "\n")
    sys.stdout.flush()
    application.quit()
    return 0


if __name__ == "__main__":
    sys.exit(main())
