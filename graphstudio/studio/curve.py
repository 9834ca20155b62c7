"""The course of a loss over a run: points that only ever grow in number."""

import math

import msgspec
import numpy as np
from numpy.typing import NDArray

_FIRST_SIZE = 256


class Series:
    """Points in the order of their x. Reading them copies nothing, however many there are."""

    def __init__(self) -> None:
        self._points: NDArray[np.float64] = np.empty((2, _FIRST_SIZE))
        self._count = 0
        self._low = math.inf
        self._high = -math.inf

    def __len__(self) -> int:
        return self._count

    @property
    def xs(self) -> NDArray[np.float64]:
        """The points' x: epochs since the start, with fractions."""
        return self._points[0, : self._count]

    @property
    def ys(self) -> NDArray[np.float64]:
        """The points' y: losses."""
        return self._points[1, : self._count]

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The least y and the greatest; none while there is no point."""
        return (self._low, self._high) if self._count else None

    def append(self, x: float, y: float) -> None:
        """Add a point, unless one of that x or beyond is there or y is not finite.

        Args:
            x: epochs since the start.
            y: the loss; a diverged one has no place on a plot.
        """
        if not math.isfinite(y) or (self._count and x <= self._points[0, self._count - 1]):
            return
        if self._count == self._points.shape[1]:
            self._points = np.concatenate((self._points, np.empty_like(self._points)), axis=1)
        self._points[:, self._count] = (x, y)
        self._count += 1
        self._low, self._high = min(self._low, y), max(self._high, y)

    def nearest(self, x: float) -> tuple[float, float] | None:
        """Return the point whose x is nearest; none while there is no point."""
        if not self._count:
            return None
        after = int(np.searchsorted(self.xs, x))
        around = [place for place in (after - 1, after) if 0 <= place < self._count]
        place = min(around, key=lambda one: abs(self._points[0, one] - x))
        return float(self._points[0, place]), float(self._points[1, place])


class StepMeans:
    """Takes the running means of an epoch apart into means of the steps between two of them.

    Keras begins its means anew with each epoch, which drawn as they are would be a jump each time.
    """

    def __init__(self) -> None:
        self._epoch = -1
        self._before: dict[str, tuple[int, float]] = {}

    def take(self, epoch: int, step: int, key: str, mean: float) -> float:
        """Return the mean of a loss over the steps since it was taken before, or the epoch's first.

        Args:
            epoch: number of the epoch.
            step: how many of its steps are done; 0 where nobody knows.
            key: of the loss.
            mean: over these steps.
        """
        if epoch != self._epoch:
            self._epoch, self._before = epoch, {}
        steps, before = self._before.get(key, (0, 0.0))
        if step <= steps:
            return mean
        self._before[key] = (step, mean)
        return (mean * step - before * steps) / (step - steps)


class Curve(msgspec.Struct, frozen=True):
    """A loss in training and in validation.

    Attributes:
        training: means over the steps since the point before, a few a second.
        validation: one point an epoch; none where nothing is held out.
    """

    training: Series = msgspec.field(default_factory=Series)
    validation: Series = msgspec.field(default_factory=Series)

    @property
    def bounds(self) -> tuple[float, float] | None:
        """The least loss and the greatest; none while there is no point."""
        both = [one.bounds for one in (self.training, self.validation) if one.bounds]
        if not both:
            return None
        return min(low for low, _ in both), max(high for _, high in both)
