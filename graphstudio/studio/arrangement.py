"""What stands beside, above and below what in a window, and what stays inside of it."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget


def corner_within(room: QRect, size: QSize, wanted: QPoint) -> QPoint:
    """Return the place for a top left corner that is nearest to a wanted one and inside of a room.

    Args:
        room: what must not be left; where the thing is larger it begins with the room.
        size: of the thing that is placed.
        wanted: where its corner would be.
    """
    return QPoint(
        max(min(wanted.x(), room.x() + room.width() - size.width()), room.x()),
        max(min(wanted.y(), room.y() + room.height() - size.height()), room.y()),
    )


def column(*widgets: QWidget) -> QWidget:
    """Return widgets below each other, without gaps; the last one takes the height that is left."""
    whole = QWidget()
    rows = QVBoxLayout(whole)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(0)
    for widget in widgets:
        rows.addWidget(widget)
    rows.setStretch(len(widgets) - 1, 1)
    return whole


def splitter(
    orientation: Qt.Orientation, widgets: tuple[QWidget, ...], sizes: tuple[int, ...]
) -> QSplitter:
    """Return widgets in a row or a column whose borders can be dragged.

    Args:
        orientation: whether they stand beside or below each other.
        widgets: what is put there.
        sizes: how large each begins, in pixels; the largest takes what room comes later.
    """
    whole = QSplitter(orientation)
    whole.setHandleWidth(1)
    whole.setChildrenCollapsible(False)
    for place, widget in enumerate(widgets):
        whole.addWidget(widget)
        whole.setStretchFactor(place, int(sizes[place] == max(sizes)))
    whole.setSizes(list(sizes))
    return whole
