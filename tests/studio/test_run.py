"""A run keeps what its engine says: curves, shares, progress and its end."""

import math

import pytest
from pytestqt.qtbot import QtBot

from graphstudio.protocol import Device, EpochDone, Failed, RunEnded, RunStarted, StepDone
from graphstudio.studio.run import Run, RunState

STARTED = RunStarted(
    epochs=4,
    steps=10,
    loss_keys={"digit": "digit_loss", "ink": "ink_loss"},
    weights={"digit": 1.0, "ink": 10.0},
    device=Device("CPU", "CPU · 2 cores"),
)


def step(epoch: int, number: int, **logs: float) -> StepDone:
    return StepDone(epoch=epoch, step=number, logs=logs, steps_per_second=40.0, seconds_left=8.0)


def epoch(number: int, **logs: float) -> EpochDone:
    return EpochDone(epoch=number, logs=logs, seconds=1.0)


def started(*heads: str) -> Run:
    run = Run(7, heads)
    run.receive(STARTED)
    return run


def test_a_run_starts_and_then_runs() -> None:
    run = Run(7)
    states = [run.state]
    run.receive(STARTED)
    states.append(run.state)
    assert states == [RunState.STARTING, RunState.RUNNING]
    assert [(head.name, head.weight) for head in run.heads] == [("digit", 1.0), ("ink", 10.0)]


def test_each_step_is_a_point_of_the_total_and_of_each_head_that_it_names() -> None:
    run = started()
    run.receive(step(1, 5, loss=1.2, digit_loss=0.7))
    digit, ink = run.heads
    assert (list(run.total.training.xs), list(run.total.training.ys)) == ([1.5], [1.2])
    assert list(digit.curve.training.ys) == [0.7]
    assert len(ink.curve.training) == 0


def test_the_only_head_shares_the_key_of_the_total() -> None:
    run = Run(1)
    run.receive(
        RunStarted(
            epochs=1,
            steps=2,
            loss_keys={"digit": "loss"},
            weights={"digit": 1.0},
            device=Device("CPU", "CPU"),
        )
    )
    run.receive(step(0, 1, loss=0.5))
    assert list(run.heads[0].curve.training.ys) == list(run.total.training.ys) == [0.5]
    assert run.share(run.heads[0]) == 1.0


def test_an_epoch_ends_the_training_curve_once_and_adds_a_point_of_validation() -> None:
    run = started()
    run.receive(step(0, 10, loss=1.0))
    run.receive(epoch(0, loss=0.9, val_loss=1.1, val_digit_loss=0.6))
    run.receive(epoch(1, loss=0.8, val_loss=1.0))
    assert list(run.total.training.xs) == [1.0, 2.0]
    assert list(run.total.training.ys) == [1.0, 0.8]
    assert list(run.total.validation.xs) == [1.0, 2.0]
    assert list(run.heads[0].curve.validation.ys) == [0.6]


def test_the_means_of_an_epoch_are_drawn_without_the_jump_to_the_next() -> None:
    run = started()
    # The loss of each step: 8, 8, 6, 6 in one epoch, 5, 5 in the next.
    run.receive(step(0, 2, loss=8.0))
    run.receive(step(0, 4, loss=7.0))
    run.receive(step(1, 2, loss=5.0))
    assert list(run.total.training.ys) == pytest.approx([8.0, 6.0, 5.0])
    assert run.value("loss") == 5.0


def test_curves_keep_every_point_past_the_size_that_they_began_with() -> None:
    run = started()
    for number in range(1, 1001):
        run.receive(step(number, 1, loss=float(number)))
    assert list(run.total.training.ys) == [float(number) for number in range(1, 1001)]
    assert run.total.bounds == (1.0, 1000.0)


def test_a_diverged_loss_is_the_value_but_no_point() -> None:
    run = started()
    run.receive(step(0, 1, loss=2.0, digit_loss=1.0, ink_loss=0.1))
    run.receive(step(0, 2, loss=math.nan, digit_loss=math.inf, ink_loss=0.1))
    assert list(run.total.training.ys) == [2.0]
    assert math.isnan(run.value("loss") or 0.0)
    assert run.share(run.heads[0]) is None


def test_the_share_of_a_head_is_its_weighted_loss_over_all_of_them() -> None:
    run = started()
    assert run.share(run.heads[0]) is None
    run.receive(step(0, 1, loss=0.4, digit_loss=0.3, ink_loss=0.01))
    assert [run.share(head) for head in run.heads] == pytest.approx([0.75, 0.25])


def test_a_head_keeps_the_place_that_it_has_in_the_diagram() -> None:
    run = started("features", "digit", "ink")
    assert [head.place for head in run.heads] == [1, 2]


def test_progress_counts_steps_over_all_epochs() -> None:
    run = started()
    assert (run.progress, run.epoch) == (0.0, 1)
    run.receive(step(1, 5, loss=1.0))
    assert (run.progress, run.epoch, run.epochs_done) == (0.375, 2, 0)
    run.receive(epoch(1, loss=1.0))
    assert (run.progress, run.epoch, run.epochs_done) == (0.5, 2, 2)
    assert (run.steps_per_second, run.seconds_left) == (40.0, 8.0)


def test_the_best_epoch_is_the_one_of_the_lowest_validation_loss() -> None:
    run = started()
    run.receive(epoch(0, loss=0.9, val_loss=math.nan))
    run.receive(epoch(1, loss=0.8, val_loss=0.6))
    run.receive(epoch(2, loss=0.2, val_loss=0.7))
    assert run.best is not None
    assert run.last is not None
    assert (run.best.epoch, run.last.epoch) == (1, 2)


def test_metrics_are_those_of_the_validation_without_the_losses() -> None:
    run = started()
    run.receive(step(0, 1, loss=1.0, digit_loss=0.5, digit_accuracy=0.8))
    assert run.metrics == {"digit_accuracy": 0.8}
    run.receive(
        epoch(
            0, loss=1.0, digit_accuracy=0.8, val_loss=1.1, val_digit_loss=1, val_digit_accuracy=0.7
        )
    )
    assert run.metrics == {"val_digit_accuracy": 0.7}


def test_pause_holds_although_a_step_was_under_way() -> None:
    run = started()
    run.pause()
    run.receive(step(0, 1, loss=1.0))
    states = [run.state]
    run.resume()
    states.append(run.state)
    assert states == [RunState.PAUSED, RunState.RUNNING]


def test_stop_waits_for_the_end_and_the_end_is_final() -> None:
    run = started()
    run.stop()
    run.pause()
    states = [run.state]
    run.receive(RunEnded(stopped=True, logs={}, seconds=3.0))
    states.append(run.state)
    assert states == [RunState.STOPPING, RunState.STOPPED]
    run.receive(Failed(message="The engine ended."))
    run.stop()
    assert (run.state, run.failure) == (RunState.STOPPED, None)


def test_a_run_that_is_not_stopped_finishes() -> None:
    run = started()
    run.receive(RunEnded(stopped=False, logs={"loss": 0.1}, seconds=12.0))
    assert run.state is RunState.FINISHED


def test_a_failure_is_kept_whole() -> None:
    run = Run(1)
    failure = Failed(message="No data.", detail="Traceback")
    run.receive(failure)
    assert (run.state, run.failure) == (RunState.FAILED, failure)


def test_every_event_is_announced_until_the_run_is_over(qtbot: QtBot) -> None:
    run = Run(1)
    for event in (STARTED, step(0, 1, loss=1.0), RunEnded(stopped=True, logs={}, seconds=1.0)):
        with qtbot.waitSignal(run.changed, timeout=100):
            run.receive(event)
    with qtbot.assertNotEmitted(run.changed):
        run.receive(step(0, 2, loss=1.0))
