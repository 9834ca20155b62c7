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
        self._table: NDArray[np.float64] = np.full((_FIRST_ROOM, 4), np.nan)
        # A row without a thing holds no numbers, so that it touches nothing.
        self._keys: list[Key | None] = []
        self._rows: dict[Key, int] = {}
        self._around: QRectF | None = None

    def put(self, keys: Sequence[Key], boxes: Sequence[Box] | NDArray[np.float64]) -> None:
        """Put things at places, those that are new and those that moved."""
        if not keys:
            return
        for key in keys:
            if key not in self._rows:
                self._rows[key] = len(self._keys)
                self._keys.append(key)
        self._make_room()
        self._around = None
        self._table[[self._rows[key] for key in keys]] = boxes

    def remove(self, keys: Iterable[Key]) -> None:
        """Forget things."""
        self._around = None
        for key in keys:
            row = self._rows.pop(key)
            self._keys[row] = None
            self._table[row] = np.nan
        if len(self._keys) > 2 * len(self._rows) + _FIRST_ROOM:
            self._close_up()

    def touching(self, area: QRectF) -> list[Key]:
        """Return what touches an area, from the lowest to the topmost."""
        left, top, right, bottom = self._columns()
        return self._found(
            (left <= area.right())
            & (right >= area.left())
            & (top <= area.bottom())
            & (bottom >= area.top())
        )

    def within(self, area: QRectF) -> list[Key]:
        """Return what lies whole in an area, from the lowest to the topmost."""
        left, top, right, bottom = self._columns()
        return self._found(
            (left >= area.left())
            & (right <= area.right())
            & (top >= area.top())
            & (bottom <= area.bottom())
        )

    def around(self) -> QRectF:
        """Return the rectangle around everything; an empty one around nothing."""
        if self._around is None:
            self._around = self._measured()
        return QRectF(self._around)

    def _measured(self) -> QRectF:
        if not self._rows:
            return QRectF()
        used = self._table[: len(self._keys)]
        left, top = (float(edge) for edge in np.nanmin(used[:, :2], axis=0))
        right, bottom = (float(edge) for edge in np.nanmax(used[:, 2:], axis=0))
        return QRectF(left, top, right - left, bottom - top)

    def _columns(self) -> NDArray[np.float64]:
        return self._table[: len(self._keys)].T

    def _found(self, rows: NDArray[np.bool_]) -> list[Key]:
        keys = (self._keys[row] for row in np.flatnonzero(rows).tolist())
        return [key for key in keys if key is not None]

    def _make_room(self) -> None:
        if len(self._keys) > len(self._table):
            grown = np.full((2 * len(self._keys), 4), np.nan)
            grown[: len(self._table)] = self._table
            self._table = grown

    def _close_up(self) -> None:
        """Take out the rows of what is gone; the rest keeps its order."""
        rows = sorted(self._rows.values())
        self._table[: len(rows)] = self._table[rows]
        self._table[len(rows) :] = np.nan
        self._keys = [self._keys[row] for row in rows]
        self._rows = {key: row for row, key in enumerate(self._keys) if key is not None}
