"""A trained run: measured on its held-out data, or asked for predictions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from graphstudio.catalog.entries import Catalog
from graphstudio.code.plan import make_plan
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.engine.data import DataError, load_split, read_arrays
from graphstudio.engine.run_folder import RunFolder


def evaluate(run: RunFolder, catalog: Catalog) -> Mapping[str, float]:
    """Return loss and metrics of a run's model on the samples that were held out.

    Where nothing was held out, it is measured on the samples that it learnt from.

    Raises:
        RunFolderError: the folder is not that of a run.
        DataError: the run's data is no longer there, or is another.
    """
    project = run.project()
    plan = make_plan(project.diagram, catalog)
    split = load_split(project, plan, Path(run.state().folder))
    samples = split.validation or split.train
    model = keras.saving.load_model(run.expect_model())
    results = model.evaluate(
        samples.x,
        samples.y,
        batch_size=project.training.batch_size,
        return_dict=True,
        verbose=0,
    )
    return {name: float(value) for name, value in results.items()}


def predict(run: RunFolder, data: Path, catalog: Catalog) -> Mapping[str, Any]:
    """Return each head's predictions for the rows of a ``.npz`` file, as arrays.

    Raises:
        RunFolderError: the folder is not that of a run.
        DataError: the file cannot be read, or lacks a column.
    """
    plan = make_plan(run.project().diagram, catalog)
    arrays = read_arrays(data)
    columns = {step.node.name: step.node.column or step.node.name for step in plan.inputs}
    missing = sorted(set(columns.values()) - set(arrays))
    if missing:
        there = ", ".join(sorted(arrays))
        raise DataError(
            Diagnostic(
                code="missing-column",
                severity=Severity.ERROR,
                message=f"{data} has no column {', '.join(missing)}; it has {there}.",
                expected=", ".join(columns.values()),
                received=there,
            )
        )
    model = keras.saving.load_model(run.expect_model())
    predictions: Mapping[str, Any] = model.predict(
        {name: arrays[column] for name, column in columns.items()}, verbose=0
    )
    return predictions
