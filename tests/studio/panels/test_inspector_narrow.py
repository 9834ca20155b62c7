"""Long names and sentences widen no column of the inspector, and none is cut without a sign."""

from PySide6.QtWidgets import QApplication

from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity
from graphstudio.protocol import Inspected
from graphstudio.studio.panels.inspector.editors.choices import ComboBox
from graphstudio.studio.panels.inspector.labels import ElidedButton, WrappedLabel
from tests.studio.panels.bench import CONV, DIGIT, Bench

SENTENCE = "expected what is told at such length that it takes some lines of the column."
NAME = "a_layer_with_a_name_that_is_far_longer_than_the_column_is_wide"


def tell(bench: Bench, message: str, title: str) -> None:
    """Let the engine find something at the selected call, with a way out."""
    repair = Repair(title=title, edit="remove_nodes", arguments={"node_ids": [CONV]})
    found = Diagnostic(
        code="refused",
        severity=Severity.ERROR,
        message=message,
        node=CONV,
        expected="that",
        received="this",
        repairs=(repair,),
    )
    bench.findings.receive(Inspected(id=1, nodes={}, diagnostics=(found,)))
    QApplication.processEvents()


def test_a_way_out_with_a_long_name_ends_in_dots_and_widens_nothing(bench: Bench) -> None:
    bench.document.select([CONV])
    tell(bench, f"{NAME}: {SENTENCE}", f"Connect {NAME} to conv_1")
    assert bench.page().width() == bench.panel.viewport().width()
    (button,) = [one for one in bench.page().findChildren(ElidedButton) if NAME in one.text()]
    assert button.shown_text.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert NAME in button.toolTip()


def test_every_line_of_a_sentence_is_shown_after_another_one(bench: Bench) -> None:
    bench.document.select([CONV])
    tell(bench, "conv_1: no.", "Remove conv_1")
    tell(bench, f"conv_1: {SENTENCE}", "Remove conv_1")
    (label,) = [one for one in bench.page().findChildren(WrappedLabel) if SENTENCE in one.text()]
    assert label.height() >= label.heightForWidth(label.width())
    assert label.height() > 2 * label.fontMetrics().height()


def test_a_class_with_a_long_name_ends_in_dots_in_its_box(bench: Bench) -> None:
    bench.document.select([DIGIT])
    bench.pick("loss", "SparseCategoricalCrossentropy")
    (box,) = bench.editor("loss").findChildren(ComboBox)
    box.setFixedWidth(120)
    QApplication.processEvents()
    assert box.shown_text.endswith("\N{HORIZONTAL ELLIPSIS}")
    box.setFixedWidth(400)
    QApplication.processEvents()
    assert box.shown_text == box.currentText()
