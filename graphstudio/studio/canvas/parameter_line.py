"""The dim line on a node: the parameters that matter, in few characters."""

from collections.abc import Iterator, Mapping

from graphstudio.catalog.entries import Entry, Kind, Parameter
from graphstudio.catalog.starting import rank_of
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, NodeId
from graphstudio.diagram.values import ARRAY, SLICE, Value, is_list, is_object, slice_text

TIMES = "\N{MULTIPLICATION SIGN}"
# How the line says long losses; the inspector has them in full.
_SHORT: Mapping[str, str] = {
    "binary_crossentropy": "binary",
    "categorical_crossentropy": "crossentropy",
    "mean_absolute_error": "mae",
    "mean_squared_error": "mse",
    "sparse_categorical_crossentropy": "sparse crossentropy",
}
# They shape how a layer starts or runs, and not what it computes.
_QUIET_FAMILIES = frozenset({"initializers", "regularizers", "constraints"})
_QUIET = frozenset({"autocast", "data_format", "dtype", "rank", "seed", "trainable"})
# Without them a pooling layer would say nothing about what it does.
_TELLING = frozenset({"pool_size", "size"})
_BARE = frozenset({Kind.CHOICE, Kind.OBJECT, Kind.TEXT})
_LONGEST = 60


def parameter_line(diagram: Diagram, node_id: NodeId, entry: Entry | None) -> str:
    """Return the line that a node shows under its name, such as ``32 · 3x3 · relu``.

    Args:
        diagram: where the node is.
        node_id: the node.
        entry: what it calls; none for an input, a head or what the catalog lacks.
    """
    node = diagram.nodes[node_id]
    if isinstance(node, InputNode):
        return str(node.config.get("dtype") or "float32")
    if isinstance(node, HeadNode):
        return f"{_loss(node.loss)} {TIMES} {node.weight:g}" if node.loss is not None else "no loss"
    return " · ".join(_parts(diagram, node, node_id, entry))[:_LONGEST]


def _parts(diagram: Diagram, node: CallNode, node_id: NodeId, entry: Entry | None) -> Iterator[str]:
    layer = diagram.layers[node.layer]
    if layer.diagram is not None:
        count = len(layer.diagram.layers)
        yield f"{count} layer" if count == 1 else f"{count} layers"
    if entry is None:
        given = {**layer.config, **node.arguments}
        yield from (f"{key} {_said(value)}" for key, value in given.items())
        return
    if any(port.variadic and not port.optional for port in entry.ports):
        count = len(diagram.incoming.get(node_id, ()))
        yield f"{count} input" if count == 1 else f"{count} inputs"
    for parameter in entry.parameters:
        # Asked for each of thousands of nodes, most of whose parameters are as Keras has them.
        said = parameter.name in layer.config or parameter.name in _TELLING
        if said and _matters(parameter, layer.config):
            yield _part(entry, parameter, layer.config.get(parameter.name, parameter.default))
    if node.arguments:
        yield from _arguments(diagram, node, node_id, entry)


def _arguments(diagram: Diagram, node: CallNode, node_id: NodeId, entry: Entry) -> Iterator[str]:
    for parameter in entry.call_parameters:
        if parameter.name in node.arguments and _matters(parameter, node.arguments):
            yield _part(entry, parameter, node.arguments[parameter.name])
    wired = {wire.port for wire in diagram.incoming.get(node_id, ())}
    for port in entry.ports:
        if port.name in node.arguments and port.name not in wired:
            yield f"{port.name}={_constant(node.arguments[port.name])}"


def _matters(parameter: Parameter, config: Mapping[str, Value]) -> bool:
    if parameter.name in _QUIET or parameter.family in _QUIET_FAMILIES:
        return False
    if parameter.name not in config:
        return parameter.name in _TELLING and parameter.default is not None
    return parameter.required or config[parameter.name] != parameter.default


def _part(entry: Entry, parameter: Parameter, value: Value) -> str:
    if isinstance(value, bool):
        return parameter.name if value else f"no {parameter.name}"
    if parameter.kind is Kind.NUMBERS and isinstance(value, int):
        rank = rank_of(entry.name)
        value = [value] * rank if rank and parameter.name != "axis" else value
    bare = parameter.required or parameter.name in _TELLING or parameter.kind in _BARE
    bare = bare and value is not None
    return _said(value) if bare else f"{parameter.name} {_said(value)}"


def _constant(value: Value) -> str:
    """Return a constant as Python has it; of an array, its size."""
    if is_object(value) and value["class"] == ARRAY:
        numbers = (value.get("config") or {}).get("object")
        return f"array {_size(numbers)}"
    if is_list(value):
        return f"[{', '.join(_constant(item) for item in value)}]"
    return str(value)


def _size(numbers: Value) -> str:
    """Return how many numbers lie along each axis, with a cross between."""
    sizes: list[str] = []
    while is_list(numbers):
        sizes.append(str(len(numbers)))
        numbers = numbers[0] if numbers else None
    return TIMES.join(sizes) or "of one"


def _said(value: Value) -> str:
    if is_object(value):
        return slice_text(value) if value["class"] == SLICE else value["class"].rpartition(".")[2]
    if is_list(value):
        sizes = not any(is_object(item) for item in value)
        return (TIMES if sizes else ", ").join(_said(item) for item in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _loss(loss: Value) -> str:
    said = _said(loss)
    return _SHORT.get(said, said.replace("_", " "))
