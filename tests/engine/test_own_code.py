"""Own code runs once it is agreed to, and takes nothing else with it when it is wrong."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import keras
import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.catalog.own_code import with_own
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.plan import make_plan
from graphstudio.code.script import python_script
from graphstudio.diagram.diagnostics import Diagnostic, Severity
from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import make_object
from graphstudio.engine.build import build_model
from graphstudio.engine.evaluate import evaluate, predict
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.objects import resolve
from graphstudio.engine.own_code import OwnCodeError, find_own, prepare, use_own
from graphstudio.engine.run_folder import RunFolder
from graphstudio.engine.train import Run
from graphstudio.protocol import Event, Failed, Inspected, RunEnded
from tests.code.projects import layer
from tests.diagrams import chain
from tests.own_code import CODE, own, own_project

CATALOG = shipped_catalog()


def answer(code: str, *, trusted: bool = True, inspector: Inspector | None = None) -> Inspected:
    """Return what is said about a diagram that calls ``own.halve`` between two Dense layers."""
    diagram = chain(
        layer("Dense", "before", units=8),
        own("halved", "halve"),
        layer("Dense", "after", units=10),
    )
    return (inspector or Inspector(CATALOG)).inspect(diagram, code=code, trusted=trusted)


def halving(body: str) -> str:
    return f"import keras\n\n\ndef halve(inputs):\n    {body}\n"


def the_finding(inspected: Inspected) -> Diagnostic:
    (finding,) = inspected.diagnostics
    return finding


def shapes(inspected: Inspected) -> Mapping[str, tuple[int | None, ...]]:
    return {node: info.outputs[0].shape for node, info in inspected.nodes.items()}


def trained(project: Project, folder: Path, *, trusted: bool = True) -> Event:
    """Train a project, and return the last event."""
    events: list[Event] = []
    run = Run(project, folder, RunFolder(folder / "run"), CATALOG, events.append, trusted=trusted)
    run.start()
    assert run.wait(120)
    return events[-1]


def test_code_that_was_agreed_to_gives_shapes_and_parameters(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    inspected = Inspector(CATALOG).inspect(project.diagram, code=CODE, trusted=True)
    assert inspected.diagnostics == ()
    assert shapes(inspected)["y"] == (None, 3)
    assert inspected.nodes[NodeId("scaled")].params == 8
    assert inspected.total_params == 8 + 8 * 3 + 3


def test_code_that_was_not_agreed_to_does_not_run(tmp_path: Path) -> None:
    mark = tmp_path / "it ran"
    code = f"open({str(mark)!r}, 'w').close()\n{halving('return inputs')}"
    inspected = answer(code, trusted=False)
    finding = the_finding(inspected)
    assert (finding.code, finding.severity) == ("untrusted-code", Severity.WARNING)
    assert finding.node == "halved"
    assert shapes(inspected) == {"x": (None, 64), "before": (None, 8)}
    assert not mark.exists()
    assert answer(code).diagnostics == ()
    assert mark.exists()


def test_a_head_whose_loss_was_not_agreed_to_is_not_refused_for_it() -> None:
    diagram = chain(layer("Dense", "dense", units=3), loss=make_object("own.gap"))
    inspected = Inspector(CATALOG).inspect(diagram, code=CODE)
    assert the_finding(inspected).code == "untrusted-code"
    assert shapes(inspected)["y"] == (None, 3)


def test_the_answer_is_that_of_the_code_as_it_is_now() -> None:
    inspector = Inspector(CATALOG)
    same = halving("return inputs")
    twice = halving("return keras.ops.concatenate([inputs, inputs])")
    for code, width in ((same, 8), (twice, 8), (same, 8)):
        rows = shapes(answer(code, inspector=inspector))["halved"]
        assert rows == (None, width)
    wide = halving("return keras.ops.concatenate([inputs, inputs], axis=-1)")
    assert shapes(answer(wide, inspector=inspector))["halved"] == (None, 16)
    assert shapes(answer(same, inspector=inspector))["halved"] == (None, 8)


def test_a_source_runs_once_however_often_it_is_asked_about(tmp_path: Path) -> None:
    count = tmp_path / "count"
    counting = f"with open({str(count)!r}, 'a') as file:\n    file.write('x')\n"
    code = counting + halving("return inputs")
    inspector = Inspector(CATALOG)
    for _ in range(3):
        answer(code, inspector=inspector)
        answer(CODE, inspector=inspector)
    assert count.read_text() == "x"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return inputs / missing", "name 'missing' is not defined"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        ("raise type('Odd', (Exception,), {})('odd')", "Odd: odd"),
    ],
)
def test_whatever_a_call_raises_is_a_finding_with_its_line(body: str, said: str) -> None:
    inspected = answer(halving(body))
    finding = the_finding(inspected)
    assert finding.node == "halved"
    assert finding.message == f"halved: {finding.message.removeprefix('halved: ')}"
    assert said in finding.message
    assert "(line 5 of the project's own code)" in finding.message
    assert shapes(inspected)["before"] == (None, 8)


def test_what_a_layers_call_raises_is_said_without_what_keras_says_around_it() -> None:
    code = "import keras\n\nclass Wrong(keras.layers.Layer):\n    def call(self, inputs):\n"
    code += "        return inputs + missing\n"
    diagram = chain(own("wrong", "Wrong"))
    finding = the_finding(Inspector(CATALOG).inspect(diagram, code=code, trusted=True))
    assert finding.message == (
        "wrong: name 'missing' is not defined (line 5 of the project's own code)"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("x = 1\nimport nothing_of_this_name\n", "stops in line 2: ModuleNotFoundError"),
        ("raise SystemExit('no')\n", "stops in line 1: SystemExit: no"),
        ("def halve(inputs):\nreturn inputs\n", "Line 2 of the project's own code is no Python"),
    ],
)
def test_code_that_is_wrong_itself_is_one_finding_that_says_the_line(code: str, said: str) -> None:
    inspected = answer(f"{code}\ndef halve(inputs):\n    return inputs\n")
    finding = the_finding(inspected)
    assert (finding.code, finding.node) == ("own-code", None)
    assert said in finding.message
    assert shapes(inspected)["before"] == (None, 8)


def test_what_the_code_prints_keeps_off_the_results(capsys: pytest.CaptureFixture[str]) -> None:
    answer("print('loaded')\n" + halving("print('called')\n    return inputs"))
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[:2] == ["loaded", "called"]


def test_documents_reach_what_the_code_defines_and_not_what_it_imports() -> None:
    prepare("from os import system\nimport sys\ndef halve(inputs): return inputs\n", trusted=True)
    assert find_own("halve") is resolve("own.halve")
    for name in ("system", "sys", "print", "__name__"):
        with pytest.raises(ValueError, match="Expected the public path"):
            resolve(f"own.{name}")


def test_a_layer_that_takes_no_name_has_the_one_of_the_diagram() -> None:
    code = (
        "import keras\n\n\nclass Plain(keras.layers.Layer):\n"
        "    def __init__(self, factor=2.0):\n        super().__init__()\n"
        "        self.factor = factor\n\n"
        "    def call(self, inputs):\n        return inputs * self.factor\n"
    )
    diagram = chain(own("doubled", "Plain"), layer("Dense", "dense", units=10))
    project = Project(diagram=diagram, code=code)
    use_own(project, trusted=True)
    model = build_model(make_plan(diagram, with_own(CATALOG, code)))
    assert model.get_layer("doubled").factor == 2.0
    script = python_script(project, CATALOG)
    assert 'doubled_layer = Plain()\n    doubled_layer.name = "doubled"\n' in script


def test_a_lambda_calls_an_own_function_and_is_written_with_its_name() -> None:
    function = make_object("own.halve")
    diagram = chain(layer("Lambda", "halved", function=function), layer("Dense", "d", units=10))
    inspected = Inspector(CATALOG).inspect(diagram, code=CODE, trusted=True)
    assert inspected.diagnostics == ()
    assert shapes(inspected)["halved"] == (None, 64)
    text = python_script(Project(diagram=diagram, code=CODE), CATALOG)
    assert 'keras.layers.Lambda(halve, name="halved")' in text


def test_a_run_and_the_exported_script_reach_the_same_numbers(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    ended = trained(project, tmp_path)
    assert isinstance(ended, RunEnded), ended
    script = tmp_path / "script.py"
    script.write_text(python_script(project, CATALOG))
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    (line,) = [one for one in done.stdout.splitlines() if one.startswith("loss: ")]
    assert float(line.removeprefix("loss: ")) == ended.logs["val_loss"]


def test_a_trained_run_is_measured_and_asked_with_the_agreement(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    ended = trained(project, tmp_path)
    assert isinstance(ended, RunEnded), ended
    run = RunFolder(tmp_path / "run")
    with pytest.raises(OwnCodeError, match="runs only once you agree"):
        evaluate(run, CATALOG)
    assert evaluate(run, CATALOG, trusted=True)["loss"] == ended.logs["val_loss"]
    np.savez(tmp_path / "more.npz", x=np.zeros((2, 8), "float32"))
    assert predict(run, tmp_path / "more.npz", CATALOG, trusted=True)["y"].shape == (2, 3)


def test_a_run_without_the_agreement_fails_with_a_sentence(tmp_path: Path) -> None:
    ended = trained(own_project(tmp_path), tmp_path, trusted=False)
    assert isinstance(ended, Failed)
    assert "(Scale, gap, halve), which runs only once you agree" in ended.message
    assert not (tmp_path / "run").exists()


def test_a_run_whose_code_ends_the_program_says_so(tmp_path: Path) -> None:
    code = CODE.replace("return ops.mean", "raise SystemExit('enough')\n    return ops.mean")
    ended = trained(own_project(tmp_path, code), tmp_path)
    assert isinstance(ended, Failed)
    assert "enough" in ended.message


def test_code_that_the_model_does_not_need_does_not_run(tmp_path: Path) -> None:
    plain = own_project(tmp_path, "raise SystemExit('it ran')\n")
    diagram = chain(layer("Dense", "dense", units=3), shape=(8,), loss="mse")
    assert isinstance(trained(replace(plain, diagram=diagram), tmp_path, trusted=False), RunEnded)


def test_a_saved_model_loads_with_the_classes_of_the_script(tmp_path: Path) -> None:
    project = own_project(tmp_path)
    assert isinstance(trained(project, tmp_path), RunEnded)
    prepare("", trusted=False)
    names: dict[str, object] = {"__name__": "elsewhere", "__file__": str(tmp_path / "script.py")}
    exec(python_script(project, CATALOG), names)  # noqa: S102 - the script that was just written
    own_objects = {name: names[name] for name in ("Scale", "gap", "halve")}
    model = keras.saving.load_model(tmp_path / "run" / "model.keras", custom_objects=own_objects)
    assert model.get_layer("scaled").mode == "each"
