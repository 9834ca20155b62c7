"""What Keras refuses comes with ways out, each of which was tried and leaves no error behind."""

from collections.abc import Mapping

import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.checks import MOST_REPAIRS, check
from graphstudio.diagram.diagnostics import Remedy, has_errors
from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, Layer, LayerId, NodeId
from graphstudio.diagram.edits import set_argument, set_parameter
from graphstudio.diagram.nesting import edit_inside
from graphstudio.diagram.repairs import apply_repair
from graphstudio.diagram.values import Value
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.repairs import Repairer
from graphstudio.protocol import Inspect, Inspected
from tests.code.projects import diagram, layer
from tests.diagrams import chain
from tests.nesting import encoder

CATALOG = shipped_catalog()
INSPECTOR = Inspector(CATALOG)
LSTM_PORT = "sequences"


def ask(drawn: Diagram) -> tuple[Inspect, Inspected]:
    return Inspect(id=1, diagram=drawn), INSPECTOR.inspect(drawn)


def remedies(drawn: Diagram) -> tuple[Remedy, ...]:
    found = Repairer(INSPECTOR, CATALOG).remedies(*ask(drawn))
    assert found is not None
    return found


def titles(drawn: Diagram, node: str = "l", code: str = "refused") -> list[str]:
    """Return the ways out of the findings of a code about a node, the best first."""
    return [
        repair.title
        for one in remedies(drawn)
        if (one.code, one.node) == (code, node)
        for repair in one.repairs
    ]


def one(
    refused: Layer, shape: tuple[int | None, ...], dtype: str | None = None, port: str = "inputs"
) -> Diagram:
    """Return the model of one input, a layer and a head."""
    config: Mapping[str, Value] = {"shape": list(shape)} | ({"dtype": dtype} if dtype else {})
    return diagram(
        "one",
        {
            "x": InputNode(name="x", config=config),
            "l": replace(refused, name="l"),
            "y": HeadNode(name="y"),
        },
        (f"x l:{port}", "l y"),
    )


def joined(how: str, *shapes: tuple[int | None, ...], **config: Value) -> Diagram:
    """Return the model that joins inputs ``a``, ``b``, … of some shapes."""
    names = "abc"[: len(shapes)]
    return diagram(
        "joined",
        {
            **{
                name: InputNode(name=name, config={"shape": list(shape)})
                for name, shape in zip(names, shapes, strict=True)
            },
            "l": Layer(class_name=f"keras.layers.{how}", name="l", config=config),
            "y": HeadNode(name="y"),
        },
        (*(f"{name} l" for name in names), "l y"),
    )


def residual_block() -> Diagram:
    """Return a block of two convolutions and a pooling, added to its input as it is."""
    convolution: Mapping[str, Value] = {
        "filters": 128,
        "kernel_size": 3,
        "padding": "same",
        "activation": "relu",
    }
    return diagram(
        "residual",
        {
            "x": InputNode(name="x", config={"shape": [32, 32, 64]}),
            "first": layer("Conv2D", "first", **convolution),
            "second": layer("Conv2D", "second", **convolution),
            "pool": layer("MaxPooling2D", "pool", pool_size=2, padding="same"),
            "l": layer("Add", "l"),
            "y": HeadNode(name="y"),
        },
        ("x first", "first second", "second pool", "pool l", "x l", "l y"),
    )


REFUSED = {
    "an add of a block and its shortcut": residual_block(),
    "an add of two images": joined("Add", (16, 16, 128), (32, 32, 64)),
    "an add of three vectors": joined("Add", (64,), (32,), (7,)),
    "a concatenation of images": joined("Concatenate", (28, 28, 8), (25, 25, 4)),
    "a concatenation of series": joined("Concatenate", (10, 8), (12, 8)),
    "a concatenation of a vector and an image": joined("Concatenate", (16,), (8, 8, 3)),
    "a product": joined("Dot", (3, 4), (5, 4), axes=1),
    "a convolution of vectors": one(layer("Conv2D", "l", filters=3, kernel_size=3), (64,)),
    "a recurrent layer on vectors": one(layer("LSTM", "l", units=3), (64,), port=LSTM_PORT),
    "a recurrent layer on ids": one(layer("GRU", "l", units=3), (None,), "int32", LSTM_PORT),
    "a recurrent layer on images": one(layer("LSTM", "l", units=3), (8, 8, 3), port=LSTM_PORT),
    "a window that is too large": one(layer("Conv2D", "l", filters=3, kernel_size=7), (4, 4, 3)),
    "a pool that is too large": one(layer("MaxPooling2D", "l", pool_size=9), (4, 4, 3)),
    "a cropping that leaves nothing": one(layer("Cropping2D", "l", cropping=9), (8, 8, 3)),
    "a width that is not known": one(layer("Dense", "l", units=3), (None,)),
    "a shape of other size": one(layer("Reshape", "l", target_shape=[5, 5]), (16,)),
    "an axis that is not there": one(layer("BatchNormalization", "l", axis=7), (16, 3)),
    "a negative number": one(layer("Dense", "l", units=-1), (4,)),
    "a share beyond its limits": one(layer("Dropout", "l", rate=2), (4,)),
    "a name with a slip": one(layer("Dense", "l", units=3, activation="rellu"), (4,)),
    "an argument that is not there": one(layer("Dense", "l", units=3, width=2), (4,)),
    "an argument that is missing": one(layer("Dense", "l"), (4,)),
    "groups that do not divide": one(
        layer("Conv2D", "l", filters=3, kernel_size=3, groups=2), (8, 8, 3)
    ),
    "bytes into a convolution": one(
        layer("Conv2D", "l", filters=3, kernel_size=3), (8, 8, 3), "uint8"
    ),
    "texts into numbers": one(layer("Dense", "l", units=3), (1,), "string"),
}
FIRST = {
    "an add of a block and its shortcut": "Insert Conv2D 1\N{MULTIPLICATION SIGN}1, 128 filters, "
    "stride 2 in the shortcut",
    "an add of three vectors": "Insert Dense 64 units after b and Dense 64 units after c",
    "a concatenation of series": "Set axis to 1",
    "a convolution of vectors": "Insert Reshape to (8, 8, 1) before l",
    "a recurrent layer on ids": "Insert Embedding 10,000 words, 64 numbers each before l",
    "a window that is too large": "Set padding to 'same'",
    "an axis that is not there": "Set axis to -1",
    "a share beyond its limits": "Set rate to 1",
    "a name with a slip": "Set activation to 'relu'",
    "an argument that is not there": "Remove the argument width",
    "bytes into a convolution": "Insert Rescaling ÷ 255 before l",
    "texts into numbers": "Insert TextVectorization multi-hot words before l",
}


@pytest.mark.parametrize("name", REFUSED)
def test_every_way_out_leaves_no_error_behind(name: str) -> None:
    drawn = REFUSED[name]
    assert [found.node for found in INSPECTOR.inspect(drawn).diagnostics] == ["l"]
    (remedy,) = [one for one in remedies(drawn) if one.node == "l"]
    assert 0 < len(remedy.repairs) <= MOST_REPAIRS
    for repair in remedy.repairs:
        after = apply_repair(drawn, repair)
        assert not has_errors((*INSPECTOR.inspect(after).diagnostics, *check(after))), repair
        assert NodeId("y") in INSPECTOR.inspect(after).nodes


@pytest.mark.parametrize("name", FIRST)
def test_the_likeliest_way_out_stands_first(name: str) -> None:
    assert titles(REFUSED[name])[0] == FIRST[name]


def test_a_shortcut_gets_the_linear_projection_of_the_paper() -> None:
    (remedy,) = remedies(residual_block())
    after = apply_repair(residual_block(), remedy.repairs[0])
    (new,) = [one for one in after.layers.values() if one.name == "conv2d"]
    assert new.config == {"filters": 128, "kernel_size": 1, "strides": 2, "padding": "same"}
    added = INSPECTOR.inspect(after).nodes[NodeId("l")].outputs[0]
    assert added.shape == (None, 16, 16, 128)


def test_a_shortcut_between_vectors_gets_a_dense_layer() -> None:
    drawn = diagram(
        "vectors",
        {
            "x": InputNode(name="x", config={"shape": [32]}),
            "wide": layer("Dense", "wide", units=64),
            "l": layer("Add", "l"),
            "y": HeadNode(name="y"),
        },
        ("x wide", "wide l", "x l", "l y"),
    )
    assert titles(drawn)[0] == "Insert Dense 64 units in the shortcut"


def test_a_recurrent_layer_that_gives_only_its_last_step_is_told_to_give_all() -> None:
    drawn = diagram(
        "stack",
        {
            "x": InputNode(name="x", config={"shape": [None, 3]}),
            "first": layer("LSTM", "first", units=4),
            "l": layer("LSTM", "l", units=4),
            "y": HeadNode(name="y"),
        },
        ("x first:sequences", "first l:sequences", "l y"),
    )
    assert titles(drawn)[0] == "Set return_sequences to True in first"


def test_before_a_dense_layer_a_series_of_any_length_is_pooled() -> None:
    drawn = chain(layer("Flatten", "flat"), layer("Dense", "l", units=2), shape=(None, 3))
    assert "Insert GlobalAveragePooling1D before flat" in titles(drawn)


def test_what_is_not_connected_is_offered_what_is_there() -> None:
    drawn = diagram(
        "apart",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "image": InputNode(name="image", config={"shape": [8, 8, 3]}),
            "l": layer("Conv2D", "l", filters=2, kernel_size=1),
            "dense": layer("Dense", "dense", units=2),
            "y": HeadNode(name="y"),
            "z": HeadNode(name="z"),
        },
        ("x dense", "dense y", "l z"),
    )
    assert titles(drawn, "l", "unconnected") == ["Connect image to l"]
    assert titles(drawn, "image", "unused-input") == ["Connect image to l"]


def test_the_refusal_inside_of_a_nested_model_is_repaired_there() -> None:
    drawn = diagram(
        "outer",
        {
            "x": InputNode(name="x", config={"shape": [12]}),
            "encoder": encoder(),
            "y": HeadNode(name="y"),
        },
        ("x encoder:features", "encoder y"),
    )
    path = (LayerId("encoder"),)
    wrong = edit_inside(
        drawn, path, lambda inner: set_parameter(inner, NodeId("e_dense"), "units", -3)
    )
    (remedy,) = [one for one in remedies(wrong) if one.path]
    assert (remedy.path, remedy.node) == (path, "e_dense")
    after = apply_repair(wrong, remedy.repairs[0], remedy.path)
    assert INSPECTOR.inspect(after).diagnostics == ()


def test_a_problem_further_on_does_not_hide_the_ways_out_of_the_first() -> None:
    drawn = chain(
        layer("Conv2D", "l", filters=3, kernel_size=7),
        layer("Dense", "d", units=-1),
        shape=(4, 4, 1),
    )
    assert titles(drawn)[0] == "Set padding to 'same'"


def test_the_same_question_has_the_same_answer() -> None:
    assert remedies(residual_block()) == remedies(residual_block())


def test_a_repair_that_was_made_can_be_found_and_made_again() -> None:
    drawn = joined("Add", (64,), (32,))
    (remedy,) = remedies(drawn)
    after = apply_repair(drawn, remedy.repairs[0])
    (new,) = after.nodes.keys() - drawn.nodes.keys()
    again = set_parameter(after, new, "units", 5)
    (remedy,) = remedies(again)
    assert not has_errors(INSPECTOR.inspect(apply_repair(again, remedy.repairs[0])).diagnostics)


def test_a_newer_question_interrupts_the_search() -> None:
    waiting = iter([False, True])
    found = Repairer(INSPECTOR, CATALOG).remedies(
        *ask(residual_block()), interrupted=lambda: next(waiting)
    )
    assert found is None


def test_a_sound_diagram_has_no_remedies() -> None:
    assert remedies(chain(layer("Dense", "l", units=3))) == ()


def test_an_argument_of_a_call_can_be_taken_back() -> None:
    drawn = set_argument(one(layer("Dense", "l", units=3), (4,)), NodeId("l"), "tilt", 3)
    assert titles(drawn) == ["Remove the argument tilt"]
