"""Every message is one line of JSON that is read back as it was written."""

import json
import math
from typing import get_args

import pytest

from graphstudio.diagram.diagnostics import Diagnostic, Remedy, Repair, Severity
from graphstudio.diagram.diagram import Diagram, NodeId
from graphstudio.diagram.fields import Count, FieldFacts, FieldKind, SourceFacts
from graphstudio.diagram.project import Project
from graphstudio.protocol import (
    CallTimed,
    Cost,
    Device,
    EpochDone,
    Event,
    Failed,
    Inspect,
    Inspected,
    Measure,
    Measured,
    NodeInfo,
    Pause,
    ProtocolError,
    Ready,
    Repairs,
    Request,
    Resume,
    RowSent,
    RowsShown,
    RunEnded,
    RunStarted,
    RunStopping,
    SendRow,
    ShowRows,
    StepDone,
    Stop,
    Survey,
    Surveyed,
    Surveying,
    Tensor,
    TensorValue,
    TimeCalls,
    Timed,
    Train,
    Unfold,
    Unfolded,
    decode_event,
    decode_request,
    encode,
)
from tests.code.projects import layer
from tests.diagrams import digits, siamese

FINDING = Diagnostic(
    code="refused",
    severity=Severity.ERROR,
    message="Zwei Zeilen\nund ein «ü»",
    node=NodeId("n"),
    expected="a",
    received="b",
    repairs=(Repair("Remove", "remove_nodes", {"node_ids": ["n"]}),),
)
REQUESTS: list[Request] = [
    Inspect(id=1, diagram=Diagram()),
    Inspect(id=2, diagram=siamese()),
    Measure(id=3, diagram=siamese(), size=32),
    TimeCalls(id=4, diagram=siamese(), batch_size=32, size=8),
    Unfold(id=4, layer=layer("Dense", "one"), prefix="n/"),
    Survey(id=5, project=digits(), folder="/data", trusted=True),
    ShowRows(id=6, project=digits(), folder="/data", first=100, count=50),
    SendRow(id=7, project=digits(), folder="/data", row=3, run_dir="/run", nodes=(NodeId("n"),)),
    Train(project=Project(), folder="/data", run_dir="/run"),
    Train(project=digits(), folder="/data", run_dir="/run", resume=True),
    Pause(),
    Resume(),
    Stop(),
]
EVENTS: list[Event] = [
    CallTimed(id=4, done=1, calls=3),
    Timed(id=4, batch_size=32, nodes={NodeId("n"): 0.25}, total=0.25, reason="no"),
    Unfolded(id=4, diagram=siamese()),
    Unfolded(id=4, reason="no"),
    Surveying(id=5, doing="reading", share=0.5),
    Surveyed(
        id=5,
        facts=SourceFacts(
            rows=2,
            fields=(
                FieldFacts(
                    name="kind",
                    kind=FieldKind.CATEGORY,
                    dtype="text",
                    distinct=1,
                    counts=(Count("a", 2),),
                ),
            ),
        ),
        diagnostics=(FINDING,),
    ),
    RowsShown(id=6, first=100, rows=({"kind": "a", "size": 1.5, "gap": None},)),
    RowSent(
        id=7,
        row=3,
        nodes={NodeId("n"): (TensorValue(shape=(2,), dtype="float32", values=(0.5, None)),)},
        targets={NodeId("h"): TensorValue(shape=(), dtype="int64", values=(1,))},
    ),
    Ready(keras_version="3", tensorflow_version="2", devices=(Device("CPU", "CPU · 2 cores"),)),
    Inspected(
        id=3,
        nodes={NodeId("n"): NodeInfo((Tensor((None, 3), "float32"),), 4, 3)},
        diagnostics=(FINDING,),
        total_params=4,
        trainable_params=3,
    ),
    Repairs(
        id=3,
        remedies=(Remedy(code="refused", node=NodeId("n"), repairs=FINDING.repairs),),
    ),
    Measured(id=3, nodes={NodeId("n"): Cost(4, None, 8)}, total=Cost(4, None, 8)),
    RunStarted(
        epochs=2,
        steps=9,
        loss_keys={"y": "loss"},
        weights={"y": 1.0},
        device=Device("GPU", "GPU"),
        first_epoch=1,
    ),
    StepDone(epoch=0, step=3, logs={"loss": 0.5}, steps_per_second=9.5, seconds_left=3.0),
    EpochDone(epoch=0, logs={"loss": 0.5, "val_loss": math.inf}, seconds=1.5),
    RunStopping(),
    RunEnded(stopped=True, logs={}, seconds=0.5, model="/run/model.keras"),
    Failed(message="no", diagnostics=(FINDING,), detail="Traceback\n  …"),
]


def test_every_message_is_tried_here() -> None:
    assert {type(one) for one in REQUESTS} == set(get_args(Request))
    assert {type(one) for one in EVENTS} == set(get_args(Event))


def named(message: object) -> str:
    return type(message).__name__


@pytest.mark.parametrize("request_", REQUESTS, ids=named)
def test_a_request_comes_back_as_it_was_sent(request_: Request) -> None:
    line = encode(request_)
    assert decode_request(line) == request_


FINITE = [event for event in EVENTS if not isinstance(event, EpochDone)]


@pytest.mark.parametrize("event", FINITE, ids=named)
def test_an_event_comes_back_as_it_was_sent(event: Event) -> None:
    assert decode_event(encode(event)) == event


@pytest.mark.parametrize("message", [*REQUESTS, *EVENTS], ids=named)
def test_a_message_is_one_line_of_json_that_names_its_kind(message: Request | Event) -> None:
    line = encode(message)
    assert line.endswith(b"\n")
    assert line.count(b"\n") == 1
    assert json.loads(line)["kind"]


@pytest.mark.parametrize("loss", [math.nan, math.inf, -math.inf])
def test_a_loss_that_is_no_number_arrives_as_none(loss: float) -> None:
    for event in (
        StepDone(epoch=0, step=1, logs={"loss": loss}, steps_per_second=1, seconds_left=1),
        EpochDone(epoch=0, logs={"loss": loss}, seconds=1),
        RunEnded(stopped=False, logs={"loss": loss}, seconds=1),
    ):
        received = decode_event(encode(event))
        assert isinstance(received, StepDone | EpochDone | RunEnded)
        assert math.isnan(received.logs["loss"])


GARBAGE = [
    b"\n",
    b"not json\n",
    b"{}\n",
    b"[]\n",
    b'{"kind":"explode"}\n',
    b'{"kind":"inspect","id":"one","diagram":{}}\n',
    b'{"kind":"inspect"}\n',
    b"\xff\xfe\n",
    encode(Ready(keras_version="", tensorflow_version="", devices=())),
]


@pytest.mark.parametrize("line", GARBAGE)
def test_what_is_no_request_is_told_with_what_came(line: bytes) -> None:
    with pytest.raises(ProtocolError, match="Expected a request; received b"):
        decode_request(line)


def test_what_is_no_event_is_told_with_what_came() -> None:
    with pytest.raises(ProtocolError, match="Expected an event; received b"):
        decode_event(encode(Stop()))


def test_a_long_line_is_not_repeated_whole() -> None:
    with pytest.raises(ProtocolError) as caught:
        decode_event(b"x" * 100_000)
    assert len(str(caught.value)) < 300
