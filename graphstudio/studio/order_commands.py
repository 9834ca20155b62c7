"""The commands that put nodes in order: arrange, align and distribute."""

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Signal

from graphstudio.diagram.align import Line, Spread, aligned, distributed
from graphstudio.diagram.arranged import read_in
from graphstudio.diagram.diagram import NodeId, Position
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.rectangles import Rectangle, rectangles
from graphstudio.studio.arranger import Arranger
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document

_TO_ALIGN = 2
_TO_DISTRIBUTE = 3


class OrderCommands(QObject):
    """Carries the commands out on what is selected, or on everything.

    Args:
        document: whose nodes are put in order.
        canvas: where they are drawn, which knows how large they are.
        parent: what it lives as long as.

    Signals:
        refused: a sentence that says why a command was not carried out.
    """

    refused = Signal(str)

    def __init__(
        self, document: Document, canvas: CanvasView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._canvas = canvas
        self._arranger = Arranger(document, self)
        self._arranger.refused.connect(self.refused)
        self._arranger.arranged.connect(self._show_all)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """Return what each command does, by the id of its action."""
        return {
            "arrange": self._arrange,
            "arrange_right": partial(self._arrange, Direction.RIGHT),
            "arrange_down": partial(self._arrange, Direction.DOWN),
            **{f"align_{line.value}": partial(self._align, line) for line in Line},
            **{f"distribute_{one.value}": partial(self._distribute, one) for one in Spread},
        }

    def sensible(self) -> Mapping[str, bool]:
        """Return whether each command makes sense now."""
        diagram, selected = self._document.diagram, self._document.selection
        free = len(selected - diagram.locked)
        any_nodes = bool(diagram.nodes)
        return {
            "arrange": any_nodes,
            "arrange_right": any_nodes,
            "arrange_down": any_nodes,
            **{f"align_{one.value}": free > 0 and len(selected) >= _TO_ALIGN for one in Line},
            **{f"distribute_{one.value}": free >= _TO_DISTRIBUTE for one in Spread},
        }

    def close(self) -> None:
        """Wait for a layout that is being made: nothing of it outlives the window."""
        self._arranger.wait()

    def _arrange(self, direction: Direction | None = None) -> None:
        """Lay out the selection or all in a direction; without, the way the diagram is read."""
        direction = direction or self._document.diagram.direction
        selected = self._document.selection
        part = selected if len(selected) > 1 else frozenset[NodeId]()
        read = read_in(self._document.diagram, direction, part)
        drawn, measures = self._canvas.measures(), self._canvas.measures(read)
        self._arranger.arrange(drawn, measures, direction, part)

    def _show_all(self, everything: bool) -> None:  # noqa: FBT001 - as the signal gives it
        if everything:
            self._canvas.fit_all()

    def _align(self, line: Line) -> None:
        locked = self._document.diagram.locked
        places = aligned(self._boxes(self._document.selection), line)
        self._move(f"align {line.value}", {n: at for n, at in places.items() if n not in locked})

    def _distribute(self, spread: Spread) -> None:
        free = self._document.selection - self._document.diagram.locked
        if len(free) >= _TO_DISTRIBUTE:
            self._move("distribute", distributed(self._boxes(free), spread))

    def _boxes(self, nodes: frozenset[NodeId]) -> Mapping[NodeId, Rectangle]:
        # Where the canvas has them: the document may have no places yet.
        places = {node: at for node, at in self._canvas.places().items() if node in nodes}
        return rectangles(places, self._canvas.measures())

    def _move(self, title: str, places: Mapping[NodeId, Position]) -> None:
        self._document.edit(title, lambda diagram: move_nodes(diagram, places))
