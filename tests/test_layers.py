"""Each program, while it runs, holds only the parts that it may."""

import json
import subprocess
import sys

import pytest

REPORT = """
import json, sys
kinds = {name.partition(".")[0] for name in sys.modules}
print(json.dumps(sorted(kinds & {"keras", "tensorflow", "PySide6", "shiboken6"})))
print(json.dumps(sorted(name for name in sys.modules if name.startswith("graphstudio."))))
"""
WINDOW = """
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from graphstudio.resource import resource_path
from graphstudio.studio.app import open_windows
application = QApplication([])
windows = open_windows(resource_path("examples/digits.gstudio"))
QTimer.singleShot(1000, windows.all[0].close)
application.exec()
"""
INSPECT = """
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.project_file import load_project
from graphstudio.engine import data, evaluate, process, train
from graphstudio.engine.inspect import Inspector
from graphstudio.resource import resource_path
project = load_project(resource_path("examples/digits.gstudio"))
assert Inspector(shipped_catalog()).inspect(project.diagram).total_params == 9964
"""
DOCUMENT = """
from graphstudio import protocol
from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.code.script import python_script
from graphstudio.diagram.project_file import load_project
from graphstudio.resource import resource_path
python_script(load_project(resource_path("examples/digits.gstudio")), shipped_catalog())
"""


def held(program: str) -> tuple[set[str], set[str]]:
    """Run a program on its own; return the libraries and the parts that it ended with."""
    done = subprocess.run(
        [sys.executable, "-c", program + REPORT],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    libraries, parts = done.stdout.splitlines()[-2:]
    return set(json.loads(libraries)), set(json.loads(parts))


@pytest.mark.parametrize("program", ["import graphstudio.studio.window", WINDOW])
def test_the_studio_holds_no_keras(program: str) -> None:
    libraries, parts = held(program)
    assert "PySide6" in libraries
    assert libraries.isdisjoint({"keras", "tensorflow"})
    assert not any(name.startswith("graphstudio.engine") for name in parts)


def test_the_engine_holds_no_qt() -> None:
    libraries, parts = held(INSPECT)
    assert libraries == {"keras", "tensorflow"}
    assert not any(name.startswith("graphstudio.studio") for name in parts)


def test_the_document_and_the_code_generator_hold_neither() -> None:
    libraries, parts = held(DOCUMENT)
    assert libraries == set()
    assert not any(name.startswith(("graphstudio.studio", "graphstudio.engine")) for name in parts)


def test_a_question_about_a_command_loads_neither() -> None:
    program = "from graphstudio.cli.parser import make_parser\nmake_parser()\n"
    assert held(program)[0] == set()
