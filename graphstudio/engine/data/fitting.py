"""Whether columns fit the inputs and heads that take them."""

from collections.abc import Sequence
from typing import Any

from graphstudio.diagram.diagram import HeadNode, InputNode, NodeId
from graphstudio.diagram.suggest_columns import takes_text
from graphstudio.engine.data.errors import data_error
from graphstudio.engine.data.samples import Columns, Samples, holds_texts


def check_samples(takers: Sequence[tuple[NodeId, InputNode | HeadNode]], samples: Samples) -> None:
    """Make sure that columns have the kinds and shapes that the model takes, and one length.

    Raises:
        DataError: they have not; it names the input or the head.
    """
    for node_id, node in takers:
        if isinstance(node, InputNode):
            _check_kind(node_id, node, samples.x[node.name])
            _check_shape(node_id, node, samples.x[node.name])
        elif node.name in samples.y:
            _check_kind(node_id, node, samples.y[node.name])
    _check_lengths({**samples.x, **samples.y})


def _check_kind(node_id: NodeId, node: InputNode | HeadNode, column: Any) -> None:
    """Make sure that what takes texts gets texts, and that nothing else does."""
    text = isinstance(node, InputNode) and takes_text(node)
    if text != holds_texts(column):
        expected = "texts" if text else "numbers"
        received = "texts" if holds_texts(column) else f"numbers ({column.dtype})"
        what = "input" if isinstance(node, InputNode) else "head"
        message = f"The {what} {node.name!r} takes {expected}; its data has {received}."
        raise data_error("wrong-kind", message, expected, received, node_id)


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
        raise data_error(
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
        raise data_error("wrong-length", message, "columns of one length", received)
