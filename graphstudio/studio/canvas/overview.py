"""The whole diagram, small, in the corner of the canvas."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QTransform
from PySide6.QtWidgets import QWidget

from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.zoom_view import ZoomView
from graphstudio.studio.theme import Theme

SIZE = (168, 104)
_PADDING = 8.0
_CORNER = 12
# A canvas of less than this many times the overview's area has no room for it.
_ROOM = 24


class Overview(QWidget):
    """Shows every node and the part in view; a click or a drag moves the view there."""

    def __init__(self, view: ZoomView, scene: DiagramScene, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._theme = theme
        self._frames: list[QRectF] | None = None
        self._has_room = True
        self.setFixedSize(*SIZE)
        self.setToolTip("Overview: click or drag to move the view")
        self.setAccessibleName("Overview")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        scene.outlines_changed.connect(self._forget_frames)
        theme.changed.connect(self._follow_view)
        view.zoom_changed.connect(self._follow_view)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self._follow_view)
        self._forget_frames()

    def stand_in(self, canvas: QSize) -> None:
        """Stand in the corner of a canvas of that size, if there is room."""
        self._has_room = canvas.width() * canvas.height() >= _ROOM * self.width() * self.height()
        self.move(
            canvas.width() - self.width() - _CORNER, canvas.height() - self.height() - _CORNER
        )
        self._show_where_useful()

    def place(self, scene_point: QPointF) -> QPointF:
        """Return where a place of the scene lies in the overview."""
        return self._transform().map(scene_point)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint frames and notes, the nodes in one call, and the view's rectangle over them."""
        if self._frames is None:
            self._frames = [item.frame() for item in self._scene.nodes.values()]
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setTransform(self._transform())
        painter.setPen(Qt.PenStyle.NoPen)
        self._scene.marks.paint_small(painter)
        block = QColor(palette.faint)
        block.setAlpha(170)
        painter.setBrush(block)
        painter.drawRects(self._frames)
        pen = QPen(QColor(palette.accent), 1)
        pen.setCosmetic(True)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(self._in_view())
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Move the view to the pressed place."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the view along with the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the release from the canvas behind."""
        event.accept()

    def _go(self, event: QMouseEvent) -> None:
        inverse, _ = self._transform().inverted()
        self._view.centerOn(inverse.map(event.position()))

    def _follow_view(self) -> None:
        self.update()

    def _forget_frames(self) -> None:
        self._frames = None
        self._show_where_useful()
        self.update()

    def _show_where_useful(self) -> None:
        self.setVisible(self._has_room and bool(self._scene.nodes))

    def _in_view(self) -> QRectF:
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def _transform(self) -> QTransform:
        """Return the way from the scene to the overview: all nodes fit, or what is in view."""
        world = self._scene.outline()
        seen = self._in_view()
        # A view far away from the nodes must not make them vanish.
        world = world.united(seen) if world.intersects(seen) else world
        room = QRectF(self.rect()).adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)
        scale = min(room.width() / max(world.width(), 1), room.height() / max(world.height(), 1))
        return (
            QTransform()
            .translate(room.center().x(), room.center().y())
            .scale(scale, scale)
            .translate(-world.center().x(), -world.center().y())
        )
