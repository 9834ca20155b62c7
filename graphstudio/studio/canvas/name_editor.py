"""Renaming in place: a line over a node's name."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QFont, QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QGraphicsView, QLineEdit

from graphstudio.diagram import edits
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.locks import locked_sentence
from graphstudio.diagram.name_checks import problem_with_name
from graphstudio.studio.canvas.node_item import NodeItem
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.restyle import set_property
from graphstudio.studio.theme import sans

_LEFT, _TOP, _HEIGHT = 12.0, 6.0, 24.0
_RIGHT = 8.0
_NARROWEST = 140
_FONT = 13
# The style sheet puts as much between the edge of a field and its text.
_PADDING = 9


def name_area(item: NodeItem) -> QRectF:
    """Return where a node's name stands, in the scene."""
    frame = item.frame()
    width = QFontMetricsF(sans(_FONT, QFont.Weight.DemiBold)).horizontalAdvance(item.value.name)
    room = frame.width() - _LEFT - _RIGHT
    top = frame.top() + item.shape.head + _TOP
    return QRectF(frame.left() + _LEFT, top, min(width + _RIGHT, room), _HEIGHT)


class NameEditor(QLineEdit):
    """Takes a new name on Enter or when the focus goes, and none on Escape.

    A name that cannot be used is marked; Enter says why and lets the user go on.

    Args:
        view: the canvas.
        scene: where the nodes are.
        document: what is edited.
        refuse: says why a name is not taken.
    """

    def __init__(
        self,
        view: QGraphicsView,
        scene: DiagramScene,
        document: Document,
        refuse: Callable[[str, QPoint], None],
    ) -> None:
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._document = document
        self._refuse = refuse
        self._node: NodeId | None = None
        self.setAccessibleName("Name of the node")
        self.hide()
        self.textEdited.connect(self._mark)
        document.changed.connect(self._follow)
        scene.outlines_changed.connect(self._stand)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self._stand)

    def open(self, node: NodeId) -> None:
        """Let the user rename a node, unless it is locked."""
        diagram = self._document.diagram
        name = diagram.name_of(node)
        self._document.select([node])
        if node in diagram.locked:
            self._refuse(locked_sentence(name, "renamed"), self._place(node))
            return
        self._node = node
        self.setText(name)
        self._mark(name)
        self._stand()
        self.show()
        self.selectAll()
        self.setFocus()

    def commit_pending(self) -> None:
        """Take a good name that is being written, as before saving; a bad one stays to be seen."""
        if self._node is not None and self._problem(self.text()) is None:
            self._commit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the name, or leave it as it was."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._commit()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take a good name when the user goes on elsewhere; a menu comes back here."""
        super().focusOutEvent(event)
        if event.reason() is Qt.FocusReason.PopupFocusReason or self._node is None:
            return
        if self._problem(self.text()) is None:
            self._rename(self._node, self.text())
        self._close(takes_focus=False)

    def _place(self, node: NodeId) -> QPoint:
        """Return where a node's name is in the view."""
        return self._view.mapFromScene(name_area(self._scene.nodes[node]).bottomLeft())

    def _commit(self) -> None:
        problem = self._problem(self.text())
        if problem is not None:
            self._refuse(problem, self.geometry().bottomLeft())
            return
        node, name = self._node, self.text()
        self._close()
        if node is not None:
            self._rename(node, name)

    def _rename(self, node: NodeId, name: str) -> None:
        self._node = None
        title = f"rename {self._document.diagram.name_of(node)}"
        self._document.edit(title, lambda diagram: edits.rename(diagram, node, name))

    def _close(self, *, takes_focus: bool = True) -> None:
        self._node = None
        self.hide()
        if takes_focus:
            self._view.setFocus()

    def _problem(self, name: str) -> str | None:
        return self._node and problem_with_name(self._document.diagram, self._node, name)

    def _mark(self, name: str) -> None:
        problem = self._problem(name)
        self.setToolTip(problem or "")
        set_property(self, "invalid", problem is not None)

    def _follow(self) -> None:
        """Go when the node does."""
        if self._node is not None and self._node not in self._document.diagram.nodes:
            self._close()

    def _stand(self, *_change: object) -> None:
        """Stand over the name, at a size that can be read."""
        item = None if self._node is None else self._scene.nodes.get(self._node)
        if item is None:
            return
        zoom = self._view.transform().m11()
        area = name_area(item)
        area.setRight(item.frame().right() - _RIGHT)
        there = self._view.mapFromScene(area).boundingRect()
        self.setFont(sans(max(round(_FONT * zoom), _FONT), QFont.Weight.DemiBold))
        height = max(there.height(), self.minimumSizeHint().height())
        top = there.center().y() - height // 2
        width = max(there.width(), _NARROWEST)
        self.setGeometry(there.left() - _PADDING, top, width + _PADDING, height)
