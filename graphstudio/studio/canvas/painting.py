"""What all items of the scene have in common that only paint."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainterPath
from PySide6.QtWidgets import QGraphicsItem


class Painting(QGraphicsItem):
    """Paints over a part of the scene, and takes no events.

    It is told which part of it is exposed.

    Args:
        height: how high it lies over the rest.
        bounds: what it paints in; nothing at first.
    """

    def __init__(self, height: float, bounds: QRectF | None = None) -> None:
        super().__init__()
        self._bounds = QRectF() if bounds is None else bounds
        self.setZValue(height)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def boundingRect(self) -> QRectF:
        """Return what it paints in."""
        return self._bounds

    def shape(self) -> QPainterPath:
        """Return nothing: what lies at a place is found by other means, and covers no item."""
        return QPainterPath()

    def _bound(self, bounds: QRectF) -> None:
        """Paint in another part of the scene from now on."""
        if bounds != self._bounds:
            self.prepareGeometryChange()
            self._bounds = bounds
