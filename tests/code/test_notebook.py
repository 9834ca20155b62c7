"""The notebook does what the script does, a cell for each part."""

import json
from typing import Any

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.notebook import python_notebook
from tests.code.projects import three_heads


def cells(kind: str) -> list[str]:
    notebook: dict[str, Any] = json.loads(python_notebook(three_heads(), shipped_catalog()))
    assert notebook["nbformat"] == 4
    return ["".join(one["source"]) for one in notebook["cells"] if one["cell_type"] == kind]


def test_it_begins_with_what_the_script_says_of_itself() -> None:
    assert cells("markdown") == [
        "Train the Keras model digits, evaluate it and save it as digits.keras."
    ]


def test_each_function_has_a_cell_and_the_main_part_runs_at_the_top_level() -> None:
    imports, *functions, main = cells("code")
    assert "import keras" in imports
    assert [one.split("(")[0] for one in functions] == [
        "def load_data",
        "def read_arrays",
        "def split_by_chance",
        "def take",
        "def build_model",
    ]
    assert main.startswith("keras.utils.set_random_seed(SEED)\n")
    assert "__name__" not in main


def test_data_beside_the_notebook_is_found_from_its_folder() -> None:
    imports, *_ = cells("code")
    assert 'DATA = Path.cwd().joinpath("digits.npz")' in imports


def test_the_cells_run_one_after_the_other() -> None:
    names: dict[str, Any] = {}
    *definitions, _ = cells("code")
    for cell in definitions:
        exec(compile(cell, "cell", "exec"), names)  # noqa: S102 - what a notebook does
    assert names["build_model"]().count_params() > 0
