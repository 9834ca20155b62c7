"""Where epochs and losses lie on a plot, and which of them are written beside it."""

import math
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF

_Numbers = TypeVar("_Numbers", float, NDArray[np.float64])
# Up to this many points, a line is quicker to draw whole than to thin out.
_FEW = 256


class Scale(NamedTuple):
    """A plot's area in pixels, and the epochs and losses at its edges."""

    area: QRectF
    epochs: tuple[float, float]
    losses: tuple[float, float]

    def x(self, epochs: _Numbers) -> _Numbers:
        """Return where epochs lie, in pixels from the left."""
        first, last = self.epochs
        return self.area.left() + (epochs - first) * (self.area.width() / (last - first))

    def y(self, losses: _Numbers) -> _Numbers:
        """Return where losses lie, in pixels from the top."""
        low, high = self.losses
        return self.area.bottom() - (losses - low) * (self.area.height() / (high - low))

    def epoch_at(self, x: float) -> float:
        """Return the epoch at a distance from the left, in pixels."""
        first, last = self.epochs
        return first + (x - self.area.left()) * (last - first) / max(self.area.width(), 1.0)


def thinned(
    xs: NDArray[np.float64], ys: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a line that looks the same, with no more than two points a column of pixels.

    Args:
        xs: pixels from the left, in order.
        ys: pixels from the top.
    """
    if len(xs) <= _FEW:
        return xs, ys
    columns = np.floor(xs)
    starts = np.flatnonzero(np.diff(columns, prepend=columns[0] - 1))
    both = np.stack([np.maximum.reduceat(ys, starts), np.minimum.reduceat(ys, starts)], axis=1)
    return np.repeat(xs[starts], 2), both.ravel()


def epoch_ticks(first: float, last: float) -> list[tuple[float, str]]:
    """Return about five whole epochs between two, with their numbers."""
    step = max(1.0, _round_step((last - first) / 5))
    return [(x, f"{x:.0f}") for x in _multiples(step, first, last)]


def loss_ticks(low: float, high: float) -> list[tuple[float, str]]:
    """Return a few round losses between two, with their numbers."""
    # Six digits hide the rounding of the multiplication; few numbers need as many.
    return [(y, f"{y:.6g}") for y in _multiples(_round_step((high - low) / 4), low, high)]


def _multiples(step: float, low: float, high: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [float(n * step) for n in np.arange(first, last + 1)]


def _round_step(size: float) -> float:
    """Return 1, 2 or 5 times a power of ten: the least that is not below a size."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(factor * power for factor in (1.0, 2.0, 5.0, 10.0) if factor * power >= size * 0.99)
