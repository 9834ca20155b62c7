"""The random columns that are suggested fit the inputs, the heads and their losses."""

from collections.abc import Mapping

import pytest

from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, Layer, NodeId
from graphstudio.diagram.generated import Column, Draw
from graphstudio.diagram.suggest_columns import OPEN_SIZE, suggest_columns
from graphstudio.diagram.values import Value, make_object
from tests.code.projects import diagram, layer

OUT = NodeId("out")


def model(
    config: Mapping[str, Value],
    first: Layer | None = None,
    loss: Value = "mse",
    column: str | None = None,
) -> Diagram:
    """Return a model of an input, a layer and a head."""
    return diagram(
        "model",
        {
            "in": InputNode(name="in", config=config),
            "first": first or layer("Dense", "first", units=5),
            "out": HeadNode(name="out", loss=loss, column=column),
        },
        (f"in first:{'inner' if first and first.diagram else 'inputs'}", "first out"),
    )


def for_input(config: Mapping[str, Value], first: Layer | None = None) -> Column:
    return suggest_columns(model(config, first))["in"]


@pytest.mark.parametrize(
    ("config", "column"),
    [
        ({"shape": [8, 8, 1]}, Column(values=Draw.UNIFORM, shape=(8, 8, 1))),
        ({"shape": [None, 3]}, Column(values=Draw.UNIFORM, shape=(OPEN_SIZE, 3))),
        ({"batch_shape": [4, 7]}, Column(values=Draw.UNIFORM, shape=(7,))),
        ({"shape": [2], "dtype": "int32"}, Column(values=Draw.INTEGERS, shape=(2,), high=10)),
        ({"shape": [2], "dtype": "uint8"}, Column(values=Draw.INTEGERS, shape=(2,), high=10)),
        ({"shape": [2], "dtype": "bool"}, Column(values=Draw.INTEGERS, shape=(2,), high=2)),
        ({"shape": [2], "dtype": "float16"}, Column(values=Draw.UNIFORM, shape=(2,))),
        ({"shape": [], "dtype": "string"}, Column(values=Draw.WORDS)),
    ],
)
def test_an_input_takes_what_its_shape_and_dtype_say(
    config: Mapping[str, Value], column: Column
) -> None:
    assert for_input(config) == column


def test_an_input_of_an_embedding_takes_what_that_has_rows_for() -> None:
    words = layer("Embedding", "words", input_dim=50, output_dim=2)
    expected = Column(values=Draw.INTEGERS, shape=(OPEN_SIZE,), high=50)
    assert for_input({"shape": [None]}, words) == expected
    inside = diagram(
        "inside",
        {"i": InputNode(name="inner"), "words": words, "o": HeadNode(name="o")},
        ("i words", "words o"),
    )
    nested = Layer(class_name="keras.Model", name="nested", diagram=inside)
    assert for_input({"shape": [None]}, nested) == expected


def test_a_text_that_is_looked_up_whole_is_one_word() -> None:
    text: Mapping[str, Value] = {"shape": [1], "dtype": "string"}
    assert for_input(text, layer("StringLookup", "first")).words == 1
    assert for_input(text, layer("TextVectorization", "first")).words > 1


@pytest.mark.parametrize(
    ("loss", "column"),
    [
        ("mse", Column(values=Draw.UNIFORM, shape=(4, 5))),
        ("categorical_crossentropy", Column(values=Draw.ONE_HOT, shape=(4, 5))),
        ("sparse_categorical_crossentropy", Column(values=Draw.INTEGERS, shape=(4,), high=5)),
        ("binary_crossentropy", Column(values=Draw.INTEGERS, shape=(4, 5), high=2)),
        (
            make_object("keras.losses.SparseCategoricalCrossentropy", {"from_logits": True}),
            Column(values=Draw.INTEGERS, shape=(4,), high=5),
        ),
        (
            make_object("keras.losses.CategoricalFocalCrossentropy"),
            Column(values=Draw.ONE_HOT, shape=(4, 5)),
        ),
    ],
)
def test_a_head_takes_what_its_loss_compares_with(loss: Value, column: Column) -> None:
    drawn = model({"shape": [3]}, loss=loss)
    assert suggest_columns(drawn, {OUT: (None, 4, 5)})["out"] == column


def test_a_head_of_unknown_shape_has_that_of_the_units_that_feed_it() -> None:
    assert suggest_columns(model({"shape": [3]}))["out"].shape == (5,)
    other = model({"shape": [3]}, layer("Flatten", "first"))
    assert suggest_columns(other)["out"].shape == (1,)


def test_columns_go_by_the_names_that_nodes_read_and_are_drawn_once() -> None:
    assert set(suggest_columns(model({"shape": [3]}, column="in"))) == {"in"}
    assert set(suggest_columns(model({"shape": [3]}, column="target"))) == {"in", "target"}


def test_nothing_is_suggested_for_what_takes_no_column() -> None:
    drawn = diagram(
        "model",
        {"in": InputNode(name="in", in_model=False), "out": HeadNode(name="out")},
        ("in out",),
    )
    assert suggest_columns(drawn) == {}
