"""What training in the studio costs: its speed over that of the exported script."""

import statistics
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from graphstudio.diagram.project_file import load_project
from graphstudio.protocol import EpochDone, RunEnded, Train
from tests.benchmarks.digits import digits_project
from tests.benchmarks.engine import engine
from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_least

GOAL = 0.95
_PAIRS = 5
_EPOCHS = 30
# What the engine does to itself, so that both have the same share of a busy machine.
_NICENESS = 5


def training_ratio() -> Iterator[Row]:
    """Measure pairs of a run in an engine and of the exported script, one after the other.

    Every other pair begins with the script, so that scripts also follow each other: their ratio is
    the peer, and says what the machine's noise alone does.
    """
    kinds = [kind for pair in range(_PAIRS) for kind in ("es" if pair % 2 == 0 else "se")]
    seconds = [_epoch_in_engine() if kind == "e" else _epoch_of_script() for kind in kinds]
    pairs = zip(zip(kinds[::2], seconds[::2], strict=True), seconds[1::2], strict=True)
    # A ratio of speeds is that of the times, turned over.
    ratios = [second / first if kind == "e" else first / second for (kind, first), second in pairs]
    alike = [
        first / second
        for (one, first), (other, second) in pairwise(zip(kinds, seconds, strict=True))
        if one == other == "s"
    ]
    measured = Comparison(statistics.median(ratios), statistics.median(alike))
    yield at_least("training-ratio", "ratio", GOAL, measured)


def _epoch_in_engine() -> float:
    """Return the seconds of an epoch in the engine process of a run, without the first."""
    with TemporaryDirectory() as name, engine(Path(name), cpu_only=False) as warm:
        project = digits_project(Path(name), _EPOCHS)
        run_dir = str(Path(name) / "run")
        warm.send(Train(project=load_project(project), folder=str(project.parent), run_dir=run_dir))
        ends = []
        while not isinstance(warm.receive(EpochDone, RunEnded), RunEnded):
            ends.append(time.monotonic())
    # The last epoch's end is left out, as the script says only when an epoch begins.
    return (ends[-2] - ends[0]) / (len(ends) - 2)


def _epoch_of_script() -> float:
    """Return the seconds of an epoch in the exported script, without the first and the last."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        project = digits_project(folder, _EPOCHS)
        export = ["-m", "graphstudio", "export", str(project), "--to", "python", "-o", "train.py"]
        with program(export, folder) as exporting:
            exporting.line()
        with program(["train.py"], folder, niceness=_NICENESS) as script:
            lines = ((time.monotonic(), line) for line in script.output)
            begins = [when for when, line in lines if line.startswith(b"Epoch ")]
    return (begins[-1] - begins[1]) / (len(begins) - 2)
