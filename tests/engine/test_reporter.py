"""The reporter's speed and times tell of the work, not of the pauses."""

import threading
import time
from pathlib import Path

from graphstudio.engine.reporter import Reporter, Steering
from graphstudio.engine.run_folder import RunFolder, RunState
from graphstudio.protocol import EpochDone, Event, StepDone
from tests.diagrams import linear_project

PAUSE = 1.0


def test_a_pause_counts_neither_for_the_speed_nor_for_the_time_left(tmp_path: Path) -> None:
    run_folder = RunFolder(tmp_path / "run")
    run_folder.begin(linear_project(tmp_path), tmp_path)
    steering = Steering()
    events: list[Event] = []
    reporter = Reporter(steering, run_folder, RunState(folder=""), events.append)
    reporter.set_params({"steps": 6, "epochs": 1})
    reporter.on_epoch_begin(0)
    for step in range(6):
        time.sleep(0.1)
        if step == 3:
            steering.pause()
            threading.Timer(PAUSE, steering.unpause).start()
        reporter.on_train_batch_end(step)
    reporter.on_epoch_end(0)
    steps = [event for event in events if isinstance(event, StepDone)]
    assert min(one.steps_per_second for one in steps) > 3
    assert max(one.seconds_left for one in steps) < PAUSE
    (epoch,) = (event for event in events if isinstance(event, EpochDone))
    assert epoch.seconds < PAUSE
