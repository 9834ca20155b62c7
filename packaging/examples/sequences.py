"""Examples on sequences: shared recurrence, attention, a transformer."""

from typing import Any

import keras
from keras import layers, ops

from examples.drawing import adam, classes, drawn, shipped, yes_or_no
from graphstudio.diagram.data import Data
from graphstudio.diagram.generated import Column, Draw, GeneratedSource
from graphstudio.diagram.project import Project, Training

# The longest text of a date, and how many characters there are in all of them.
_LENGTH, _CHARACTERS = 20, 48
# Of an ISO date: nothing, its start, ten digits and the hyphen.
_ISO_LENGTH, _ISO_CHARACTERS = 10, 13


def siamese() -> Project:
    """Return a model that reads two sequences with one LSTM."""
    left, right = keras.Input((None, 128), name="left"), keras.Input((None, 128), name="right")
    reader = layers.LSTM(32, name="reader")
    both = layers.Concatenate(name="both")([reader(left), reader(right)])
    score = layers.Dense(1, activation="sigmoid", name="score")(both)
    model = keras.Model([left, right], {"same": score}, name="siamese")
    columns = {
        "left": Column(values=Draw.NORMAL, shape=(16, 128)),
        "right": Column(values=Draw.NORMAL, shape=(16, 128)),
        "same": Column(values=Draw.INTEGERS, shape=(1,), high=2.0),
    }
    return Project(
        diagram=drawn(model, yes_or_no("same")),
        data=Data(source=GeneratedSource(samples=512, columns=columns)),
        training=Training(epochs=5),
    )


def seq2seq_attention() -> Project:
    """Return a model that writes a date in words as an ISO date, character by character."""
    text = keras.Input((), dtype="string", name="text")
    so_far = keras.Input((_ISO_LENGTH,), dtype="int32", name="iso_so_far")
    vectors = layers.Embedding(_CHARACTERS, 32, name="text_vectors")(_characters(text))
    encoder = layers.LSTM(64, return_sequences=True, return_state=True, name="encoder")
    encoded, *state = encoder(vectors)
    written = layers.Embedding(_ISO_CHARACTERS, 8, name="iso_vectors")(so_far)
    decoder = layers.LSTM(64, return_sequences=True, name="decoder")
    decoded = decoder(written, initial_state=state)
    context = layers.Attention(name="attention")([decoded, encoded])
    both = layers.Concatenate(name="decoded_in_context")([decoded, context])
    scores = layers.Dense(_ISO_CHARACTERS, activation="softmax", name="scores")(both)
    model = keras.Model([text, so_far], {"iso": scores}, name="seq2seq_attention")
    return Project(
        diagram=drawn(model, classes("iso")),
        data=shipped("dates"),
        training=Training(optimizer=adam(0.005), epochs=15, batch_size=64),
    )


def transformer_encoder() -> Project:
    """Return a transformer that reads a date in words and tells its month."""
    text = keras.Input((), dtype="string", name="text")
    characters = _characters(text)
    positions = ops.cumsum(ops.cast(ops.not_equal(characters, 0), "int32"), axis=-1)
    vectors = layers.Embedding(_CHARACTERS, 16, name="character_vectors")(characters)
    places = layers.Embedding(_LENGTH + 1, 16, name="position_vectors")(positions)
    x = layers.Add(name="placed")([vectors, places])
    x = encoder_block(x, width=16)
    x = layers.GlobalAveragePooling1D(name="pooled")(x)
    scores = layers.Dense(12, activation="softmax", name="scores")(x)
    model = keras.Model(text, {"month": scores}, name="transformer_encoder")
    names = {"not_equal": "is_character", "cast": "counted", "cumsum": "positions"}
    return Project(
        diagram=drawn(model, classes("month"), names=names),
        data=shipped("dates"),
        training=Training(optimizer=adam(0.002), epochs=10, batch_size=64),
    )


def encoder_block(x: Any, width: int) -> Any:
    """Return what a block of a transformer makes of vectors: attention, then a small network.

    Args:
        x: symbolic tensor of shape (batch, places, width).
        width: numbers of a vector.
    """
    normal = layers.LayerNormalization(name="attention_norm")(x)
    seen = layers.MultiHeadAttention(4, width // 4, name="attention")(normal, normal)
    x = layers.Add(name="attended")([x, seen])
    normal = layers.LayerNormalization(name="thought_norm")(x)
    thought = layers.Dense(2 * width, activation="gelu", name="thought")(normal)
    thought = layers.Dense(width, name="thought_again")(thought)
    return layers.Add(name="encoded")([x, thought])


def _characters(text: Any) -> Any:
    split = layers.TextVectorization(
        max_tokens=_CHARACTERS,
        standardize="lower",
        split="character",
        output_sequence_length=_LENGTH,
        name="characters",
    )
    return split(text)
