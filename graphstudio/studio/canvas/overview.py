"""The whole diagram, small, in the corner of the canvas."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.canvas.zoom_view import ZoomView
from graphstudio.studio.theme import Theme

SIZE = (168, 104)
_PADDING = 8.0
_CORNER = 12
# A canvas of less than this many times the overview's area has no room for it.
_ROOM = 24
# Nodes that are dragged come to their new places in here when the hand has rested so long.
_LATER_MS = 100


class Overview(QWidget):
    """Shows every node and the part in view; a click or a drag moves the view there."""

    def __init__(self, view: ZoomView, scene: DiagramScene, theme: Theme) -> None:
        super().__init__(view)
        self._view = view
        self._scene = scene
        self._theme = theme
        self._blocks: QPixmap | None = None
        self._shown: QPixmap | None = None
        # The part of the scene that the blocks show.
        self._pictured = QRectF()
        self._has_room = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_LATER_MS)
        self._timer.timeout.connect(self._forget_blocks)
        self.setFixedSize(*SIZE)
        self.setToolTip("Overview: click or drag to move the view")
        self.setAccessibleName("Overview")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        scene.outlines_changed.connect(self._follow_outlines)
        theme.changed.connect(self._forget_blocks)
        view.zoom_changed.connect(self._follow_view)
        for bar in (view.horizontalScrollBar(), view.verticalScrollBar()):
            bar.valueChanged.connect(self._follow_view)
        self._show_where_useful()

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
        """Paint frames, notes and nodes, which are one picture, and the view's rectangle."""
        if self._blocks is None:
            self._blocks, self._shown = self._paint_blocks(), None
        palette, transform = self._theme.palette, self._transform()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.line), 1))
        painter.setBrush(QColor(palette.panel))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        place = transform.mapRect(self._pictured).toRect()
        painter.drawPixmap(place.topLeft(), self._scaled(self._blocks, place.size()))
        painter.setPen(QPen(QColor(palette.accent), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(transform.mapRect(self._in_view()))
        painter.end()

    def _scaled(self, blocks: QPixmap, size: QSize) -> QPixmap:
        """Return the picture in a size, made once for all frames in which it has that."""
        ratio = self.devicePixelRatioF()
        whole = (size * ratio).expandedTo(QSize(1, 1))
        if self._shown is None or self._shown.size() != whole:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._shown = blocks.scaled(whole, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._shown.setDevicePixelRatio(ratio)
        return self._shown

    def _paint_blocks(self) -> QPixmap:
        """Return a picture of all of it, as large as it is when the view lies among them."""
        self._pictured = world = self._scene.outline()
        scale, ratio = _scale(world, self._room()), self.devicePixelRatioF()
        size = (world.size() * scale * ratio).toSize().expandedTo(QSize(1, 1))
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        if world.isEmpty():
            return picture
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(size.width() / world.width(), size.height() / world.height())
        painter.translate(-world.topLeft())
        painter.setPen(Qt.PenStyle.NoPen)
        self._scene.marks.paint_small(painter)
        block = QColor(self._theme.palette.faint)
        block.setAlpha(170)
        painter.setBrush(block)
        for _, frames in self._scene.nodes.blocks:
            painter.drawRects(frames)
        painter.end()
        return picture

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

    def _follow_outlines(self) -> None:
        self._show_where_useful()
        if self._pictured.isEmpty():
            self._forget_blocks()
        else:
            self._timer.start()

    def _forget_blocks(self) -> None:
        self._blocks = None
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
        room = self._room()
        scale = _scale(world, room)
        return (
            QTransform()
            .translate(room.center().x(), room.center().y())
            .scale(scale, scale)
            .translate(-world.center().x(), -world.center().y())
        )

    def _room(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_PADDING, _PADDING, -_PADDING, -_PADDING)


def _scale(world: QRectF, room: QRectF) -> float:
    return min(room.width() / max(world.width(), 1), room.height() / max(world.height(), 1))
