"""``graphstudio check`` tells what is wrong, for people and as JSON."""

import json
from pathlib import Path

from graphstudio.diagram.diagram import HeadNode, InputNode
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from tests.cli.conftest import Command, graphstudio
from tests.code.projects import diagram, layer
from tests.diagrams import chain


def saved(folder: Path, *, refused: bool) -> Path:
    """Save a project whose sum is refused, or where one layer of two leads nowhere."""
    drawn = diagram(
        "wrong",
        {
            "x": InputNode(name="x", config={"shape": [8]}),
            "three": layer("Dense", "three", units=3),
            "four": layer("Dense", "four", units=4),
            "sum": layer("Add", "sum"),
            "y": HeadNode(name="y"),
        },
        ("x three", "x four", "three sum", *(["four sum"] if refused else []), "sum y"),
    )
    file = folder / "wrong.gstudio"
    save_project(Project(diagram=drawn), file)
    return file


def test_a_sound_diagram_has_nothing_to_tell(command: Command, example: Path) -> None:
    assert command("check", example) == (0, "No problems: the diagram is a model.\n", "")
    assert command("check", example, "--json") == (0, "[]\n", "")


def test_a_refused_call_is_told_in_text(command: Command, tmp_path: Path) -> None:
    code, out, err = command("check", saved(tmp_path, refused=True))
    assert (code, err) == (1, "")
    assert out.startswith("error: sum: expected tensors of matching shapes; received (None, 3) ")
    assert "[refused]\n    repair: Insert Dense 3 units after four\n" in out
    assert "Traceback" not in out


def test_a_refused_call_is_told_in_json(tmp_path: Path) -> None:
    code, out, err = graphstudio("check", saved(tmp_path, refused=True), "--json")
    assert (code, err) == (1, "")
    (finding,) = json.loads(out)
    assert (finding["code"], finding["severity"], finding["node"]) == ("refused", "error", "sum")
    assert {"message", "expected", "received"} <= set(finding)
    titles = [repair["title"] for repair in finding["repairs"]]
    assert titles[0].startswith("Insert Dense")


def test_links_are_told_with_their_repairs(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "two.gstudio"
    drawn = diagram(
        "two",
        {
            "x": InputNode(name="x", config={"shape": [8]}),
            "lost": InputNode(name="lost", config={"shape": [8]}),
            "dense": layer("Dense", "dense", units=1),
            "y": HeadNode(name="y"),
        },
        ("x dense", "dense y"),
    )
    save_project(Project(diagram=drawn), file)
    code, out, _ = command("check", file)
    assert code == 1
    assert "error: lost: The input 'lost' reaches no head. [unused-input]\n" in out
    assert "    repair: Remove the input lost\n" in out
    findings = json.loads(command("check", file, "--json").out)
    unused = next(one for one in findings if one["code"] == "unused-input")
    assert unused["repairs"] == [
        {
            "title": "Remove the input lost",
            "edit": "remove_nodes",
            "arguments": {"node_ids": ["lost"]},
        }
    ]


def test_warnings_alone_are_no_failure(command: Command, tmp_path: Path) -> None:
    code, out, _ = command("check", saved(tmp_path, refused=False))
    assert out.startswith("warning: four: 'four' feeds nothing: no head depends on it.")
    assert code == 0


def test_an_unknown_class_is_told(command: Command, tmp_path: Path) -> None:
    file = tmp_path / "unknown.gstudio"
    save_project(Project(diagram=chain(layer("Perceptron", "p", units=1))), file)
    code, out, _ = command("check", file)
    assert code == 1
    assert "'p' is a keras.layers.Perceptron, which Keras" in out
