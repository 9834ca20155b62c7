"""The gesture that cuts every wire that the pointer is drawn across."""

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import WireId
from graphstudio.studio.canvas.gestures import Pointer
from graphstudio.studio.canvas.hits import wires_across
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.theme import Palette

_CROSSED_WIDTH = 4.0


class CutWires:
    """Draws a line freehand and shows which wires it crosses; they go as one edit.

    Wires into locked nodes are not cut.
    """

    def __init__(
        self, scene: DiagramScene, document: Document, palette: Palette, pointer: Pointer
    ) -> None:
        self._scene = scene
        self._document = document
        self._last = pointer.scene
        self._line = QPainterPath(pointer.scene)
        self._crossed: dict[WireId, None] = {}
        colour = QColor(palette.error)
        blade = QPen(colour, 1.5, Qt.PenStyle.DashLine)
        blade.setCosmetic(True)
        self._blade = self._put_up(blade)
        self._marks = self._put_up(QPen(colour, _CROSSED_WIDTH))

    def move(self, pointer: Pointer) -> None:
        """Go on with the line, and show what it has crossed by now."""
        step = QLineF(self._last, pointer.scene)
        self._last = pointer.scene
        self._line.lineTo(pointer.scene)
        self._blade.setPath(self._line)
        diagram = self._scene.diagram
        found = {
            wire
            for wire in wires_across(self._scene, step)
            if diagram.wires[wire].target not in diagram.locked
        }
        if found - self._crossed.keys():
            self._crossed.update(dict.fromkeys(found))
            self._show_crossed()

    def end(self, pointer: Pointer) -> None:
        """Cut what was crossed."""
        if pointer.scene != self._last:
            self.move(pointer)
        self.cancel()
        cut = self._crossed.keys()
        if cut:
            self._document.edit(
                "cut wire" if len(cut) == 1 else f"cut {len(cut)} wires",
                lambda diagram: edits.remove_wires(diagram, cut),
            )

    def cancel(self) -> None:
        """Cut nothing."""
        for item in (self._blade, self._marks):
            self._scene.removeItem(item)

    def _put_up(self, pen: QPen) -> QGraphicsPathItem:
        item = QGraphicsPathItem()
        item.setPen(pen)
        item.setZValue(2)
        self._scene.addItem(item)
        return item

    def _show_crossed(self) -> None:
        whole = QPainterPath(QPointF())
        for wire in self._crossed:
            whole.addPath(self._scene.wires[wire].path)
        self._marks.setPath(whole)
