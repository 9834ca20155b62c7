"""``graphstudio layout`` moves nodes and nothing else, which ``graphstudio diff`` confirms."""

import json
from pathlib import Path

from msgspec.structs import replace

from graphstudio.diagram.diagram import NodeId
from graphstudio.diagram.edits import rename, set_parameter
from graphstudio.diagram.project_file import load_project, save_project
from tests.cli.conftest import Command


def test_an_arranged_diagram_means_the_same(command: Command, example: Path) -> None:
    before = load_project(example)
    scattered = before.with_diagram(replace(before.diagram, positions={}))
    save_project(scattered, example)
    assert command("layout", example) == (0, f"Arranged 11 nodes in {example}.\n", "")
    after = load_project(example).diagram
    assert after.means_same(before.diagram)
    assert len({(place.x, place.y) for place in after.positions.values()}) == 11


def test_a_diagram_can_be_arranged_from_top_to_bottom(command: Command, example: Path) -> None:
    assert command("layout", example, "--direction", "down").code == 0
    diagram = load_project(example).diagram
    places = diagram.positions
    assert all(places[w.source].y < places[w.target].y for w in diagram.wires.values())


def test_the_original_stays_where_another_file_is_named(
    command: Command, example: Path, tmp_path: Path
) -> None:
    before = example.read_bytes()
    out = tmp_path / "arranged.gstudio"
    assert command("layout", example, "-o", out).code == 0
    assert example.read_bytes() == before
    assert command("diff", example, out) == (0, "The diagrams mean the same.\n", "")
    assert command("diff", example, out, "--json").out == "[]\n"


def test_a_place_that_cannot_be_written_is_told(command: Command, example: Path) -> None:
    code, out, err = command("layout", example, "-o", example / "in" / "a" / "file")
    assert (code, out) == (2, "")
    assert err.startswith("graphstudio: file cannot be saved in ")
    assert err.count("\n") == 1


def test_what_differs_is_told_by_name(command: Command, example: Path, tmp_path: Path) -> None:
    project = load_project(example)
    edited = set_parameter(project.diagram, NodeId("conv_1"), "filters", 64)
    edited = rename(edited, NodeId("even"), "parity_head")
    other = tmp_path / "other.gstudio"
    save_project(project.with_diagram(edited), other)
    code, out, err = command("diff", example, other)
    assert (code, err) == (0, "")
    assert "conv_1" in out
    assert "parity_head" in out
    assert "pool" not in out
    assert "changed node conv_1: filters: 32 → 64\n" in out
    kinds = {one["kind"] for one in json.loads(command("diff", example, other, "--json").out)}
    assert kinds <= {"added", "removed", "changed"}


def test_a_wire_that_comes_from_elsewhere_is_told_by_names(
    command: Command, example: Path, tmp_path: Path
) -> None:
    project = load_project(example)
    diagram = project.diagram
    even = NodeId("even")
    (key,) = (key for key, wire in diagram.wires.items() if wire.target == even)
    moved = replace(diagram.wires[key], source=NodeId("conv_1"))
    other = tmp_path / "other.gstudio"
    save_project(project.with_diagram(replace(diagram, wires={**diagram.wires, key: moved})), other)
    said = "changed wire conv_1 → even: source: parity → conv_1\n"
    assert command("diff", example, other) == (0, said, "")
