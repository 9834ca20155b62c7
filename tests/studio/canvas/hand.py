"""Drives a canvas as a hand does: by mouse and keys on what can be seen."""

from dataclasses import dataclass

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.studio.canvas.ports import Side
from graphstudio.studio.canvas.view import CanvasView
from graphstudio.studio.document import Document
from graphstudio.studio.drag import ENTRY_MIME
from graphstudio.studio.findings import Findings
from graphstudio.studio.theme import Theme

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


@dataclass(frozen=True)
class Hand:
    """A canvas with all that belongs to it, and the ways to touch it."""

    view: CanvasView
    document: Document
    findings: Findings
    theme: Theme

    @property
    def diagram(self) -> Diagram:
        return self.document.diagram

    @property
    def wires(self) -> set[tuple[str, str, str, int]]:
        """The wires as source, target, port and order."""
        return {(w.source, w.target, w.port, w.order) for w in self.diagram.wires.values()}

    def node(self, node: str) -> QPoint:
        """Where a node's body can be grabbed."""
        frame = self.view.diagram_scene.nodes[NodeId(node)].frame()
        return self.view.mapFromScene(frame.center() + QPointF(0, -20))

    def output(self, node: str, index: int = 0) -> QPoint:
        item = self.view.diagram_scene.nodes[NodeId(node)]
        return self.view.mapFromScene(item.port_place(Side.OUTPUT, index))

    def input(self, node: str, index: int = 0) -> QPoint:
        item = self.view.diagram_scene.nodes[NodeId(node)]
        return self.view.mapFromScene(item.port_place(Side.INPUT, index))

    def at(self, x: float, y: float) -> QPoint:
        """Where a place of the scene is in the view."""
        return self.view.mapFromScene(QPointF(x, y))

    def press(
        self,
        at: QPoint,
        modifiers: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        QTest.mouseMove(self.view.viewport(), at)
        QTest.mousePress(self.view.viewport(), button, modifiers, at)

    def move(self, start: QPoint, end: QPoint) -> None:
        for step in range(1, 6):
            QTest.mouseMove(self.view.viewport(), start + (end - start) * step / 5)

    def drag(
        self,
        start: QPoint,
        end: QPoint,
        modifiers: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        self.press(start, modifiers, button)
        self.move(start, end)
        QTest.mouseRelease(self.view.viewport(), button, modifiers, end)

    def click(self, at: QPoint, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, modifiers, at)

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.view, key, modifiers)

    def wheel(self, at: QPoint, notches: int) -> None:
        event = QWheelEvent(
            QPointF(at), QPointF(self.view.viewport().mapToGlobal(at)), QPoint(),
            QPoint(0, 120 * notches), Qt.MouseButton.NoButton, NONE,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.view.viewport(), event)

    def drop(self, path: str, at: QPoint) -> None:
        """Let go of something from the palette."""
        mime = QMimeData()
        mime.setData(ENTRY_MIME, path.encode())
        copy = Qt.DropAction.CopyAction
        viewport = self.view.viewport()
        QApplication.sendEvent(viewport, QDragEnterEvent(at, copy, mime, LEFT, NONE))
        QApplication.sendEvent(viewport, QDropEvent(QPointF(at), copy, mime, LEFT, NONE))
