"""From a project's data to the samples that its inputs and heads take."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from graphstudio.code.data_plan import make_data_plan
from graphstudio.code.data_steps import Argument, DataPlan
from graphstudio.code.steps import Plan
from graphstudio.diagram.data import Data
from graphstudio.diagram.data_paths import source_from
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import ArraysSource, TableSource
from graphstudio.engine.data.carrying_out import carry_out
from graphstudio.engine.data.checking import Takers, Units, check_values
from graphstudio.engine.data.errors import data_error
from graphstudio.engine.data.fitting import check_samples
from graphstudio.engine.data.keeping import keep_columns
from graphstudio.engine.data.places import Places
from graphstudio.engine.data.presence import check_presence, check_rows, check_rows_left
from graphstudio.engine.data.reading import field_names, fields_in_pieces, read_fields
from graphstudio.engine.data.samples import Columns, Samples, Split, Stream

# Nothing is known about what feeds the heads.
_NO_UNITS: Units = {}


class _Checks:
    """Looks at the fields of a source, whether they come at once or in pieces.

    Args:
        data: says how columns are made of the fields.
        takers: the inputs and heads that take columns.
        places: says where a value stands.
        units: the number of units that feed each head.
    """

    def __init__(self, data: Data, takers: Takers, places: Places, units: Units) -> None:
        self._data = data
        self._takers = takers
        self._units = units
        self.places = places

    def check(self, fields: Columns) -> None:
        """Make sure that fields can be learnt from; the next ones follow them in the source.

        Raises:
            DataError: they cannot.
        """
        check_rows(self._data.source, fields, self.places)
        check_values(self._data, fields, self._takers, self.places, self._units)
        first = next(iter(fields.values()), None)
        self.places = self.places.after(len(first) if first is not None and first.ndim else 0)


def load_split(project: Project, plan: Plan, folder: Path, units: Units = _NO_UNITS) -> Split:
    """Return the project's data, shuffled by its seed and split.

    Args:
        project: the project.
        plan: the model's inputs and heads.
        folder: what a relative path starts from.
        units: the number of units that feed each head, for the classes that it can learn.

    Raises:
        DataError: a file or a column is missing, or does not fit.
    """
    data, fields, samples = _load(project, plan, folder, units)
    rows, held_out = _split(project, data, folder, fields, len(samples))
    if not len(rows):
        message = f"All {len(samples)} samples are held out: none is left to train on."
        raise data_error("no-samples", message, "samples to train on", "none")
    if not data.on_disk:
        validation = samples.rows(held_out) if len(held_out) else None
        return Split(train=samples.rows(rows), validation=validation)
    parts = tuple(dict(part) for part in samples.for_keras)
    size, seed = project.training.batch_size, project.training.seed
    kept = Stream(parts, held_out, size) if len(held_out) else None
    return Split(train=Stream(parts, rows, size, seed), validation=kept)


def load_samples(project: Project, plan: Plan, folder: Path) -> Samples:
    """Return all samples in the order of the source, or as they are generated.

    Raises:
        DataError: a file or a column is missing, or does not fit.
    """
    return _load(project, plan, folder)[-1]


def load_inputs(project: Project, plan: Plan, folder: Path, path: Path) -> Columns:
    """Return what the inputs take of a file, as Keras predicts from it.

    Args:
        project: says how columns are made of fields.
        plan: the model's inputs.
        folder: what relative paths start from.
        path: the file, which is read in place of the project's own data.

    Raises:
        DataError: the file or a column is missing, or does not fit.
    """
    source = source_from(str(path.absolute()))
    before = project.data.source
    if type(source) is type(before) and isinstance(before, ArraysSource | TableSource):
        source = replace(before, path=source.path)
    data = Data(source=source, columns=project.data.columns, windows=project.data.windows)
    alone = replace(plan, heads=())
    return load_samples(replace(project, data=data), alone, folder).rows(slice(None)).x


def _load(
    project: Project, plan: Plan, folder: Path, units: Units = _NO_UNITS
) -> tuple[DataPlan, Columns, Samples]:
    if project.data.source is None:
        message = "The project has no data: choose a data file, or use generated data."
        raise data_error("no-data", message, "a data file or generated data", "none")
    try:
        data = make_data_plan(project, plan)
    except ValueError as error:
        raise data_error("no-pieces", f"The data cannot be read: {error}.", "", "") from error
    takers = _takers(plan)
    names = field_names(project.data.source, folder)
    check_presence(project.data, names, takers)
    checks = _Checks(project.data, takers, Places(project.data.source, names), units)
    nodes = {node.name: node_id for node_id, node in takers}
    if data.on_disk:
        fields, samples = _kept(project, data, folder, nodes, checks)
    else:
        read = read_fields(project.data.source, data.read, folder)
        checks.check(read)
        fields = _stepped(read, data, folder)
        check_rows_left(read, fields, checks.places)
        samples = _samples(fields, data, folder, nodes)
    check_samples(takers, samples)
    return data, fields, samples


def _stepped(fields: Columns, data: DataPlan, folder: Path) -> Columns:
    for step in data.steps:
        fields = carry_out(step, folder, fields)
    return fields


def _samples(fields: Columns, data: DataPlan, folder: Path, nodes: Mapping[str, NodeId]) -> Samples:
    value_of = partial(carry_out, folder=folder, fields=fields)
    x, y = _columns(data.x, value_of, nodes), _columns(data.y, value_of, nodes)
    return Samples(x, y, _columns(data.weights, partial(value_of, targets=y), nodes))


def _kept(
    project: Project,
    data: DataPlan,
    folder: Path,
    nodes: Mapping[str, NodeId],
    checks: _Checks,
) -> tuple[Columns, Samples]:
    """Return samples that are on disk, with the field that they are split by."""
    by = project.data.split_field

    def pieces() -> Iterator[tuple[dict[str, Any], ...]]:
        for piece in fields_in_pieces(project.data.source, data.read, folder):
            checks.check(piece)
            fields = _stepped(piece, data, folder)
            samples = _samples(fields, data, folder, nodes)
            given = {by: fields[by]} if by else {}
            yield (*map(dict, samples.parts), given)

    x, y, weights, given = keep_columns(project, data, folder, pieces())
    return {name: field[:] for name, field in given.items()}, Samples(x, y, weights)


def _split(
    project: Project, data: DataPlan, folder: Path, fields: Columns, samples: int
) -> tuple[Any, Any]:
    try:
        rows, held_out = carry_out(data.split, folder, fields, samples)
    except (ValueError, TypeError) as error:
        field = project.data.split_field
        message = f"The data cannot be split by {field!r}: {error}."
        expected = "a field that samples can be split by"
        raise data_error("bad-split", message, expected, field) from error
    return rows, held_out


def _columns(
    columns: Mapping[str, Argument],
    value_of: Callable[[Argument], Any],
    nodes: Mapping[str, NodeId],
) -> Columns:
    made: dict[str, Any] = {}
    for name, argument in columns.items():
        try:
            made[name] = value_of(argument)
        except (ValueError, TypeError) as error:
            message = f"The data does not fit {name!r}: {error}."
            raise data_error(
                "unfit-data", message, "values that fit", str(error), nodes[name]
            ) from error
    return made


def _takers(plan: Plan) -> Takers:
    inputs = [(step.id, step.node) for step in plan.inputs if step.node.in_model]
    return [*inputs, *((step.id, step.node) for step in plan.trained_heads)]
