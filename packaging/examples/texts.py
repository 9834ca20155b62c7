"""Examples that read words."""

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


def question_answering() -> Project:
    """Return a model that reads a text and a question, of any lengths, and picks an answer."""
    text = keras.Input((None,), dtype="int32", name="text")
    question = keras.Input((None,), dtype="int32", name="question")
    text_words = layers.Embedding(10_000, 64, name="text_words")(text)
    read = layers.LSTM(32, name="text_read")(text_words)
    question_words = layers.Embedding(10_000, 32, name="question_words")(question)
    asked = layers.LSTM(16, name="question_read")(question_words)
    both = layers.Concatenate(axis=-1, name="both")([read, asked])
    scores = layers.Dense(500, activation="softmax", name="scores")(both)
    model = keras.Model([text, question], {"answer": scores}, name="question_answering")
    head = HeadNode(name="answer", loss="categorical_crossentropy", metrics=("accuracy",))
    columns = {
        "text": Column(values=Draw.INTEGERS, shape=(100,), low=1.0, high=10_000.0),
        "question": Column(values=Draw.INTEGERS, shape=(20,), low=1.0, high=10_000.0),
        "answer": Column(values=Draw.ONE_HOT, shape=(500,)),
    }
    return Project(
        diagram=drawn(model, head),
        data=Data(source=GeneratedSource(samples=1000, columns=columns)),
        training=Training(optimizer=rmsprop(), batch_size=128, epochs=3),
    )


def three_heads() -> Project:
    """Return the model of posts with the arguments of the embedding swapped, as they came."""
    return _posts("three_heads", vocabulary=256, width=50_000, samples=32)


def three_heads_intended() -> Project:
    """Return the model of posts as it was meant: 50,000 words, 256 numbers for each."""
    return _posts("three_heads_intended", vocabulary=50_000, width=256, samples=256)


def _posts(name: str, *, vocabulary: int, width: int, samples: int) -> Project:
    posts = keras.Input((None,), dtype="int32", name="posts")
    x = layers.Embedding(vocabulary, width, name="words")(posts)
    x = layers.Conv1D(128, 5, activation="relu", name="conv_1")(x)
    x = layers.MaxPooling1D(5, name="pool_1")(x)
    x = layers.Conv1D(256, 5, activation="relu", name="conv_2")(x)
    x = layers.Conv1D(256, 5, activation="relu", name="conv_3")(x)
    x = layers.MaxPooling1D(5, name="pool_2")(x)
    x = layers.Conv1D(256, 5, activation="relu", name="conv_4")(x)
    x = layers.Conv1D(256, 5, activation="relu", name="conv_5")(x)
    x = layers.GlobalMaxPooling1D(name="strongest")(x)
    x = layers.Dense(128, activation="relu", name="traits")(x)
    outputs = {
        "age": layers.Dense(1, name="years")(x),
        "income": layers.Dense(10, activation="softmax", name="brackets")(x),
        "gender": layers.Dense(1, activation="sigmoid", name="chance")(x),
    }
    heads = (
        HeadNode(name="age", loss="mean_squared_error", weight=0.25),
        HeadNode(name="income", loss="categorical_crossentropy"),
        HeadNode(name="gender", loss="binary_crossentropy", weight=10.0),
    )
    columns = {
        "posts": Column(values=Draw.INTEGERS, shape=(300,), high=float(vocabulary)),
        "age": Column(values=Draw.UNIFORM, shape=(1,), low=16.0, high=80.0),
        "income": Column(values=Draw.ONE_HOT, shape=(10,)),
        "gender": Column(values=Draw.INTEGERS, shape=(1,), high=2.0),
    }
    return Project(
        diagram=drawn(keras.Model(posts, outputs, name=name), *heads),
        data=Data(source=GeneratedSource(samples=samples, columns=columns), validation=0.25),
        training=Training(optimizer=rmsprop(), batch_size=8, epochs=2),
    )


def tickets() -> Project:
    """Return a model of customers' tickets: title, body and tags give priority and department."""
    title = keras.Input((), dtype="string", name="title")
    body = keras.Input((), dtype="string", name="body")
    tags = keras.Input((12,), name="tags")
    x = layers.Concatenate(name="ticket")([_read(title, "title", 8), _read(body, "body", 24), tags])
    x = layers.Dense(32, activation="relu", name="features")(x)
    outputs = {
        "priority": layers.Dense(1, activation="sigmoid", name="urgency")(x),
        "department": layers.Dense(4, activation="softmax", name="scores")(x),
    }
    model = keras.Model([title, body, tags], outputs, name="tickets")
    return Project(
        diagram=drawn(model, yes_or_no("priority"), classes("department", weight=0.5)),
        data=shipped("generated-tickets"),
        training=Training(optimizer=adam(0.003), epochs=6),
    )


def _read(text: Any, what: str, length: int) -> Any:
    words = layers.TextVectorization(
        max_tokens=200, output_sequence_length=length, name=f"{what}_words"
    )
    vectors = layers.Embedding(200, 24, name=f"{what}_vectors")(words(text))
    return layers.LSTM(24, name=f"{what}_read")(vectors)
