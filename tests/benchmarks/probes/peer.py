"""Another node editor with 1,000 nodes and 1,200 wires, in a Python that has it.

``python peer.py nodegraphqt|qtpynodeeditor|flograph`` writes in milliseconds how long its own calls
took to make them until one frame was painted, and how long a full repaint takes with all in view.
It stands alone, because that Python has nothing of Graph Studio's. Nothing is said to a peer that
would slow it down: undo is left out where it can be.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QApplication, QGraphicsView

_SIZE = (1600, 1000)
_ROWS, _ROW = 10, 100
_STEP = (320.0, 220.0)
_INPUTS = ("a", "b")


def places() -> Iterator[tuple[float, float]]:
    """Yield where the nodes go, row by row, with room for the peers' larger nodes."""
    for number in range(_ROWS * _ROW):
        yield number % _ROW * _STEP[0], number // _ROW * _STEP[1]


def wires() -> Iterator[tuple[int, int, int]]:
    """Yield source, target and input of each wire, as the studio's own diagram has them."""
    for number in range(_ROWS * _ROW):
        if number % _ROW:
            yield number - 1, number, 0
            if number % _ROW % 4 == 0 and number % _ROW < 85:
                yield number - 3, number, 1


def nodegraphqt() -> QGraphicsView:
    """Make the diagram in NodeGraphQt."""
    peer = import_module("NodeGraphQt")
    layer = type("Layer", (peer.BaseNode,), {"__identifier__": "peer", "NODE_NAME": "layer"})
    graph = peer.NodeGraph()
    graph.register_node(layer)
    graph.widget.resize(*_SIZE)
    graph.widget.show()
    nodes = []
    for place in places():
        node = graph.create_node("peer.Layer", pos=list(place), selected=False, push_undo=False)
        for name in _INPUTS:
            node.add_input(name)
        node.add_output("out")
        nodes.append(node)
    for source, target, port in wires():
        nodes[source].output(0).connect_to(nodes[target].input(port), push_undo=False)
    view: Any = graph.viewer()
    # The graph owns the view, and goes when nobody holds it.
    view.made_by = graph
    view.resize(*_SIZE)
    view.zoom_to_nodes([node.view for node in nodes])
    shown: QGraphicsView = view
    return shown


def qtpynodeeditor() -> QGraphicsView:
    """Make the diagram in qtpynodeeditor."""
    peer = import_module("qtpynodeeditor")
    layer = type("Layer", (peer.NodeDataModel,), {
        "name": "layer",
        "caption": "layer",
        "num_ports": {"input": len(_INPUTS), "output": 1},
        "data_type": peer.NodeDataType("tensor", "tensor"),
        "set_in_data": lambda *_: None,
        "out_data": lambda *_: None,
    })  # fmt: skip
    registry = peer.DataModelRegistry()
    registry.register_model(layer, category="layers")
    scene = peer.FlowScene(registry=registry)
    view = _shown(peer.FlowView(scene))
    nodes = []
    for place in places():
        node = scene.create_node(layer)
        node.position = place
        nodes.append(node)
    for source, target, port in wires():
        scene.create_connection(nodes[source]["output"][0], nodes[target]["input"][port])
    return _fitted(view)


def flograph() -> QGraphicsView:
    """Make the diagram in flograph, of its joins of two tables."""
    registry = import_module("flograph.core.registry").NodeRegistry()
    registry.load_builtins()
    graph = import_module("flograph.core.graph").Graph()
    canvas = import_module("flograph.ui.canvas.scene")
    scene = canvas.NodeGraphScene(graph, QUndoStack(QApplication.instance()), registry)
    view = _shown(import_module("flograph.ui.canvas.view").NodeGraphView(scene))
    nodes = [registry.instantiate("flograph.transform.join", place) for place in places()]
    for node in nodes:
        graph.add_node(node)
    for source, target, port in wires():
        graph.connect(nodes[source].id, "joined", nodes[target].id, ("left", "right")[port])
    return _fitted(view)


def _shown(view: QGraphicsView) -> QGraphicsView:
    view.resize(*_SIZE)
    view.show()
    return view


def _fitted(view: QGraphicsView) -> QGraphicsView:
    # One of the peers has hidden Qt's way to the scene behind an attribute.
    around = QGraphicsView.scene(view).itemsBoundingRect()
    view.fitInView(around, Qt.AspectRatioMode.KeepAspectRatio)
    return view


_PEERS: dict[str, Callable[[], QGraphicsView]] = {
    "nodegraphqt": nodegraphqt,
    "qtpynodeeditor": qtpynodeeditor,
    "flograph": flograph,
}


def main() -> int:
    """Make the diagram in a peer, and write what it took."""
    application = QApplication(sys.argv[:1])
    began = time.perf_counter()
    view = _PEERS[sys.argv[1]]()
    view.viewport().repaint()
    opened = (time.perf_counter() - began) * 1000
    application.processEvents()
    frames = []
    for _ in range(5):
        began = time.perf_counter()
        view.viewport().repaint()
        frames.append((time.perf_counter() - began) * 1000)
    sys.stdout.write(json.dumps({"opened": opened, "whole": min(frames)}) + "\n")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
