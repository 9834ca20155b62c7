"""``graphstudio summary`` lists calls with their shapes and parameters."""

import json
from pathlib import Path

import pytest

from graphstudio.diagram.diagram import Diagram, NodeId, Use
from graphstudio.diagram.edits import set_use
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from tests.cli.conftest import Command, graphstudio
from tests.code.projects import layer
from tests.diagram.test_active import two_heads
from tests.diagrams import chain, inception, linear, question_answering, siamese


@pytest.mark.parametrize(
    ("drawn", "total"),
    [
        (linear(), 3_466),
        (siamese(), 20_673),
        (question_answering(), 1_000_052),
        (inception(), 447_872),
    ],
    ids=lambda value: value.name if isinstance(value, Diagram) else str(value),
)
def test_it_counts_what_keras_counts(
    command: Command, tmp_path: Path, drawn: Diagram, total: int
) -> None:
    file = tmp_path / "model.gstudio"
    save_project(Project(diagram=drawn), file)
    code, out, err = command("summary", file, "--json")
    assert (code, err) == (0, "")
    summary = json.loads(out)
    assert (summary["total_params"], summary["trainable_params"]) == (total, total)
    assert len(summary["calls"]) == sum(map(len, drawn.calls.values()))
    assert f"{total:,} parameters" in command("summary", file).out


def test_what_is_muted_or_bypassed_is_not_counted_and_leaves_no_problem(
    command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "model.gstudio"
    drawn = set_use(two_heads(), [NodeId("second")], Use.MUTED)
    save_project(Project(diagram=set_use(drawn, [NodeId("g")], Use.BYPASSED)), file)
    code, out, _ = command("summary", file, "--json")
    summary = json.loads(out)

    assert (code, summary["total_params"]) == (0, 8 * 4 + 4)
    assert [row["name"] for row in summary["calls"]] == ["f", "both"]
    assert [row["name"] for row in summary["heads"]] == ["first"]
    assert command("check", file).code == 0


def test_a_call_is_named_with_its_class_its_tensors_and_its_parameters(example: Path) -> None:
    code, out, err = graphstudio("summary", example, "--json")
    assert (code, err) == (0, "")
    summary = json.loads(out)
    rows = {row["name"]: row for row in summary["calls"]}
    assert rows["conv_2"] == {
        "name": "conv_2",
        "class": "keras.layers.Conv2D",
        "outputs": [{"shape": [None, 8, 8, 32], "dtype": "float32"}],
        "params": 9_248,
    }
    assert [row["name"] for row in summary["inputs"]] == ["image"]
    assert [row["name"] for row in summary["heads"]] == ["digit", "even", "ink"]
    assert summary["diagnostics"] == []


def test_text_has_a_line_for_each_node(command: Command, example: Path) -> None:
    code, out, err = command("summary", example)
    assert (code, err) == (0, "")
    table = out.splitlines()
    assert table[0].split() == ["name", "class", "output", "parameters"]
    assert len(table) == 1 + 11 + 1
    assert table[-1] == "digits: 9,964 parameters, of which 9,964 are trained."


def test_costs_are_columns_where_they_are_asked_for(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "words.gstudio"
    save_project(Project(diagram=question_answering()), file)
    code, out, _ = command("summary", file, "--cost", "--json")
    summary = json.loads(out)
    rows = {row["name"]: row for row in summary["calls"]}
    assert code == 0
    assert rows["text_lstm"]["flops"] is None
    assert rows["scores"]["weight_bytes"] == 4 * 24_500
    assert summary["total_cost"]["flops"] is None
    sized = json.loads(command("summary", file, "--cost", "--size", "8", "--json").out)
    assert sized["total_cost"]["flops"] > 0
    table = command("summary", file, "--cost").out.splitlines()
    assert table[0].split()[-3:] == ["flops", "weight_bytes", "output_bytes"]
    assert table[-1] == "For one sample: flops ?, weight_bytes 4,000,208, output_bytes ?."


def test_times_are_a_column_where_they_are_asked_for(command: Command, example: Path) -> None:
    code, out, err = command("summary", example, "--time", "--batch-size", "4", "--json")
    summary = json.loads(out)
    assert (code, err) == (0, "")
    assert all(row["seconds"] >= 0 for row in summary["calls"])
    assert (summary["time"]["batch_size"], summary["time"]["size"]) == (4, None)
    assert summary["time"]["whole"] > 0
    table = command("summary", example, "--time").out.splitlines()
    assert table[0].split()[-1] == "ms"
    assert table[-1].startswith("On the CPU, a batch of 32: ")


def test_what_cannot_be_timed_is_refused_in_a_sentence(command: Command, example: Path) -> None:
    code, out, err = command("summary", example, "--time", "--batch-size", "0")
    assert (code, out) == (2, "")
    assert "Expected a batch size of 1 or more; received 0." in err
    huge = str(10**10)
    assert "try a smaller batch" in command("summary", example, "--time", "--batch-size", huge).err


def test_errors_take_the_place_of_the_text(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "wrong.gstudio"
    save_project(Project(diagram=chain(layer("Dense", "d", units=-1))), file)
    code, out, _ = command("summary", file)
    assert code == 1
    assert out.startswith("error: d: ")
    code, out, _ = command("summary", file, "--json")
    assert code == 1
    assert [one["node"] for one in json.loads(out)["diagnostics"]] == ["d"]
