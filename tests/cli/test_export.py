"""``graphstudio export`` writes the model in other forms, which others can read."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from graphstudio.diagram.diagram import Diagram
from graphstudio.diagram.project import Project
from graphstudio.diagram.project_file import save_project
from tests.cli.conftest import Command
from tests.code.projects import layer
from tests.diagrams import chain


def test_a_script_is_python(command: Command, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "script.py"
    done = command("export", example, "--to", "python", "-o", out)
    assert done == (0, f"Wrote {out}.\n", "")
    assert {node.name for node in functions(out)} >= {"build_model", "load_data", "main"}


def functions(file: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)]


def test_a_module_builds_the_model(command: Command, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "module.py"
    assert command("export", example, "--to", "module", "-o", out).code == 0
    count = "import module; assert module.build_model().count_params() == 9964"
    subprocess.run([sys.executable, "-c", count], cwd=tmp_path, check=True)


def test_a_keras_file_holds_the_compiled_model(
    command: Command, example: Path, tmp_path: Path
) -> None:
    out = tmp_path / "model.keras"
    assert command("export", example, "--to", "keras", "-o", out).code == 0
    model = keras.saving.load_model(out)
    assert model.count_params() == 9_964
    assert set(model.get_compile_config()["loss"]) == {"digit", "even", "ink"}


def test_json_is_keras_s_own(command: Command, example: Path, tmp_path: Path) -> None:
    out = tmp_path / "model.json"
    assert command("export", example, "--to", "json", "-o", out).code == 0
    assert json.loads(out.read_text())["config"]["name"] == "digits"
    assert keras.models.model_from_json(out.read_text()).count_params() == 9_964


@pytest.mark.parametrize("form", ["python", "module", "keras", "json"])
def test_what_is_no_model_is_told_and_not_written(
    command: Command, tmp_path: Path, form: str
) -> None:
    file, out = tmp_path / "empty.gstudio", tmp_path / "out.keras"
    save_project(Project(diagram=Diagram()), file)
    code, text, err = command("export", file, "--to", form, "-o", out)
    assert (code, err) == (1, "graphstudio: the diagram is no model\n")
    assert "error: The diagram has no input" in text
    assert not out.exists()


@pytest.mark.parametrize("form", ["keras", "json"])
def test_what_keras_refuses_is_told_at_its_node(
    command: Command, tmp_path: Path, form: str
) -> None:
    file, out = tmp_path / "wrong.gstudio", tmp_path / "out.keras"
    save_project(Project(diagram=chain(layer("Dense", "d", units=-1))), file)
    code, text, _ = command("export", file, "--to", form, "-o", out)
    assert code == 1
    assert text.startswith("error: d: ")
    assert not out.exists()


@pytest.mark.parametrize("form", ["python", "module", "keras", "json"])
def test_a_place_that_cannot_be_written_is_told(
    command: Command, example: Path, tmp_path: Path, form: str
) -> None:
    out = tmp_path / "nowhere" / "out.keras"
    code, text, err = command("export", example, "--to", form, "-o", out)
    assert (code, text) == (2, "")
    assert err == f"graphstudio: {out} cannot be written: No such file or directory.\n"


def test_a_keras_file_of_another_ending_is_refused(
    command: Command, example: Path, tmp_path: Path
) -> None:
    out = tmp_path / "model.txt"
    code, text, err = command("export", example, "--to", "keras", "-o", out)
    assert (code, text) == (2, "")
    assert err == f"graphstudio: Expected a file that ends in .keras; received {out}.\n"


def test_two_exports_start_from_the_same_weights(
    command: Command, example: Path, tmp_path: Path
) -> None:
    outs = [tmp_path / "a.keras", tmp_path / "b.keras"]
    for out in outs:
        assert command("export", example, "--to", "keras", "-o", out).code == 0
    ours, theirs = (keras.saving.load_model(out).get_weights() for out in outs)
    for one, other in zip(ours, theirs, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["x.jpg", "x.svg"])
def test_a_picture_of_another_ending_is_refused(
    command: Command, example: Path, tmp_path: Path, name: str
) -> None:
    out = tmp_path / name
    code, text, err = command("export", example, "--to", "png", "-o", out)
    assert (code, text) == (2, "")
    assert err == f"graphstudio: Expected a file that ends in .png; received {out}.\n"
    assert not out.exists()
