"""A large model, and what Keras says about it, for measuring how the studio keeps up."""

from collections.abc import Iterator, Mapping
from itertools import count

from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    Node,
    NodeId,
    Position,
    Wire,
    WireId,
)
from graphstudio.diagram.values import Value
from graphstudio.protocol import Inspected, NodeInfo, Tensor

# Of a row: an input, calls and a head.
ROW = 100
# Of the calls, every fourth is a sum that takes a second tensor, until there are this many.
_SUMS = 21
_SUM_EVERY = 4
_WIDTH = 16
_STEP_X, _STEP_Y = 240.0, 128.0
_VECTOR = Tensor((None, _WIDTH), "float32")
_DENSE_PARAMS = _WIDTH * (_WIDTH + 1)


def large_diagram(rows: int = 100) -> Diagram:
    """Return a sound model of 100 nodes and 120 wires a row: 10,000 and 12,000 as it is.

    A row leads from an input through ``Dense`` layers and sums to a head. Each sum takes a tensor
    from further back in its row; the last one of a row takes it from the row above.

    Args:
        rows: rows below each other, 1 or more.
    """
    nodes: dict[NodeId, Node] = {}
    layers: dict[LayerId, Layer] = {}
    for row in range(rows):
        for column in range(ROW):
            node_id = node_at(row, column)
            nodes[node_id] = _node(row, column)
            if isinstance(nodes[node_id], CallNode):
                layers[LayerId(node_id)] = _layer(row, column)
    numbers = count()
    return Diagram(
        name="large",
        layers=layers,
        nodes=nodes,
        wires={WireId(f"w{next(numbers)}"): wire for row in range(rows) for wire in _wires_of(row)},
        positions={
            node_at(row, column): Position(column * _STEP_X, row * _STEP_Y)
            for row in range(rows)
            for column in range(ROW)
        },
    )


def answer_about(diagram: Diagram, number: int = 1) -> Inspected:
    """Return what the engine answers about a diagram of :func:`large_diagram`.

    Args:
        diagram: the diagram.
        number: the request's.
    """
    dense = NodeInfo((_VECTOR,), _DENSE_PARAMS, _DENSE_PARAMS)
    other = NodeInfo((_VECTOR,))
    infos: dict[NodeId, NodeInfo] = {}
    for node_id in diagram.nodes:
        layer = diagram.layer_of(node_id)
        infos[node_id] = dense if layer and layer.class_name.endswith("Dense") else other
    total = sum(info.params for info in infos.values())
    return Inspected(id=number, nodes=infos, total_params=total, trainable_params=total)


def node_at(row: int, column: int) -> NodeId:
    """Return the id of a node of a large diagram; the head is in the last column."""
    return NodeId(f"n{row}_{column}")


def _is_sum(column: int) -> bool:
    return column % _SUM_EVERY == 0 and 0 < column <= _SUMS * _SUM_EVERY


def _node(row: int, column: int) -> Node:
    if column == 0:
        return InputNode(name=f"features_{row}", config={"shape": [_WIDTH]})
    if column == ROW - 1:
        return HeadNode(name=f"score_{row}", loss="mse")
    return CallNode(layer=LayerId(node_at(row, column)))


def _layer(row: int, column: int) -> Layer:
    if _is_sum(column):
        return Layer(class_name="keras.layers.Add", name=f"add_{row}_{column}")
    config: Mapping[str, Value] = {"units": _WIDTH, "activation": "relu"}
    return Layer(class_name="keras.layers.Dense", name=f"dense_{row}_{column}", config=config)


def _wires_of(row: int) -> Iterator[Wire]:
    for column in range(1, ROW):
        target = node_at(row, column)
        port = HEAD_PORT if column == ROW - 1 else "inputs"
        yield Wire(source=node_at(row, column - 1), target=target, port=port)
        if _is_sum(column):
            from_above = row > 0 and column == _SUMS * _SUM_EVERY
            source = node_at(row - 1, column) if from_above else node_at(row, column - 3)
            yield Wire(source=source, target=target, port=port, order=1)
