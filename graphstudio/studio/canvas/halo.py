"""The halo: one outline around all calls of a layer that several share."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsPathItem

from graphstudio.studio.canvas.node_drawing import CORNER
from graphstudio.studio.theme import Palette

_REACH = 8.0
_BAND = 8.0
_FILL, _LINE = 36, 130


class Halo(QGraphicsPathItem):
    """Lies under wires and nodes, and is empty unless calls that share a layer stand out."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(-1)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def surround(self, groups: Iterable[Sequence[QRectF]], palette: Palette) -> None:
        """Surround groups of nodes, each as one.

        Args:
            groups: the frames of the calls of each layer, in the scene.
            palette: colours of the theme.
        """
        whole = QPainterPath()
        for frames in groups:
            whole.addPath(_around(frames))
        fill, line = QColor(palette.accent), QColor(palette.accent)
        fill.setAlpha(_FILL)
        line.setAlpha(_LINE)
        self.setBrush(fill)
        self.setPen(QPen(line, 1.5))
        self.setPath(whole)


def _around(frames: Sequence[QRectF]) -> QPainterPath:
    """Return the outline of frames and of the bands that join each to the next."""
    path = QPainterPath()
    ordered = sorted(frames, key=lambda frame: (frame.x(), frame.y()))
    stroker = QPainterPathStroker()
    stroker.setWidth(_BAND)
    for one, other in pairwise(ordered):
        line = QPainterPath(one.center())
        line.lineTo(other.center())
        path = path.united(stroker.createStroke(line))
    for frame in ordered:
        body = QPainterPath()
        body.addRoundedRect(
            frame.adjusted(-_REACH, -_REACH, _REACH, _REACH), CORNER + _REACH, CORNER + _REACH
        )
        path = path.united(body)
    return path
