"""How soon the studio is there: from its command to the first click that it answers."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from graphstudio.resource import resource_path
from tests.benchmarks.probes.studio import Seen
from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_most

GOAL_SECONDS = 1.0
_RUNS = 5
_STUDIO = ["-m", "tests.benchmarks.probes.studio", str(resource_path("examples/digits.gstudio"))]
_BARE = ["-m", "tests.benchmarks.probes.bare"]


def startup() -> Iterator[Row]:
    """Measure the time until the window answers; an empty Qt window is the peer."""
    studio: list[float] = []
    bare: list[float] = []
    # The first pair only warms the system's file cache.
    for _ in range(_RUNS + 1):
        studio.append(_seconds_to_answer(_STUDIO))
        bare.append(_seconds_to_answer(_BARE))
    measured = Comparison(statistics.median(studio[1:]), statistics.median(bare[1:]))
    yield at_most("startup", "s", GOAL_SECONDS, measured)


def startup_imports() -> Iterator[Row]:
    """Count the modules of Keras and TensorFlow in the studio's process once it answers."""
    with TemporaryDirectory() as folder, program(_STUDIO, Path(folder)) as running:
        seen = msgspec.json.decode(running.line(), type=Seen)
    yield at_most("startup-imports", "modules", 0, Comparison(seen.keras_modules, 0))


def _seconds_to_answer(words: list[str]) -> float:
    with TemporaryDirectory() as folder:
        began = time.monotonic()
        with program(words, Path(folder)) as running:
            said = msgspec.json.decode(running.line(), type=Seen | float)
    return (said.answered if isinstance(said, Seen) else said) - began
