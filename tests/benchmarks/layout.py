"""How soon a large diagram is laid out: blocks with branches and shortcuts, one after another."""

import statistics
import time
from collections.abc import Callable, Iterator
from functools import partial

import networkx as nx

from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.direction import Direction
from tests.benchmarks.row import Comparison, Row, at_most

GOAL_SECONDS = 1.0
_NODES = 1000
_RUNS = 5
# The branches of a block: so many layers each, one of them a shortcut around all.
_BRANCHES = (1, 2, 3, 1)


def layout() -> Iterator[Row]:
    """Measure the layout of 1,000 nodes; networkx's columns without any order are the peer."""
    for name, direction in (("layout", Direction.RIGHT), ("layout down", Direction.DOWN)):
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(_RUNS):
            # A new one each time: what a diagram works out about itself once counts too.
            diagram = blocks(_NODES)
            ours.append(_seconds(partial(arranged, diagram, None, direction)))
            theirs.append(_seconds(partial(_columns, diagram)))
        measured = Comparison(statistics.median(ours), statistics.median(theirs))
        yield at_most(name, "s", GOAL_SECONDS, measured)


def blocks(count: int) -> Diagram:
    """Return a diagram of so many nodes, in blocks as in Inception-ResNet."""
    nodes: dict[NodeId, InputNode | CallNode] = {NodeId("x"): InputNode(name="x")}
    layers: dict[LayerId, Layer] = {}
    wires: dict[WireId, Wire] = {}

    def call(*sources: NodeId) -> NodeId:
        node, layer = NodeId(f"n{len(nodes)}"), LayerId(f"l{len(nodes)}")
        kind = "Concatenate" if len(sources) > 1 else "Dense"
        layers[layer] = Layer(class_name=f"keras.layers.{kind}", name=node)
        nodes[node] = CallNode(layer=layer)
        for order, source in enumerate(sources):
            wire = Wire(source=source, target=node, port="inputs", order=order)
            wires[WireId(f"w{len(wires)}")] = wire
        return node

    last = NodeId("x")
    while len(nodes) + sum(_BRANCHES) + 2 <= count:
        ends = []
        for length in _BRANCHES:
            end = last
            for _ in range(length):
                end = call(end)
            ends.append(end)
        last = call(last, call(*ends))
    while len(nodes) < count:
        last = call(last)
    return Diagram(layers=layers, nodes=nodes, wires=wires)


def _columns(diagram: Diagram) -> object:
    graph = nx.DiGraph(diagram.graph)
    for number, nodes in enumerate(nx.topological_generations(graph)):
        for node in nodes:
            graph.nodes[node]["subset"] = number
    return nx.multipartite_layout(graph)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
