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
from graphstudio.diagram.diagram import NodeId, Position, WireId
from graphstudio.studio.canvas.geometry import snapped
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
        self, scene: DiagramScene, document: Document, grabbed: NodeId, pointer: Pointer
    ) -> None:
        self._scene = scene
        self._document = document
        self._grabbed = grabbed
        self._keeps = pointer.adds
        self._start = pointer.scene
        self._before = {
            node: Position(item.x(), item.y())
            for node, item in scene.nodes.items()
            if node in document.selection
        }
        self._after = self._before
        self._moved = False

    def move(self, pointer: Pointer) -> None:
        """Show the nodes where they would lie."""
        way = pointer.scene - self._start
        origin = self._before.get(self._grabbed)
        if origin is None:
            return
        self._moved = True
        x, y = origin.x + way.x(), origin.y + way.y()
        if not pointer.modifiers & Qt.KeyboardModifier.AltModifier:
            x, y = snapped(x), snapped(y)
        self._after = {
            node: Position(place.x + x - origin.x, place.y + y - origin.y)
            for node, place in self._before.items()
        }
        self._scene.preview_positions(self._after)

    def end(self, pointer: Pointer) -> None:
        """Move them."""
        if not self._moved:
            if not self._keeps:
                self._document.select([self._grabbed])
            return
        self.move(pointer)
        after = self._after
        self._document.apply(
            "move",
            lambda project: project.with_diagram(edits.move_nodes(project.diagram, after)),
        )

    def cancel(self) -> None:
        """Put them back, which is where the document has them by now."""
        places = self._document.diagram.positions
        self._scene.preview_positions(
            {node: places.get(node, place) for node, place in self._before.items()}
        )


class RubberBand:
    """Selects nodes and notes that a rectangle touches, wires and frames that it holds whole."""

    def __init__(
        self, scene: DiagramScene, document: Document, palette: Palette, pointer: Pointer
    ) -> None:
        self._scene = scene
        self._document = document
        self._start = pointer.scene
        self._nodes = document.selection
        self._wires = scene.selected_wires
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
        self._select(frozenset(), frozenset(), NO_MARKS)

    def move(self, pointer: Pointer) -> None:
        """Select what the rectangle touches by now."""
        band = QRectF(self._start, pointer.scene).normalized()
        self._band.setRect(band)
        nodes = (node for node, item in self._scene.nodes.items() if band.intersects(item.frame()))
        wires = (wire for wire, item in self._scene.wires.items()
                 if band.contains(item.boundingRect()))  # fmt: skip
        self._select(frozenset(nodes), frozenset(wires), self._scene.marks.banded(band))

    def end(self, _pointer: Pointer) -> None:
        """Keep the selection."""
        self._scene.removeItem(self._band)

    def cancel(self) -> None:
        """Select what was selected before."""
        self._scene.removeItem(self._band)
        self._document.select(self._nodes, self._marks)
        self._scene.select_wires(self._wires)

    def _select(self, nodes: frozenset[NodeId], wires: frozenset[WireId], marks: Marks) -> None:
        if self._keeps:
            nodes, wires, marks = nodes | self._nodes, wires | self._wires, marks | self._marks
        self._document.select(nodes, marks)
        self._scene.select_wires(wires)
