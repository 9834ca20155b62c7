"""Where epochs and losses lie on a plot, and which of them are written beside it."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF

from graphstudio.studio.panels.plot_scale import Scale, epoch_ticks, loss_ticks, thinned

SCALE = Scale(QRectF(10, 5, 200, 100), (2.0, 4.0), (0.0, 0.5))


def test_the_edges_of_the_area_are_the_first_and_last_epoch_and_the_least_and_greatest_loss() -> (
    None
):
    assert (SCALE.x(2.0), SCALE.x(4.0)) == (10.0, 210.0)
    assert (SCALE.y(0.0), SCALE.y(0.5)) == (105.0, 5.0)


def test_the_epoch_under_a_pixel_is_the_one_that_is_drawn_there() -> None:
    assert SCALE.epoch_at(SCALE.x(3.25)) == pytest.approx(3.25)


def test_a_short_line_is_drawn_as_it_is() -> None:
    xs, ys = np.linspace(0, 99, 256), np.linspace(0, 50, 256)
    assert thinned(xs, ys)[0] is xs
    assert thinned(xs, ys)[1] is ys


def test_a_long_line_keeps_every_peak_in_two_points_a_pixel() -> None:
    xs = np.linspace(0, 99.99, 100_000)
    ys = np.full_like(xs, 10.0)
    ys[[31_415, 92_653]] = (90.0, -70.0)
    thin_xs, thin_ys = thinned(xs, ys)
    assert len(thin_xs) == len(thin_ys) == 200
    assert thin_ys.max() == 90.0
    assert thin_ys.min() == -70.0
    assert abs(thin_xs[thin_ys.argmax()] - xs[31_415]) < 1.0


def test_epochs_are_numbered_in_whole_steps() -> None:
    assert epoch_ticks(0.0, 2.0) == [(0.0, "0"), (1.0, "1"), (2.0, "2")]
    assert [text for _, text in epoch_ticks(0.0, 20.0)] == ["0", "5", "10", "15", "20"]


def test_losses_are_numbered_at_round_values_inside_the_plot() -> None:
    assert [text for _, text in loss_ticks(0.01, 1.05)] == ["0.5", "1"]
    assert [text for _, text in loss_ticks(2e-5, 9e-5)] == ["2e-05", "4e-05", "6e-05", "8e-05"]
