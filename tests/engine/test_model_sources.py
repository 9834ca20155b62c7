"""Where models come from, and what is refused without consent."""

import json
from pathlib import Path

import keras
import pytest

from graphstudio.engine.model_sources import ModelSourceError, load_model

SCRIPT = """
import keras
x = keras.Input((4,), name="x")
small = keras.Model(x, keras.layers.Dense(2, name="out")(x), name="small")
"""
SECOND = "large = keras.Model(x, keras.layers.Dense(9, name='big')(x), name='large')\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "models.py"
    path.write_text(SCRIPT)
    return path


def test_a_script_does_not_run_without_consent(tmp_path: Path) -> None:
    path = tmp_path / "evil.py"
    path.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    with pytest.raises(ModelSourceError, match="add --trust"):
        load_model(str(path), trust=False)
    assert not (tmp_path / "ran").exists()


def test_the_only_model_of_a_script_needs_no_name(script: Path) -> None:
    assert load_model(str(script), trust=True).name == "small"


def test_one_of_several_models_is_chosen_by_its_name(script: Path) -> None:
    script.write_text(SCRIPT + SECOND)
    assert load_model(f"{script}::large", trust=True).name == "large"
    with pytest.raises(ModelSourceError, match="received small, large"):
        load_model(str(script), trust=True)


def test_a_notebooks_code_cells_are_run_without_the_lines_for_the_notebook(tmp_path: Path) -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# not code"]},
        {"cell_type": "code", "source": ["%matplotlib inline\n", SCRIPT]},
    ]
    path = tmp_path / "models.ipynb"
    path.write_text(json.dumps({"cells": cells}))
    assert load_model(str(path), trust=True).name == "small"


def test_an_application_is_made_without_weights() -> None:
    assert load_model("keras.applications.MobileNet", trust=False).name.startswith("mobilenet")
    with pytest.raises(ModelSourceError, match="received get_file"):
        load_model("keras.applications.get_file", trust=False)


def test_a_lambda_in_a_file_needs_consent(tmp_path: Path) -> None:
    x = keras.Input((4,))
    model = keras.Model(x, keras.layers.Lambda(lambda one: one * 2)(x))
    model.save(tmp_path / "lambda.keras")
    with pytest.raises(ModelSourceError, match="cannot be imported"):
        load_model(str(tmp_path / "lambda.keras"), trust=False)


@pytest.mark.parametrize("name", ["absent.keras", "absent.json", "absent.py", "table.csv", "model"])
def test_what_is_missing_or_foreign_is_said_in_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelSourceError) as refusal:
        load_model(str(tmp_path / name), trust=True)
    assert "\n" not in str(refusal.value)
