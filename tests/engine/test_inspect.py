"""The inspector says of a diagram what Keras says of the model that is built from it."""

from collections.abc import Mapping
from typing import Any

import keras
import psutil
import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.code.steps import CallStep, HeadStep
from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    LayerId,
    NodeId,
    Position,
)
from graphstudio.diagram.edits import move_nodes, remove_nodes, set_parameter
from graphstudio.diagram.values import make_object
from graphstudio.engine.build import build_model, call_layer, check_head
from graphstudio.engine.inspect import Inspector
from graphstudio.protocol import Inspected, Tensor
from tests.code.projects import diagram, layer
from tests.diagrams import chain, digits, inception, linear, question_answering, siamese

CATALOG = shipped_catalog()
TOTALS = {
    "linear": 3_466,
    "siamese": 20_673,
    "question_answering": 1_000_052,
    "inception": 447_872,
    "digits": 9_964,
}
DIAGRAMS = {
    "linear": linear(),
    "siamese": siamese(),
    "question_answering": question_answering(),
    "inception": inception(),
    "digits": digits().diagram,
}


@pytest.fixture(scope="module")
def inspector() -> Inspector:
    """Return one inspector for many questions, as a studio has."""
    return Inspector(CATALOG)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the layers that Keras is asked to call, as they are asked."""
    names: list[str] = []

    def counting(called: Any, step: CallStep, tensors: Mapping[NodeId, Any]) -> Any:
        names.append(step.layer.name)
        return call_layer(called, step, tensors)

    monkeypatch.setattr("graphstudio.engine.answer.call_layer", counting)
    return names


def output(found: Inspected, node: str) -> Tensor:
    (tensor,) = found.nodes[NodeId(node)].outputs
    return tensor


@pytest.mark.parametrize("name", DIAGRAMS)
def test_it_agrees_with_the_built_model(inspector: Inspector, name: str) -> None:
    plan = make_plan(DIAGRAMS[name], CATALOG)
    found = inspector.inspect(DIAGRAMS[name], request=7)
    model = build_model(plan)
    assert (found.id, found.diagnostics) == (7, ())
    assert found.total_params == model.count_params() == TOTALS[name]
    assert set(found.nodes) == set(DIAGRAMS[name].nodes)
    nodes = {key: iter(model.get_layer(key)._inbound_nodes) for key in layer_names(model)}
    for step in plan.calls:
        info = found.nodes[step.id]
        tensors = next(nodes[step.layer.name]).output_tensors
        assert info.outputs == tuple(Tensor(tuple(t.shape), t.dtype) for t in tensors)
        assert info.params == model.get_layer(step.layer.name).count_params()
    for head in plan.heads:
        tensor = model.output[head.node.name]
        assert found.nodes[head.id].outputs == (Tensor(tuple(tensor.shape), tensor.dtype),)


def layer_names(model: keras.Model) -> list[str]:
    return [one.name for one in model.layers]


def test_a_stack_has_the_parameters_of_each_layer(inspector: Inspector) -> None:
    found = inspector.inspect(linear())
    names = ("dense_1", "dense_2", "dense_3")
    assert [found.nodes[NodeId(name)].params for name in names] == [2_080, 1_056, 330]
    assert found.trainable_params == 3_466


def test_a_shared_layer_counts_once(inspector: Inspector) -> None:
    found = inspector.inspect(siamese())
    assert found.nodes[NodeId("lstm")].params == 20_608
    assert found.nodes[NodeId("lstm_again")].params == 20_608
    assert found.nodes[NodeId("score")].params == 65
    assert found.total_params == 20_673


def test_several_inputs_are_joined(inspector: Inspector) -> None:
    found = inspector.inspect(question_answering())
    params = {node: info.params for node, info in found.nodes.items() if info.params}
    assert params == {
        "text_words": 640_000,
        "text_lstm": 12_416,
        "question_words": 320_000,
        "question_lstm": 3_136,
        "scores": 24_500,
    }
    assert output(found, "joined") == Tensor((None, 48), "float32")
    assert output(found, "text") == Tensor((None, None), "int32")


def test_parallel_branches_join_by_channels(inspector: Inspector) -> None:
    assert output(inspector.inspect(inception()), "joined").shape == (None, None, None, 512)


def test_a_frozen_layer_is_not_trained(inspector: Inspector) -> None:
    frozen = layer("Dense", "frozen", units=32, trainable=False)
    found = inspector.inspect(chain(frozen, layer("Dense", "dense", units=10)))
    assert (found.total_params, found.trainable_params) == (2_410, 330)
    assert found.nodes[NodeId("frozen")].trainable_params == 0


def test_a_huge_embedding_takes_no_memory(inspector: Inspector) -> None:
    process = psutil.Process()
    before = process.memory_info().rss
    words = layer("Embedding", "words", input_dim=10_000_000, output_dim=1_000)
    found = inspector.inspect(chain(words, shape=(None,), dtype="int32"))
    assert found.total_params == 10_000_000_000
    assert process.memory_info().rss - before < 200 * 2**20


def test_the_outputs_of_a_call_are_told_apart(inspector: Inspector) -> None:
    states = layer("LSTM", "lstm", units=3, return_sequences=True, return_state=True)
    drawn = diagram(
        "states",
        {
            "x": InputNode(name="x", config={"shape": [5, 4]}),
            "lstm": states,
            "all": HeadNode(name="all"),
            "last": HeadNode(name="last"),
        },
        ("x lstm:sequences", "lstm all", "lstm.1 last"),
    )
    found = inspector.inspect(drawn)
    shapes = [tensor.shape for tensor in found.nodes[NodeId("lstm")].outputs]
    assert shapes == [(None, 5, 3), (None, 3), (None, 3)]
    assert output(found, "all").shape == (None, 5, 3)
    assert output(found, "last").shape == (None, 3)


def test_the_first_of_several_outputs_can_be_the_only_one_wired(inspector: Inspector) -> None:
    drawn = diagram(
        "first",
        {
            "x": InputNode(name="x", config={"shape": [5, 4]}),
            "lstm": layer("LSTM", "lstm", units=3, return_state=True),
            "dense": layer("Dense", "dense", units=2),
            "y": HeadNode(name="y"),
        },
        ("x lstm:sequences", "lstm dense", "dense y"),
    )
    found = inspector.inspect(drawn)
    assert found.diagnostics == ()
    assert output(found, "y").shape == (None, 2)
    assert build_model(make_plan(drawn, CATALOG)).output["y"].shape == (None, 2)


@pytest.mark.parametrize("target", ["head", "call"])
def test_a_wire_from_an_output_that_is_gone_is_refused(inspector: Inspector, target: str) -> None:
    wires = ("x d", "d.1 y") if target == "head" else ("x d", "d.1 e", "e y")
    e = {} if target == "head" else {"e": layer("Dense", "e", units=2)}
    drawn = diagram(
        "gone",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "d": layer("Dense", "d", units=3),
            **e,
            "y": HeadNode(name="y"),
        },
        wires,
    )
    (finding,) = inspector.inspect(drawn).diagnostics
    assert finding.node == ("y" if target == "head" else "e")
    assert (finding.expected, finding.received) == ("2 or more tensors from it", "1")


def test_a_refused_call_is_named_and_other_branches_are_answered(inspector: Inspector) -> None:
    drawn = diagram(
        "branches",
        {
            "x": InputNode(name="x", config={"shape": [8]}),
            "three": layer("Dense", "three", units=3),
            "four": layer("Dense", "four", units=4),
            "sum": layer("Add", "sum"),
            "after": layer("Dense", "after", units=1),
            "y": HeadNode(name="y"),
            "z": HeadNode(name="z"),
        },
        ("x three", "x four", "three sum", "four sum", "sum after", "after y", "four z"),
    )
    found = inspector.inspect(drawn)
    (finding,) = found.diagnostics
    assert finding.node == "sum"
    assert finding.message.startswith("sum: ")
    assert finding.expected
    assert finding.received == "(None, 3) float32 and (None, 4) float32"
    assert set(found.nodes) == {"x", "three", "four", "z"}


@pytest.mark.parametrize(
    ("config", "shape", "expected", "received"),
    [
        ({"units": -1}, (4,), "a positive integer", "units=-1"),
        ({}, (4,), "'units' to be given", "nothing"),
        ({"units": 2, "activation": "nope"}, (4,), "what Dense takes", "nope"),
        (
            {"units": 2, "kernel_initializer": {"class": "os.system", "config": {}}},
            (4,),
            f"the public path of a class of Keras {keras.__version__}",
            "'os.system'",
        ),
        (
            {"units": 2},
            (),
            "a tensor of at least 2 dimensions, the batch included",
            "(None,) float32",
        ),
    ],
)
def test_what_keras_expected_and_received_is_told(
    inspector: Inspector,
    config: dict[str, object],
    shape: tuple[int, ...],
    expected: str,
    received: str,
) -> None:
    dense = replace(layer("Dense", "d"), config=config)
    (finding,) = inspector.inspect(chain(dense, shape=shape)).diagnostics
    assert (finding.node, finding.code) == ("d", "refused")
    assert (finding.expected, finding.received) == (expected, received)
    assert "Traceback" in (finding.detail or "")
    assert "\n" not in finding.message


def test_an_input_that_keras_refuses_is_named(inspector: Inspector) -> None:
    found = inspector.inspect(chain(layer("Dense", "d", units=1), shape=(-1,)))
    (finding,) = found.diagnostics
    assert (finding.node, finding.received) == ("x", '{"shape":[-1]}')
    assert found.nodes == {}


def test_calls_without_a_tensor_and_on_cycles_are_left_out(inspector: Inspector) -> None:
    drawn = diagram(
        "cycle",
        {
            "x": InputNode(name="x", config={"shape": [8]}),
            "alone": layer("Dense", "alone", units=3),
            "a": layer("Add", "a"),
            "b": layer("Dense", "b", units=8),
        },
        ("x a", "a b", "b a"),
    )
    found = inspector.inspect(drawn)
    assert set(found.nodes) == {"x"}
    assert found.diagnostics == ()


def shared_dense(left: int, right: int) -> Diagram:
    return diagram(
        "shared",
        {
            "left": InputNode(name="left", config={"shape": [left]}),
            "right": InputNode(name="right", config={"shape": [right]}),
            "dense": layer("Dense", "dense", units=3),
            "again": CallNode(layer=LayerId("dense")),
            "a": HeadNode(name="a"),
            "b": HeadNode(name="b"),
        },
        ("left dense", "right again", "dense a", "again b"),
    )


def test_a_shared_layer_refuses_a_second_call_of_another_width(inspector: Inspector) -> None:
    found = inspector.inspect(shared_dense(4, 8))
    (finding,) = found.diagnostics
    assert finding.node == "again"
    assert "8" in (finding.received or "")
    assert set(found.nodes) == {"left", "right", "dense", "a"}
    assert inspector.inspect(shared_dense(8, 8)).diagnostics == ()


def test_a_shared_layer_without_weights_takes_any_shape(inspector: Inspector) -> None:
    drawn = diagram(
        "flat",
        {
            "left": InputNode(name="left", config={"shape": [2, 3]}),
            "right": InputNode(name="right", config={"shape": [5, 7]}),
            "flat": layer("Flatten", "flat"),
            "again": CallNode(layer=LayerId("flat")),
        },
        ("left flat", "right again"),
    )
    found = inspector.inspect(drawn)
    assert output(found, "flat").shape == (None, 6)
    assert output(found, "again").shape == (None, 35)


def test_a_second_question_is_about_what_has_changed(asked: list[str]) -> None:
    inspector = Inspector(CATALOG)
    layers = [layer("Dense", f"d{place}", units=8) for place in range(6)]
    drawn = chain(*layers)
    inspector.inspect(drawn)
    assert asked == [f"d{place}" for place in range(6)]
    asked.clear()
    inspector.inspect(drawn)
    assert asked == []
    wider = set_parameter(drawn, NodeId("d2"), "units", 9)
    inspector.inspect(wider)
    assert asked == ["d2", "d3"]
    asked.clear()
    inspector.inspect(move_nodes(wider, {NodeId("d1"): Position(3, 4)}))
    inspector.inspect(drawn)
    assert asked == []


def test_a_refusal_is_remembered_too(asked: list[str]) -> None:
    inspector = Inspector(CATALOG)
    drawn = shared_dense(4, 8)
    first = inspector.inspect(drawn).diagnostics
    asked.clear()
    assert inspector.inspect(drawn).diagnostics == first
    assert asked == []


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graphstudio.engine.inspect._KEPT", 4)
    inspector = Inspector(CATALOG)
    for units in range(1, 9):
        found = inspector.inspect(chain(layer("Dense", "d", units=units)))
        assert output(found, "d").shape == (None, units)
    assert len(inspector._answers) == 4


def test_a_loss_that_keras_does_not_know_is_a_finding_on_its_head(inspector: Inspector) -> None:
    wrong = chain(layer("Dense", "dense", units=2), loss="no_such_loss")
    found = inspector.inspect(wrong).diagnostics
    assert [(one.code, one.node) for one in found] == [("refused", "y")]


def test_a_call_that_lacks_a_tensor_is_told_and_not_asked(
    inspector: Inspector, asked: list[str]
) -> None:
    masked = diagram(
        "masked",
        {
            "mask": InputNode(name="mask", config={"shape": [4, 3]}),
            "lstm": layer("LSTM", "lstm", units=2),
            "out": HeadNode(name="out"),
        },
        ("mask lstm:mask", "lstm out"),
    )
    found = inspector.inspect(masked)
    assert [(one.code, one.port) for one in found.diagnostics] == [("unconnected", "sequences")]
    assert (set(found.nodes), asked) == ({"mask"}, [])


def test_a_large_metric_takes_no_memory_and_is_made_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    checked: list[str] = []

    def counting(head: HeadStep) -> None:
        checked.append(head.node.name)
        check_head(head)

    monkeypatch.setattr("graphstudio.engine.inspect.check_head", counting)
    large = make_object("keras.metrics.AUC", {"num_thresholds": 3_000_000})
    head = HeadNode(name="y", loss="binary_crossentropy", metrics=(large,))
    drawn = replace(linear(), nodes={**linear().nodes, NodeId("y"): head})
    own = Inspector(CATALOG)
    before = psutil.Process().memory_info().rss
    assert own.inspect(drawn).diagnostics == own.inspect(drawn).diagnostics == ()
    assert checked == ["y"]
    assert psutil.Process().memory_info().rss - before < 100e6


def test_nothing_is_fetched_to_look_at_a_diagram(inspector: Inspector) -> None:
    lookup = layer("StringLookup", "lookup", vocabulary="gs://somewhere/words.txt")
    (found,) = inspector.inspect(chain(lookup, shape=(1,), dtype="string")).diagnostics
    assert found.code == "refused"
    assert "Expected a file on this machine; received 'gs://somewhere/words.txt'" in found.message


def test_the_layers_count_before_there_is_a_head(inspector: Inspector) -> None:
    whole = linear()
    headless = remove_nodes(whole, list(whole.heads))
    assert inspector.inspect(headless).total_params == inspector.inspect(whole).total_params


@pytest.mark.parametrize(("states", "wrong"), [(1, ["lstm"]), (2, [])])
def test_an_lstm_wants_both_of_its_states(
    inspector: Inspector, states: int, wrong: list[str]
) -> None:
    names = [f"state_{number}" for number in range(states)]
    drawn = diagram(
        "stateful",
        {
            "rows": InputNode(name="rows", config={"shape": [4, 5]}),
            **{name: InputNode(name=name, config={"shape": [3]}) for name in names},
            "lstm": layer("LSTM", "lstm", units=3),
            "out": HeadNode(name="out"),
        },
        ("rows lstm:sequences", *(f"{name} lstm:initial_state" for name in names), "lstm out"),
    )
    found = inspector.inspect(drawn).diagnostics
    assert [one.node for one in found] == wrong
    assert all("(None, 3) float32" in one.message for one in found)
