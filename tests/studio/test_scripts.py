"""Scripts say what Keras says: which calls give several tensors."""

import pytest

from graphstudio.catalog.shipped import shipped_catalog
from graphstudio.diagram.diagram import HeadNode, InputNode, NodeId
from graphstudio.diagram.project import Project
from graphstudio.protocol import Inspected, NodeInfo, Tensor
from graphstudio.studio.document import Document
from graphstudio.studio.findings import Findings
from graphstudio.studio.own_code import OwnCode
from graphstudio.studio.scripts import Scripts
from graphstudio.studio.trust import Trust
from tests.code.projects import diagram, layer

pytestmark = pytest.mark.usefixtures("qapp")
ROWS = Tensor((None, 3), "float32")


def reader() -> Project:
    """Return a model that uses the first of an LSTM's three tensors alone."""
    drawn = diagram(
        "reader",
        {
            "rows": InputNode(name="rows", config={"shape": [4, 5]}),
            "lstm": layer("LSTM", "lstm", units=3, return_state=True),
            "out": HeadNode(name="out"),
        },
        ("rows lstm:sequences", "lstm out"),
    )
    return Project(diagram=drawn)


def test_the_first_of_several_tensors_is_picked_once_keras_has_said_so() -> None:
    document = Document()
    document.reset(reader())
    findings = Findings(document)
    scripts = Scripts(OwnCode(document, shipped_catalog(), Trust()), findings)
    changes: list[bool] = []
    scripts.changed.connect(lambda: changes.append(True))
    assert not scripts.is_sure
    info = NodeInfo(outputs=(ROWS,) * 3, paths=((0,), (1,), (2,)))
    findings.receive(Inspected(id=1, nodes={NodeId("lstm"): info}))
    assert scripts.is_sure
    assert changes == [True]
    assert 'outputs={"out": lstm[0]}' in scripts.write(document.whole)
    findings.receive(Inspected(id=2, nodes={NodeId("lstm"): info}))
    assert changes == [True]
