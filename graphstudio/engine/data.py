"""From a project's data to the columns that its inputs and heads take."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias
from zipfile import BadZipFile, is_zipfile
from zlib import error as BadCompression  # noqa: N812 - as Python names its exceptions

import keras
import numpy as np
from msgspec import Struct

from graphstudio.code.steps import Plan
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import HeadNode, InputNode, NodeId
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project, Source
from graphstudio.diagram.suggest_columns import takes_text
from graphstudio.engine.generated_data import draw_columns

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
        """Return the samples at the given places, as Keras trains on them."""
        return Samples(
            {name: _for_keras(column[order]) for name, column in self.x.items()},
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
    """Return all samples in the order of the file, or as they are generated.

    Raises:
        DataError: a file or a column is missing, or does not fit.
    """
    source = project.data.source
    if source is None:
        message = "The project has no data: choose a .npz file, or use generated data."
        raise _error("no-data", message, "a data file or generated data", "none")
    inputs = _inputs(plan)
    heads: Takers = [(step.id, step.node) for step in plan.trained_heads]
    arrays = _columns(source, folder, [*inputs, *heads])
    x = {node.name: arrays[_column(node)] for _, node in inputs}
    y = {node.name: arrays[_column(node)] for _, node in heads}
    _check_inputs(inputs, x)
    for node_id, head in heads:
        _check_kind(node_id, head, y[head.name])
    _check_lengths({**x, **y})
    return Samples(x, y)


def load_inputs(plan: Plan, path: Path) -> Columns:
    """Return the columns of a ``.npz`` file that the inputs take, by the input's name.

    They are as Keras predicts from them.

    Raises:
        DataError: the file or a column is missing, or does not fit.
    """
    inputs = _inputs(plan)
    arrays = read_columns(path, inputs)
    x = {node.name: arrays[_column(node)] for _, node in inputs}
    _check_inputs(inputs, x)
    _check_lengths(x)
    return {name: _for_keras(column) for name, column in x.items()}


def _columns(source: Source, folder: Path, takers: Takers) -> Columns:
    if isinstance(source, GeneratedSource):
        _check_presence(source.columns, takers, " Use generated data again to draw it too.")
        return draw_columns(source)
    return read_columns(folder / source.path, takers)


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


def _check_presence(names: Collection[str], takers: Takers, advice: str = "") -> None:
    for node_id, node in takers:
        name = _column(node)
        if name not in names:
            there = ", ".join(sorted(names)) or "none"
            raise _error(
                "missing-column",
                f"The data has no column {name!r} for {node.name!r}; it has {there}.{advice}",
                name,
                there,
                node_id,
            )


def _for_keras(column: Any) -> Any:
    """Return a column as Keras takes it: texts in tensors, since it takes no arrays of them."""
    return keras.ops.convert_to_tensor(column) if _holds_texts(column) else column


def _holds_texts(column: Any) -> bool:
    return column.dtype.kind in "SU"


def _check_inputs(inputs: Iterable[tuple[NodeId, InputNode]], x: Columns) -> None:
    for node_id, node in inputs:
        _check_kind(node_id, node, x[node.name])
        _check_shape(node_id, node, x[node.name])


def _check_kind(node_id: NodeId, node: InputNode | HeadNode, column: Any) -> None:
    """Make sure that what takes texts gets texts, and that nothing else does."""
    text = isinstance(node, InputNode) and takes_text(node)
    if text != _holds_texts(column):
        expected = "texts" if text else "numbers"
        received = "texts" if _holds_texts(column) else f"numbers ({column.dtype})"
        what = "input" if isinstance(node, InputNode) else "head"
        message = f"The {what} {node.name!r} takes {expected}; its data has {received}."
        raise _error("wrong-kind", message, expected, received, node_id)


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
