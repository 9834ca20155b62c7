"""A trained run: measured on its held-out data, or asked for predictions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphstudio.catalog.entries import Catalog
from graphstudio.code.plan import make_plan
from graphstudio.engine.data import load_inputs, load_split
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.saved_model import load_saved_model


def evaluate(run: RunFolder, catalog: Catalog) -> Mapping[str, float]:
    """Return loss and metrics of a run's model on the samples that were held out.

    Where nothing was held out, it is measured on the samples that it learnt from.

    Raises:
        PlanError: the run's diagram is no model.
        RunFolderError: the folder is not that of a run, or holds no model that can be read.
        DataError: the run's data is no longer there, or is another.
    """
    project = run.project()
    plan = make_plan(project.diagram, catalog)
    split = load_split(project, plan, Path(run.state().folder))
    samples = split.validation or split.train
    results = load_saved_model(run).evaluate(
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
        PlanError: the run's diagram is no model.
        RunFolderError: the folder is not that of a run, or holds no model that can be read.
        DataError: the file cannot be read, lacks a column, or holds one that does not fit.
    """
    columns = load_inputs(make_plan(run.project().diagram, catalog), data)
    predictions: Mapping[str, Any] = load_saved_model(run).predict(columns, verbose=0)
    return predictions
