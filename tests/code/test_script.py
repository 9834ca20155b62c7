"""The exported Python is the model of the diagram, written as a person would."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.model_source import model_functions
from graphstudio.code.plan import PlanError, make_plan
from graphstudio.code.script import python_module, python_script
from graphstudio.diagram import edits
from graphstudio.diagram.data import Data
from graphstudio.diagram.diagram import CallNode, Diagram, HeadNode, InputNode, LayerId, NodeId
from graphstudio.diagram.generated import GeneratedSource
from graphstudio.diagram.project import Project
from graphstudio.diagram.sources import ArraysSource
from graphstudio.diagram.suggest_columns import suggest_columns
from graphstudio.diagram.values import make_object
from tests.code.projects import diagram, layer, siamese, three_heads
from tests.code.strategies import projects

CATALOG = shipped_catalog()
GOLDEN = Path(__file__).parent / "golden"


def ruff_formatted(source: str) -> str:
    """Return what Ruff's formatter makes of a file, with its default settings."""
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "-"]
    done = subprocess.run(command, input=source.encode(), capture_output=True, check=True)
    return done.stdout.decode()


def with_data(project: Project, **changes: object) -> Project:
    return replace(project, data=replace(project.data, **changes))


def test_a_model_of_three_heads_is_written_to_the_letter() -> None:
    assert python_script(three_heads(), CATALOG) == (GOLDEN / "three_heads.py").read_text()


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_ruff_changes_no_script_whatever_its_names_and_values(project: Project) -> None:
    script = python_script(project, CATALOG)
    assert ruff_formatted(script) == script


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(projects())
def test_a_module_makes_and_calls_layers_and_nothing_else(project: Project) -> None:
    tree = ast.parse(python_module(project, CATALOG))
    _, imports, function = tree.body
    assert ast.unparse(imports) == "import keras"
    assert isinstance(function, ast.FunctionDef)
    made = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and not loaded(n)}
    used = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and loaded(n)}
    assert used <= made | {"keras", "float"}
    assert made.isdisjoint({"keras", "float"})


def test_ruff_changes_no_model_whatever_the_lengths_of_its_names() -> None:
    functions = "\n\n".join(
        "".join(model_functions(make_plan(long_names(length), CATALOG), CATALOG))
        for length in range(1, 100)
    )
    assert ruff_formatted(functions) == functions


def long_names(length: int) -> Diagram:
    """Return a diagram with each kind of statement, all of whose names have one length."""
    return diagram(
        "m" * length,
        {
            "a": InputNode(name="i" * length, config={"shape": [4]}),
            "b": layer("Dense", "e" * length, units=1),
            "c": CallNode(layer=LayerId("b")),
            "l": layer("LSTM", "l" * length, units=3, return_state=True),
            "k": layer("Concatenate", "k" * length),
            "o": layer("BatchNormalization", "o" * length),
            "h": HeadNode(name="h" * length, loss="mse"),
        },
        ("a b", "b c", "a l:sequences", "c k", "l.0 k", "l.1 k", "k o", "o h"),
    )


def loaded(name: ast.Name) -> bool:
    return isinstance(name.ctx, ast.Load)


def test_a_shared_layer_is_made_once_and_called_twice() -> None:
    module = python_module(siamese(), CATALOG)
    assert module.count("keras.layers.Dense(8,") == 1
    assert "    encoder = encoder_layer(left)\n    encoder_2 = encoder_layer(right)\n" in module
    assert 'keras.layers.Concatenate(name="joined")([encoder, encoder_2])' in module


def test_a_module_has_no_data_and_no_training() -> None:
    module = python_module(three_heads(), CATALOG)
    assert module.startswith('"""The Keras model digits."""\n\nimport keras\n\n\ndef build_model()')
    assert "numpy" not in module
    assert "fit" not in module


def test_one_of_several_tensors_is_taken_by_its_place_and_further_ports_by_name() -> None:
    drawn = diagram(
        "states",
        {
            "text": InputNode(name="text", config={"shape": [None, 4]}),
            "lstm": layer("LSTM", "lstm", units=8, return_sequences=True, return_state=True),
            "attend": layer("MultiHeadAttention", "attend", num_heads=2, key_dim=4),
            "again": layer("LSTM", "again", units=8),
            "out": HeadNode(name="out", loss="mse"),
        },
        (
            "text lstm:sequences",
            "lstm.0 attend:query",
            "lstm.0 attend:value",
            "attend again:sequences",
            "lstm.1 again:initial_state",
            "lstm.2 again:initial_state",
            "again out",
        ),
    )
    trained = edits.replace_node(
        drawn,
        NodeId("attend"),
        CallNode(layer=LayerId("attend"), arguments={"use_causal_mask": True}),
    )
    module = python_module(Project(diagram=trained), CATALOG)
    assert "(text)\n" in module
    assert "(lstm[0], value=lstm[0], use_causal_mask=True)" in module
    assert "(attend, initial_state=[lstm[1], lstm[2]])" in module


def test_columns_go_by_the_name_of_the_node_or_by_the_one_that_it_names() -> None:
    script = python_script(three_heads(), CATALOG)
    assert 'x = {"image": fields["image"]}' in script
    assert '"even": fields["is_even"]' in script


def test_a_head_without_a_loss_learns_from_nothing() -> None:
    project = three_heads()
    head = HeadNode(name="slant", metrics=("mae",))
    script = python_script(
        project.with_diagram(edits.replace_node(project.diagram, NodeId("slant"), head)), CATALOG
    )
    assert '"slant": slant_out' in script
    assert script.count('"slant"') == 1


def test_weights_and_metrics_are_left_out_where_there_are_none() -> None:
    script = python_script(siamese(), CATALOG)
    assert 'loss={"same": "binary_crossentropy"}' in script
    assert "loss_weights" not in script
    assert "metrics" not in script


def test_the_data_file_can_be_another() -> None:
    beside = python_script(three_heads(), CATALOG)
    assert 'DATA = Path(__file__).parent.joinpath("digits.npz")' in beside
    elsewhere = python_script(three_heads(), CATALOG, data_path="/data/d.npz")
    assert 'DATA = Path("/data/d.npz")' in elsewhere


def test_without_validation_the_script_evaluates_on_what_it_trained_on() -> None:
    script = python_script(with_data(siamese(), validation=0.0), CATALOG)
    assert "\nVALIDATION = 0.0\n" in script
    assert "return train, validation if len(held_out) else None" in script
    assert "        *(validation or train)," in script


def test_a_script_with_generated_data_says_so_and_reads_no_file() -> None:
    source = GeneratedSource(samples=64, columns=suggest_columns(siamese().diagram))
    script = python_script(with_data(siamese(), source=source), CATALOG)
    sentence = "Generated data: random numbers, nothing to learn."
    assert sentence in (ast.get_docstring(ast.parse(script)) or "")
    assert "    fields = generate_data()\n" in script
    assert "\nSAMPLES = 64\n" in script
    assert "np.load" not in script
    assert "Path" not in script
    assert ruff_formatted(script) == script


def test_a_script_with_texts_hands_them_over_as_tensors() -> None:
    project = siamese()
    text = InputNode(name="left", config={"shape": [16], "dtype": "string"})
    drawn = edits.replace_node(project.diagram, NodeId("left"), text)
    script = python_script(project.with_diagram(drawn), CATALOG)
    assert "keras.ops.convert_to_tensor(column[rows])" in script
    assert ruff_formatted(script) == script
    assert "convert_to_tensor" not in python_script(project, CATALOG)


def test_without_data_the_script_summarises_the_model_and_says_why() -> None:
    script = python_script(replace(siamese(), data=Data()), CATALOG)
    assert "the project has no data" in (ast.get_docstring(ast.parse(script)) or "")
    assert "model.summary()" in script
    assert "model.compile(" in script
    assert ".fit(" not in script
    assert "numpy" not in script
    assert ruff_formatted(script) == script


def test_without_a_loss_the_script_summarises_the_model_and_says_why() -> None:
    project = siamese()
    untrained = edits.replace_node(project.diagram, NodeId("same"), HeadNode(name="same"))
    script = python_script(project.with_diagram(untrained), CATALOG)
    assert "no head has a loss" in script
    assert ".fit(" not in script


def test_a_diagram_that_is_no_model_is_refused() -> None:
    with pytest.raises(PlanError, match="no input"):
        python_script(Project(diagram=Diagram()), CATALOG)


def test_a_value_that_cannot_be_written_is_refused_on_its_node() -> None:
    project = siamese()
    bad = make_object("os.system", {"command": "true"})
    broken = edits.set_parameter(project.diagram, NodeId("encoder"), "kernel_initializer", bad)
    with pytest.raises(PlanError, match="'encoder' cannot be written") as caught:
        python_script(project.with_diagram(broken), CATALOG)
    (finding,) = caught.value.diagnostics
    assert finding.node == "encoder"
    assert finding.received == "'os.system'"


@pytest.mark.parametrize("node", ["left", "encoder"])
def test_a_name_among_the_arguments_is_refused(node: str) -> None:
    project = siamese()
    broken = edits.set_parameter(project.diagram, NodeId(node), "name", "other")
    with pytest.raises(PlanError, match="other than the name"):
        python_module(project.with_diagram(broken), CATALOG)


def test_a_wire_takes_the_place_of_a_constant_on_its_port() -> None:
    project = siamese()
    node = CallNode(layer=LayerId("encoder"), arguments={"inputs": 1})
    drawn = edits.replace_node(project.diagram, NodeId("encoder"), node)
    same = python_script(project.with_diagram(drawn), CATALOG)
    assert same == python_script(project, CATALOG)


def test_a_refused_optimizer_and_a_refused_loss_are_named() -> None:
    bad = make_object("os.getcwd")
    project = siamese()
    optimizer = replace(project, training=replace(project.training, optimizer=bad))
    with pytest.raises(PlanError, match="'optimizer' cannot be written"):
        python_script(optimizer, CATALOG)
    head = HeadNode(name="same", loss=bad)
    loss = project.with_diagram(edits.replace_node(project.diagram, NodeId("same"), head))
    with pytest.raises(PlanError, match="'same' cannot be written"):
        python_script(loss, CATALOG)


def test_a_path_with_quotes_and_lines_stays_a_text() -> None:
    path = 'a"); import os\n#\\'
    project = with_data(siamese(), source=ArraysSource(path=path))
    tree = ast.parse(python_script(project, CATALOG))
    texts = [n.value for n in ast.walk(tree) if isinstance(n, ast.Constant)]
    assert path in texts
    imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(one) for one in imports] == [
        "from collections.abc import Collection",
        "from pathlib import Path",
        "from typing import Any",
        "import keras",
        "import numpy as np",
        "from numpy.typing import NDArray",
    ]
