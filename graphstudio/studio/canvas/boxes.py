"""Rectangles by key, found by place: thousands are looked through in one call of NumPy."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

Key = TypeVar("Key", bound=Hashable)
# Left, top, right and bottom.
Box = tuple[float, float, float, float]
_FIRST_ROOM = 64


class Boxes(Generic[Key]):
    """Where things lie, in the scene's pixels. What was put in last lies on top."""

    def __init__(self) -> None:
        # An edge a row, so that the same edge of all things lies together in memory.
        self._edges: NDArray[np.float64] = np.full((4, _FIRST_ROOM), np.nan)
        # A column without a thing holds no numbers, so that it touches nothing.
        self._keys: list[Key | None] = []
        self._columns: dict[Key, int] = {}
        # The edges of all together; none while they are not known.
        self._around: Box | None = None

    def put(self, keys: Sequence[Key], boxes: Sequence[Box] | NDArray[np.float64]) -> None:
        """Put things at places, those that are new and those that moved."""
        if not keys:
            return
        first = not self._columns
        columns = [self._columns.get(key, -1) for key in keys]
        if -1 in columns:
            columns = [self._column_of(key) for key in keys]
            self._make_room()
        at = np.array(columns)
        self._let_go(at)
        edges = np.asarray(boxes, dtype=np.float64).T
        self._edges[:, at] = edges
        if first:
            self._around = _around(edges)
        elif self._around is not None:
            self._around = _around(np.column_stack([self._around, _around(edges)]))

    def remove(self, keys: Iterable[Key]) -> None:
        """Forget things."""
        gone = [self._columns.pop(key) for key in keys]
        if not gone:
            return
        self._let_go(np.array(gone))
        for column in gone:
            self._keys[column] = None
        self._edges[:, gone] = np.nan
        if len(self._keys) > 2 * len(self._columns) + _FIRST_ROOM:
            self._close_up()

    def touching(self, area: QRectF) -> list[Key]:
        """Return what touches an area, from the lowest to the topmost."""
        left, top, right, bottom = self._used()
        return self._found(
            (left <= area.right())
            & (right >= area.left())
            & (top <= area.bottom())
            & (bottom >= area.top())
        )

    def within(self, area: QRectF) -> list[Key]:
        """Return what lies whole in an area, from the lowest to the topmost."""
        left, top, right, bottom = self._used()
        return self._found(
            (left >= area.left())
            & (right <= area.right())
            & (top >= area.top())
            & (bottom <= area.bottom())
        )

    def around(self) -> QRectF:
        """Return the rectangle around everything; an empty one around nothing."""
        if not self._columns:
            return QRectF()
        if self._around is None:
            self._around = _around(self._used())
        left, top, right, bottom = self._around
        return QRectF(left, top, right - left, bottom - top)

    def _column_of(self, key: Key) -> int:
        if key not in self._columns:
            self._columns[key] = len(self._keys)
            self._keys.append(key)
        return self._columns[key]

    def _let_go(self, columns: NDArray[np.intp]) -> None:
        """Forget the edges of all together where some that move or go may have made them."""
        if self._around is not None:
            at_edge = self._edges[:, columns] == np.reshape(self._around, (4, 1))
            if at_edge.any():
                self._around = None

    def _used(self) -> NDArray[np.float64]:
        return self._edges[:, : len(self._keys)]

    def _found(self, columns: NDArray[np.bool_]) -> list[Key]:
        keys = (self._keys[column] for column in np.flatnonzero(columns).tolist())
        return [key for key in keys if key is not None]

    def _make_room(self) -> None:
        room = self._edges.shape[1]
        if len(self._keys) > room:
            grown = np.full((4, 2 * len(self._keys)), np.nan)
            grown[:, :room] = self._edges
            self._edges = grown

    def _close_up(self) -> None:
        """Take out the columns of what is gone; the rest keeps its order."""
        columns = sorted(self._columns.values())
        self._edges[:, : len(columns)] = self._edges[:, columns]
        self._edges[:, len(columns) :] = np.nan
        self._keys = [self._keys[column] for column in columns]
        self._columns = {key: column for column, key in enumerate(self._keys) if key is not None}


def _around(edges: NDArray[np.float64]) -> Box:
    """Return the edges of all together: the least left and top, the greatest right and bottom."""
    left, top = (float(edge) for edge in np.nanmin(edges[:2], axis=1))
    right, bottom = (float(edge) for edge in np.nanmax(edges[2:], axis=1))
    return left, top, right, bottom
