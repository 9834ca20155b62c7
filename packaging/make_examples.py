"""Write the bundled data and the example projects: ``python packaging/make_examples.py``."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

from graphstudio.diagram.arrange import arrange
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
    Wire,
    WireId,
)
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.project import ArraysSource, Data, Project, Training
from graphstudio.diagram.project_file import save_project
from graphstudio.diagram.values import Value, make_object

RESOURCES = Path(__file__).parent.parent / "resources"


def write_digits_data(path: Path) -> None:
    """Write scikit-learn's 1,797 digits: image, digit, even (0 or 1) and ink (mean of pixels)."""
    digits = load_digits()
    image = (digits.images / 16).astype("float32")
    np.savez_compressed(
        path,
        image=image[..., np.newaxis],
        digit=digits.target.astype("int32"),
        even=(digits.target % 2 == 0).astype("float32")[:, np.newaxis],
        ink=image.mean(axis=(1, 2))[:, np.newaxis],
    )


def _layer(class_name: str, **config: Value) -> tuple[str, Mapping[str, Value]]:
    return f"keras.layers.{class_name}", config


def digits_project() -> Project:
    """Return the example: one image, a small residual trunk and three heads."""
    layers = {
        "conv_1": _layer(
            "Conv2D", filters=32, kernel_size=[3, 3], padding="same", activation="relu"
        ),
        "conv_2": _layer(
            "Conv2D", filters=32, kernel_size=[3, 3], padding="same", activation="relu"
        ),
        "add": _layer("Add"),
        "pool": _layer("GlobalMaxPooling2D"),
        "scores": _layer("Dense", units=10, activation="softmax"),
        "parity": _layer("Dense", units=1, activation="sigmoid"),
        "amount": _layer("Dense", units=1),
    }
    nodes: dict[str, Node] = {
        "image": InputNode(name="image", config={"shape": [8, 8, 1]}),
        **{name: CallNode(layer=LayerId(name)) for name in layers},
        "digit": HeadNode(
            name="digit", loss="sparse_categorical_crossentropy", metrics=("accuracy",)
        ),
        "even": HeadNode(
            name="even", loss="binary_crossentropy", weight=0.5, metrics=("accuracy",)
        ),
        "ink": HeadNode(
            name="ink", loss="mean_squared_error", weight=10.0, metrics=("mean_absolute_error",)
        ),
    }
    wires = [
        ("image", "conv_1"), ("conv_1", "conv_2"), ("conv_2", "add"), ("conv_1", "add"),
        ("add", "pool"), ("pool", "scores"), ("pool", "parity"),
        ("pool", "amount"), ("scores", "digit"), ("parity", "even"), ("amount", "ink"),
    ]  # fmt: skip
    diagram = Diagram(
        name="digits",
        layers={
            LayerId(name): Layer(class_name=path, name=name, config=config)
            for name, (path, config) in layers.items()
        },
        nodes={NodeId(name): node for name, node in nodes.items()},
        wires=_wires(wires, nodes),
    )
    return Project(
        diagram=move_nodes(diagram, arrange(diagram)),
        data=Data(source=ArraysSource(path="../data/digits.npz")),
        training=Training(
            optimizer=make_object("keras.optimizers.Adam", {"learning_rate": 0.005}), epochs=20
        ),
    )


def _wires(pairs: list[tuple[str, str]], nodes: Mapping[str, Node]) -> dict[WireId, Wire]:
    wires: dict[WireId, Wire] = {}
    for source, target in pairs:
        port = HEAD_PORT if isinstance(nodes[target], HeadNode) else "inputs"
        order = sum(wire.target == target for wire in wires.values())
        wires[WireId(f"{source}-{target}")] = Wire(
            source=NodeId(source), target=NodeId(target), port=port, order=order
        )
    return wires


if __name__ == "__main__":
    write_digits_data(RESOURCES / "data/digits.npz")
    save_project(digits_project(), RESOURCES / "examples/digits.gstudio")
