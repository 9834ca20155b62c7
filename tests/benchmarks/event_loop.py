"""How long the window keeps people waiting: while TensorFlow is imported, and while it trains."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.digits import digits_project
from tests.benchmarks.probes.clock import INTERVAL_MS
from tests.benchmarks.probes.studio import Seen
from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_most

GOAL_WORST_MS = 50.0
GOAL_P99_MS = 16.0
_RUNS = 3
_EPOCHS = 8
_STUDIO = ["-m", "tests.benchmarks.probes.studio", "--train"]
_BARE = ["-m", "tests.benchmarks.probes.bare", "--tick"]


def event_loop() -> Iterator[Row]:
    """Measure how late the studio handles an event that comes at any moment.

    The peer is an empty Qt window beside it, in the same seconds: what it waits for is the
    machine's doing.
    """
    runs = [_run() for _ in range(_RUNS)]
    for number, phase in enumerate(("start", "train")):
        studio = np.concatenate([studio[number] for studio, _ in runs])
        bare = np.concatenate([bare[number] for _, bare in runs])
        name, worst = f"event-loop-{phase}", Comparison(float(studio.max()), float(bare.max()))
        yield at_most(f"{name}-worst", "ms", GOAL_WORST_MS, worst)
        p99 = Comparison(float(np.percentile(studio, 99)), float(np.percentile(bare, 99)))
        yield at_most(f"{name}-p99", "ms", GOAL_P99_MS, p99)


def _run() -> tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]]:
    """Return the studio's waits and the bare window's, each from start-up and in training."""
    with TemporaryDirectory() as studio_folder, TemporaryDirectory() as bare_folder:
        project = digits_project(Path(studio_folder), _EPOCHS)
        with program(_BARE, Path(bare_folder)) as bare:
            bare.line()
            with program([*_STUDIO, str(project)], Path(studio_folder)) as studio:
                seen = msgspec.json.decode(studio.line(), type=Seen)
            bare.close_input()
            bare_ticks = msgspec.json.decode(bare.line(), type=list[float])
    phases = ((seen.answered, seen.inspected), (seen.inspected, seen.trained))
    return (
        [waits(seen.ticks, *phase) for phase in phases],
        [waits(bare_ticks, *phase) for phase in phases],
    )


def waits(ticks: Sequence[float], first: float, last: float) -> NDArray[np.float64]:
    """Return how long events would have waited that came every two milliseconds.

    A clock that is held up ticks once where it should have ticked many times. Each of the ticks
    that it missed is an event that waited, so that a long wait weighs as long as it was.

    Args:
        ticks: when the clock ticked, in seconds.
        first: where to begin; a wait that was under way then counts from there.
        last: where to end.

    Returns:
        Milliseconds; 0 for an event that was handled in time.
    """
    times = np.asarray(ticks)
    inside = np.concatenate([[first], times[(times > first) & (times <= last)]]) * 1000
    late = [
        gap - np.arange(INTERVAL_MS, max(gap, INTERVAL_MS + 1e-9), INTERVAL_MS)
        for gap in np.diff(inside)
    ]
    found: NDArray[np.float64] = np.maximum(np.concatenate(late), 0.0)
    return found
