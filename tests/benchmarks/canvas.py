"""How the canvas holds 10,000 nodes and 12,000 wires."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import msgspec
import numpy as np

from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from tests.benchmarks.large import large_diagram
from tests.benchmarks.peers import PEERS, peer_painted
from tests.benchmarks.probes.canvas import Painted
from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_most

GOAL_OPEN_SECONDS = 1.0
GOAL_FRAME_MS = 16.7
GOAL_UNDO_MS = 50.0
GOAL_MEGABYTES = 300.0
# The 10,001st node may cost what the 101st costs.
GOAL_RATIO = 1.0
_LARGE, _SMALL, _PEERS = 100, 1, 10
_RUNS = 3
_PROBE = "tests.benchmarks.probes.canvas"


Runs: TypeAlias = Sequence[Painted]


def canvas() -> Iterator[Row]:
    """Measure how 10,000 nodes open, are painted, dragged, added to and undone.

    Each is the best of three runs: whatever else the machine does only adds to a time.
    ``canvas-add`` is what the canvas does for the 10,001st node over the 101st, ``canvas-add-edit``
    the same with the edit of the document before it.
    """
    large, small = _runs(_LARGE), _runs(_SMALL)
    opened = Comparison(_best(large, lambda run: run.opened) / 1000)
    yield at_most("canvas-open", "s", GOAL_OPEN_SECONDS, opened)
    frame = Comparison(_best(large, lambda run: _p95(run.frames)))
    yield at_most("canvas-frame", "ms", GOAL_FRAME_MS, frame)
    drag = Comparison(_best(large, lambda run: _p95(run.drags)))
    yield at_most("canvas-drag-1000", "ms", GOAL_FRAME_MS, drag)
    yield _added("canvas-add", large, small, lambda run: run.followed)
    yield _added("canvas-add-edit", large, small, lambda run: run.added)
    undo = Comparison(_best(large, lambda run: max(run.undone)))
    yield at_most("canvas-undo", "ms", GOAL_UNDO_MS, undo)
    yield at_most("canvas-memory", "MB", GOAL_MEGABYTES, Comparison(_megabytes()))


def canvas_peers() -> Iterator[Row]:
    """Measure 1,000 nodes beside other node editors: making them, and one frame with all in view.

    A peer is measured where ``GRAPHSTUDIO_PEERS`` names a Python that has it.
    """
    ours = _runs(_PEERS)
    opened, frame = _best(ours, lambda run: run.opened), _best(ours, lambda run: run.whole)
    for peer in PEERS:
        runs = [found for _ in range(_RUNS) if (found := peer_painted(peer)) is not None]
        if not runs:
            continue
        made, whole = min(run.opened for run in runs) / 1000, min(run.whole for run in runs)
        yield at_most(f"open-{peer}", "s", made, Comparison(opened / 1000, made))
        yield at_most(f"frame-{peer}", "ms", whole, Comparison(frame, whole))


def _added(name: str, many: Runs, few: Runs, times: Callable[[Painted], list[float]]) -> Row:
    """Return the row of what a node more costs in a large diagram over that in a small one."""
    costs = [_best(runs, lambda run: statistics.median(times(run))) for runs in (many, few)]
    return at_most(name, "ratio", GOAL_RATIO, Comparison(costs[0] / costs[1]))


def _runs(rows: int) -> Runs:
    return [_painted(rows) for _ in range(_RUNS)]


def _best(runs: Runs, time: Callable[[Painted], float]) -> float:
    return min(time(run) for run in runs)


def _painted(rows: int) -> Painted:
    with (
        TemporaryDirectory() as folder,
        program(["-m", _PROBE, str(rows)], Path(folder)) as running,
    ):
        return msgspec.json.decode(running.line(), type=Painted)


def _p95(times: list[float]) -> float:
    return float(np.percentile(times, 95))


def _megabytes() -> float:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "large.gstudio"
        save_project(Project(diagram=large_diagram(_LARGE)), file)
        words = ["-m", "tests.benchmarks.probes.holding", str(file)]
        with program(words, Path(folder)) as running:
            return float(running.line())
