"""How soon the largest model is answered for, and what the largest weight costs to check."""

import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np

from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.diagram.edits import set_parameter
from graphstudio.diagram.project_file import load_project
from graphstudio.protocol import Inspect, Inspected
from tests.benchmarks.engine import Engine, engine
from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_most
from tests.code.projects import layer
from tests.diagrams import chain

CHECK_GOAL_MS = 50.0
MEMORY_GOAL_MB = 50.0
_TIMES = 3
_CHECKS = 40
_VOCABULARY = 10_000_000
_KERAS = ["-m", "tests.benchmarks.probes.keras_model", str(_TIMES)]


def first_inference() -> Iterator[Row]:
    """Measure an engine's first answer for EfficientNetB7, drawn layer by layer.

    The limit is the time in which Keras alone constructs the model; medians of a few times each.
    """
    with TemporaryDirectory() as folder:
        file = Path(folder) / "b7.gstudio"
        with program([*_KERAS, str(file)], Path(folder)) as keras:
            constructions = msgspec.json.decode(keras.line(), type=list[float])
        diagram = load_project(file).diagram
    answers = [_seconds_of_first_answer(diagram) for _ in range(_TIMES)]
    limit = statistics.median(constructions)
    yield at_most("first-inference", "s", limit, Comparison(statistics.median(answers), limit))


def embedding_check() -> Iterator[Row]:
    """Measure a warm engine's answers about an ``Embedding`` of ten million rows of 1,000."""
    with TemporaryDirectory() as folder, engine(Path(folder), cpu_only=True) as warm:
        drawn = _embedding(1)
        _answer(warm, drawn)
        before = _peak_mb(warm)
        seconds = [
            _answer(warm, set_parameter(drawn, NodeId("words"), "input_dim", _VOCABULARY + number))
            for number in range(_CHECKS)
        ]
        grown = _peak_mb(warm) - before
    p95 = float(np.percentile(seconds, 95)) * 1000
    yield at_most("embedding-check", "ms", CHECK_GOAL_MS, Comparison(p95))
    yield at_most("embedding-check-memory", "MB", MEMORY_GOAL_MB, Comparison(grown))


def _seconds_of_first_answer(diagram: Diagram) -> float:
    with TemporaryDirectory() as folder, engine(Path(folder), cpu_only=True) as fresh:
        _answer(fresh, _embedding(1))
        return _answer(fresh, diagram)


def _embedding(rows: int) -> Diagram:
    words = layer("Embedding", "words", input_dim=rows, output_dim=1_000)
    return chain(words, shape=(None,), dtype="int32")


def _answer(warm: Engine, diagram: Diagram) -> float:
    """Return the seconds until the engine has answered for a diagram that Keras takes."""
    began = time.monotonic()
    warm.send(Inspect(id=0, diagram=diagram))
    answer = warm.receive(Inspected)
    seconds = time.monotonic() - began
    if answer.diagnostics:
        raise ValueError(f"Expected a sound diagram; received {answer.diagnostics[0].message}")
    return seconds


def _peak_mb(warm: Engine) -> float:
    """Return the most memory that the engine has had so far."""
    status = Path(f"/proc/{warm.pid}/status").read_text(encoding="utf-8")
    kilobytes = next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]
    return int(kilobytes) / 1024
