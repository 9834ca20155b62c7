"""Which random columns would fit a model: guessed from its inputs, its heads and their losses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from graphstudio.diagram.active import active
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, Layer, NodeId
from graphstudio.diagram.generated import Column, Draw
from graphstudio.diagram.values import Value, is_list, is_object

# With the batch dimension first, as Keras gives it.
Shape: TypeAlias = Sequence[int | None]

# The size of a dimension that the model leaves open.
OPEN_SIZE = 32
_FEW = 10.0
_WHOLE_NUMBERS = re.compile(r"u?int\d+")


def suggest_columns(
    diagram: Diagram, shapes: Mapping[NodeId, Shape] | None = None
) -> Mapping[str, Column]:
    """Return a column for each input and each trained head, by the name under which it is read.

    What is not active reads none.

    Args:
        diagram: the model.
        shapes: the tensors that the heads take, as far as they are known.
    """
    diagram, known = active(diagram), shapes or {}
    columns: dict[str, Column] = {}
    for node_id, node in diagram.inputs.items():
        if node.in_model:
            columns.setdefault(node.column or node.name, _input_column(diagram, node_id, node))
    for node_id, head in diagram.heads.items():
        if head.loss is not None:
            shape = known.get(node_id) or _guessed_shape(diagram, node_id)
            columns.setdefault(head.column or head.name, _head_column(head, _closed(shape[1:])))
    return columns


def takes_text(node: InputNode) -> bool:
    """Return whether an input takes texts."""
    return node.config.get("dtype") == "string"


def _input_column(diagram: Diagram, node_id: NodeId, node: InputNode) -> Column:
    shape, dtype = _closed(_input_shape(node)), node.config.get("dtype")
    readers = list(_readers(diagram, node_id))
    if takes_text(node):
        # What is looked up whole is a word; anything else reads sentences.
        if any(layer.class_name.endswith("Lookup") for layer in readers):
            return Column(values=Draw.WORDS, shape=shape, words=1)
        return Column(values=Draw.WORDS, shape=shape)
    counts = [count for layer in readers if isinstance(count := layer.config.get("input_dim"), int)]
    if counts:
        return Column(values=Draw.INTEGERS, shape=shape, high=float(max(1, min(counts))))
    if dtype == "bool":
        return Column(values=Draw.INTEGERS, shape=shape, high=2.0)
    if isinstance(dtype, str) and _WHOLE_NUMBERS.fullmatch(dtype):
        return Column(values=Draw.INTEGERS, shape=shape, high=_FEW)
    return Column(values=Draw.UNIFORM, shape=shape)


def _head_column(head: HeadNode, shape: tuple[int, ...]) -> Column:
    """Return the targets that suit a loss, by the words in its name."""
    loss = _loss_name(head.loss)
    if loss.startswith("sparse") and shape:
        return Column(values=Draw.INTEGERS, shape=shape[:-1], high=float(shape[-1]))
    if "categorical" in loss and shape:
        return Column(values=Draw.ONE_HOT, shape=shape)
    if "binary" in loss:
        return Column(values=Draw.INTEGERS, shape=shape, high=2.0)
    return Column(values=Draw.UNIFORM, shape=shape)


def _loss_name(loss: Value) -> str:
    """Return the name of a loss in small letters alone, whether it is an identifier or a class."""
    name = loss["class"] if is_object(loss) else loss
    return str(name).rpartition(".")[2].replace("_", "").lower()


def _readers(diagram: Diagram, node_id: NodeId) -> Iterator[Layer]:
    """Yield the layers that read an input as it is, in nested models too."""
    for wire in diagram.outgoing.get(node_id, ()):
        layer = diagram.layer_of(wire.target)
        if layer is None:
            continue
        yield layer
        if layer.diagram is not None:
            for inner_id, inner in layer.diagram.inputs.items():
                if inner.name == wire.port:
                    yield from _readers(layer.diagram, inner_id)


def _input_shape(node: InputNode) -> Shape:
    batched = node.config.get("batch_shape")
    given = batched[1:] if is_list(batched) else node.config.get("shape")
    sizes = given if is_list(given) else ()
    return [size if isinstance(size, int) else None for size in sizes]


def _guessed_shape(diagram: Diagram, head: NodeId) -> Shape:
    """Return the shape of what a head takes where nobody has asked Keras yet."""
    for wire in diagram.incoming.get(head, ()):
        layer = diagram.layer_of(wire.source)
        units = layer.config.get("units") if layer else None
        if isinstance(units, int):
            return None, units
    return None, 1


def _closed(shape: Shape) -> tuple[int, ...]:
    return tuple(OPEN_SIZE if size is None else max(1, size) for size in shape)
