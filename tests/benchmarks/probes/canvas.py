"""A canvas alone, with a large diagram: how long it takes to open, paint, drag, add and undo.

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
from graphstudio.diagram.diagram import Diagram, Layer, LayerId, NodeId, Position, Wire, WireId
from graphstudio.diagram.project import Project
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.long_lived import LongLived
from graphstudio.studio.theme import Theme
from tests.benchmarks.large import answer_about, large_diagram, node_at

SIZE = (1600, 1000)
_DRAGGED = 1000
_DRAG_FRAMES = 60
_ZOOM_STEP = 1.12
_PANS = 3
_PAN = QPoint(90, 40)
_ADDED = 20


class Painted(msgspec.Struct):
    """What the probe measured; times are milliseconds.

    Attributes:
        opened: from the document's value to the first frame, as it opens and as it is whole.
        whole: one frame with all nodes in view.
        frames: of panning and zooming from all nodes in view to one and back.
        drags: of dragging 1,000 selected nodes, from afar and from near.
        added: a node more, each, from the edit on.
        followed: the same from the moment on when the document tells of it: the canvas's part.
        undone: taking edits of several kinds back, each.
    """

    opened: float = 0.0
    whole: float = 0.0
    frames: list[float] = []
    drags: list[float] = []
    added: list[float] = []
    followed: list[float] = []
    undone: list[float] = []


class Canvas:
    """A canvas in a window of its own."""

    def __init__(self) -> None:
        self.document = Document()
        self._told = 0.0
        # As the window has it.
        self._long_lived = LongLived(self.document)
        # The first to be told, ahead of the scene.
        self.document.changed.connect(self._note)
        # Findings of another document never check: what they cost is not the canvas's.
        self.findings = Findings(Document())
        self.view = CanvasView(self.document, self.findings, Theme("dark"), shipped_catalog())
        self.view.resize(*SIZE)
        self.view.show()
        QApplication.processEvents()

    def measure(self, rows: int) -> Painted:
        """Measure everything with a diagram of so many rows."""
        diagram = large_diagram(rows)
        seen = Painted(opened=self._timed(lambda: self._open(diagram)))
        self.findings.receive(answer_about(diagram))
        self.view.fit_all()
        self._timed(lambda: None)
        seen.whole = min(self._timed(lambda: None) for _ in range(5))
        seen.frames = [self._timed(step) for step in self._travel()]
        seen.drags = [*self._drags(diagram, near=False), *self._drags(diagram, near=True)]
        for number in range(_ADDED):
            seen.added.append(self._timed(partial(self._add, number)))
            seen.followed.append((time.perf_counter() - self._told) * 1000)
        seen.undone = list(self._undone(diagram))
        return seen

    def _note(self) -> None:
        self._told = time.perf_counter()

    def _timed(self, step: Callable[[], object]) -> float:
        began = time.perf_counter()
        step()
        self.view.viewport().update()
        # Paints it, with what else the change has left to do, such as the overview.
        QApplication.processEvents()
        return (time.perf_counter() - began) * 1000

    def _open(self, diagram: Diagram) -> None:
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

    def _add(self, number: int) -> None:
        node, layer = NodeId(f"new{number}"), Layer(class_name="keras.layers.Dense", name="new")
        place = Position(48.0 * number, -3000.0)
        if not number:
            # What else is in view is the same in a small diagram and in a large one: nothing.
            self.view.zoom_to(100)
            self.view.centerOn(0, -3000)
        self._apply(
            "add", lambda diagram: edits.add_layer(diagram, (LayerId(node), node), layer, place)
        )

    def _undone(self, diagram: Diagram) -> Iterator[float]:
        """Yield what it takes to undo an edit of each kind, with all nodes in view."""
        self.view.fit_all()
        first, some = node_at(0, 1), list(diagram.nodes)[:_DRAGGED]
        layer = Layer(class_name="keras.layers.Dense", name="new")
        wire = Wire(source=first, target=node_at(0, 9), port="inputs")
        moved = {node: Position(0.0, -500.0) for node in some}
        kinds: tuple[Callable[[Diagram], Diagram], ...] = (
            lambda d: edits.rename(d, first, "renamed"),
            lambda d: edits.set_parameter(d, first, "units", 64),
            lambda d: edits.move_nodes(d, {first: Position(0.0, -300.0)}),
            lambda d: edits.move_nodes(d, moved),
            lambda d: edits.add_layer(d, (LayerId("x"), NodeId("x")), layer, Position(0, -300)),
            lambda d: edits.add_wire(d, WireId("x"), wire),
            lambda d: edits.remove_nodes(d, [first]),
            lambda d: edits.remove_nodes(d, some),
        )
        for kind in kinds:
            self._apply("edit", kind)
            QApplication.processEvents()
            yield self._timed(self.document.undo_stack.undo)

    def _apply(self, title: str, edit: Callable[[Diagram], Diagram]) -> None:
        self.document.apply(title, lambda project: project.with_diagram(edit(project.diagram)))


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
