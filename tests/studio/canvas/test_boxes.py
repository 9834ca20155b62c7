"""Rectangles that are found by place agree with looking at each of them."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF

from graphstudio.studio.canvas.boxes import Box, Boxes

places = st.integers(-50, 50).map(float)
sizes = st.integers(1, 40).map(float)
boxes = st.builds(lambda x, y, w, h: (x, y, x + w, y + h), places, places, sizes, sizes)
steps = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.none() | boxes), max_size=40)


def touches(box: Box, area: Box) -> bool:
    return box[0] <= area[2] and box[2] >= area[0] and box[1] <= area[3] and box[3] >= area[1]


def inside(box: Box, area: Box) -> bool:
    return box[0] >= area[0] and box[2] <= area[2] and box[1] >= area[1] and box[3] <= area[3]


def rectangle(box: Box) -> QRectF:
    return QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])


@given(steps, boxes)
def test_what_touches_an_area_is_found_from_the_lowest_up(
    changes: list[tuple[str, Box | None]], area: Box
) -> None:
    found, expected = Boxes[str](), dict[str, Box]()
    for key, box in changes:
        if box is not None:
            found.put([key], [box])
            expected[key] = box
        elif key in expected:
            found.remove([key])
            del expected[key]
    seen = rectangle(area)
    assert found.touching(seen) == [key for key, box in expected.items() if touches(box, area)]
    assert found.within(seen) == [key for key, box in expected.items() if inside(box, area)]


def test_the_rectangle_around_everything_forgets_what_is_gone() -> None:
    found = Boxes[int]()
    assert found.around().isEmpty()
    found.put([1, 2], [(0, 0, 10, 10), (90, 40, 100, 50)])
    assert found.around() == QRectF(0, 0, 100, 50)
    found.remove([2])
    assert found.around() == QRectF(0, 0, 10, 10)


def test_many_come_and_go_and_the_rest_keeps_its_order() -> None:
    found, area = Boxes[int](), QRectF(-1, -1, 2000, 20)
    keys = list(range(1000))
    found.put(keys, [(key, 0, key + 1, 1) for key in keys])
    found.remove(keys[:900])
    found.put([5], [(5, 0, 6, 1)])
    assert found.touching(area) == [*keys[900:], 5]
