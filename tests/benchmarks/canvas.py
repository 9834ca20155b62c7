"""How the canvas holds 10,000 nodes and 12,000 wires."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

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
_PROBE = "tests.benchmarks.probes.canvas"


def canvas() -> Iterator[Row]:
    """Measure how 10,000 nodes open, are painted, dragged, added to and undone.

    ``canvas-add`` is what the canvas does for the 10,001st node over the 101st, ``canvas-add-edit``
    the same with the edit of the document before it.
    """
    large, small = _painted(_LARGE), _painted(_SMALL)
    yield at_most("canvas-open", "s", GOAL_OPEN_SECONDS, Comparison(large.opened / 1000))
    yield at_most("canvas-frame", "ms", GOAL_FRAME_MS, Comparison(_p95(large.frames)))
    yield at_most("canvas-drag-1000", "ms", GOAL_FRAME_MS, Comparison(_p95(large.drags)))
    for name, many, few in (
        ("canvas-add", large.followed, small.followed),
        ("canvas-add-edit", large.added, small.added),
    ):
        ratio = statistics.median(many) / statistics.median(few)
        yield at_most(name, "ratio", GOAL_RATIO, Comparison(ratio))
    yield at_most("canvas-undo", "ms", GOAL_UNDO_MS, Comparison(max(large.undone)))
    yield at_most("canvas-memory", "MB", GOAL_MEGABYTES, Comparison(_megabytes()))


def canvas_peers() -> Iterator[Row]:
    """Measure 1,000 nodes beside other node editors: making them, and one frame with all in view.

    A peer is measured where ``GRAPHSTUDIO_PEERS`` names a Python that has it.
    """
    ours = _painted(_PEERS)
    for peer in PEERS:
        theirs = peer_painted(peer)
        if theirs is None:
            continue
        opened = Comparison(ours.opened / 1000, theirs.opened / 1000)
        yield at_most(f"open-{peer}", "s", theirs.opened / 1000, opened)
        yield at_most(f"frame-{peer}", "ms", theirs.whole, Comparison(ours.whole, theirs.whole))


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
