"""The training panel shows how a run is doing, as a person reads it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from graphstudio.diagram.diagnostics import Diagnostic, Repair, Severity
from graphstudio.diagram.generated import GENERATED
from graphstudio.protocol import Device, EpochDone, Failed, RunEnded, RunStarted, StepDone
from graphstudio.studio.panels.curve_card import WIDTH, CurveCard
from graphstudio.studio.panels.training import TrainingPanel
from graphstudio.studio.run import Run
from graphstudio.studio.theme import Theme

STARTED = RunStarted(
    epochs=20,
    steps=10,
    loss_keys={"digit": "digit_loss", "even": "even_loss"},
    weights={"digit": 1.0, "even": 0.5},
    device=Device("CPU", "CPU"),
)
LOGS = {"loss": 0.4, "digit_loss": 0.3, "even_loss": 0.2}


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    del qapp
    return Theme("dark")


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> TrainingPanel:
    panel = TrainingPanel(theme)
    qtbot.addWidget(panel)
    panel.resize(1200, 280)
    panel.show()
    return panel


def texts(widget: QWidget) -> list[str]:
    """Return what a person can read on the labels of a widget."""
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def button(widget: QWidget, text: str) -> QPushButton:
    return next(one for one in widget.findChildren(QPushButton) if one.text() == text)


def cards(panel: TrainingPanel) -> list[CurveCard]:
    return [card for card in panel.findChildren(CurveCard) if card.isVisible()]


def step(epoch: int, number: int, **logs: float) -> StepDone:
    return StepDone(
        epoch=epoch, step=number, logs={**LOGS, **logs}, steps_per_second=412.0, seconds_left=8.0
    )


def show_trained(panel: TrainingPanel, qtbot: QtBot, run: Run) -> None:
    """Show a run in its third epoch of twenty."""
    panel.show_run(run)
    run.receive(STARTED)
    for epoch in range(2):
        run.receive(step(epoch, 5))
        held_out = {f"val_{key}": value for key, value in LOGS.items()}
        logs = {**LOGS, **held_out, "val_digit_accuracy": 0.972}
        run.receive(EpochDone(epoch=epoch, logs=logs, seconds=1.0))
    run.receive(step(2, 5))
    qtbot.waitUntil(lambda: len(cards(panel)) == 3, timeout=1000)


def test_without_a_run_it_says_what_to_do_and_offers_it(qtbot: QtBot, panel: TrainingPanel) -> None:
    assert texts(panel) == ["Press Train to see a curve for each head here."]
    with qtbot.waitSignal(panel.train_requested, timeout=100):
        QTest.mouseClick(button(panel, "Train"), Qt.MouseButton.LeftButton)


def test_the_line_says_how_far_how_fast_and_how_well(qtbot: QtBot, panel: TrainingPanel) -> None:
    show_trained(panel, qtbot, Run(7))
    shown = texts(panel)
    for text in ("Run 7", "epoch 3 / 20", "412 steps/s", "8 s left", "val digit accuracy 0.972"):
        assert text in shown
    bar = panel.findChild(QProgressBar)
    assert isinstance(bar, QProgressBar)
    assert bar.value() / bar.maximum() == pytest.approx(0.125)


def test_the_total_comes_first_and_each_head_has_its_colour_weight_and_share(
    qtbot: QtBot, panel: TrainingPanel, theme: Theme
) -> None:
    show_trained(panel, qtbot, Run(7, ["features", "digit", "even"]))
    total, digit, even = sorted(cards(panel), key=lambda card: card.x())
    assert texts(total)[:2] == ["total", "0.400"]
    assert texts(digit) == ["digit", "0.300", "weight 1.0 · share 75%"]
    assert texts(even) == ["even", "0.200", "weight 0.5 · share 25%"]
    image = digit.grab().toImage()
    wanted = theme.palette.curve(1)
    assert any(
        near(image.pixelColor(x, y), wanted)
        for x in range(image.width())
        for y in range(40, image.height())
    )


def near(one: QColor, other: QColor) -> bool:
    return (
        abs(one.red() - other.red()) < 24
        and abs(one.green() - other.green()) < 24
        and abs(one.blue() - other.blue()) < 24
    )


def test_the_mouse_reads_the_curve_and_leaves_the_value_as_it_was(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    show_trained(panel, qtbot, Run(7))
    digit = sorted(cards(panel), key=lambda card: card.x())[1]
    plot = digit.plot
    QTest.mouseMove(plot, QPoint(plot.width() * 2 // 3, plot.height() // 2))
    qtbot.waitUntil(lambda: "epoch 2.5 · val 0.300" in texts(digit), timeout=1000)
    QTest.mouseMove(plot, QPoint(2, 2))
    qtbot.waitUntil(lambda: "weight 1.0 · share 75%" in texts(digit), timeout=1000)


def test_the_arrow_keys_read_the_curve(qtbot: QtBot, panel: TrainingPanel) -> None:
    show_trained(panel, qtbot, Run(7))
    digit = sorted(cards(panel), key=lambda card: card.x())[1]
    QTest.keyClick(digit.plot, Qt.Key.Key_Home)
    assert "epoch 0.5 · val 0.300" in texts(digit)
    QTest.keyClick(digit.plot, Qt.Key.Key_End)
    assert "epoch 2.5 · val 0.300" in texts(digit)
    QTest.keyClick(digit.plot, Qt.Key.Key_Escape)
    assert "weight 1.0 · share 75%" in texts(digit)


def test_cards_share_the_width_and_never_get_too_narrow_to_read(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    show_trained(panel, qtbot, Run(7))
    assert all(card.width() > WIDTH for card in cards(panel))
    panel.resize(500, 280)
    qtbot.waitUntil(lambda: all(card.width() == WIDTH for card in cards(panel)), timeout=1000)


def test_the_run_can_be_stopped_while_it_goes_on(qtbot: QtBot, panel: TrainingPanel) -> None:
    run = Run(7)
    show_trained(panel, qtbot, run)
    with qtbot.waitSignal(panel.stop_requested, timeout=100):
        QTest.mouseClick(button(panel, "Stop"), Qt.MouseButton.LeftButton)
    run.stop()
    qtbot.waitUntil(lambda: "stopping after this step…" in texts(panel), timeout=1000)
    assert not button(panel, "Stop").isEnabled()
    run.receive(RunEnded(stopped=True, logs={}, seconds=3.0))
    qtbot.waitUntil(lambda: "Stopped after epoch 2" in texts(panel), timeout=1000)
    assert not button(panel, "Stop").isVisible()


def test_a_paused_run_says_so(qtbot: QtBot, panel: TrainingPanel) -> None:
    run = Run(7)
    show_trained(panel, qtbot, run)
    run.pause()
    qtbot.waitUntil(lambda: "paused in epoch 3 / 20" in texts(panel), timeout=1000)
    assert "8 s left" not in texts(panel)


def test_a_finished_run_says_how_long_it_took(qtbot: QtBot, panel: TrainingPanel) -> None:
    run = Run(7)
    show_trained(panel, qtbot, run)
    run.receive(RunEnded(stopped=False, logs={}, seconds=12.0))
    qtbot.waitUntil(lambda: "Finished in 12 s" in texts(panel), timeout=1000)


def test_a_failure_is_a_sentence_and_its_detail_one_click_further(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    run = Run(7)
    panel.show_run(run)
    run.receive(Failed(message="The data has no column 'digit'.", detail="Traceback: KeyError"))
    qtbot.waitUntil(lambda: "The data has no column 'digit'." in texts(panel), timeout=1000)
    assert "Failed before the first step" in texts(panel)
    detail = panel.findChild(QPlainTextEdit)
    assert isinstance(detail, QPlainTextEdit)
    assert not detail.isVisible()
    QTest.mouseClick(button(panel, "Show detail"), Qt.MouseButton.LeftButton)
    assert detail.isVisible()
    assert detail.toPlainText() == "Traceback: KeyError"


def test_another_run_takes_the_place_of_the_one_before(qtbot: QtBot, panel: TrainingPanel) -> None:
    first, second = Run(1), Run(2)
    show_trained(panel, qtbot, first)
    panel.show_run(second)
    first.receive(step(3, 5))
    qtbot.wait(150)
    assert {"Run 2", "building the model…"} <= set(texts(panel))
    assert cards(panel) == []


def test_a_panel_that_was_hidden_catches_up(qtbot: QtBot, panel: TrainingPanel) -> None:
    run = Run(7)
    show_trained(panel, qtbot, run)
    panel.hide()
    run.receive(step(9, 5))
    qtbot.wait(100)
    panel.show()
    qtbot.waitUntil(lambda: "epoch 10 / 20" in texts(panel), timeout=1000)


def test_a_loss_that_is_not_a_number_breaks_nothing(qtbot: QtBot, panel: TrainingPanel) -> None:
    run = Run(7)
    show_trained(panel, qtbot, run)
    run.receive(step(2, 6, loss=float("nan"), digit_loss=float("inf")))
    qtbot.waitUntil(lambda: "nan" in texts(panel), timeout=1000)


def test_another_theme_recolours_the_curves(
    qtbot: QtBot, panel: TrainingPanel, theme: Theme
) -> None:
    show_trained(panel, qtbot, Run(7))
    theme.choose("light")
    card = cards(panel)[0]
    corner = card.plot.grab().toImage().pixelColor(card.plot.width() - 2, 2)
    assert corner == QColor(theme.palette.raised)


def test_a_run_on_random_numbers_is_called_so(panel: TrainingPanel, qtbot: QtBot) -> None:
    show_trained(panel, qtbot, Run(7, generated=True))
    assert f"{GENERATED}." in texts(panel)
    show_trained(panel, qtbot, Run(8))
    assert f"{GENERATED}." not in texts(panel)


def test_what_keeps_a_run_from_training_is_repaired_by_a_click(
    qtbot: QtBot, panel: TrainingPanel
) -> None:
    run = Run(1)
    panel.show_run(run)
    repair = Repair("Leave out 2 rows", "set_refused", {"refused": "skip"})
    finding = Diagnostic(
        code="ragged-row", severity=Severity.ERROR, message="t.csv, row 3", repairs=(repair,)
    )
    run.receive(Failed(message="t.csv, row 3", diagnostics=(finding,)))
    qtbot.waitUntil(lambda: "t.csv, row 3" in texts(panel), timeout=1000)
    with qtbot.waitSignal(panel.repair_chosen, timeout=100) as chosen:
        QTest.mouseClick(button(panel, repair.title), Qt.MouseButton.LeftButton)
    assert chosen.args == [repair, ()]
    assert not button(panel, repair.title).isEnabled()
