"""Arranging keeps together what a frame holds, and nothing else comes into the frame."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.diagram import Diagram, Frame, FrameId, NodeId, Position
from graphstudio.diagram.direction import Direction
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import Rectangle, around, rectangle_of, rectangles
from tests.diagram.strategies import diagrams
from tests.diagram.test_checks import drawing

FORK = ("image a", "a b", "b c", "image d", "d e", "e c", "c digit")
OUTER, INNER = FrameId("outer"), FrameId("inner")
both_ways = pytest.mark.parametrize("direction", Direction)


def boxes(diagram: Diagram) -> dict[NodeId, Rectangle]:
    return rectangles(diagram.positions, Measures(direction=diagram.direction).within(diagram))


def in_rows(diagram: Diagram, *rows: str) -> Diagram:
    """Return a diagram with its nodes in rows, far from each other, the rest in a last one."""
    table = [row.split() for row in rows]
    named = {node for row in table for node in row}
    table.append([str(node) for node in diagram.nodes if node not in named])
    places = {
        NodeId(node): Position(300.0 * column, 400.0 * number)
        for number, row in enumerate(table)
        for column, node in enumerate(row)
    }
    return move_nodes(diagram, places)


def framed(diagram: Diagram, key: FrameId, nodes: str, margin: float = 30) -> Diagram:
    box = around(boxes(diagram)[NodeId(node)] for node in nodes.split())
    assert box is not None
    frame = Frame(
        x=box.left - margin,
        y=box.top - margin - 30,
        width=box.right - box.left + 2 * margin,
        height=box.bottom - box.top + 2 * margin + 30,
    )
    return replace(diagram, frames={**diagram.frames, key: frame})


def held(diagram: Diagram, key: FrameId) -> set[str]:
    """Return the nodes that lie whole in a frame, having seen that no other touches it."""
    box = rectangle_of(diagram.frames[key])
    touching = {node for node, one in boxes(diagram).items() if box.meets(one)}
    assert all(box.holds(boxes(diagram)[node]) for node in touching)
    return {str(node) for node in touching}


@both_ways
def test_nodes_of_a_frame_are_one_block(direction: Direction) -> None:
    before = framed(in_rows(drawing(*FORK), "a b"), OUTER, "a b")
    after = arranged(before, direction=direction)
    assert held(after, OUTER) == {"a", "b"}


def test_a_frame_keeps_its_margins() -> None:
    before = framed(in_rows(drawing(*FORK), "a b"), OUTER, "a b", margin=50)
    after = arranged(before)
    content = around(boxes(after)[NodeId(node)] for node in ("a", "b"))
    frame = rectangle_of(after.frames[OUTER])
    assert content is not None
    assert (content.left - frame.left, frame.right - content.right) == (50, 50)


@both_ways
def test_a_frame_in_a_frame_stays_in_it(direction: Direction) -> None:
    before = framed(in_rows(drawing(*FORK), "a b c", "d e"), INNER, "a b")
    before = framed(before, OUTER, "a b c", margin=70)
    after = arranged(before, direction=direction)
    assert held(after, INNER) == {"a", "b"}
    assert held(after, OUTER) == {"a", "b", "c"}
    inner, outer = (rectangle_of(after.frames[key]) for key in (INNER, OUTER))
    assert outer.holds(inner)


def test_of_two_frames_that_overlap_the_smaller_one_is_kept_whole() -> None:
    before = framed(in_rows(drawing(*FORK), "a b c"), INNER, "a b")
    before = framed(before, OUTER, "b c", margin=60)
    after = arranged(before)
    assert held(after, INNER) == {"a", "b"}
    box = rectangle_of(after.frames[OUTER])
    assert all(box.holds(boxes(after)[NodeId(node)]) for node in ("b", "c"))


def test_what_is_between_two_nodes_of_a_frame_stays_outside_of_it() -> None:
    chain = in_rows(drawing("image a", "a b", "b c", "c digit"), "a c")
    after = arranged(framed(chain, OUTER, "a c"))
    assert held(after, OUTER) == {"a", "c"}


def test_frames_beside_each_other_do_not_meet() -> None:
    before = framed(in_rows(drawing(*FORK), "a b", "d e"), OUTER, "a b")
    after = arranged(framed(before, INNER, "d e"))
    one, other = (rectangle_of(frame) for frame in after.frames.values())
    assert not one.meets(other)


def test_a_frame_with_a_locked_node_only_follows() -> None:
    before = framed(in_rows(drawing(*FORK), "a b"), OUTER, "a b")
    after = arranged(replace(before, locked=frozenset({NodeId("b")})))
    box = rectangle_of(after.frames[OUTER])
    assert after.positions[NodeId("b")] == before.positions[NodeId("b")]
    assert all(box.holds(boxes(after)[NodeId(node)]) for node in ("a", "b"))


def test_a_part_with_its_frame_comes_over_no_other_node() -> None:
    before = framed(in_rows(drawing(*FORK), "a b", "d e"), OUTER, "a b")
    after = arranged(before, nodes=[NodeId("a"), NodeId("b"), NodeId("c")])
    assert held(after, OUTER) == {"a", "b"}


@given(diagrams(), st.sampled_from(Direction), st.data())
def test_whatever_is_framed_stays_together(
    diagram: Diagram, direction: Direction, data: st.DataObject
) -> None:
    bare = replace(diagram, frames={}, direction=Direction.RIGHT)
    chosen = sorted(data.draw(st.sets(st.sampled_from([*bare.nodes, NodeId("none")]), max_size=4)))
    chosen = [node for node in chosen if node in bare.nodes]
    if not chosen:
        return
    before = framed(in_rows(bare, " ".join(chosen)), OUTER, " ".join(chosen))
    after = arranged(before, direction=direction)
    assert held(after, OUTER) == set(chosen)
    assert arranged(before, direction=direction) == after


def test_a_chain_in_a_frame_is_straight_and_so_is_the_way_to_it() -> None:
    before = in_rows(drawing("image a", "a b", "b c", "c digit"), "a b")
    after = arranged(framed(before, OUTER, "a b"))
    order = [NodeId(node) for node in ("image", "a", "b", "c")]
    assert {after.positions[node].y for node in order} == {after.positions[order[0]].y}
    row = [boxes(after)[node] for node in order]
    assert all(one.right < two.left for one, two in pairwise(row))
