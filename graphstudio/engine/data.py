"""From a project's data to the columns that its inputs and heads take."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile, is_zipfile
from zlib import error as BadCompression  # noqa: N812 - as Python names its exceptions

import numpy as np
from msgspec import Struct

from graphstudio.code.plan import Plan
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import HeadNode, InputNode, NodeId
from graphstudio.diagram.project import Project

Columns: TypeAlias = Mapping[str, Any]
# The nodes that take columns.
Takers: TypeAlias = Sequence[tuple[NodeId, InputNode | HeadNode]]


class DataError(ValueError):
    """The data does not fit the model or cannot be read; the diagnostics name the node."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostics = (diagnostic,)


class Samples(Struct, frozen=True):
    """Columns by the name of the input or the head that takes them.

    Attributes:
        x: an array for each input.
        y: an array for each trained head.
    """

    x: Columns
    y: Columns

    def __len__(self) -> int:
        return len(next(iter(self.x.values())))

    def rows(self, order: Any) -> "Samples":
        """Return the samples at the given places."""
        return Samples(
            {name: column[order] for name, column in self.x.items()},
            {name: column[order] for name, column in self.y.items()},
        )


class Split(Struct, frozen=True):
    """Samples to learn from, and those that are held out; none where nothing is."""

    train: Samples
    validation: Samples | None


def load_split(project: Project, plan: Plan, folder: Path) -> Split:
    """Return the project's data, shuffled by its seed and split.

    Args:
        project: the project.
        plan: the model's inputs and heads.
        folder: what a relative path starts from.

    Raises:
        DataError: a file or a column is missing, or does not fit.
    """
    samples = load_samples(project, plan, folder)
    order = np.random.default_rng(project.training.seed).permutation(len(samples))
    held_out = int(len(samples) * project.data.validation)
    return Split(
        train=samples.rows(order[held_out:]),
        validation=samples.rows(order[:held_out]) if held_out else None,
    )


def load_samples(project: Project, plan: Plan, folder: Path) -> Samples:
    """Return all samples in the order of the file.

    Raises:
        DataError: a file or a column is missing, or does not fit.
    """
    if project.data.source is None:
        raise _error(
            "no-data", "The project has no data: choose a .npz file.", "a data file", "none"
        )
    inputs = _inputs(plan)
    heads: Takers = [(step.id, step.node) for step in plan.trained_heads]
    arrays = read_columns(folder / project.data.source.path, [*inputs, *heads])
    x = {node.name: arrays[_column(node)] for _, node in inputs}
    y = {node.name: arrays[_column(node)] for _, node in heads}
    _check_shapes(inputs, x)
    _check_lengths({**x, **y})
    return Samples(x, y)


def load_inputs(plan: Plan, path: Path) -> Columns:
    """Return the columns of a ``.npz`` file that the inputs take, by the input's name.

    Raises:
        DataError: the file or a column is missing, or does not fit.
    """
    inputs = _inputs(plan)
    arrays = read_columns(path, inputs)
    x = {node.name: arrays[_column(node)] for _, node in inputs}
    _check_shapes(inputs, x)
    _check_lengths(x)
    return x


def read_columns(path: Path, takers: Takers) -> Columns:
    """Return the columns of a ``.npz`` file that inputs and heads take, by the column's name.

    The others are not read. Pickled objects are refused.

    Raises:
        DataError: the file is missing or is not such a file, or a column is missing.
    """
    if not path.exists():
        raise _error(
            "missing-data", f"The data file {path} is not there.", str(path), "no such file"
        )
    # NumPy would take other files for single arrays, or for pickles.
    if not is_zipfile(path):
        raise _unreadable(path, "it is not a zip file, or only a part of one")
    try:
        with np.load(path) as arrays:
            _check_presence(arrays.files, takers)
            return {name: arrays[name] for name in {_column(node) for _, node in takers}}
    except DataError:
        raise
    except (OSError, ValueError, EOFError, BadZipFile, BadCompression) as error:
        raise _unreadable(path, str(error)) from error


def _unreadable(path: Path, reason: str) -> DataError:
    message = f"The data file {path} cannot be read as .npz arrays: {reason.rstrip('.')}."
    return _error("unreadable-data", message, "named arrays in a .npz file", reason)


def _inputs(plan: Plan) -> list[tuple[NodeId, InputNode]]:
    return [(step.id, step.node) for step in plan.inputs if step.node.in_model]


def _column(node: InputNode | HeadNode) -> str:
    return node.column or node.name


def _check_presence(names: Collection[str], takers: Takers) -> None:
    for node_id, node in takers:
        name = _column(node)
        if name not in names:
            there = ", ".join(sorted(names)) or "none"
            raise _error(
                "missing-column",
                f"The data has no column {name!r} for {node.name!r}; it has {there}.",
                name,
                there,
                node_id,
            )


def _check_shapes(inputs: Sequence[tuple[NodeId, InputNode]], x: Columns) -> None:
    for node_id, node in inputs:
        _check_shape(node_id, node, x[node.name])


def _check_shape(node_id: NodeId, node: InputNode, column: Any) -> None:
    shape = node.config.get("shape")
    if not isinstance(shape, list | tuple):
        return
    given = column.shape[1:]
    fits = len(shape) == len(given) and all(
        want is None or want == have for want, have in zip(shape, given, strict=True)
    )
    if not fits:
        expected, received = str(tuple(shape)), str(tuple(given))
        raise _error(
            "wrong-shape",
            f"The input {node.name!r} takes samples of shape {expected}; its data has {received}.",
            expected,
            received,
            node_id,
        )


def _check_lengths(columns: Columns) -> None:
    lengths = {name: len(column) if column.ndim else 0 for name, column in columns.items()}
    if len(set(lengths.values())) > 1 or not all(lengths.values()):
        received = ", ".join(f"{name} {length}" for name, length in lengths.items())
        message = f"The columns have to have one number of samples, above 0; they have {received}."
        raise _error("wrong-length", message, "columns of one length", received)


def _error(
    code: str, message: str, expected: str, received: str, node: NodeId | None = None
) -> DataError:
    return DataError(
        Diagnostic(
            code=code,
            severity=Severity.ERROR,
            message=message,
            node=node,
            expected=expected,
            received=received,
        )
    )
