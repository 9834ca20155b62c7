"""From a project's data to the samples that its inputs and heads take."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from msgspec.structs import replace

from graphstudio.code.data_plan import column_of, make_data_plan, prepared
from graphstudio.code.data_steps import Argument, DataPlan
from graphstudio.code.steps import Plan
from graphstudio.diagram.data import Data
from graphstudio.diagram.data_paths import source_from
from graphstudio.diagram.diagram import HeadNode, InputNode, NodeId
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import ArraysSource, TableSource
from graphstudio.engine.data.carrying_out import carry_out
from graphstudio.engine.data.errors import data_error
from graphstudio.engine.data.fitting import check_samples
from graphstudio.engine.data.keeping import keep_columns
from graphstudio.engine.data.reading import field_names, fields_in_pieces, read_fields
from graphstudio.engine.data.samples import Columns, Samples, Split, Stream

# The nodes that take columns.
Takers: TypeAlias = Sequence[tuple[NodeId, InputNode | HeadNode]]


def load_split(project: Project, plan: Plan, folder: Path) -> Split:
    """Return the project's data, shuffled by its seed and split.

    Args:
        project: the project.
        plan: the model's inputs and heads.
        folder: what a relative path starts from.

    Raises:
        DataError: a file or a column is missing, or does not fit.
    """
    data, fields, samples = _load(project, plan, folder)
    rows, held_out = _split(project, data, folder, fields, len(samples))
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


def _load(project: Project, plan: Plan, folder: Path) -> tuple[DataPlan, Columns, Samples]:
    if project.data.source is None:
        message = "The project has no data: choose a data file, or use generated data."
        raise data_error("no-data", message, "a data file or generated data", "none")
    try:
        data = make_data_plan(project, plan)
    except ValueError as error:
        raise data_error("no-pieces", f"The data cannot be read: {error}.", "", "") from error
    takers = _takers(plan)
    _check_presence(project.data, field_names(project.data.source, folder), takers)
    nodes = {node.name: node_id for node_id, node in takers}
    if data.on_disk:
        fields, samples = _kept(project, data, folder, nodes)
    else:
        fields = _stepped(read_fields(project.data.source, data.read, folder), data, folder)
        samples = _samples(fields, data, folder, nodes)
    check_samples(takers, samples)
    return data, fields, samples


def _stepped(fields: Columns, data: DataPlan, folder: Path) -> Columns:
    for step in data.steps:
        fields = carry_out(step, folder, fields)
    return fields


def _samples(fields: Columns, data: DataPlan, folder: Path, nodes: Mapping[str, NodeId]) -> Samples:
    parts = (data.x, data.y, data.weights)
    return Samples(*(_columns(part, folder, fields, nodes) for part in parts))


def _kept(
    project: Project, data: DataPlan, folder: Path, nodes: Mapping[str, NodeId]
) -> tuple[Columns, Samples]:
    """Return samples that are on disk, with the field that they are split by."""
    by = project.data.split_field

    def pieces() -> Iterator[tuple[dict[str, Any], ...]]:
        for piece in fields_in_pieces(project.data.source, data.read, folder):
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
    columns: Mapping[str, Argument], folder: Path, fields: Columns, nodes: Mapping[str, NodeId]
) -> Columns:
    made: dict[str, Any] = {}
    for name, argument in columns.items():
        try:
            made[name] = carry_out(argument, folder, fields)
        except (ValueError, TypeError) as error:
            message = f"The data does not fit {name!r}: {error}."
            raise data_error(
                "unfit-data", message, "values that fit", str(error), nodes[name]
            ) from error
    return made


def _takers(plan: Plan) -> Takers:
    inputs = [(step.id, step.node) for step in plan.inputs if step.node.in_model]
    return [*inputs, *((step.id, step.node) for step in plan.trained_heads)]


def _check_presence(data: Data, names: Collection[str], takers: Takers) -> None:
    advice = " Use generated data again to draw it too."
    for node_id, node in takers:
        for name in prepared(data, column_of(node)).fields:
            if name not in names:
                there = ", ".join(sorted(names)) or "none"
                raise data_error(
                    "missing-column",
                    f"The data has no column {name!r} for {node.name!r}; it has {there}."
                    f"{advice if isinstance(data.source, GeneratedSource) else ''}",
                    name,
                    there,
                    node_id,
                )
