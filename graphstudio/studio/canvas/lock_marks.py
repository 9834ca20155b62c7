"""The locks on the canvas: a small mark at the corner of each locked node."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from graphstudio.studio.canvas.painting import Painting
from graphstudio.studio.canvas.scene import DiagramScene
from graphstudio.studio.document import Document
from graphstudio.studio.icons import icon
from graphstudio.studio.theme import Palette, Theme

_RADIUS = 9.0
_ICON = 11.0
# Half of it stands over the edge, as the mark of a problem at the other corner does.
_INSET = 3.0
_FAR = 0.2


class LockMarks(Painting):
    """Marks the locked nodes of a scene, over them."""

    def __init__(self, scene: DiagramScene, document: Document, theme: Theme) -> None:
        super().__init__(3)
        self._diagram_scene = scene
        self._document = document
        self._theme = theme
        self._centres: tuple[QPointF, ...] = ()
        scene.addItem(self)
        scene.outlines_changed.connect(self._follow)
        document.changed.connect(self._follow)
        self._follow()

    @property
    def centres(self) -> tuple[QPointF, ...]:
        """The middle of each mark, in the scene."""
        return self._centres

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        """Paint the marks, unless they would be too small to be seen."""
        if option.levelOfDetailFromTransform(painter.worldTransform()) < _FAR:
            return
        palette = self._theme.palette
        lock = _lock(palette)
        painter.setPen(QPen(QColor(palette.canvas), 2))
        painter.setBrush(QBrush(QColor(palette.dim)))
        for centre in self._centres:
            painter.drawEllipse(centre, _RADIUS, _RADIUS)
            corner = centre - QPointF(_ICON / 2, _ICON / 2)
            painter.drawPixmap(
                QRectF(corner.x(), corner.y(), _ICON, _ICON), lock, QRectF(lock.rect())
            )

    def _follow(self, *_change: object) -> None:
        nodes = self._diagram_scene.nodes
        locked = (node for node in self._document.diagram.locked if node in nodes)
        corners = (nodes[node].frame().topLeft() for node in locked)
        centres = tuple(corner + QPointF(_INSET, _INSET) for corner in corners)
        if centres == self._centres:
            return
        self._centres = centres
        self._bound(_around(centres))
        self.update()


def _around(centres: tuple[QPointF, ...]) -> QRectF:
    if not centres:
        return QRectF()
    xs, ys = [one.x() for one in centres], [one.y() for one in centres]
    room = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    return room.adjusted(-_RADIUS - 1, -_RADIUS - 1, _RADIUS + 1, _RADIUS + 1)


@lru_cache(4)
def _lock(palette: Palette) -> QPixmap:
    return icon("lock", palette, palette.canvas).pixmap(40, 40)
