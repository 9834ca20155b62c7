"""The inspector's bench, with Keras alone and with code of the project's own."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from graphstudio.catalog.own_code import with_own
from graphstudio.catalog.shipped import shipped_catalog
from tests.studio.panels.bench import Bench

OWN = """
import keras

class Scale(keras.layers.Layer):
    def call(self, inputs):
        return inputs

class Orthonormal(keras.initializers.Initializer):
    pass

def softer(x):
    return x
"""


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    yield from _shown(Bench(shipped_catalog()), qtbot)


@pytest.fixture
def own_bench(qtbot: QtBot) -> Iterator[Bench]:
    yield from _shown(Bench(with_own(shipped_catalog(), OWN)), qtbot)


def _shown(bench: Bench, qtbot: QtBot) -> Iterator[Bench]:
    qtbot.addWidget(bench.panel)
    bench.panel.resize(288, 900)
    with qtbot.waitExposed(bench.panel):
        bench.panel.show()
    yield bench
    bench.panel.close()
