"""Diagrams and projects that tests ask the engine about, with a few words to draw them."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
from msgspec.structs import replace

from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, Layer, LayerId
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.project_file import load_project
from graphstudio.diagram.sources import ArraysSource
from graphstudio.diagram.values import Value
from graphstudio.resource import resource_path
from tests.code.projects import diagram, layer

LINEAR_SAMPLES = 96


def digits() -> Project:
    """Return the shipped example, with the full path of its data."""
    project = load_project(digits_file())
    data = resource_path("data/digits.npz")
    return replace(project, data=replace(project.data, source=ArraysSource(path=str(data))))


def digits_file() -> Path:
    """Return the file of the shipped example."""
    return resource_path("examples/digits.gstudio")


def chain(
    *layers: Layer,
    shape: tuple[int | None, ...] = (64,),
    dtype: str | None = None,
    loss: Value = "categorical_crossentropy",
) -> Diagram:
    """Return the diagram of one input ``x``, layers in a row and one head ``y``.

    Args:
        layers: the layers; each one's name is the id of its node.
        shape: the input's, without the batch.
        dtype: the input's, if it is not Keras's own.
        loss: the head's.
    """
    config: Mapping[str, Value] = {"shape": list(shape)} | ({"dtype": dtype} if dtype else {})
    names = ["x", *(one.name for one in layers), "y"]
    return diagram(
        "chain",
        {
            "x": InputNode(name="x", config=config),
            **{one.name: one for one in layers},
            "y": HeadNode(name="y", loss=loss),
        },
        tuple(f"{source} {target}" for source, target in pairwise(names)),
    )


def linear() -> Diagram:
    """Return the plainest model: three Dense layers on vectors of 64 numbers."""
    return chain(
        layer("Dense", "dense_1", units=32, activation="relu"),
        layer("Dense", "dense_2", units=32, activation="relu"),
        layer("Dense", "dense_3", units=10, activation="softmax"),
    )


def linear_project(folder: Path, *, epochs: int = 2, batch_size: int = 32) -> Project:
    """Return the plainest model with random data, which is written into a folder."""
    random = np.random.default_rng(0)
    np.savez(
        folder / "linear.npz",
        x=random.random((LINEAR_SAMPLES, 64), "float32"),
        y=np.eye(10, dtype="float32")[random.integers(10, size=LINEAR_SAMPLES)],
    )
    return Project(
        diagram=linear(),
        data=Data(source=ArraysSource(path="linear.npz"), validation=0.25),
        training=Training(epochs=epochs, batch_size=batch_size),
    )


def siamese() -> Diagram:
    """Return a model that calls one LSTM on two inputs."""
    return diagram(
        "siamese",
        {
            "left": InputNode(name="left", config={"shape": [None, 128]}),
            "right": InputNode(name="right", config={"shape": [None, 128]}),
            "lstm": layer("LSTM", "lstm", units=32),
            "lstm_again": CallNode(layer=LayerId("lstm")),
            "joined": layer("Concatenate", "joined"),
            "score": layer("Dense", "score", units=1, activation="sigmoid"),
            "same": HeadNode(name="same", loss="binary_crossentropy"),
        },
        (
            "left lstm:sequences",
            "right lstm_again:sequences",
            "lstm joined",
            "lstm_again joined",
            "joined score",
            "score same",
        ),
    )


def question_answering() -> Diagram:
    """Return a model that reads a text and a question, of any lengths, and picks an answer."""
    tokens: Mapping[str, Value] = {"shape": [None], "dtype": "int32"}
    return diagram(
        "question_answering",
        {
            "text": InputNode(name="text", config=tokens),
            "question": InputNode(name="question", config=tokens),
            "text_words": layer("Embedding", "text_words", input_dim=10_000, output_dim=64),
            "text_lstm": layer("LSTM", "text_lstm", units=32),
            "question_words": layer("Embedding", "question_words", input_dim=10_000, output_dim=32),
            "question_lstm": layer("LSTM", "question_lstm", units=16),
            "joined": layer("Concatenate", "joined", axis=-1),
            "scores": layer("Dense", "scores", units=500, activation="softmax"),
            "answer": HeadNode(name="answer", loss="sparse_categorical_crossentropy"),
        },
        (
            "text text_words",
            "text_words text_lstm:sequences",
            "question question_words",
            "question_words question_lstm:sequences",
            "text_lstm joined",
            "question_lstm joined",
            "joined scores",
            "scores answer",
        ),
    )


def inception() -> Diagram:
    """Return four branches of convolutions over an image of any size, joined by channels."""
    nodes: dict[str, InputNode | HeadNode | Layer | CallNode] = {
        "image": InputNode(name="image", config={"shape": [None, None, 3]}),
        "a": _convolution("a", 1, strides=2),
        "b_1": _convolution("b_1", 1),
        "b_2": _convolution("b_2", 3, strides=2),
        "c_1": layer("AveragePooling2D", "c_1", pool_size=3, strides=2, padding="same"),
        "c_2": _convolution("c_2", 3),
        "d_1": _convolution("d_1", 1),
        "d_2": _convolution("d_2", 3),
        "d_3": _convolution("d_3", 3, strides=2),
        "joined": layer("Concatenate", "joined"),
        "features": HeadNode(name="features"),
    }
    wires = (
        "image a",
        "image b_1",
        "b_1 b_2",
        "image c_1",
        "c_1 c_2",
        "image d_1",
        "d_1 d_2",
        "d_2 d_3",
        "a joined",
        "b_2 joined",
        "c_2 joined",
        "d_3 joined",
        "joined features",
    )
    return diagram("inception", nodes, wires)


def _convolution(name: str, size: int, **config: Value) -> Layer:
    given: Mapping[str, Value] = {"filters": 128, "kernel_size": size, "activation": "relu"}
    return layer("Conv2D", name, padding="same", **given, **config)
