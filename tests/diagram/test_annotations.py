"""Frames and notes: what they hold, and edits that leave everything else as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphstudio.diagram.annotations import (
    Marks,
    add_frame,
    add_note,
    all_marks,
    framed,
    held,
    move_marks,
    one_frame,
    one_note,
    recolour,
    remove_marks,
    resize_marks,
    retitle,
    rewrite,
)
from graphstudio.diagram.diagram import Diagram, Frame, FrameId, NodeId, Note, NoteId
from graphstudio.diagram.rectangles import Rectangle, rectangle_of
from tests.diagram.strategies import diagrams

OUTER, INNER, NOTE = FrameId("outer"), FrameId("inner"), NoteId("note")
_places, _lengths = st.integers(-500, 500).map(float), st.integers(1, 300).map(float)
boxes = st.builds(Rectangle.sized, _places, _places, _lengths, _lengths)


@pytest.fixture
def diagram() -> Diagram:
    outer = Frame(title="All", x=0, y=0, width=400, height=300)
    inner = Frame(title="Stem", x=10, y=40, width=100, height=100)
    note = Note(text="why", x=300, y=200, width=100, height=100)
    return add_note(add_frame(add_frame(Diagram(), OUTER, outer), INNER, inner), NOTE, note)


@given(st.lists(boxes, min_size=1, max_size=5))
def test_a_frame_around_boxes_holds_them_with_room_for_its_title(around: list[Rectangle]) -> None:
    made = framed(Diagram(), OUTER, around, "Stem")
    box = rectangle_of(made.frames[OUTER])
    nodes = {NodeId(str(number)): one for number, one in enumerate(around)}
    assert held(made, [OUTER], nodes) == (frozenset(nodes), Marks())
    assert all(one.top - box.top >= 40 for one in around)
    assert made.frames[OUTER].title == "Stem"


def test_there_is_no_frame_around_nothing() -> None:
    with pytest.raises(ValueError, match=r"Expected something .* received nothing"):
        framed(Diagram(), OUTER, [])


def test_a_frame_holds_what_lies_whole_inside_and_not_itself(diagram: Diagram) -> None:
    nodes = {
        NodeId("in"): Rectangle.sized(20, 50, 80, 76),
        NodeId("edge"): Rectangle.sized(0, 0, 400, 300),
        NodeId("half"): Rectangle.sized(380, 0, 80, 76),
    }
    assert held(diagram, [OUTER], nodes) == (
        frozenset(map(NodeId, ("in", "edge"))),
        Marks(frozenset([INNER]), frozenset([NOTE])),
    )
    assert held(diagram, [INNER], nodes) == (frozenset([NodeId("in")]), Marks())
    assert held(diagram, [OUTER, INNER], nodes)[1] == one_note(NOTE)


def test_moving_and_resizing_touch_only_what_they_name(diagram: Diagram) -> None:
    moved = move_marks(diagram, one_frame(INNER), 8, -8)
    assert rectangle_of(moved.frames[INNER]) == Rectangle.sized(18, 32, 100, 100)
    assert moved.frames[OUTER] is diagram.frames[OUTER]
    assert moved.notes is diagram.notes
    resized = resize_marks(diagram, one_note(NOTE), Rectangle.sized(1, 2, 3, 4))
    assert rectangle_of(resized.notes[NOTE]) == Rectangle.sized(1, 2, 3, 4)
    assert resized.notes[NOTE].text == "why"
    assert resized.frames is diagram.frames


@pytest.mark.parametrize("size", [(0, 9), (9, -1)])
def test_nothing_gets_a_size_that_cannot_be_seen(diagram: Diagram, size: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=f"more than 0; received {size[0]} and {size[1]}"):
        resize_marks(diagram, one_frame(OUTER), Rectangle.sized(0, 0, *size))


def test_titles_colours_and_texts_change_alone(diagram: Diagram) -> None:
    assert retitle(diagram, INNER, "Head").frames[INNER].title == "Head"
    coloured = recolour(diagram, [INNER, OUTER], "teal")
    assert {one.colour for one in coloured.frames.values()} == {"teal"}
    assert rewrite(diagram, NOTE, "so").notes[NOTE] == Note(
        text="so", x=300, y=200, width=100, height=100
    )
    assert rewrite(diagram, NOTE, "so", 160).notes[NOTE].height == 160


def test_removing_a_frame_leaves_what_it_holds(diagram: Diagram) -> None:
    left = remove_marks(diagram, one_frame(OUTER))
    assert (set(left.frames), set(left.notes)) == ({INNER}, {NOTE})
    assert left.notes is diagram.notes


@given(diagrams(), st.integers(-99, 99), st.integers(-99, 99))
def test_no_edit_of_marks_changes_what_the_diagram_means(made: Diagram, x: int, y: int) -> None:
    marks = all_marks(made)
    for edited in (move_marks(made, marks, x, y), remove_marks(made, marks)):
        assert edited.means_same(made)
        assert edited.positions is made.positions
    assert not all_marks(remove_marks(made, marks))


def test_marks_join_and_part_as_sets_do(diagram: Diagram) -> None:
    both = one_frame(INNER) | one_note(NOTE)
    assert both.holds(one_note(NOTE))
    assert not one_note(NOTE).holds(both)
    assert both ^ one_note(NOTE) == one_frame(INNER)
    assert (len(both), bool(both), bool(Marks())) == (2, True, False)
    assert (both | one_frame(FrameId("gone"))).within(diagram) == both
