"""Layers of installed packages are known, made and imported like Keras's own."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graphstudio.catalog.entries import Entry, Kind
from graphstudio.code.script import python_script
from graphstudio.diagram.diagram import Layer
from graphstudio.diagram.project import Project
from graphstudio.engine.inspect import Inspector
from graphstudio.engine.installed import installed_catalog, package_entries
from graphstudio.engine.objects import resolve
from graphstudio.engine.packages import offered_layers
from graphstudio.protocol import Inspect, Inspected, Ready
from tests.diagrams import chain
from tests.engine.conversation import PATIENCE, Engine

CLASS = "garden.layers.Fence"
SOURCE = '''\
import keras


class Fence(keras.layers.Layer):
    """Puts posts around.

    Args:
        posts: Integer, how many posts there are.
    """

    def __init__(self, posts=2, **kwargs):
        super().__init__(**kwargs)
        self.posts = posts

    def call(self, inputs):
        return keras.ops.pad(inputs, ((0, 0), (self.posts, self.posts)))


def gate(inputs):
    return inputs
'''
ENTRY_POINTS = """\
[graphstudio.layers]
fence = garden.layers:Fence
gate = garden.layers:gate
gone = garden.nowhere:Gone
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with an installed package that offers a layer, a function and nothing."""
    package = tmp_path / "garden"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "layers.py").write_text(SOURCE)
    info = tmp_path / "garden-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: garden\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(ENTRY_POINTS)
    return tmp_path


@pytest.fixture
def garden(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Entry]:
    """The package's layer, with the package on this process's path."""
    known = (offered_layers, package_entries, installed_catalog)
    monkeypatch.syspath_prepend(folder)
    for one in known:
        one.cache_clear()
    yield package_entries()[CLASS]
    for one in known:
        one.cache_clear()
    for name in ("garden", "garden.layers"):
        sys.modules.pop(name, None)


def fenced() -> Project:
    return Project(
        diagram=chain(Layer(class_name=CLASS, name="fence", config={"posts": 3}), shape=(4,))
    )


def test_a_layer_is_read_as_those_of_keras_are(garden: Entry) -> None:
    assert garden.summary == "Puts posts around."
    assert garden.parameters[0].name == "posts"
    assert garden.parameters[0].kind is Kind.INTEGER
    assert [port.name for port in garden.ports] == ["inputs"]
    assert garden.named
    assert CLASS in installed_catalog().callables


@pytest.mark.usefixtures("garden")
def test_only_what_is_offered_and_is_a_layer_can_be_named() -> None:
    assert resolve(CLASS).__name__ == "Fence"
    assert list(offered_layers()) == [CLASS]
    with pytest.raises(ValueError, match="Expected the public path"):
        resolve("garden.layers.gate")


def test_what_cannot_be_offered_is_said_in_the_log(
    garden: Entry, caplog: pytest.LogCaptureFixture
) -> None:
    del garden
    offered_layers.cache_clear()
    offered_layers()
    said = [record.getMessage() for record in caplog.records]
    assert any(one.startswith("The layer garden.nowhere:Gone cannot be loaded") for one in said)
    assert any(one.startswith("garden.layers:gate: expected a layer") for one in said)


@pytest.mark.usefixtures("garden")
def test_a_packages_layer_needs_no_agreement() -> None:
    inspected = Inspector(installed_catalog()).inspect(fenced().diagram)
    assert inspected.diagnostics == ()
    assert inspected.nodes[next(iter(fenced().diagram.heads))].outputs[0].shape == (None, 10)


@pytest.mark.usefixtures("garden")
def test_the_script_imports_the_class() -> None:
    script = python_script(fenced(), installed_catalog())
    assert "import keras\nfrom garden.layers import Fence\n" in script
    assert 'Fence(posts=3, name="fence")(x)' in script
    ast.parse(script)


def test_an_engine_tells_what_packages_offer(folder: Path, tmp_path: Path) -> None:
    with Engine(tmp_path / "log", {"PYTHONPATH": str(folder)}) as engine:
        ready = engine.answer(Ready, PATIENCE)
        assert list(ready.layers) == [CLASS]
        engine.send(Inspect(id=1, diagram=fenced().diagram))
        assert engine.answer(Inspected).diagnostics == ()
