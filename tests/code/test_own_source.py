"""A written file holds the project's own code as its author would have put it there."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.notebook import python_notebook
from graphstudio.code.own_templates import with_new_function, with_new_layer
from graphstudio.code.plan import PlanError
from graphstudio.code.script import python_module, python_script
from graphstudio.diagram.project import Project
from graphstudio.diagram.values import make_object
from tests.code.projects import layer
from tests.diagrams import chain
from tests.own_code import CODE, own, own_project

CATALOG = shipped_catalog()


def ruff(*words: str, source: str) -> str:
    command = [sys.executable, "-m", "ruff", *words, "--isolated", "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else "clean"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return own_project(tmp_path)


def calling(name: str, code: str) -> Project:
    """Return a project that calls one own class or function."""
    return Project(diagram=chain(own("mine", name)), code=code)


@pytest.mark.parametrize("write", [python_script, python_module])
def test_ruff_finds_nothing_to_sort_or_to_format(project: Project, write: type) -> None:
    text = write(project, CATALOG)
    assert ruff("check", "--select", "I,F", source=text) == "clean"
    assert ruff("format", "--check", source=text) == "clean"


def test_imports_of_the_script_and_the_code_are_merged_and_sorted() -> None:
    code = (
        "from __future__ import annotations\n"
        "from keras import ops, layers\nimport sys\nimport keras\nimport numpy as np\n"
        "from collections.abc import Sequence, MutableMapping\nfrom keras import Model as M\n"
        "from os import path, O_RDONLY\n\n\ndef mine(inputs):\n    return inputs\n"
    )
    text = python_module(calling("mine", code), CATALOG)
    imports = text.partition('"""\n\n')[2].partition("\n\n\n")[0]
    assert imports.splitlines() == [
        "from __future__ import annotations",
        "",
        "import sys",
        "from collections.abc import MutableMapping, Sequence",
        "from os import O_RDONLY, path",
        "",
        "import keras",
        "import numpy as np",
        "from keras import Model as M",
        "from keras import layers, ops",
    ]
    assert ruff("check", "--select", "I", source=text) == "clean"


def test_own_names_stand_alone_and_before_what_calls_them(project: Project) -> None:
    text = python_script(project, CATALOG)
    tree = ast.parse(text)
    names = [one.name for one in tree.body if isinstance(one, ast.ClassDef | ast.FunctionDef)]
    assert names[:4] == ["Scale", "gap", "halve", "_hidden"]
    assert names[-2:] == ["build_model", "main"]
    assert 'scaled = Scale(start=1.5, mode="each", name="scaled")(x)' in text
    assert "halved = halve(scaled)" in text
    assert 'loss={"y": gap}' in text
    assert "own." not in text.replace("own.npz", "")


def test_comments_stay_and_what_runs_as_a_program_does_not(project: Project) -> None:
    text = python_script(project, CATALOG)
    assert "# Squared differences, with a twist.\ndef gap(" in text
    assert "never as a program" not in text
    assert "Layers of this project." not in text


def test_code_that_the_model_does_not_need_is_left_out(project: Project) -> None:
    plain = replace(project, diagram=chain(layer("Dense", "dense", units=3), loss="mse"))
    assert python_script(plain, CATALOG) == python_script(replace(plain, code=""), CATALOG)


def test_variables_keep_off_the_names_of_the_code() -> None:
    code = "def mine(inputs):\n    return inputs\n\n\ndef x(inputs):\n    return inputs\n"
    text = python_module(calling("mine", code), CATALOG)
    assert 'x_2 = keras.Input(shape=(64,), name="x")' in text
    assert "mine_2 = mine(x_2)" in text


@pytest.mark.parametrize(
    "code",
    [
        "def mine(inputs):\n    return inputs\n\n\ndef main():\n    pass\n",
        "def mine(inputs):\n    return inputs\n\n\nSEED = 3\n",
        "import json as keras\n\n\ndef mine(inputs):\n    return inputs\n",
    ],
)
def test_a_name_that_the_script_needs_itself_is_refused(code: str) -> None:
    with pytest.raises(PlanError, match="which the written file needs itself") as caught:
        python_script(calling("mine", code), CATALOG)
    assert caught.value.diagnostics[0].code == "reserved-name"


def test_a_loss_that_a_variable_of_the_script_would_hide_is_refused(tmp_path: Path) -> None:
    project = own_project(tmp_path, CODE.replace("gap", "model"))
    diagram = chain(layer("Dense", "dense", units=3), shape=(8,), loss=make_object("own.model"))
    with pytest.raises(PlanError, match="defines model, which"):
        python_script(replace(project, diagram=diagram), CATALOG)


def test_a_class_that_the_code_does_not_have_is_no_model() -> None:
    with pytest.raises(PlanError, match="which the project's own code does not have"):
        python_script(calling("Missing", CODE), CATALOG)


def test_a_notebook_keeps_decorators_and_comments_with_their_functions(tmp_path: Path) -> None:
    decorated = CODE.replace("def halve", "@keras.saving.register_keras_serializable()\ndef halve")
    text = python_notebook(own_project(tmp_path, decorated), CATALOG)
    cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    assert any(cell.startswith("# Squared differences") for cell in cells)
    assert any(cell.startswith("@keras.saving.register_keras_serializable()\n") for cell in cells)
    assert sum("class Scale(" in cell for cell in cells) == 1


def test_templates_add_what_works_under_a_free_name() -> None:
    code = with_new_function(with_new_layer(with_new_layer("")))
    names = [one.name for one in ast.parse(code).body if isinstance(one, ast.ClassDef)]
    assert names == ["MyLayer", "MyLayer_1"]
    assert code.count("import keras") == 1
    assert ruff("format", "--check", source=code) == "clean"
    text = python_module(calling("MyLayer_1", code), CATALOG)
    assert 'mine = MyLayer_1(name="mine")(x)' in text
