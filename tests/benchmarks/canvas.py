"""How the canvas holds 10,000 nodes and 12,000 wires."""

import statistics
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import msgspec
import numpy as np

from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from tests.benchmarks.large import large_diagram
from tests.benchmarks.peers import PEERS, peer_painted
from tests.benchmarks.probes.adding import Added
from tests.benchmarks.probes.canvas import Painted
from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_most

GOAL_OPEN_SECONDS = 1.0
GOAL_FRAME_MS = 16.7
GOAL_UNDO_MS = 50.0
GOAL_MEGABYTES = 300.0
# The 10,001st node may cost what the 101st costs, which by itself is measured some percent apart.
GOAL_RATIO = 1.05
_LARGE, _PEERS = 100, 10
_RUNS = 3
_PROBE = "tests.benchmarks.probes.canvas"
_ADDING = "tests.benchmarks.probes.adding"


Runs: TypeAlias = Sequence[Painted]


def canvas() -> Iterator[Row]:
    """Measure how 10,000 nodes open, are painted, dragged, added to and undone.

    Each is the best of three runs: whatever else the machine does only adds to a time.
    ``canvas-add`` is the 10,001st node over the 101st, in document and canvas, ``window-add`` the
    same by a person's keys in the whole window; each is the median of many by turns. The peer is
    the 101st node of another such diagram over the 101st.
    ``canvas-undo`` is the slowest of edits of many kinds.
    """
    large = _runs(_LARGE)
    opened = Comparison(_best(large, lambda run: run.opened) / 1000)
    yield at_most("canvas-open", "s", GOAL_OPEN_SECONDS, opened)
    frame = Comparison(_best(large, lambda run: _p95(run.frames)))
    yield at_most("canvas-frame", "ms", GOAL_FRAME_MS, frame)
    drag = Comparison(_best(large, lambda run: _p95(run.drags)))
    yield at_most("canvas-drag-1000", "ms", GOAL_FRAME_MS, drag)
    added = _added()
    yield at_most("canvas-add", "ratio", GOAL_RATIO, _ratios(added.canvases))
    yield at_most("window-add", "ratio", GOAL_RATIO, _ratios(added.windows))
    undo = Comparison(max(_best(large, partial(_undone, kind)) for kind in large[0].undone))
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


def _undone(kind: str, run: Painted) -> float:
    return run.undone[kind]


def _ratios(times: Sequence[Sequence[float]]) -> Comparison:
    """Return what a node costs in the large diagram, and in the other small one, over the small."""
    large, small, other = map(statistics.median, times)
    return Comparison(large / small, other / small)


def _added() -> Added:
    with TemporaryDirectory() as folder, program(["-m", _ADDING], Path(folder)) as running:
        return msgspec.json.decode(running.line(), type=Added)


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
