"""The view of a diagram: which part of it is seen, and how large."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from graphstudio.diagram.diagram import NodeId, Position
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.nesting import LayerPath
from graphstudio.studio.canvas.measured import measures_of
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.zoom_view import FIT_MARGIN, ZoomView
from graphstudio.studio.document import Document
from graphstudio.studio.theme import Theme


class DiagramView(ZoomView):
    """Looks at the diagram in view, and at each model as it was left.

    Args:
        scene: what is looked at.
        document: what is in view.
        theme: colours.
        parent: what it lives as long as.
    """

    def __init__(
        self, scene: DiagramScene, document: Document, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(scene, theme, parent)
        self._scene = scene
        self._document = document
        self._place = document.place
        self._left: dict[LayerPath, tuple[float, QPointF]] = {}
        document.place_changed.connect(self._follow_place)
        document.replaced.connect(lambda *_: self._left.clear())

    @property
    def diagram_scene(self) -> DiagramScene:
        """The scene with the items of the diagram."""
        return self._scene

    def fit_all(self) -> None:
        """Show all nodes, frames and notes, no larger than at 100 percent."""
        self.fit(self._scene.outline())

    def fit_selection(self) -> None:
        """Show the selected nodes, no larger than at 100 percent; all where none is selected."""
        around = QRectF()
        for frame in self._scene.nodes.frames(self._document.selection):
            around = around.united(frame)
        self.fit(around if not around.isEmpty() else self._scene.outline())

    def show_opened(self) -> None:
        """Show a diagram that has just come into view: all of it, or its start if it is long."""
        self.show_readable(self._scene.outline())

    @property
    def looks_at(self) -> tuple[float, QPointF]:
        """The zoom in percent, and the place of the diagram in the middle."""
        return self.zoom, self.mapToScene(self.viewport().rect().center())

    def look_at(self, zoom: float, centre: QPointF) -> None:
        """Zoom to a percentage, with a place of the diagram in the middle."""
        self.zoom_to(zoom)
        self.centerOn(centre)

    def center_on_node(self, node_id: NodeId) -> None:
        """Bring a node to the middle of the view."""
        self.centerOn(self._scene.nodes[node_id].frame().center())

    def measures(self, direction: Direction | None = None) -> Measures:
        """Return how large the nodes are drawn, or would be if all were read in a direction."""
        values = {node: item.value for node, item in self._scene.nodes.items()}
        diagram = self._scene.diagram
        return measures_of(diagram, values, direction or diagram.direction)

    def places(self) -> dict[NodeId, Position]:
        """Return where each node is shown."""
        return {node: Position(item.x(), item.y()) for node, item in self._scene.nodes.items()}

    def show_nodes(self, nodes: Iterable[NodeId]) -> None:
        """Bring nodes into the view, unless some of them are to be seen already."""
        frames = [self._scene.nodes[node].frame() for node in nodes]
        shown = self.mapToScene(self.viewport().rect()).boundingRect()
        if frames and not any(shown.intersects(frame) for frame in frames):
            self.ensureVisible(frames[0], FIT_MARGIN, FIT_MARGIN)

    def _follow_place(self) -> None:
        """Show a model that is opened, and one that was left as it was then."""
        self._left[self._place] = self.looks_at
        self._place = self._document.place
        if self._place in self._left:
            self.look_at(*self._left[self._place])
        else:
            self.show_opened()
