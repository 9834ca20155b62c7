"""The command that measures what the program promises about speed."""

import subprocess
import sys
from collections.abc import Callable

import msgspec
import numpy as np
import pytest

from tests.benchmarks.event_loop import waits
from tests.benchmarks.row import Comparison, Row, at_least, at_most


def benchmarks(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.benchmarks", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def test_the_help_lists_every_benchmark_with_what_it_measures() -> None:
    said = benchmarks("--help")
    assert said.returncode == 0
    names = ["startup", "startup-imports", "event-loop", "training-ratio", "inspect-edit"]
    assert all(f"\n  {name} " in said.stdout for name in names)


def test_an_unknown_name_is_refused_in_a_sentence() -> None:
    said = benchmarks("startup", "speed")
    assert (said.returncode, said.stdout) == (2, "")
    assert "Expected names of benchmarks (startup, " in said.stderr
    assert said.stderr.endswith("received speed.\n")


def test_the_studio_answers_a_click_without_keras_and_json_says_so_in_rows() -> None:
    said = benchmarks("startup-imports", "--json")
    assert msgspec.json.decode(said.stdout) == [
        {
            "name": "startup-imports",
            "value": 0,
            "unit": "modules",
            "goal": 0,
            "peer": 0,
            "holds": True,
        }
    ]


@pytest.mark.parametrize(
    ("make", "kept"), [(at_most, (True, True, False)), (at_least, (False, True, True))]
)
def test_a_goal_holds_up_to_itself(
    make: Callable[[str, str, float, Comparison], Row], kept: tuple[bool, ...]
) -> None:
    rows = [make("speed", "ms", 50.0, Comparison(value)) for value in (49.0, 50.0, 51.0)]
    assert tuple(row.holds for row in rows) == kept


def test_a_clock_that_is_in_time_makes_nobody_wait() -> None:
    ticks = [number * 0.002 for number in range(100)]
    assert waits(ticks, 0.0, 1.0).max() == pytest.approx(0.0, abs=1e-6)


def test_everybody_who_comes_while_the_loop_is_busy_waits_for_its_end() -> None:
    found = waits([0.002, 0.012, 0.014], 0.0, 1.0)
    assert np.sort(found)[::-1][:5] == pytest.approx([8.0, 6.0, 4.0, 2.0, 0.0])


def test_a_wait_outside_of_the_time_that_is_asked_about_does_not_count() -> None:
    ticks = [0.0, 0.1, 0.102, 0.104, 0.3]
    assert waits(ticks, 0.1, 0.105).max() == pytest.approx(0.0, abs=1e-6)
