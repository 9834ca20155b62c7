"""How long calls take is measured call by call, inside of nested models too, or kindly refused."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
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
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.room import RoomError, free_memory
from graphstudio.engine.timing import time_calls
from graphstudio.protocol import CallTimed, Failed, Ready, TimeCalls, Timed
from tests.code.projects import diagram, layer
from tests.diagrams import chain, question_answering
from tests.engine.conversation import Engine
from tests.engine.test_repairs import one
from tests.nesting import encoder
from tests.own_code import own_project

CATALOG = shipped_catalog()
INSPECTOR = Inspector(CATALOG)
ENCODER, DENSE = NodeId("encoder"), NodeId("e_dense")


def timed(drawn: Diagram, batch_size: int = 2, size: int | None = None) -> Timed:
    question = TimeCalls(id=5, diagram=drawn, batch_size=batch_size, size=size)
    return time_calls(question, INSPECTOR, CATALOG)


def two_encoders() -> Diagram:
    """Return a model that calls a nested model of one layer twice, and adds what it gives."""
    features = {"shape": [12]}
    return diagram(
        "outer",
        {
            "x": InputNode(name="x", config=features),
            "z": InputNode(name="z", config=features),
            ENCODER: encoder(),
            "again": CallNode(layer=LayerId("encoder")),
            "sum": layer("Add", "sum"),
            "y": HeadNode(name="y"),
        },
        ("x encoder:features", "z again:features", "encoder sum", "again sum", "sum y"),
    )


def test_what_computes_a_thousand_times_more_takes_longer() -> None:
    answer = timed(
        chain(
            layer("Conv2D", "small", filters=1, kernel_size=1),
            layer("Conv2D", "large", filters=64, kernel_size=5, padding="same"),
            layer("Conv2D", "larger", filters=64, kernel_size=5, padding="same"),
            shape=(64, 64, 1),
        )
    )
    small, larger = answer.nodes[NodeId("small")], answer.nodes[NodeId("larger")]
    assert 0 <= small < larger
    assert (answer.id, answer.batch_size, answer.size, answer.reason) == (5, 2, None, "")
    assert answer.total == pytest.approx(sum(answer.nodes.values()))
    assert answer.whole is not None
    assert answer.whole > 0


def test_a_nested_model_takes_what_the_calls_inside_take() -> None:
    answer = timed(two_encoders())
    assert answer.nodes.keys() == {ENCODER, DENSE, "again", "sum"}
    assert answer.nodes[ENCODER] == pytest.approx(answer.nodes[DENSE])
    outer = (answer.nodes[NodeId(name)] for name in ("encoder", "again", "sum"))
    assert answer.total == pytest.approx(sum(outer))


def test_each_call_is_told_of_those_inside_included() -> None:
    told: list[CallTimed] = []
    question = TimeCalls(id=7, diagram=two_encoders(), batch_size=2)
    time_calls(question, INSPECTOR, CATALOG, told.append)
    assert told == [CallTimed(id=7, done=done, calls=3) for done in (1, 2, 3)]


def test_sizes_that_are_unknown_are_assumed_and_told() -> None:
    assert timed(question_answering(), size=10).size == 10
    sequence = chain(
        layer("Conv1D", "wide", filters=1, kernel_size=200),
        layer("GlobalMaxPooling1D", "most"),
        shape=(None, 1),
    )
    assert timed(sequence).size == 256
    too_short = timed(sequence, size=100)
    assert too_short.nodes == {}
    assert too_short.whole is None


def test_a_layer_that_learns_from_data_learns_from_what_stands_in_for_it() -> None:
    words = layer("TextVectorization", "words", max_tokens=20, output_sequence_length=4)
    answer = timed(one(words, (), "string"))
    assert answer.reason == ""
    assert answer.nodes.keys() == {"l"}


def test_a_batch_that_an_input_fixes_is_kept() -> None:
    fixed = InputNode(name="kernel", config={"batch_shape": [3, 3, 2, 4]})
    drawn = diagram(
        "kernels",
        {
            "x": InputNode(name="x", config={"shape": [8, 8, 2]}),
            "kernel": fixed,
            "conv": Layer(class_name="keras.ops.conv", name="conv"),
            "y": HeadNode(name="y"),
        },
        ("x conv:inputs", "kernel conv:kernel", "conv y"),
    )
    assert timed(drawn, batch_size=5).reason == ""


def test_own_code_is_timed_once_it_is_agreed_to(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    question = TimeCalls(id=1, diagram=project.diagram, batch_size=4, code=project.code)
    assert time_calls(question, INSPECTOR, CATALOG).nodes == {}
    agreed = msgspec.structs.replace(question, trusted=True)
    answer = time_calls(agreed, INSPECTOR, CATALOG)
    assert answer.nodes.keys() == {"scaled", "halved", "again", "dense"}
    assert answer.reason == ""


def test_a_call_that_fails_on_numbers_is_left_out_with_those_behind_it() -> None:
    lookup = layer("Embedding", "words", input_dim=1, output_dim=2)
    answer = timed(chain(lookup, layer("Flatten", "flat"), shape=(3,), dtype="int32"))
    assert answer.nodes == {}
    assert answer.whole is None
    assert answer.reason.startswith("words: indices[")


def test_a_model_without_a_head_has_times_and_none_in_one() -> None:
    drawn = chain(layer("Dense", "d", units=2))
    headless = Diagram(
        nodes={key: node for key, node in drawn.nodes.items() if not isinstance(node, HeadNode)},
        layers=drawn.layers,
        wires={key: one for key, one in drawn.wires.items() if one.target not in drawn.heads},
    )
    answer = timed(headless)
    assert answer.total == answer.nodes[NodeId("d")]
    assert answer.whole is None


def test_a_model_that_memory_does_not_hold_is_refused_before_any_is_taken() -> None:
    words = layer("Embedding", "words", input_dim=10**9, output_dim=1000)
    before = psutil.Process().memory_info().rss
    with pytest.raises(
        RoomError, match=r"expected at most .* received 8,000\.0 GB for its weights"
    ):
        timed(chain(words, shape=(8,), dtype="int32"))
    assert psutil.Process().memory_info().rss - before < 200 * 2**20


def test_a_batch_that_memory_does_not_hold_is_refused_with_the_way_out() -> None:
    with pytest.raises(RoomError, match="try a smaller batch than 1000000000"):
        timed(one(layer("Dense", "l", units=1000), (4,)), batch_size=10**9)


def test_the_system_tells_how_much_memory_is_free() -> None:
    free = free_memory()
    assert free is not None
    assert free == pytest.approx(psutil.virtual_memory().available, rel=0.2)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return an engine that is ready."""
    with Engine(tmp_path_factory.mktemp("engine") / "log") as engine:
        engine.answer(Ready)
        yield engine
        assert engine.foreign == []


def test_an_engine_says_how_far_it_is_and_then_the_times(engine: Engine) -> None:
    engine.send(TimeCalls(id=3, diagram=two_encoders(), batch_size=4))
    answer, before = engine.until(Timed)
    assert before == [CallTimed(id=3, done=done, calls=3) for done in (1, 2, 3)]
    assert (answer.id, answer.batch_size) == (3, 4)
    assert answer.nodes.keys() == {ENCODER, DENSE, "again", "sum"}


def test_an_engine_refuses_what_is_too_large_and_lives_on(engine: Engine) -> None:
    words = layer("Embedding", "words", input_dim=10**9, output_dim=1000)
    engine.send(TimeCalls(id=4, diagram=chain(words, shape=(8,), dtype="int32"), batch_size=1))
    assert "too large to be run here" in engine.answer(Failed).message
    engine.send(TimeCalls(id=5, diagram=two_encoders(), batch_size=1))
    assert engine.answer(Timed).id == 5
