"""The curve of a wire through its bends."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QLineF, QPointF

from graphstudio.studio.canvas.wire_path import crosses, nearest_segment, segments, wire_path

START, END = QPointF(0, 0), QPointF(400, 0)
BENDS = [QPointF(100, 120), QPointF(260, -80)]


def test_the_curve_passes_every_place() -> None:
    points = [START, *BENDS, END]
    ends = [segment.at(1) for segment in segments(points)]
    assert [segment.at(0) for segment in segments(points)] == points[:-1]
    assert ends == points[1:]
    assert wire_path(points).currentPosition() == END


def test_no_corner_shows_at_a_bend() -> None:
    for before, after in pairwise(segments([START, *BENDS, END])):
        arriving, leaving = before.end - before.arrive, after.leave - after.start
        assert arriving.x() * leaving.y() == pytest.approx(arriving.y() * leaving.x())
        assert QPointF.dotProduct(arriving, leaving) > 0


def test_it_leaves_to_the_right_and_arrives_from_the_left() -> None:
    for points in ([START, END], [END, START], [START, *BENDS, END]):
        found = segments(points)
        assert found[0].leave.x() > points[0].x()
        assert found[0].leave.y() == points[0].y()
        assert found[-1].arrive.x() < points[-1].x()
        assert found[-1].arrive.y() == points[-1].y()


def test_bends_at_one_place_make_no_trouble() -> None:
    same = [START, QPointF(50, 50), QPointF(50, 50), START]
    assert wire_path(same).boundingRect().isValid()


def test_a_place_on_the_wire_lies_between_two_of_its_places() -> None:
    points = [START, *BENDS, END]
    for number, segment in enumerate(segments(points)):
        assert nearest_segment(points, segment.at(0.5) + QPointF(2, 2)) == number


def test_a_line_crosses_the_curve_and_not_its_box() -> None:
    points = [START, QPointF(200, 200), END]
    assert crosses(points, QLineF(200, 150, 200, 250))
    assert not crosses(points, QLineF(200, 0, 200, 100))
