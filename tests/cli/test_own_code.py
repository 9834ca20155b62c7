"""Commands run a project's own code with ``--trust`` alone."""

import json
from pathlib import Path

import pytest

from graphstudio.diagram.project_file import save_project
from tests.cli.conftest import Command
from tests.own_code import own_project


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "own.gstudio"
    save_project(own_project(tmp_path), path)
    return path


def codes(text: str) -> set[str]:
    return {one["code"] for one in json.loads(text)}


def test_check_says_what_has_not_run(command: Command, file: Path) -> None:
    done = command("check", file, "--json")
    assert (done.code, codes(done.out)) == (0, {"untrusted-code"})
    trusted = command("check", file, "--trust", "--json")
    assert (trusted.code, codes(trusted.out)) == (0, set())


def test_a_summary_without_its_numbers_is_none(command: Command, file: Path) -> None:
    done = command("summary", file)
    assert done.code == 1
    assert "[untrusted-code]" in done.out
    assert "parameters, of which" not in done.out
    trusted = command("summary", file, "--trust", "--json")
    assert trusted.code == 0
    assert json.loads(trusted.out)["total_params"] == 35


def test_training_and_what_follows_need_the_agreement(command: Command, file: Path) -> None:
    run = file.parent / "run"
    refused = command("train", file, "--run-dir", run)
    assert refused.code == 1
    assert "runs only once you agree" in refused.err
    assert not run.exists()
    assert command("train", file, "--run-dir", run, "--trust").code == 0
    assert command("evaluate", run).code == 1
    measured = command("evaluate", run, "--trust", "--json")
    assert measured.code == 0
    assert json.loads(measured.out)["loss"] > 0


def test_a_saved_model_needs_the_agreement_and_a_script_does_not(
    command: Command, file: Path
) -> None:
    model, script = file.parent / "own.keras", file.parent / "own.py"
    refused = command("export", file, "--to", "keras", "-o", model)
    assert refused.code == 1
    assert "[untrusted-code]" in refused.out
    assert not model.exists()
    assert command("export", file, "--to", "keras", "-o", model, "--trust").code == 0
    assert model.is_file()
    assert command("export", file, "--to", "python", "-o", script).code == 0
    assert "class Scale(keras.layers.Layer):" in script.read_text()
