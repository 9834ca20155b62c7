"""Gestures: what a hand does between pressing and letting go, each as one object.

A gesture starts when it is made, follows :meth:`Gesture.move`, and comes to nothing or to one edit
with :meth:`Gesture.end` or :meth:`Gesture.cancel`.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QGraphicsView

from graphstudio.diagram import edits
from graphstudio.diagram.annotations import NO_MARKS, Marks
from graphstudio.diagram.bends import Bend, move_bends
from graphstudio.diagram.diagram import Diagram, NodeId, Position, WireId
from graphstudio.studio.canvas.guides import Guided
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.theme import Palette


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where the pointer is, in the view and in the scene, and which keys are held."""

    view: QPoint
    scene: QPointF
    modifiers: Qt.KeyboardModifier

    @property
    def adds(self) -> bool:
        """Whether what is selected now joins what was selected before."""
        return bool(self.modifiers & Qt.KeyboardModifier.ShiftModifier)


class Gesture(Protocol):
    """Something that a hand does with the button held."""

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""

    def end(self, pointer: Pointer) -> None:
        """Let go: do what was meant."""

    def cancel(self) -> None:
        """Leave everything as it was."""


class Pan:
    """Drags the canvas along under the pointer."""

    def __init__(self, view: QGraphicsView, pointer: Pointer) -> None:
        self._bars = (view.horizontalScrollBar(), view.verticalScrollBar())
        self._start = pointer.view
        self._values = tuple(bar.value() for bar in self._bars)

    def move(self, pointer: Pointer) -> None:
        """Follow the pointer."""
        way = pointer.view - self._start
        for bar, value, step in zip(self._bars, self._values, (way.x(), way.y()), strict=True):
            bar.setValue(value - step)

    def end(self, pointer: Pointer) -> None:
        """Stay where the pointer is."""
        self.move(pointer)

    def cancel(self) -> None:
        """Go back."""
        for bar, value in zip(self._bars, self._values, strict=True):
            bar.setValue(value)


class MoveNodes:
    """Moves the selected nodes together, and only as one edit when it ends.

    A press that does not move selects the pressed node alone.
    """

    def __init__(
        self,
        scene: DiagramScene,
        document: Document,
        palette: Palette,
        grabbed: NodeId,
        pointer: Pointer,
    ) -> None:
        self._scene = scene
        self._document = document
        self._grabbed = grabbed
        self._keeps = pointer.adds
        self._start = pointer.scene
        self._before = {
            node: Position(scene.nodes[node].x(), scene.nodes[node].y())
            for node in document.selection
        }
        self._after = self._before
        self._bends = {bend: scene.bends.places[bend] for bend in document.selected_bends}
        self._moved = False
        self._guided = Guided(scene, grabbed, self._before.keys(), palette)

    def move(self, pointer: Pointer) -> None:
        """Show the nodes where they would lie."""
        way = pointer.scene - self._start
        origin = self._before.get(self._grabbed)
        if origin is None:
            return
        self._moved = True
        x, y = origin.x + way.x(), origin.y + way.y()
        if pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            self._guided.free()
        else:
            place = self._guided.place(x, y)
            x, y = place.x, place.y
        self._after = {
            node: Position(place.x + x - origin.x, place.y + y - origin.y)
            for node, place in self._before.items()
        }
        self._scene.preview_positions(self._after)
        if self._scene.diagram.bends:
            self._scene.show_bends(self._edited(self._scene.diagram).bends)

    def end(self, pointer: Pointer) -> None:
        """Move them."""
        if not self._moved:
            self._guided.end()
            if not self._keeps:
                self._document.select([self._grabbed])
            return
        self.move(pointer)
        self._guided.end()
        moved = self._document.edit("move", self._edited)
        if not moved:
            self.cancel()

    def cancel(self) -> None:
        """Put them back, which is where the document has them by now."""
        self._guided.end()
        places = self._document.diagram.positions
        self._scene.preview_positions(
            {node: places.get(node, place) for node, place in self._before.items()}
        )
        self._scene.show_bends(self._document.diagram.bends)

    def _edited(self, diagram: Diagram) -> Diagram:
        """Return the diagram with the nodes where they are shown, and the selected bends along."""
        before, after = self._before[self._grabbed], self._after[self._grabbed]
        way = QPointF(after.x - before.x, after.y - before.y)
        places = {
            bend: Position(place.x() + way.x(), place.y() + way.y())
            for bend, place in self._bends.items()
        }
        return move_bends(edits.move_nodes(diagram, self._after), places)


class RubberBand:
    """Selects the nodes and notes that a rectangle touches, and what else it holds whole."""

    def __init__(
        self, scene: DiagramScene, document: Document, palette: Palette, pointer: Pointer
    ) -> None:
        self._scene = scene
        self._document = document
        self._start = pointer.scene
        self._nodes = document.selection
        self._wires = document.selected_wires
        self._bends = document.selected_bends
        self._marks = document.selected_marks
        self._keeps = pointer.adds
        self._band = QGraphicsRectItem()
        accent = QColor(palette.accent)
        pen = QPen(accent, 1)
        pen.setCosmetic(True)
        self._band.setPen(pen)
        accent.setAlpha(32)
        self._band.setBrush(accent)
        self._band.setZValue(2)
        scene.addItem(self._band)
        self._select(frozenset(), frozenset(), frozenset(), NO_MARKS)

    def move(self, pointer: Pointer) -> None:
        """Select what the rectangle touches by now."""
        band = QRectF(self._start, pointer.scene).normalized()
        self._band.setRect(band)
        nodes = frozenset(item.node_id for item in self._scene.nodes.touching(band))
        bends = (bend for bend, place in self._scene.bends.places.items() if band.contains(place))
        wires, marks = self._scene.wires.within(band), self._scene.marks.banded(band)
        self._select(nodes, wires, frozenset(bends), marks)

    def end(self, _pointer: Pointer) -> None:
        """Keep the selection."""
        self._scene.removeItem(self._band)

    def cancel(self) -> None:
        """Select what was selected before."""
        self._scene.removeItem(self._band)
        self._document.select(self._nodes, self._marks, self._wires, self._bends)

    def _select(
        self,
        nodes: frozenset[NodeId],
        wires: frozenset[WireId],
        bends: frozenset[Bend],
        marks: Marks,
    ) -> None:
        if self._keeps:
            nodes, wires = nodes | self._nodes, wires | self._wires
            bends, marks = bends | self._bends, marks | self._marks
        self._document.select(nodes, marks, wires, bends)
