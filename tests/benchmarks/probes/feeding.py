"""A model that trains from a source, and from the same data in memory as tensors, in turns.

``python -m tests.benchmarks.probes.feeding KIND FOLDER`` writes a JSON list of the seconds of an
epoch: from the source and from memory in turns, then from memory alone.
"""

import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import keras
import msgspec
import numpy as np

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.diagram.data import Data, Prepared
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId, Wire, WireId
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import ArraysSource, Source, TableSource
from graphstudio.engine.data.loading import load_split
from graphstudio.engine.data.samples import Samples, Stream
from tests.benchmarks.feeding import FIELDS

PAIRS = 11
BATCH = 256
# Enough for an epoch that is much longer than what begins and ends it.
ROWS = BATCH * 120


def main() -> int:
    """Measure the kind of source that the command line names."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    project = PROJECTS[kind](folder)
    split = load_split(project, make_plan(project.diagram, shipped_catalog()), folder)
    source = split.train
    memory = _tensors(source)
    model = wide_model(len(FIELDS))
    for one in (source.to_fit(BATCH), memory):
        _epoch(model, one)
    times = [
        (_epoch(model, source.to_fit(BATCH)), _epoch(model, memory), _epoch(model, memory))
        for _ in range(PAIRS)
    ]
    sys.stdout.write(msgspec.json.encode(times).decode() + "\n")
    return 0


def _epoch(model: Any, given: Mapping[str, Any]) -> float:
    began = time.monotonic()
    model.fit(**given, shuffle="y" in given, epochs=1, verbose=0)
    return time.monotonic() - began


def _tensors(source: Samples | Stream) -> Mapping[str, Any]:
    """Return the samples as tensors in memory, with what ``fit`` takes beside them."""
    if isinstance(source, Samples):
        x, y = source.x["x"], source.y["y"]
    else:
        pairs = [(x["x"].numpy(), y["y"].numpy()) for x, y in source.for_keras]
        x, y = (np.concatenate(part) for part in zip(*pairs, strict=True))
    tensors = keras.ops.convert_to_tensor(x), keras.ops.convert_to_tensor(y)
    return {"x": {"x": tensors[0]}, "y": {"y": tensors[1]}, "batch_size": BATCH}


def wide_model(width: int) -> Any:
    """Return a model whose step takes some 10 ms on two cores."""
    x = keras.Input((width,), name="x")
    hidden = keras.layers.Dense(768, activation="relu")(x)
    hidden = keras.layers.Dense(768, activation="relu")(hidden)
    model = keras.Model({"x": x}, {"y": keras.layers.Dense(1)(hidden)})
    model.compile("sgd", {"y": "mse"})
    return model


def project_of(source: Source, *, on_disk: bool) -> Project:
    x, y = NodeId("x"), NodeId("y")
    diagram = Diagram(
        nodes={
            x: InputNode(name="x", config={"shape": [len(FIELDS)]}),
            y: HeadNode(name="y", loss="mse"),
        },
        wires={WireId("w"): Wire(source=x, target=y, port="tensor")},
    )
    stacked = {} if isinstance(source, ArraysSource) else {"x": Prepared(fields=FIELDS)}
    data = Data(source=source, columns=stacked, validation=0.0, on_disk=on_disk)
    return Project(diagram=diagram, data=data, training=Training(batch_size=BATCH))


def _table(folder: Path, ending: str, *, on_disk: bool) -> Project:
    drawn = ", ".join(f"random() AS {name}" for name in (*FIELDS, "y"))
    path = folder / f"rows{ending}"
    duckdb.sql(f"COPY (SELECT {drawn} FROM range({ROWS})) TO '{path}'")  # noqa: S608 - our own names
    return project_of(TableSource(path=path.name), on_disk=on_disk)


def _arrays(folder: Path, *, on_disk: bool) -> Project:
    random = np.random.default_rng(0)
    x = random.random((ROWS, len(FIELDS)), "float32")
    np.savez(folder / "rows.npz", x=x, y=random.random(ROWS, "float32"))
    return project_of(ArraysSource(path="rows.npz"), on_disk=on_disk)


PROJECTS: Mapping[str, Callable[[Path], Project]] = {
    "csv": lambda folder: _table(folder, ".csv", on_disk=False),
    "csv-on-disk": lambda folder: _table(folder, ".csv", on_disk=True),
    "parquet-on-disk": lambda folder: _table(folder, ".parquet", on_disk=True),
    "npz": lambda folder: _arrays(folder, on_disk=False),
    "npz-on-disk": lambda folder: _arrays(folder, on_disk=True),
}


if __name__ == "__main__":
    sys.exit(main())
