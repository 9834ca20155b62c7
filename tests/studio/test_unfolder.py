"""A model of ``keras.applications`` opens into the layers that Keras makes it of."""

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from graphstudio.diagram.diagram import (
    CallNode,
    Diagram,
    HeadNode,
    InputNode,
    Layer,
    LayerId,
    NodeId,
)
from graphstudio.diagram.project import Project
from graphstudio.studio.design_engine import DesignEngine
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.layer_commands import open_model
from graphstudio.studio.unfolder import Unfolder
from tests.code.projects import diagram
from tests.studio.waiting import alive, engines_of, wait_until

BASE = NodeId("base")


class Desk:
    """A document whose applications can be looked into."""

    def __init__(self) -> None:
        self.document = Document()
        self.findings = Findings(self.document)
        self.engine = DesignEngine(self.document, self.findings)
        self.unfolder = Unfolder(self.document, self.engine)
        self.said: list[str] = []
        self.unfolder.said.connect(self.said.append)
        self.unfolder.unsaid.connect(self.said.remove)

    def show(self, application: str) -> None:
        self.said.clear()
        self.document.reset(Project(diagram=cameras(application)))
        wait_until(lambda: not self.findings.pending)


@pytest.fixture(scope="module")
def desk(qapp: QApplication) -> Iterator[Desk]:
    """One desk, whose engine is up."""
    del qapp
    desk = Desk()
    desk.engine.start()
    yield desk
    desk.engine.shut_down()
    assert alive(engines_of(os.getpid())) == []


def cameras(application: str) -> Diagram:
    """Return a model that calls an application on two images."""
    config = {"include_top": False, "weights": None, "trainable": False}
    layer = Layer(class_name=f"keras.applications.{application}", name="base", config=config)
    image = {"shape": [64, 64, 3]}
    return diagram(
        "cameras",
        {
            "left": InputNode(name="left", config=image),
            "right": InputNode(name="right", config=image),
            BASE: layer,
            "again": CallNode(layer=LayerId("base")),
            "one": HeadNode(name="one"),
            "two": HeadNode(name="two"),
        },
        ("left base:inputs", "right again:inputs", "base one", "again two"),
    )


def test_it_opens_into_its_layers_and_counts_the_same(desk: Desk) -> None:
    desk.show("MobileNet")
    before = desk.findings.inspected
    assert open_model(desk.document, BASE)
    wait_until(lambda: desk.document.place == (LayerId("base"),))
    assert len(desk.document.diagram.nodes) > 80
    wait_until(lambda: not desk.findings.pending)
    assert desk.findings.diagnostics == ()
    after = desk.findings.inspected
    assert (after.total_params, after.trainable_params) == (before.total_params, 0)
    assert "start afresh" in desk.said[-1]


def test_undo_closes_it_again(desk: Desk) -> None:
    desk.show("MobileNet")
    shown = desk.document.whole
    open_model(desk.document, BASE)
    wait_until(lambda: bool(desk.document.place))
    desk.document.undo_stack.undo()
    assert desk.document.place == ()
    assert desk.document.whole == shown


def test_a_model_that_cannot_be_drawn_stays_whole_and_says_why(desk: Desk) -> None:
    desk.show("ConvNeXtTiny")
    shown = desk.document.whole
    open_model(desk.document, BASE)
    wait_until(lambda: "cannot be shown as layers" in (desk.said or [""])[-1])
    assert "LayerScale" in desk.said[-1]
    assert desk.document.whole == shown


def test_an_engine_that_ends_meanwhile_leaves_nothing_to_wait_for(desk: Desk) -> None:
    desk.show("MobileNet")
    open_model(desk.document, BASE)
    assert desk.said == ["Looking into base…"]
    desk.engine.restart()
    assert desk.said == []
    wait_until(lambda: not desk.findings.pending)
    assert desk.document.place == ()


def test_without_an_engine_it_says_so() -> None:
    loose = Desk()
    loose.document.reset(Project(diagram=cameras("MobileNet")))
    open_model(loose.document, BASE)
    assert loose.said == ["base can be opened once the engine is ready."]
