"""``graphstudio doctor`` tells what is missing; ``graphstudio engine`` serves until it is left."""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.cli.conftest import Command, graphstudio


def test_the_doctor_tells_versions_and_devices(command: Command) -> None:
    code, out, err = command("doctor", "--json")
    told = json.loads(out)
    assert err == ""
    assert told["versions"]["keras"] == version("keras")
    assert any(device.startswith("CPU · ") for device in told["devices"])
    assert code == (1 if told["problems"] else 0)


def test_the_doctor_speaks_to_people(command: Command) -> None:
    code, out, _ = command("doctor")
    assert ["keras", version("keras")] in [line.split() for line in out.splitlines()]
    assert "Trains on: " in out
    assert ("Nothing is missing." in out) == (code == 0)


def test_a_palette_of_another_keras_is_a_problem(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graphstudio.cli.doctor.version", lambda _name: "0.0.1")
    code, out, _ = command("doctor")
    assert code == 1
    assert "0.0.1 is installed." in out


def test_the_doctor_works_where_tensorflow_does_not(tmp_path: Path) -> None:
    (tmp_path / "tensorflow.py").write_text("raise ImportError('no libtensorflow')")
    code, out, err = graphstudio("doctor", "--json", folder=tmp_path)
    assert (code, err) == (1, "")
    told = json.loads(out)
    assert told["devices"] == []
    assert "TensorFlow cannot be loaded: no libtensorflow." in told["problems"]


def test_the_engine_ends_with_its_input() -> None:
    code, out, _ = graphstudio("engine", "--cpu")
    assert code == 0
    # Its input ends at once: it may have had the time to say that it is ready, or not.
    assert out.count("\n") <= 1


def test_the_version_is_told() -> None:
    assert graphstudio("--version") == (0, f"graphstudio {version('graphstudio')}\n", "")
