"""Numbers read as people say them."""

import math

import pytest

from graphstudio.studio.readings import duration, milliseconds, quantity, speed, with_prefix


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.41, "0.410"),
        (0.01561, "0.0156"),
        (12.34, "12.3"),
        (1234.5, "1234"),
        (0.0, "0.00"),
        (0.00012345, "1.23e-04"),
        (math.nan, "nan"),
    ],
)
def test_a_quantity_has_three_digits(value: float, text: str) -> None:
    assert quantity(value) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "less than 1 s"), (8.2, "8 s"), (119.0, "2 min"), (5400.0, "1 h 30 min")],
)
def test_a_duration_is_in_the_unit_that_fits(seconds: float, text: str) -> None:
    assert duration(seconds) == text


@pytest.mark.parametrize(
    ("steps", "text"),
    [(412.3, "412 steps/s"), (3.44, "3.4 steps/s"), (0.5, "2.0 s/step"), (0.0, "")],
)
def test_a_slow_speed_is_said_as_the_time_of_a_step(steps: float, text: str) -> None:
    assert speed(steps) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1_000, "1.00 kB"),
        (39_856, "39.9 kB"),
        (999_499, "999 kB"),
        (999_600, "1.00 MB"),
        (31e9, "31.0 GB"),
        (4e21, "4000000 PB"),
    ],
)
def test_a_large_count_has_a_prefix(value: float, text: str) -> None:
    assert with_prefix(value, "B") == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 ms"),
        (0.0000001, "< 0.01 ms"),
        (0.00005, "0.0500 ms"),
        (0.00125, "1.25 ms"),
        (0.0996, "99.6 ms"),
        (0.09996, "100 ms"),
        (7.949, "7,949 ms"),
    ],
)
def test_a_short_time_has_three_digits(seconds: float, text: str) -> None:
    assert milliseconds(seconds) == text
