"""What a model computes and holds agrees with counts by hand and with published ones."""

import math

import psutil
import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
)
from graphstudio.diagram.edits import set_parameter
from graphstudio.diagram.values import make_object
from graphstudio.engine.cost import Meter
from graphstudio.engine.inspect import Inspector
from graphstudio.protocol import Cost, Measure, Measured
from tests.code.projects import diagram, layer
from tests.diagrams import chain, question_answering, siamese
from tests.engine.test_repairs import one
from tests.nesting import encoder

CATALOG = shipped_catalog()
METER = Meter(Inspector(CATALOG), CATALOG)
SEQUENCES = "sequences"


def measured(drawn: Diagram, size: int | None = None) -> Measured:
    answer = METER.measure(Measure(id=5, diagram=drawn, size=size))
    assert answer is not None
    return answer


def flops(drawn: Diagram, node: str = "l", size: int | None = None) -> int | None:
    return measured(drawn, size).nodes[NodeId(node)].flops


def test_a_dense_layer_multiplies_each_pair_and_adds_its_bias() -> None:
    answer = measured(one(layer("Dense", "l", units=32), (64,)))
    assert answer.id == 5
    assert answer.nodes == {"l": Cost(2 * 64 * 32 + 32, 4 * (64 * 32 + 32), 4 * 32)}
    assert answer.total == answer.nodes[NodeId("l")]


def test_a_convolution_counts_its_window_at_every_place() -> None:
    drawn = one(layer("Conv2D", "l", filters=8, kernel_size=3, padding="same"), (16, 16, 4))
    assert flops(drawn) == 16 * 16 * 8 * (2 * 3 * 3 * 4 + 1)


def test_a_strided_convolution_counts_the_places_that_are_left() -> None:
    drawn = one(layer("Conv2D", "l", filters=8, kernel_size=3, strides=2), (17, 17, 4))
    assert flops(drawn) == 8 * 8 * 8 * (2 * 3 * 3 * 4 + 1)


@pytest.mark.parametrize("length", [1, 10, 200])
def test_a_recurrent_layer_counts_every_step(length: int) -> None:
    step = 2 * (4 + 8) * 4 * 8
    counted = flops(one(layer("LSTM", "l", units=8), (length, 4), port=SEQUENCES))
    assert counted is not None
    assert length * step <= counted <= length * step * 1.2


def test_both_ways_of_a_bidirectional_layer_count() -> None:
    inner = make_object("keras.layers.LSTM", {"units": 8})
    both = one(layer("Bidirectional", "l", layer=inner), (10, 4), port=SEQUENCES)
    single = flops(one(layer("LSTM", "l", units=8), (10, 4), port=SEQUENCES))
    assert single is not None
    assert flops(both) == 2 * single


def test_attention_counts_its_scores_and_what_they_weigh() -> None:
    drawn = diagram(
        "attention",
        {
            "x": InputNode(name="x", config={"shape": [10, 4]}),
            "l": layer("MultiHeadAttention", "l", num_heads=2, key_dim=8),
            "y": HeadNode(name="y"),
        },
        ("x l:query", "x l:value", "l y"),
    )
    projections = 4 * 2 * 10 * 4 * 16
    scores = 2 * 2 * 2 * 10 * 10 * 8
    counted = flops(drawn)
    assert counted is not None
    assert projections + scores <= counted <= 1.3 * (projections + scores)


def test_the_whole_of_vgg16_computes_what_is_published() -> None:
    vgg = Layer(class_name="keras.applications.VGG16", name="l", config={"weights": None})
    (port,) = CATALOG.applications["keras.applications.VGG16"].ports
    answer = measured(one(vgg, (224, 224, 3), port=port.name))
    assert answer.total.flops is not None
    assert answer.total.flops / 2 == pytest.approx(15.5e9, rel=0.01)
    assert answer.total.weight_bytes == 4 * 138_357_544


def test_what_only_moves_numbers_computes_nothing() -> None:
    assert flops(one(layer("Flatten", "l"), (4, 4))) == 0


def test_a_size_that_is_unknown_is_not_guessed_but_can_be_assumed() -> None:
    unknown = measured(question_answering())
    assert unknown.nodes[NodeId("text_lstm")].flops is None
    assert unknown.nodes[NodeId("scores")].flops == 2 * 48 * 500 + 500 + 5 * 500
    assert unknown.total.flops is None
    assert unknown.total.weight_bytes == 4 * 1_000_052
    short, long = (measured(question_answering(), size).total.flops for size in (10, 20))
    assert short is not None
    assert long is not None
    assert 1.8 * short < long + 51_000 < 2.2 * short


def test_the_weights_of_a_shared_layer_are_held_once_and_used_twice() -> None:
    answer = measured(siamese(), size=12)
    once, again = answer.nodes[NodeId("lstm")], answer.nodes[NodeId("lstm_again")]
    assert once == again
    assert answer.total.weight_bytes == 4 * 20_673
    assert once.flops is not None
    assert answer.total.flops is not None
    assert answer.total.flops > 2 * once.flops


def test_the_calls_inside_of_a_nested_model_are_measured_too() -> None:
    drawn = diagram(
        "outer",
        {
            "x": InputNode(name="x", config={"shape": [12]}),
            "encoder": encoder(),
            "y": HeadNode(name="y"),
        },
        ("x encoder:features", "encoder y"),
    )
    answer = measured(drawn)
    assert answer.nodes[NodeId("e_dense")].flops == 2 * 12 * 4 + 4
    assert answer.nodes[NodeId("encoder")] == answer.nodes[NodeId("e_dense")]
    assert answer.total == answer.nodes[NodeId("encoder")]


def test_a_batch_that_is_given_does_not_change_what_one_sample_costs() -> None:
    drawn = one(layer("Dense", "l", units=32), (64,))
    assert flops(set_parameter(drawn, NodeId("x"), "batch_size", 8)) == flops(drawn)


def test_what_cannot_be_called_has_no_cost_and_leaves_the_total_open() -> None:
    answer = measured(chain(layer("Dense", "good", units=2), layer("Dense", "bad", units=-1)))
    assert set(answer.nodes) == {"good"}
    assert answer.total == Cost()


def test_a_huge_embedding_is_measured_without_its_weights() -> None:
    words = layer("Embedding", "words", input_dim=10_000_000, output_dim=1_000)
    before = psutil.Process().memory_info().rss
    answer = measured(chain(words, shape=(8,), dtype="int32"))
    assert answer.total.weight_bytes == 4 * 10**10
    assert psutil.Process().memory_info().rss - before < 200 * 2**20


def test_the_tensors_of_a_dtype_count_by_their_size() -> None:
    half = one(layer("Dense", "l", units=32, dtype="float16"), (64,))
    assert measured(half).total.output_bytes == 2 * 32
    assert measured(one(layer("Flatten", "l"), (4, 4), "string")).total.output_bytes is None


def test_measuring_gives_way_and_remembers_how_far_it_came() -> None:
    meter = Meter(Inspector(CATALOG), CATALOG)
    drawn = chain(*(layer("Dense", f"d{n}", units=n + 1) for n in range(4)))
    question = Measure(id=1, diagram=drawn)
    waiting = iter([False, False, True])
    assert meter.measure(question, lambda: next(waiting)) is None
    assert len(meter._known) == 2
    assert meter.measure(question) is not None


def test_a_block_that_is_repeated_is_measured_once() -> None:
    meter = Meter(Inspector(CATALOG), CATALOG)
    layers = [layer("Dense", f"d{n}", units=64) for n in range(5)]
    answer = meter.measure(Measure(id=1, diagram=chain(*layers, shape=(64,))))
    assert answer is not None
    assert len(meter._known) == 1
    assert answer.total.flops == 5 * (2 * 64 * 64 + 64)


def test_a_function_computes_and_holds_nothing() -> None:
    drawn = diagram(
        "product",
        {
            "a": InputNode(name="a", config={"shape": [3, 4]}),
            "b": InputNode(name="b", config={"shape": [4, 5]}),
            "m": CallNode(layer=LayerId("m")),
            "y": HeadNode(name="y"),
        },
        ("a m:x1", "b m:x2", "m y"),
    )
    matmul = Layer(class_name="keras.ops.matmul", name="m")
    whole = Diagram(nodes=drawn.nodes, wires=drawn.wires, layers={LayerId("m"): matmul})
    assert measured(whole).total == Cost(2 * math.prod((3, 4, 5)), 0, 4 * 15)
