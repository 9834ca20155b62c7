"""Diagrams whose inputs have the sizes that a question is about."""

from collections.abc import Mapping

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, InputNode
from graphstudio.diagram.values import Value, is_list


def with_sizes(
    diagram: Diagram, batch_size: int, size: int | None, *, keep_batches: bool = False
) -> Diagram:
    """Return a diagram for batches of a size, nested models included.

    Args:
        diagram: the diagram.
        batch_size: samples in a batch.
        size: what takes the place of sizes that are unknown; without, they stay so.
        keep_batches: whether inputs that say themselves how large a batch is keep that.
    """

    def sized(node: InputNode) -> InputNode:
        return replace(node, config=_sized(node.config, batch_size, size, keep=keep_batches))

    nodes = {key: sized(node) for key, node in diagram.nodes.items() if isinstance(node, InputNode)}
    layers = {
        key: replace(
            layer, diagram=with_sizes(layer.diagram, batch_size, size, keep_batches=keep_batches)
        )
        for key, layer in diagram.layers.items()
        if layer.diagram is not None
    }
    return replace(diagram, nodes={**diagram.nodes, **nodes}, layers={**diagram.layers, **layers})


def _sized(
    given: Mapping[str, Value], batch_size: int, size: int | None, *, keep: bool
) -> Mapping[str, Value]:
    config = dict(given)
    whole = config.pop("batch_shape", None)
    shape, said = config.get("shape"), config.get("batch_size")
    if is_list(whole) and whole:
        shape, said = whole[1:], whole[0]
    if not is_list(shape):
        return given
    sizes = [size if one is None else one for one in shape]
    batch = said if keep and said is not None else batch_size
    return {**config, "shape": sizes, "batch_size": batch}
