"""How much memory a run takes for its data, beyond what its model takes.

``python -m tests.benchmarks.probes.resident FOLDER FILE`` trains some steps from a table on disk,
and writes the bytes that were resident at most, beyond those of the model on a few rows in memory.
"""

import sys
import threading
from pathlib import Path

import numpy as np
import psutil

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.diagram.sources import TableSource
from graphstudio.engine.data.loading import load_split
from tests.benchmarks.feeding import FIELDS
from tests.benchmarks.probes.feeding import BATCH, project_of, wide_model

_STEPS = 500


class Peak:
    """Watches the memory of this process."""

    def __init__(self) -> None:
        self.bytes = 0
        self._ended = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        process = psutil.Process()
        while not self._ended.wait(0.02):
            self.bytes = max(self.bytes, process.memory_info().rss)


def main() -> int:
    """Measure the table that the command line names."""
    folder, file = Path(sys.argv[1]), sys.argv[2]
    peak = Peak()
    model = wide_model(len(FIELDS))
    x = np.random.default_rng(0).random((BATCH * 50, len(FIELDS)), "float32")
    model.fit({"x": x}, {"y": x[:, 0]}, batch_size=BATCH, verbose=0)
    alone = peak.bytes
    project = project_of(TableSource(path=file), on_disk=True)
    split = load_split(project, make_plan(project.diagram, shipped_catalog()), folder)
    model.fit(**split.train.to_fit(BATCH), shuffle=False, steps_per_epoch=_STEPS, verbose=0)
    sys.stdout.write(f"{peak.bytes - alone}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
