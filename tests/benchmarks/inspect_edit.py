"""How soon shapes follow an edit in a large model: one parameter in a thousand layers."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import numpy as np

from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.edits import set_parameter
from graphstudio.protocol import Inspect, Inspected
from tests.benchmarks.engine import Engine, engine
from tests.benchmarks.program import program
from tests.benchmarks.row import Comparison, Row, at_most

GOAL_MS = 50.0
_LAYERS = 1000
_EDITS = 60
_KERAS = ["-m", "tests.benchmarks.probes.keras_calls", str(_EDITS)]


def inspect_edit() -> Iterator[Row]:
    """Measure a warm engine's answers to edits all along a chain of ``Dense`` layers.

    The peer is Keras alone on the two calls that such an edit changes: the layer's own, and that
    of the layer that follows.
    """
    with TemporaryDirectory() as folder, engine(Path(folder), cpu_only=True) as warm:
        answers = list(_seconds_of_edits(warm))
    with TemporaryDirectory() as folder, program(_KERAS, Path(folder)) as keras:
        calls = msgspec.json.decode(keras.line(), type=list[float])
    measured = Comparison(_p95_in_ms(answers), _p95_in_ms(calls))
    yield at_most("inspect-edit", "ms", GOAL_MS, measured)


def _seconds_of_edits(warm: Engine) -> Iterator[float]:
    diagram = chain(_LAYERS)
    warm.send(Inspect(id=0, diagram=diagram))
    warm.receive(Inspected)
    for number in range(_EDITS):
        layer = NodeId(f"dense_{number * _LAYERS // _EDITS}")
        diagram = set_parameter(diagram, layer, "units", 17 + number)
        began = time.monotonic()
        warm.send(Inspect(id=number + 1, diagram=diagram))
        warm.receive(Inspected)
        yield time.monotonic() - began


def chain(length: int) -> Diagram:
    """Return a chain of ``Dense`` layers, from an input to a head."""
    names = [f"dense_{number}" for number in range(length)]
    whole = ["features", *names, "score"]
    dense = "keras.layers.Dense"
    return Diagram(
        name="chain",
        layers={
            LayerId(name): Layer(class_name=dense, name=name, config={"units": 16})
            for name in names
        },
        nodes={
            NodeId("features"): InputNode(name="features", config={"shape": [16]}),
            **{NodeId(name): CallNode(layer=LayerId(name)) for name in names},
            NodeId("score"): HeadNode(name="score"),
        },
        wires={
            WireId(target): Wire(
                source=NodeId(source),
                target=NodeId(target),
                port="tensor" if target == "score" else "inputs",
            )
            for source, target in pairwise(whole)
        },
    )


def _p95_in_ms(seconds: list[float]) -> float:
    return float(np.percentile(seconds, 95)) * 1000
