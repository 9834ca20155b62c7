"""Projects that the tests of the code generator write as Python."""

from collections.abc import Mapping

from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import (
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
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import ArraysSource
from graphstudio.diagram.values import Value, make_object


def layer(class_name: str, name: str, **config: Value) -> Layer:
    """Return a layer of ``keras.layers``."""
    return Layer(class_name=f"keras.layers.{class_name}", name=name, config=config)


def diagram(
    name: str,
    nodes: Mapping[str, InputNode | HeadNode | Layer | CallNode],
    wires: tuple[str, ...],
) -> Diagram:
    """Return a diagram.

    Args:
        name: the model's name.
        nodes: nodes by id; a layer stands for a call of it and gives the layer the node's id.
        wires: ``"source target"``, ``"source target:port"`` or ``"source.output target:port"``;
            several to one port of a layer follow each other in order.
    """
    layers = {LayerId(key): node for key, node in nodes.items() if isinstance(node, Layer)}
    calls = {
        NodeId(key): CallNode(layer=LayerId(key)) if isinstance(node, Layer) else node
        for key, node in nodes.items()
    }
    return Diagram(name=name, layers=layers, nodes=calls, wires=_wires(calls, wires))


def _wires(
    nodes: Mapping[NodeId, InputNode | HeadNode | CallNode], texts: tuple[str, ...]
) -> dict[WireId, Wire]:
    wires: dict[WireId, Wire] = {}
    for text in texts:
        start, end = text.split()
        source, _, output = start.partition(".")
        target, _, port = end.partition(":")
        port = port or ("tensor" if isinstance(nodes[NodeId(target)], HeadNode) else "inputs")
        order = sum(wire.target == target and wire.port == port for wire in wires.values())
        wires[WireId(f"w{len(wires)}")] = Wire(
            source=NodeId(source),
            target=NodeId(target),
            output=int(output or 0),
            port=port,
            order=order,
        )
    return wires


def three_heads() -> Project:
    """Return a small image model that learns a digit, its parity and its slant at once."""
    dense = "Dense"
    he_normal = make_object("keras.initializers.HeNormal", {"seed": 1})
    drawn = diagram(
        "digits",
        {
            "image": InputNode(name="image", config={"shape": [8, 8, 1]}),
            "conv": layer(
                "Conv2D",
                "conv_1",
                filters=32,
                kernel_size=3,
                padding="same",
                activation="relu",
                strides=[1, 1],
                kernel_initializer=he_normal,
            ),
            "pool": layer("MaxPooling2D", "pool", pool_size=[2, 2]),
            "flat": layer("Flatten", "flatten"),
            "trunk": layer(dense, "trunk", units=64, activation="relu"),
            "digit_out": layer(dense, "digit_out", units=10, activation="softmax"),
            "even_out": layer(dense, "even_out", units=1, activation="sigmoid"),
            "slant_out": layer(dense, "slant_out", units=1, use_bias=False),
            "digit": HeadNode(
                name="digit", loss="sparse_categorical_crossentropy", metrics=("accuracy",)
            ),
            "even": HeadNode(
                name="even",
                loss=make_object("keras.losses.BinaryCrossentropy", {"label_smoothing": 0.1}),
                weight=0.5,
                column="is_even",
            ),
            "slant": HeadNode(
                name="slant",
                loss="mse",
                weight=0.25,
                metrics=("mae", make_object("keras.metrics.RootMeanSquaredError")),
            ),
        },
        (
            "image conv",
            "conv pool",
            "pool flat",
            "flat trunk",
            "trunk digit_out",
            "trunk even_out",
            "trunk slant_out",
            "digit_out digit",
            "even_out even",
            "slant_out slant",
        ),
    )
    adam = make_object("keras.optimizers.Adam", {"learning_rate": 0.002})
    return Project(
        diagram=drawn,
        data=Data(source=ArraysSource(path="digits.npz")),
        training=Training(optimizer=adam, epochs=3, seed=7),
    )


def siamese() -> Project:
    """Return a model that calls one encoder on two inputs."""
    drawn = diagram(
        "siamese",
        {
            "left": InputNode(name="left", config={"shape": [16]}),
            "right": InputNode(name="right", config={"shape": [16]}),
            "encoder": layer("Dense", "encoder", units=8, activation="tanh"),
            "encoder_again": CallNode(layer=LayerId("encoder")),
            "joined": layer("Concatenate", "joined"),
            "out": layer("Dense", "out", units=1, activation="sigmoid"),
            "same": HeadNode(name="same", loss="binary_crossentropy"),
        },
        (
            "left encoder",
            "right encoder_again",
            "encoder joined",
            "encoder_again joined",
            "joined out",
            "out same",
        ),
    )
    return Project(
        diagram=drawn,
        data=Data(source=ArraysSource(path="pairs.npz")),
        training=Training(epochs=2, batch_size=16),
    )
