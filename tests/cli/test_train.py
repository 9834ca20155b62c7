"""``graphstudio train`` trains as the studio does, and as the exported script does."""

import json
import math
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pytest
from msgspec.structs import replace

from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import load_project, save_project
from graphstudio.protocol import EpochDone, Event, Failed, RunEnded, RunStarted, decode_event
from tests.cli.conftest import TIMEOUT, Command, Done, Trained, graphstudio
from tests.code.projects import siamese
from tests.diagrams import linear_project


def events(done: Done) -> list[Event]:
    """Return what ``--json`` printed; every line has to be an event."""
    return [decode_event(line.encode()) for line in done.out.splitlines()]


def epochs(done: Done) -> list[EpochDone]:
    return [event for event in events(done) if isinstance(event, EpochDone)]


def test_json_is_one_event_a_line_and_nothing_else(trained: Trained) -> None:
    assert (trained.done.code, trained.done.err) == (0, "")
    first, *_, last = events(trained.done)
    assert isinstance(first, RunStarted)
    assert isinstance(last, RunEnded)
    assert [event.epoch for event in epochs(trained.done)] == [0, 1]
    assert last.model == str(trained.run / "model.keras")


def test_text_is_for_people_and_progress_is_no_result(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "linear.gstudio"
    save_project(linear_project(tmp_path), file)
    code, out, err = command("train", file)
    (run,) = (tmp_path / "runs").iterdir()
    assert code == 0
    assert out.startswith("Finished after ")
    assert "\n  val_loss: " in out
    assert out.endswith(f"The model is in {run / 'model.keras'}.\n")
    assert "Training chain on " in err
    assert "epoch 2/2" in err


def script_results(folder: Path, project: Path) -> tuple[dict[str, float], keras.Model]:
    """Export a project's script, run it on its own, and return what it printed and saved."""
    script = folder / "script.py"
    assert graphstudio("export", project, "--to", "python", "-o", script).code == 0
    done = subprocess.run(
        [sys.executable, script.name],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
        timeout=TIMEOUT,
    )
    (saved,) = folder.glob("*.keras")
    results = re.findall(r"^(\w+): ([-\d.e]+)$", done.stdout, re.MULTILINE)
    return {name: float(value) for name, value in results}, keras.saving.load_model(saved)


def assert_same_numbers(folder: Path, project: Path, done: Done, run: Path) -> None:
    results, model = script_results(folder, project)
    held_out = epochs(done)[-1].logs
    assert "loss" in results
    for name, value in results.items():
        assert value == pytest.approx(held_out[f"val_{name}"], abs=1e-6)
    weights = keras.saving.load_model(run / "model.keras").get_weights()
    for ours, theirs in zip(weights, model.get_weights(), strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-6)


def save_shorter(project: Project, file: Path, count: int) -> None:
    save_project(replace(project, training=replace(project.training, epochs=count)), file)


def test_the_exported_script_reaches_the_same_numbers(trained: Trained, tmp_path: Path) -> None:
    short = trained.file.with_name("short.gstudio")
    save_shorter(load_project(trained.file), short, 2)
    assert_same_numbers(tmp_path, short, trained.done, trained.run)


def test_so_does_that_of_a_model_with_one_head_and_several_inputs(tmp_path: Path) -> None:
    random = np.random.default_rng(1)
    np.savez(
        tmp_path / "pairs.npz",
        left=random.random((200, 16), "float32"),
        right=random.random((200, 16), "float32"),
        same=random.integers(2, size=(200, 1)).astype("float32"),
    )
    file, run = tmp_path / "siamese.gstudio", tmp_path / "run"
    save_shorter(siamese(), file, 3)
    done = graphstudio("train", file, "--run-dir", run, "--json")
    assert done.code == 0
    begun = events(done)[0]
    assert isinstance(begun, RunStarted)
    assert begun.loss_keys == {"same": "loss"}
    assert_same_numbers(tmp_path, file, done, run)


def test_the_same_project_reaches_the_same_numbers_again(tmp_path: Path, command: Command) -> None:
    file = tmp_path / "linear.gstudio"
    save_project(linear_project(tmp_path), file)
    first, again = (command("train", file, "--run-dir", tmp_path / n, "--json") for n in "ab")
    assert [one.logs for one in epochs(first)] == [one.logs for one in epochs(again)]


def test_a_resumed_run_goes_on_where_it_ended(
    trained: Trained, run_copy: Path, command: Command
) -> None:
    words = ("train", trained.file, "--run-dir", run_copy, "--epochs", "3", "--json")
    done = command(*words, "--resume")
    assert (done.code, done.err) == (0, "")
    begun = events(done)[0]
    assert isinstance(begun, RunStarted)
    assert (begun.first_epoch, begun.epochs) == (2, 3)
    (third,) = epochs(done)
    assert third.epoch == 2
    assert third.logs["loss"] < epochs(trained.done)[0].logs["loss"]
    lines = (run_copy / "metrics.jsonl").read_text().splitlines()
    assert [json.loads(line)["epoch"] for line in lines] == [0, 1, 2]
    model = keras.saving.load_model(run_copy / "model.keras")
    assert int(model.optimizer.iterations) == 3 * begun.steps


def test_a_resumed_run_without_a_run_is_told(command: Command, trained: Trained) -> None:
    done = command("train", trained.file, "--resume")
    assert done == (2, "", "graphstudio: Expected --run-dir with --resume; received none.\n")
    nowhere = trained.run.with_name("nowhere")
    done = command("train", trained.file, "--run-dir", nowhere, "--resume", "--json")
    assert (done.code, done.out) == (2, "")
    assert done.err.endswith("expected run.json in it; found none.\n")


def test_no_epochs_are_refused(command: Command, example: Path) -> None:
    done = command("train", example, "--epochs", "0")
    assert done == (2, "", "graphstudio: Expected --epochs of 1 or more; received 0.\n")


def test_missing_data_is_told_in_one_sentence(command: Command, example: Path) -> None:
    data = example.parent.parent / "data" / "digits.npz"
    data.unlink()
    code, out, err = command("train", example)
    assert code == 1
    assert "Traceback" not in out + err
    assert "data/digits.npz is not there." in err
    (failed,) = events(command("train", example, "--json"))
    assert isinstance(failed, Failed)
    assert [finding.code for finding in failed.diagnostics] == ["missing-data"]


# Shells start background jobs deaf to Ctrl+C, and so maybe these tests and what they start.
HEARING_CTRL_C = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
from graphstudio.__main__ import main
sys.exit(main())
"""


def test_an_interrupted_run_keeps_its_model(example: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    words = ("train", example, "--run-dir", run, "--epochs", "500", "--json")
    with subprocess.Popen(
        [sys.executable, "-c", HEARING_CTRL_C, *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if isinstance(decode_event(line.encode()), EpochDone):
                break
        asked = time.monotonic()
        process.send_signal(signal.SIGINT)
        *_, last = process.stdout
        ended = decode_event(last.encode())
        process.wait(10)
    assert isinstance(ended, RunEnded)
    assert ended.stopped
    assert process.returncode == 0
    assert time.monotonic() - asked < 5
    assert (run / "model.keras").is_file()
    assert not math.isnan(ended.logs["loss"])


def test_a_run_that_nobody_reads_any_longer_stops_quietly(example: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    words = ("train", example, "--run-dir", run, "--epochs", "500", "--json")
    with subprocess.Popen(
        [sys.executable, "-m", "graphstudio", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert isinstance(decode_event(process.stdout.readline().encode()), RunStarted)
        process.stdout.close()
        assert process.stderr.read() == ""
        process.wait(10)
    assert process.returncode != 0
    assert json.loads((run / "run.json").read_text())["outcome"] == "stopped"
