"""Examples on rows of numbers."""

from typing import Any

import keras
from keras import layers

from examples.drawing import (
    adam,
    classes,
    drawn,
    rmsprop,
    shipped,
    yes_or_no,
)
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import HeadNode
from graphstudio.diagram.generated import Column, Draw, GeneratedSource
from graphstudio.diagram.project import Project, Training


def linear() -> Project:
    """Return the plainest functional model, which equals a Sequential one."""
    x = keras.Input((64,), name="x")
    hidden = layers.Dense(32, activation="relu", name="hidden_1")(x)
    hidden = layers.Dense(32, activation="relu", name="hidden_2")(hidden)
    y = layers.Dense(10, activation="softmax", name="scores")(hidden)
    head = HeadNode(name="y", loss="categorical_crossentropy", metrics=("accuracy",))
    columns = {
        "x": Column(values=Draw.UNIFORM, shape=(64,)),
        "y": Column(values=Draw.ONE_HOT, shape=(10,)),
    }
    return Project(
        diagram=drawn(keras.Model(x, {"y": y}, name="linear"), head),
        data=Data(source=GeneratedSource(samples=1000, columns=columns), validation=0.0),
        training=Training(optimizer=rmsprop(), batch_size=128, epochs=10),
    )


def mlp() -> Project:
    """Return a multilayer perceptron that tells a wine's cultivar from its measurements."""
    measurements = keras.Input((13,), name="measurements")
    x = layers.Normalization(name="standardized")(measurements)
    x = layers.Dense(32, activation="relu", name="hidden_1")(x)
    x = layers.Dropout(0.3, name="dropout")(x)
    x = layers.Dense(16, activation="relu", name="hidden_2")(x)
    scores = layers.Dense(3, activation="softmax", name="scores")(x)
    model = keras.Model(measurements, {"cultivar": scores}, name="mlp")
    return Project(
        diagram=drawn(model, classes("cultivar")),
        data=shipped("wine"),
        training=Training(optimizer=adam(0.005), batch_size=16, epochs=30),
    )


def wide_and_deep() -> Project:
    """Return a wide and deep model: crossed categories are memorized, measurements generalize."""
    age = keras.Input((1,), dtype="int32", name="age")
    sex = keras.Input((1,), dtype="int32", name="sex")
    measurements = keras.Input((10,), name="measurements")
    decade = layers.Discretization(bin_boundaries=[30.0, 40.0, 50.0, 60.0], name="decade")(age)
    wide = layers.CategoryEncoding(11, output_mode="one_hot", name="crossed")(decade * 2 + sex)
    deep = layers.Normalization(name="standardized")(measurements)
    deep = layers.Dense(32, activation="relu", name="deep_1")(deep)
    deep = layers.Dense(16, activation="relu", name="deep_2")(deep)
    both = layers.Concatenate(name="wide_and_deep")([wide, deep])
    progression = layers.Dense(1, name="estimate")(both)
    model = keras.Model(
        [age, sex, measurements], {"progression": progression}, name="wide_and_deep"
    )
    head = HeadNode(name="progression", loss="mean_squared_error", metrics=("mae",))
    return Project(
        diagram=drawn(model, head, names={"multiply": "two_a_decade", "add": "decade_and_sex"}),
        data=shipped("diabetes"),
        training=Training(optimizer=adam(0.02), epochs=40),
    )


def two_tower() -> Project:
    """Return a recommender: a tower for users and one for films, which meet in a product."""
    user = keras.Input((1,), dtype="int32", name="user")
    film = keras.Input((1,), dtype="int32", name="film")
    taste, trait = _tower("user", 200)(user), _tower("film", 120)(film)
    liking = layers.Dot(1, name="liking")([taste, trait])
    rating = layers.Dense(1, name="stars")(liking)
    model = keras.Model([user, film], {"rating": rating}, name="two_tower")
    head = HeadNode(name="rating", loss="mean_squared_error", metrics=("mae",))
    return Project(
        diagram=drawn(model, head),
        data=shipped("generated-ratings"),
        training=Training(optimizer=adam(0.005), epochs=20, batch_size=64),
    )


def _tower(what: str, count: int) -> Any:
    number = keras.Input((1,), dtype="int32", name=f"{what}_number")
    vector = layers.Embedding(count, 16, name=f"{what}_vectors")(number)
    flat = layers.Flatten(name=f"{what}_flat")(vector)
    traits = layers.Dense(8, name=f"{what}_traits")(flat)
    return keras.Model(number, traits, name=f"{what}_tower")


def model_as_layer() -> Project:
    """Return a model that calls a Sequential twice, and a model of two inputs and outputs twice."""
    mean = keras.Input((10,), name="mean")
    worst = keras.Input((10,), name="worst")
    encoder = keras.Sequential(
        [
            keras.Input((10,), name="cells"),
            layers.Normalization(name="standardized"),
            layers.Dense(16, activation="relu", name="encoded"),
        ],
        name="encoder",
    )
    exchange = _exchange()
    y1, y2 = exchange([encoder(mean), encoder(worst)])
    y1, y2 = exchange([y1, y2])
    both = layers.Concatenate(name="both")([y1, y2])
    score = layers.Dense(1, activation="sigmoid", name="score")(both)
    model = keras.Model([mean, worst], {"malignant": score}, name="model_as_layer")
    return Project(
        diagram=drawn(model, yes_or_no("malignant")),
        data=shipped("tumours"),
        training=Training(optimizer=adam(0.003), epochs=20),
    )


def _exchange() -> Any:
    """Return a model in which two vectors each learn something from both."""
    x1, x2 = keras.Input((16,), name="x1"), keras.Input((16,), name="x2")
    both = layers.Concatenate(name="x1_and_x2")([x1, x2])
    news = layers.Dense(16, activation="relu", name="news")(both)
    y1 = layers.Add(name="y1")([x1, layers.Dense(16, name="news_for_x1")(news)])
    y2 = layers.Add(name="y2")([layers.Dense(16, name="news_for_x2")(news), x2])
    return keras.Model([x1, x2], [y1, y2], name="exchange")
