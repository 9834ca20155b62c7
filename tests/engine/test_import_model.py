"""A live model becomes a diagram that builds the same model again."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.code.script import python_module
from graphstudio.diagram.diagram import CallNode, Diagram
from graphstudio.diagram.project import Project
from graphstudio.engine.build import build_model
from graphstudio.engine.import_model import ModelImportError, import_model

layers = keras.layers


def residual() -> Any:
    image = keras.Input((8, 8, 3), name="image")
    first = layers.Conv2D(4, 3, padding="same", activation="relu", name="first")(image)
    second = layers.Conv2D(4, 3, padding="same", name="second")(first)
    joined = layers.Add(name="joined")([first, second])
    return keras.Model(image, layers.GlobalAveragePooling2D(name="mean")(joined), name="residual")


def siamese() -> Any:
    left, right = keras.Input((None, 4), name="left"), keras.Input((None, 4), name="right")
    shared = layers.LSTM(3, name="shared")
    joined = layers.Concatenate(name="joined")([shared(left), shared(right)])
    score = layers.Dense(1, activation="sigmoid", name="score")(joined)
    return keras.Model([left, right], score, name="siamese")


def two_heads() -> Any:
    words = keras.Input((6,), dtype="int32", name="words")
    vectors = layers.Embedding(10, 4, name="vectors")(words)
    states = layers.LSTM(3, return_sequences=True, return_state=True, name="states")
    sequence, last, _ = states(vectors)
    answers = {
        "kind": layers.Dense(2, kernel_initializer="he_normal", name="kind_scores")(last),
        "length": layers.GlobalMaxPooling1D(name="longest")(sequence),
    }
    return keras.Model(words, answers, name="two_heads")


def attention() -> Any:
    query, value = keras.Input((4, 8), name="query"), keras.Input((5, 8), name="value")
    attend = layers.MultiHeadAttention(2, 4, kernel_regularizer=keras.regularizers.L2(0.1))
    mixed = attend(query, value, use_causal_mask=True)
    return keras.Model([query, value], layers.Flatten()(mixed), name="attention")


def pooled() -> Any:
    image = keras.Input((9, 9, 2), name="image")
    pool = layers.MaxPooling2D(3, strides=2, padding="same", name="pool")
    return keras.Model(image, layers.Flatten(name="flat")(pool(image)), name="pooled")


def grouped_attention() -> Any:
    rows = keras.Input((4, 8), name="rows")
    attend = layers.GroupQueryAttention(4, 4, 2, name="attend")
    return keras.Model(rows, layers.Flatten(name="flat")(attend(rows, rows)), name="grouped")


def sequential() -> Any:
    stack = [keras.Input((4,)), layers.Dense(3, activation="relu"), layers.Dropout(0.5)]
    return keras.Sequential([*stack, layers.Dense(2)], name="stack")


def nested() -> Any:
    left, right = keras.Input((4,), name="left"), keras.Input((4,), name="right")
    one, two = keras.Input((4,), name="one"), keras.Input((4,), name="two")
    swap = keras.Model([one, two], [layers.Add()([one, two]), layers.Subtract()([one, two])])
    stack = keras.Sequential([keras.Input((4,)), layers.Dense(3)], name="stack")
    total, difference = swap([left, right])
    return keras.Model([left, right], {"a": stack(total), "b": stack(difference)}, name="outer")


def operators() -> Any:
    words, scale = keras.Input((5, 4), name="words"), keras.Input((5, 4), name="scale")
    mixed = 2 * words - scale / 3.0 + keras.ops.exp(words)
    first = mixed[:, 0] @ keras.ops.ones((4, 2))
    largest, _ = keras.ops.top_k(keras.ops.mean(mixed, axis=-1), k=2)
    joined = keras.ops.concatenate([first, largest], axis=-1)
    return keras.Model([words, scale], keras.ops.where(joined > 0, joined, 0.0), name="operators")


def masked() -> Any:
    words = keras.Input((6,), dtype="int32", name="words")
    vectors = layers.Embedding(10, 4, mask_zero=True, name="vectors")(words)
    return keras.Model(words, layers.Dense(2)(layers.LSTM(3)(vectors)), name="masked")


def rebuilt(model: Any) -> tuple[Diagram, Any]:
    diagram, _ = import_model(model, shipped_catalog())
    for head in diagram.heads.values():
        assert head.loss is None
    return diagram, build_model(make_plan(diagram, shipped_catalog()))


def flat_outputs(model: Any, batch: dict[str, Any]) -> list[Any]:
    return [
        keras.ops.convert_to_numpy(one) for one in keras.tree.flatten(model(batch, training=False))
    ]


@pytest.mark.parametrize(
    "make",
    [
        residual,
        siamese,
        two_heads,
        attention,
        sequential,
        pooled,
        grouped_attention,
        nested,
        operators,
        masked,
    ],
)
def test_the_diagram_builds_the_same_model(make: Callable[[], Any]) -> None:
    model = make()
    diagram, copy = rebuilt(model)
    assert copy.count_params() == model.count_params()
    copy.set_weights(model.get_weights())
    draw = np.random.default_rng(0)
    names = [one.name for one in diagram.inputs.values()]
    sizes = [[3, *(size or 5 for size in one.shape[1:])] for one in model.inputs]
    shapes = dict(zip(names, sizes, strict=True))
    batch = {name: draw.integers(0, 9, size).astype("float32") for name, size in shapes.items()}
    given = list(batch.values()) if len(batch) > 1 else batch[names[0]]
    expected = [
        keras.ops.convert_to_numpy(one) for one in keras.tree.flatten(model(given, training=False))
    ]
    for ours, theirs in zip(flat_outputs(copy, batch), expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_only_what_differs_from_keras_is_kept() -> None:
    diagram, _ = rebuilt(residual())
    configs = {layer.name: dict(layer.config) for layer in diagram.layers.values()}
    assert configs["second"] == {"filters": 4, "kernel_size": [3, 3], "padding": "same"}
    assert configs["joined"] == {}


def test_what_a_layer_cannot_be_made_without_is_kept_and_no_default() -> None:
    words = keras.Input((4,), dtype="int32")
    encoded = layers.CategoryEncoding(num_tokens=5, name="encoded")(words)
    drawn, _ = rebuilt(keras.Model(words, encoded))
    (layer,) = drawn.layers.values()
    assert layer.config == {"num_tokens": 5}


def test_what_a_layer_hands_on_to_its_base_is_kept() -> None:
    row = keras.Input((4,))
    halved = layers.Activation("relu", dtype="float16", trainable=False, name="halved")(row)
    drawn, _ = rebuilt(keras.Model(row, halved))
    (layer,) = drawn.layers.values()
    assert layer.config == {"activation": "relu", "dtype": "float16", "trainable": False}


def test_a_shared_layer_is_one_layer_with_two_calls() -> None:
    diagram, _ = rebuilt(siamese())
    calls = [one for one in diagram.nodes.values() if isinstance(one, CallNode)]
    assert [one.layer for one in calls].count(calls[0].layer) == 2


def test_arguments_of_a_call_come_over_but_not_those_that_nobody_wrote() -> None:
    diagram, _ = rebuilt(attention())
    written = [dict(one.arguments) for one in diagram.nodes.values() if isinstance(one, CallNode)]
    assert written == [{"use_causal_mask": True}, {}]
    stack, _ = rebuilt(sequential())
    assert all(not one.arguments for one in stack.nodes.values() if isinstance(one, CallNode))


def test_how_a_model_inside_is_told_to_behave_comes_over() -> None:
    base = keras.Sequential([keras.Input((4,)), layers.Dropout(0.5)], name="base")
    rows = keras.Input((4,), name="rows")
    model = keras.Model(rows, layers.Dense(1, name="out")(base(rows, training=False)))
    diagram, _ = rebuilt(model)
    arguments = [one.arguments for one in diagram.nodes.values() if isinstance(one, CallNode)]
    assert arguments == [{"training": False}, {}]
    source = python_module(Project(diagram=diagram), shipped_catalog())
    assert "base_model(rows, training=False)" in source


def test_heads_are_named_as_the_model_names_its_outputs() -> None:
    diagram, _ = rebuilt(two_heads())
    assert [head.name for head in diagram.heads.values()] == ["kind", "length"]


def test_masks_that_keras_makes_by_itself_are_not_drawn() -> None:
    diagram, _ = rebuilt(masked())
    assert [layer.class_name.rpartition(".")[2] for layer in diagram.layers.values()] == [
        "Embedding",
        "LSTM",
        "Dense",
    ]


def test_a_model_in_a_model_comes_over_with_what_is_inside() -> None:
    diagram, copy = rebuilt(nested())
    inside = {layer.class_name: layer.diagram for layer in diagram.layers.values()}
    assert list(inside) == ["keras.Model", "keras.Sequential"]
    assert all(inner is not None and inner.positions for inner in inside.values())
    assert copy.count_params() == nested().count_params()


def test_what_cannot_be_drawn_inside_of_a_model_is_refused_by_name() -> None:
    class Own(keras.layers.Layer):  # type: ignore[misc] # Keras ships no types
        """A layer that the palette does not have."""

        def call(self, inputs: Any) -> Any:
            return inputs

    inner_input = keras.Input((4,))
    inner = keras.Model(inner_input, Own(name="mine")(inner_input))
    image = keras.Input((4,), name="image")
    with pytest.raises(ModelImportError, match=r"received mine \("):
        import_model(keras.Model(image, inner(image)), shipped_catalog())


def test_what_is_no_functional_model_is_refused() -> None:
    class Own(keras.Model):  # type: ignore[misc] # Keras ships no types
        """A subclass whose graph nobody can see."""

    with pytest.raises(ModelImportError, match="no functional model"):
        import_model(Own(), shipped_catalog())


def test_outputs_of_one_name_are_two_heads() -> None:
    left, right = keras.Input((2,), name="left"), keras.Input((2,), name="right")
    shared = layers.Dense(1, name="score")
    diagram, _ = rebuilt(keras.Model([left, right], [shared(left), shared(right)]))
    assert [head.name for head in diagram.heads.values()] == ["score", "score_1"]


def with_a_constant() -> Any:
    image = keras.Input((2,), name="image")
    return keras.Model(image, layers.Add(name="sum")([image, np.ones((1, 2), "float32")]))


def with_a_list_for_a_head() -> Any:
    image = keras.Input((2,), name="image")
    return keras.Model(image, {"b": [layers.Dense(1, name="score")(image)]})


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (with_a_constant, r"sum \(.*Expected tensors in inputs; received ndarray"),
        (with_a_list_for_a_head, r"b \(output: Expected one tensor; received"),
    ],
)
def test_what_no_wire_can_carry_is_refused(make: Callable[[], Any], reason: str) -> None:
    with pytest.raises(ModelImportError, match=reason):
        import_model(make(), shipped_catalog())
