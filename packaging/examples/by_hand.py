"""Examples that are drawn node by node, since no live model leads to them."""

from collections.abc import Mapping
from typing import TypeAlias

from examples.drawing import adam, arranged, classes, shipped, yes_or_no
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import (
    HEAD_PORT,
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
    Wire,
    WireId,
)
from graphstudio.diagram.generated import Column, Draw, GeneratedSource
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.values import Value

# A layer stands for a first call of it.
_Drawn: TypeAlias = InputNode | Layer | CallNode | HeadNode


def digits() -> Project:
    """Return the first example: one image, a small residual trunk and three heads."""
    convolution: Mapping[str, Value] = {
        "filters": 32,
        "kernel_size": [3, 3],
        "padding": "same",
        "activation": "relu",
    }
    diagram = _diagram(
        "digits",
        {
            "image": InputNode(name="image", config={"shape": [8, 8, 1]}),
            "conv_1": _layer("conv_1", "Conv2D", **convolution),
            "conv_2": _layer("conv_2", "Conv2D", **convolution),
            "add": _layer("add", "Add"),
            "pool": _layer("pool", "GlobalMaxPooling2D"),
            "scores": _layer("scores", "Dense", units=10, activation="softmax"),
            "parity": _layer("parity", "Dense", units=1, activation="sigmoid"),
            "amount": _layer("amount", "Dense", units=1),
            "digit": classes("digit"),
            "even": yes_or_no("even", weight=0.5),
            "ink": HeadNode(
                name="ink", loss="mean_squared_error", weight=10.0, metrics=("mean_absolute_error",)
            ),
        },
        "image conv_1",
        "conv_1 conv_2",
        "conv_2 add",
        "conv_1 add",
        "add pool",
        "pool scores",
        "pool parity",
        "pool amount",
        "scores digit",
        "parity even",
        "amount ink",
    )
    return Project(
        diagram=diagram,
        data=shipped("digits"),
        training=Training(optimizer=adam(0.005), epochs=20),
    )


def two_cameras() -> Project:
    """Return a model that sees two images with one Xception, which is a single node."""
    xception = Layer(
        class_name="keras.applications.Xception",
        name="xception",
        config={"weights": None, "include_top": False},
    )
    camera: Mapping[str, Value] = {"shape": [250, 250, 3]}
    diagram = _diagram(
        "two_cameras",
        {
            "left": InputNode(name="left", config=camera),
            "right": InputNode(name="right", config=camera),
            "xception": xception,
            "xception-2": CallNode(layer=LayerId("xception")),
            "both": _layer("both", "Concatenate"),
            "features": HeadNode(name="features", loss="mean_squared_error"),
        },
        "left xception",
        "right xception-2",
        "xception both",
        "xception-2 both",
        "both features",
    )
    columns = {
        "left": Column(values=Draw.UNIFORM, shape=(250, 250, 3)),
        "right": Column(values=Draw.UNIFORM, shape=(250, 250, 3)),
        "features": Column(values=Draw.UNIFORM, shape=(8, 8, 4096)),
    }
    return Project(
        diagram=diagram,
        data=Data(source=GeneratedSource(samples=8, columns=columns), validation=0.25),
        training=Training(batch_size=2, epochs=1),
    )


def disconnected() -> Project:
    """Return what is no model yet: the head `cultivar` needs an input that is not in the model."""
    diagram = _diagram(
        "disconnected",
        {
            "phenols": InputNode(name="phenols", config={"shape": [4]}),
            "colour": InputNode(name="colour", config={"shape": [2]}, in_model=False),
            "phenols_seen": _layer("phenols_seen", "Dense", units=16, activation="relu"),
            "colour_seen": _layer("colour_seen", "Dense", units=16, activation="relu"),
            "both": _layer("both", "Concatenate"),
            "strength": _layer("strength", "Dense", units=1),
            "scores": _layer("scores", "Dense", units=3, activation="softmax"),
            "alcohol": HeadNode(name="alcohol", loss="mean_squared_error"),
            "cultivar": classes("cultivar"),
        },
        "phenols phenols_seen",
        "colour colour_seen",
        "phenols_seen both",
        "colour_seen both",
        "phenols_seen strength",
        "strength alcohol",
        "both scores",
        "scores cultivar",
    )
    return Project(
        diagram=diagram,
        data=shipped("wine"),
        training=Training(optimizer=adam(0.01), batch_size=16, epochs=20),
    )


def _layer(name: str, class_name: str, **config: Value) -> Layer:
    return Layer(class_name=f"keras.layers.{class_name}", name=name, config=config)


def _diagram(name: str, nodes: Mapping[str, _Drawn], *wires: str) -> Diagram:
    """Return an arranged diagram; a wire is written as ``"source target"``."""
    return arranged(
        Diagram(
            name=name,
            layers={LayerId(key): one for key, one in nodes.items() if isinstance(one, Layer)},
            nodes={
                NodeId(key): CallNode(layer=LayerId(key)) if isinstance(one, Layer) else one
                for key, one in nodes.items()
            },
            wires=_wires(wires, nodes),
        )
    )


def _wires(texts: tuple[str, ...], nodes: Mapping[str, _Drawn]) -> dict[WireId, Wire]:
    wires: dict[WireId, Wire] = {}
    for text in texts:
        source, target = text.split()
        port = HEAD_PORT if isinstance(nodes[target], HeadNode) else "inputs"
        order = sum(wire.target == target for wire in wires.values())
        wires[WireId(f"{source}-{target}")] = Wire(
            source=NodeId(source), target=NodeId(target), port=port, order=order
        )
    return wires
