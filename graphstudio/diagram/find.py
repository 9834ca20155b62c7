"""Finding nodes by what they say: name, class, parameters and shape, in nested models too."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, NodeId
from graphstudio.diagram.nesting import LayerPath, nested_diagrams
from graphstudio.diagram.values import Value, is_list, is_object


class Place(msgspec.Struct, frozen=True):
    """A node, and what it says.

    Attributes:
        path: the nested models that it is in, from the outermost in.
        node: the node.
        text: all that it says, in small letters, a statement a line, without spaces.
    """

    path: LayerPath
    node: NodeId
    text: str


def places(diagram: Diagram, shapes: Mapping[NodeId, Sequence[str]]) -> tuple[Place, ...]:
    """Return every node, the outer ones before those inside of models.

    Args:
        diagram: the whole diagram.
        shapes: what leaves each node, where it is known, such as ``(None, 32) float32``.
    """
    return tuple(
        Place(path, node, "\n".join(map(_plain, _said(inner, node, shapes.get(node, ())))))
        for path, inner in nested_diagrams(diagram)
        for node in inner.nodes
    )


def find(among: Sequence[Place], query: str) -> tuple[Place, ...]:
    """Return the nodes that say every word of a query; none for an empty one.

    Those whose name says it come first, and of these the ones that begin with it; the outer ones
    stay before those inside of models.

    Example:
        ``dense relu`` finds what is called or is a Dense and says relu; ``units=32`` finds a
        parameter, and ``(None, 8, 8, 32)`` a shape.
    """
    # What stands in a list belongs together.
    words = _joined(query).casefold().split()
    if not words:
        return ()
    found = (one for one in among if all(word in one.text for word in words))
    return tuple(sorted(found, key=lambda one: (len(one.path), _rank(one, words))))


def _rank(place: Place, words: Sequence[str]) -> int:
    name = place.text.partition("\n")[0]
    if name == "".join(words):
        return 0
    if name.startswith(words[0]):
        return 1
    return 2 if any(word in name for word in words) else 3


def _said(diagram: Diagram, node_id: NodeId, shapes: Sequence[str]) -> Iterator[str]:
    node, layer = diagram.nodes[node_id], diagram.layer_of(node_id)
    yield diagram.name_of(node_id)
    yield from shapes
    if layer is not None:
        yield layer.class_name
        yield from _settings(layer.config)
    if isinstance(node, CallNode):
        yield from _settings(node.arguments)
    elif isinstance(node, InputNode):
        yield "Input"
        yield from _settings(node.config)
    elif isinstance(node, HeadNode):
        yield "head"
        yield from _settings({"loss": node.loss, "weight": node.weight})
        yield from _settings({"metrics": list(node.metrics)} if node.metrics else {})
    if not isinstance(node, CallNode) and node.column is not None:
        yield f"column={node.column}"


def _settings(config: Mapping[str, Value]) -> Iterator[str]:
    for name, value in config.items():
        if value is not None:
            yield f"{name}={_written(value)}"


def _written(value: Value) -> str:
    """Return a value as people write it."""
    if is_object(value):
        settings = ", ".join(_settings(value.get("config") or {}))
        return f"{str(value['class']).rpartition('.')[2]}({settings})"
    if is_list(value):
        return f"({', '.join(map(_written, value))})"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _joined(query: str) -> str:
    """Return a query without the spaces that stand after commas and around equals signs."""
    for mark in (",", "="):
        query = mark.join(part.strip() for part in query.split(mark))
    return query
