"""The engine as a process answers, lives on after nonsense, and ends with who asked for it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import keras
import psutil
import pytest

from graphstudio.diagram.diagram import Diagram, HeadNode, InputNode, NodeId
from graphstudio.diagram.repairs import apply_repair
from graphstudio.diagram.values import make_object
from graphstudio.protocol import (
    Failed,
    Inspect,
    Inspected,
    Measure,
    Measured,
    Pause,
    Ready,
    Repairs,
    Request,
    Resume,
    Stop,
    decode_event,
)
from tests.code.projects import diagram, layer
from tests.diagrams import chain, linear, siamese
from tests.engine.conversation import COMMAND, PATIENCE, Engine

# Starts an engine that shares this process's own input and output, tells its number, and waits.
PARENT = f"""
import subprocess, sys, time
engine = subprocess.Popen({list(COMMAND)!r})
sys.stderr.write(f"{{engine.pid}}\\n")
sys.stderr.flush()
time.sleep(600)
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Return one engine for the questions of this file; it has said that it is ready."""
    with Engine(tmp_path_factory.mktemp("engine") / "log") as engine:
        ready, before = engine.until(Ready)
        assert before == []
        assert ready.keras_version == keras.__version__
        yield engine
        assert engine.foreign == []


def inspected(engine: Engine, drawn: Diagram, number: int) -> Inspected:
    engine.send(Inspect(id=number, diagram=drawn))
    return engine.answer(Inspected)


def test_a_question_is_answered_under_its_number(engine: Engine) -> None:
    found = inspected(engine, siamese(), 17)
    assert (found.id, found.total_params, found.diagnostics) == (17, 20_673, ())


def test_questions_are_answered_in_their_order(engine: Engine) -> None:
    for number in range(20):
        drawn = chain(layer("Dense", "dense", units=number + 1))
        engine.send(Inspect(id=number, diagram=drawn))
    answers = [engine.answer(Inspected) for _ in range(20)]
    assert [one.id for one in answers] == list(range(20))
    assert [one.total_params for one in answers] == [65 * (n + 1) for n in range(20)]


def refused(units: int = 3) -> Diagram:
    """Return a model whose last layer wants an image."""
    return chain(
        layer("Dense", "dense", units=units), layer("Conv2D", "conv", filters=2, kernel_size=1)
    )


def test_the_ways_out_follow_the_answer(engine: Engine) -> None:
    answer = inspected(engine, refused(), 40)
    assert [one.repairs for one in answer.diagnostics] == [()]
    found = engine.answer(Repairs)
    assert found.id == 40
    ((remedy),) = found.remedies
    assert (remedy.code, remedy.node) == ("refused", "conv")
    after = apply_repair(refused(), remedy.repairs[0])
    assert inspected(engine, after, 41).diagnostics == ()


def test_newer_questions_are_answered_before_ways_out_are_looked_for(engine: Engine) -> None:
    for number in range(50, 60):
        engine.send(Inspect(id=number, diagram=refused(number)))
    found, before = engine.until(Repairs)
    assert found.id == 59
    assert [one.id for one in before if isinstance(one, Inspected)] == list(range(50, 60))


def test_costs_are_measured_when_they_are_asked_for(engine: Engine) -> None:
    assert inspected(engine, linear(), 70).diagnostics == ()
    engine.send(Measure(id=70, diagram=linear()))
    measured = engine.answer(Measured)
    assert measured.id == 70
    assert measured.nodes[NodeId("dense_1")].flops == 2 * 64 * 32 + 32
    assert measured.total.weight_bytes == 4 * 3_466


def test_a_newer_diagram_is_not_kept_waiting_by_costs(engine: Engine) -> None:
    layers = [layer("Dense", f"d{units}", units=units) for units in range(1, 60)]
    engine.send(Measure(id=80, diagram=chain(*layers)))
    engine.send(Inspect(id=81, diagram=linear()))
    answer, before = engine.until(Inspected)
    assert (answer.id, before) == (81, [])
    engine.send(Measure(id=81, diagram=linear()))
    assert engine.answer(Measured).id == 81


def test_it_offers_no_accelerator_for_design(tmp_path_factory: pytest.TempPathFactory) -> None:
    with Engine(tmp_path_factory.mktemp("cpu") / "log") as own:
        assert [device.kind for device in own.answer(Ready).devices] == ["CPU"]
        assert own.close() == 0


@pytest.mark.parametrize(
    "line",
    [b"nonsense\n", b"{}\n", b'{"kind":"inspect","id":1}\n', b"\xff\x00\n", b"[" * 5000 + b"\n"],
)
def test_it_outlives_what_is_no_request(engine: Engine, line: bytes) -> None:
    engine.send_line(line)
    failed = engine.answer(Failed)
    assert failed.message.startswith("Expected a request; received b")
    assert inspected(engine, linear(), 3).total_params == 3_466


@pytest.mark.parametrize("request_", [Pause(), Resume(), Stop()])
def test_there_is_no_run_to_steer_before_there_is_one(engine: Engine, request_: Request) -> None:
    engine.send(request_)
    word = type(request_).__name__.lower()
    assert engine.answer(Failed).message == f"Expected a run to {word}; received none before."


def test_it_outlives_what_keras_cannot_digest(engine: Engine) -> None:
    odd = make_object("keras.layers.Dense", {"units": [1, {"a": None}]})
    drawn = diagram(
        "odd",
        {
            "x": InputNode(name="x", config={"shape": [4]}),
            "dense": layer("Dense", "dense", units=odd),
            "y": HeadNode(name="y"),
        },
        ("x dense", "dense y"),
    )
    (finding,) = inspected(engine, drawn, 5).diagnostics
    assert finding.node == NodeId("dense")
    assert inspected(engine, linear(), 6).total_params == 3_466


def test_it_ends_with_its_input_even_while_it_starts(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with Engine(tmp_path_factory.mktemp("short") / "log") as own:
        assert own.close(PATIENCE) == 0


def test_it_imports_no_qt(engine: Engine) -> None:
    maps = [one.path for one in psutil.Process(engine.process.pid).memory_maps()]
    assert not any("PySide6" in path or "libQt6" in path for path in maps)
    assert any("tensorflow" in path for path in maps)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends a process with its parent")
def test_it_ends_with_a_parent_that_is_killed() -> None:
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Of what the engine prints nothing else may come between.
        env={**os.environ, "TF_CPP_MIN_LOG_LEVEL": "3"},
    )
    with parent:
        assert parent.stderr is not None
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stderr.readline()))
        try:
            assert isinstance(decode_event(parent.stdout.readline()), Ready)
            # Its input stays open here, so that nothing but the parent's end is left to notice.
            parent.send_signal(signal.SIGKILL)
            gone, _ = psutil.wait_procs([child], timeout=5)
            assert gone == [child]
        finally:
            parent.kill()
            if child.is_running():
                child.kill()


def test_what_is_printed_goes_to_the_log_and_not_among_the_events(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("noise")
    (folder / "sitecustomize.py").write_text(NOISE)
    with Engine(folder / "log", {"PYTHONPATH": str(folder)}) as own:
        own.answer(Ready)
        time.sleep(0.5)
        assert inspected(own, linear(), 1).total_params == 3_466
        assert own.close() == 0
        own.kill()
        assert own.foreign == []
        log = own.log.read_text(errors="replace")
    assert "printed by Python" in log
    assert "printed by native code" in log


# Prints in the engine's process, as libraries do, once Keras is there.
NOISE = """
import os, sys, threading, time
def print_noise():
    while "keras.src.backend" not in sys.modules:
        time.sleep(0.02)
    print("printed by Python", flush=True)
    os.write(1, b"printed by native code\\n")
threading.Thread(target=print_noise, daemon=True).start()
"""
