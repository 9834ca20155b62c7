"""A click of the left button."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget


def click(widget: QWidget, place: QPoint) -> list[QMouseEvent]:
    """Return the press and the release of the left button at a place of a widget."""
    left = Qt.MouseButton.LeftButton
    parts = (
        (QMouseEvent.Type.MouseButtonPress, left),
        (QMouseEvent.Type.MouseButtonRelease, Qt.MouseButton.NoButton),
    )
    here, anywhere = QPointF(place), QPointF(widget.mapToGlobal(place))
    none = Qt.KeyboardModifier.NoModifier
    return [QMouseEvent(kind, here, anywhere, left, held, none) for kind, held in parts]
