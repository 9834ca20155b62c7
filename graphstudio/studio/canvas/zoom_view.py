"""A view that zooms to the pointer, over endless dotted ground."""

from PySide6.QtCore import QMargins, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from graphstudio.studio.canvas.background import GROUND, DottedGround
from graphstudio.studio.theme import Theme

ZOOM = (0.01, 4.0)
FIT_MARGIN = 40
# The least zoom, in percent, at which what stands on a node can be read.
READABLE = 55.0
_WHEEL_STEP = 1.2
_NOTCH = 120


class ZoomView(QGraphicsView):
    """A scene at any zoom.

    Signals:
        zoom_changed: the zoom in percent.
        scene_changed: a part of the scene is about to be painted again.
    """

    zoom_changed = Signal(float)
    scene_changed = Signal()

    def __init__(self, scene: QGraphicsScene, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._theme = theme
        self._ground = DottedGround()
        self.setSceneRect(GROUND)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.SmartViewportUpdate)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        theme.changed.connect(self._follow_theme)
        # While nobody listens, Qt paints what was updated before it has looked at the items that
        # moved, and then never clears the places that they came from.
        scene.changed.connect(self.scene_changed)
        self.centerOn(0, 0)

    @property
    def zoom(self) -> float:
        """The zoom in percent."""
        return self.transform().m11() * 100

    def zoom_to(self, percent: float) -> None:
        """Zoom around the middle of the view, between 1 and 400 percent."""
        self._zoom_at(percent / 100, self.viewport().rect().center())

    def fit(self, outline: QRectF) -> None:
        """Show a part of the scene whole, no larger than at 100 percent."""
        room = self.viewport().rect().marginsRemoved(QMargins(*[FIT_MARGIN] * 4))
        if outline.isEmpty() or room.isEmpty():
            return
        scale = min(room.width() / outline.width(), room.height() / outline.height(), 1.0)
        self.zoom_to(scale * 100)
        self.centerOn(outline.center())

    def show_readable(self, outline: QRectF) -> None:
        """Show a part of the scene whole, or its beginning where it would be too small to read.

        It begins at the left, or at the top if it is higher than wide.
        """
        self.fit(outline)
        if outline.isEmpty():
            self.zoom_to(100)
        elif self.zoom < READABLE:
            self.zoom_to(READABLE)
            scale, view, middle = READABLE / 100, self.viewport(), outline.center()
            if outline.height() > outline.width():
                half = view.height() / 2 - FIT_MARGIN
                self.centerOn(middle.x(), outline.top() + half / scale)
            else:
                half = view.width() / 2 - FIT_MARGIN
                self.centerOn(outline.left() + half / scale, middle.y())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        notches = event.angleDelta().y() / _NOTCH
        if notches:
            scale = self.transform().m11() * _WHEEL_STEP**notches
            self._zoom_at(scale, event.position().toPoint())
        event.accept()

    def drawBackground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Paint the dotted ground."""
        ratio = self.viewport().devicePixelRatioF()
        zoom = self.transform().m11()
        self._ground.paint(painter, QRectF(rect), zoom, ratio, self._theme.palette)

    def _zoom_at(self, scale: float, place: QPoint) -> None:
        """Zoom so that what lies at a place of the view stays there."""
        scale = min(max(scale, ZOOM[0]), ZOOM[1])
        if scale == self.transform().m11():
            return
        kept = self.mapToScene(place)
        self.resetTransform()
        self.scale(scale, scale)
        way = self.mapFromScene(kept) - place
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + way.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + way.y())
        self.zoom_changed.emit(self.zoom)

    def _follow_theme(self) -> None:
        self.viewport().update()
