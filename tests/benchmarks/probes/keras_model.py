"""Keras alone: what it takes to construct EfficientNetB7.

``python -m tests.benchmarks.probes.keras_model TIMES FILE`` writes the seconds of each time, and
the model as a project to a file.
"""

import sys
import time
from pathlib import Path

import keras

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from graphstudio.engine.import_model import import_model


def main() -> None:
    """Construct the model as often as the command line says."""
    times, file = int(sys.argv[1]), Path(sys.argv[2])
    keras.applications.EfficientNetB0(weights=None)
    seconds = [_seconds_of_construction() for _ in range(times)]
    model = keras.applications.EfficientNetB7(weights=None)
    diagram, _ = import_model(model, shipped_catalog())
    save_project(Project(diagram=diagram), file)
    sys.stdout.write(f"{seconds}\n")


def _seconds_of_construction() -> float:
    began = time.monotonic()
    keras.applications.EfficientNetB7(weights=None)
    return time.monotonic() - began


if __name__ == "__main__":
    main()
