"""Projects with code of their own, for tests."""

from pathlib import Path

import numpy as np

from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import Layer
from graphstudio.diagram.project import Project, Training
from graphstudio.diagram.sources import ArraysSource
from graphstudio.diagram.values import Value, make_object
from tests.code.projects import layer
from tests.diagrams import chain

SAMPLES = 64
CODE = '''\
"""Layers of this project."""

from typing import Literal

import keras
from keras import ops


class Scale(keras.layers.Layer):
    """Multiplies what it gets. It learns by how much."""

    def __init__(self, start=2.0, mode: Literal["all", "each"] = "all", **kwargs):
        super().__init__(**kwargs)
        self.start = start
        self.mode = mode

    def build(self, input_shape):
        shape = (input_shape[-1],) if self.mode == "each" else ()
        start = keras.initializers.Constant(self.start)
        self.factor = self.add_weight(shape=shape, initializer=start, name="factor")

    def call(self, inputs, training=False):
        return inputs * self.factor

    def get_config(self):
        return {**super().get_config(), "start": self.start, "mode": self.mode}


# Squared differences, with a twist.
def gap(y_true, y_pred):
    """Return how far predictions are off."""
    return ops.mean(ops.square(y_true - y_pred), axis=-1)


def halve(inputs, by: float = 2.0):
    return inputs / by


def _hidden(x):
    return x


if __name__ == "__main__":
    raise SystemExit("never as a program")
'''


def own(name: str, call: str, **config: Value) -> Layer:
    """Return a layer of the project's own class."""
    return Layer(class_name=f"own.{call}", name=name, config=config)


def own_project(folder: Path, code: str = CODE) -> Project:
    """Return a project that uses an own layer, an own function and an own loss, with its data."""
    random = np.random.default_rng(3)
    x = random.random((SAMPLES, 8), "float32")
    np.savez(folder / "own.npz", x=x, y=x[:, :3] * 2)
    return Project(
        diagram=chain(
            own("scaled", "Scale", start=1.5, mode="each"),
            own("halved", "halve"),
            layer("Activation", "again", activation=make_object("own.halve")),
            layer("Dense", "dense", units=3),
            shape=(8,),
            loss=make_object("own.gap"),
        ),
        data=Data(source=ArraysSource(path="own.npz"), validation=0.25),
        training=Training(epochs=2, batch_size=16, seed=5),
        code=code,
    )
