"""A trained run: measured on its held-out data, or asked for predictions."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from graphstudio.catalog.entries import Catalog
from graphstudio.catalog.own_code import with_own
from graphstudio.code.plan import make_plan
from graphstudio.code.steps import Plan
from graphstudio.diagram.project import Project
from graphstudio.engine.data.loading import load_inputs, load_split
from graphstudio.engine.own_code import use_own
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.saved_model import load_saved_model


def evaluate(run: RunFolder, catalog: Catalog, *, trusted: bool = False) -> Mapping[str, float]:
    """Return loss and metrics of a run's model on the samples that were held out.

    Where nothing was held out, it is measured on the samples that it learnt from.

    Args:
        run: the run.
        catalog: what its diagram can hold.
        trusted: whether the user has agreed that the project's own code runs.

    Raises:
        OwnCodeError: the model needs own code that may not run, or does not.
        PlanError: the run's diagram is no model.
        RunFolderError: the folder is not that of a run, or holds no model that can be read.
        DataError: the run's data is no longer there, or is another.
    """
    project = run.project()
    plan = _plan(project, catalog, trusted=trusted)
    split = load_split(project, plan, Path(run.state().folder))
    samples = split.validation or split.train
    results = load_saved_model(run).evaluate(
        **samples.to_fit(project.training.batch_size),
        return_dict=True,
        verbose=0,
    )
    return {name: float(value) for name, value in results.items()}


def predict(
    run: RunFolder, data: Path, catalog: Catalog, *, trusted: bool = False
) -> Mapping[str, Any]:
    """Return each head's predictions for the rows of a ``.npz`` file, as arrays.

    Args:
        run: the run.
        data: the file, with a column an input.
        catalog: what the run's diagram can hold.
        trusted: whether the user has agreed that the project's own code runs.

    Raises:
        OwnCodeError: the model needs own code that may not run, or does not.
        PlanError: the run's diagram is no model.
        RunFolderError: the folder is not that of a run, or holds no model that can be read.
        DataError: the file cannot be read, lacks a column, or holds one that does not fit.
    """
    project = run.project()
    plan = _plan(project, catalog, trusted=trusted)
    columns = load_inputs(project, plan, Path(run.state().folder), data)
    predictions: Mapping[str, Any] = load_saved_model(run).predict(columns, verbose=0)
    return predictions


def _plan(project: Project, catalog: Catalog, *, trusted: bool) -> Plan:
    """Return the plan of a run's model, whose own code can be called from now on."""
    use_own(project, trusted=trusted)
    return make_plan(project.diagram, with_own(catalog, project.code))
