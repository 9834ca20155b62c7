"""Projects whose layers learn their state from the data before training."""

from pathlib import Path

import numpy as np

from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, Layer, LayerId
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import ArraysSource
from tests.code.projects import diagram, layer

SAMPLES = 120


def tabular() -> Diagram:
    """Return a model of a table: each kind of column is learnt in its way, one behind a layer."""
    return diagram(
        "tabular",
        {
            "numbers": InputNode(name="numbers", config={"shape": [3]}),
            "code": InputNode(name="code", config={"shape": [1], "dtype": "int64"}),
            "colour": InputNode(
                name="colour", config={"shape": [1], "dtype": "string"}, column="shade"
            ),
            "scale": layer("Rescaling", "scale", scale=10.0),
            "normal": layer("Normalization", "normal"),
            "bins": layer("Discretization", "bins", num_bins=4),
            "near": layer("Embedding", "near", input_dim=4, output_dim=2),
            "flat": layer("Flatten", "flat"),
            "codes": layer(
                "IntegerLookup",
                "codes",
                max_tokens=12,
                output_mode="one_hot",
                pad_to_max_tokens=True,
            ),
            "colours": layer(
                "StringLookup",
                "colours",
                max_tokens=8,
                output_mode="one_hot",
                pad_to_max_tokens=True,
            ),
            "joined": layer("Concatenate", "joined"),
            "out": layer("Dense", "out", units=2, activation="softmax"),
            "kind": HeadNode(name="kind", loss="sparse_categorical_crossentropy"),
        },
        (
            "numbers scale",
            "scale normal",
            "numbers bins",
            "bins near",
            "near flat",
            "code codes",
            "colour colours",
            "normal joined",
            "flat joined",
            "codes joined",
            "colours joined",
            "joined out",
            "out kind",
        ),
    )


def tabular_project(folder: Path) -> Project:
    """Return the model of a table with its data, which is written into a folder."""
    random = np.random.default_rng(0)
    np.savez(
        folder / "table.npz",
        numbers=random.normal(5, 3, (SAMPLES, 3)),
        code=random.integers(100, 110, (SAMPLES, 1)),
        shade=random.choice(["red", "grün", "蓝"], (SAMPLES, 1)),
        kind=random.integers(2, size=SAMPLES),
    )
    return _project(tabular(), "table.npz")


def reviews() -> Diagram:
    """Return a model that reads two texts with one vocabulary."""
    text = {"shape": [], "dtype": "string"}
    return diagram(
        "reviews",
        {
            "title": InputNode(name="title", config=text),
            "body": InputNode(name="body", config=text),
            "words": layer("TextVectorization", "words", max_tokens=20, output_sequence_length=6),
            "words_again": CallNode(layer=LayerId("words")),
            "joined": layer("Concatenate", "joined"),
            "meaning": layer("Embedding", "meaning", input_dim=20, output_dim=4),
            "mean": layer("GlobalAveragePooling1D", "mean"),
            "out": layer("Dense", "out", units=1, activation="sigmoid"),
            "good": HeadNode(name="good", loss="binary_crossentropy"),
        },
        (
            "title words",
            "body words_again",
            "words joined",
            "words_again joined",
            "joined meaning",
            "meaning mean",
            "mean out",
            "out good",
        ),
    )


def reviews_project(folder: Path) -> Project:
    """Return the model of texts with its data, which is written into a folder."""
    random = np.random.default_rng(0)
    words = np.array(["good", "bad", "film", "plot", "très", "bien"])
    np.savez(
        folder / "reviews.npz",
        title=[" ".join(random.choice(words[:3], 3)) for _ in range(SAMPLES)],
        body=[" ".join(random.choice(words, 6)) for _ in range(SAMPLES)],
        good=random.integers(2, size=(SAMPLES, 1)),
    )
    return _project(reviews(), "reviews.npz")


def nested_scaling(*, behind: bool = False) -> Diagram:
    """Return a model that calls another, in which two layers learn their state.

    Args:
        behind: whether the nested model reads what a layer makes of the input.
    """
    inner = diagram(
        "inside",
        {
            "x": InputNode(name="x", config={"shape": [2]}),
            "near": layer("Normalization", "near"),
            "scale": layer("Rescaling", "scale", scale=10.0),
            "far": layer("Normalization", "far"),
            "y": HeadNode(name="y"),
        },
        ("x near", "near scale", "scale far", "far y"),
    )
    return diagram(
        "outer",
        {
            "image": InputNode(name="image", config={"shape": [2]}),
            **({"double": layer("Rescaling", "double", scale=2.0)} if behind else {}),
            "inside": Layer(class_name="keras.Model", name="inside", diagram=inner),
            "out": HeadNode(name="out", loss="mse"),
        },
        (
            *(("image double", "double inside:x") if behind else ("image inside:x",)),
            "inside out",
        ),
    )


def _project(drawn: Diagram, file: str) -> Project:
    return Project(
        diagram=drawn,
        data=Data(source=ArraysSource(path=file), validation=0.25),
        training=Training(epochs=2),
    )
