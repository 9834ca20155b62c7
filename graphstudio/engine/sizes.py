"""Diagrams whose inputs have the sizes that a question is about."""

from collections.abc import Mapping

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, InputNode
from graphstudio.diagram.values import Value, is_list


def with_sizes(diagram: Diagram, batch_size: int, size: int | None) -> Diagram:
    """Return a diagram for batches of a size, nested models included.

    Args:
        diagram: the diagram.
        batch_size: samples in a batch, whatever the inputs say.
        size: what takes the place of sizes that are unknown; without, they stay so.
    """
    nodes = {
        key: replace(node, config=_sized_input(node, batch_size, size))
        for key, node in diagram.nodes.items()
        if isinstance(node, InputNode)
    }
    layers = {
        key: replace(layer, diagram=with_sizes(layer.diagram, batch_size, size))
        for key, layer in diagram.layers.items()
        if layer.diagram is not None
    }
    return replace(diagram, nodes={**diagram.nodes, **nodes}, layers={**diagram.layers, **layers})


def _sized_input(node: InputNode, batch_size: int, size: int | None) -> Mapping[str, Value]:
    config = dict(node.config)
    whole = config.pop("batch_shape", None)
    shape = whole[1:] if is_list(whole) and whole else config.get("shape")
    if not is_list(shape):
        return node.config
    sizes = [size if one is None else one for one in shape]
    return {**config, "shape": sizes, "batch_size": batch_size}
