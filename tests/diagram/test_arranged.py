"""Arranging as an edit: of all or of a part, with frames, bends and locked nodes."""

from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from graphstudio.diagram.arranged import arranged
from graphstudio.diagram.diagram import (
    Diagram,
    Frame,
    FrameId,
    NodeId,
    Note,
    NoteId,
    Position,
    WireId,
)
from graphstudio.diagram.edits import move_nodes
from graphstudio.diagram.ground import FARTHEST
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import Rectangle, rectangles
from tests.diagram.strategies import diagrams
from tests.diagram.test_checks import drawing

CHAIN = ("image a", "a b", "b c", "c digit")
FRAME = FrameId("f")


def scattered(*wires: str) -> Diagram:
    """Return a drawing whose nodes lie in a slanting row, from right to left."""
    drawn = drawing(*wires)
    places = {node: Position(-300.0 * n, 90.0 * n) for n, node in enumerate(drawn.nodes)}
    return move_nodes(drawn, places)


def boxes(diagram: Diagram) -> dict[NodeId, Rectangle]:
    return rectangles(diagram.positions, Measures(direction=diagram.direction).within(diagram))


def framed(diagram: Diagram, *nodes: str) -> Diagram:
    """Return a diagram with a frame close around some nodes, and a note in it."""
    held = [boxes(diagram)[NodeId(node)] for node in nodes]
    left, top = min(box.left for box in held), min(box.top for box in held)
    right, bottom = max(box.right for box in held), max(box.bottom for box in held)
    frame = Frame(x=left - 20, y=top - 50, width=right - left + 40, height=bottom - top + 80)
    note = Note(text="here", x=left, y=bottom + 2, width=50, height=20)
    return replace(diagram, frames={FRAME: frame}, notes={NoteId("n"): note})


def frame_box(diagram: Diagram) -> Rectangle:
    frame = diagram.frames[FRAME]
    return Rectangle(frame.x, frame.y, frame.x + frame.width, frame.y + frame.height)


def test_a_part_is_arranged_where_it_was_and_the_others_stay() -> None:
    before = scattered(*CHAIN)
    part = [NodeId("a"), NodeId("b")]
    after = arranged(before, nodes=part)
    rest = before.nodes.keys() - set(part)
    assert {node: after.positions[node] for node in rest} == {
        node: before.positions[node] for node in rest
    }
    assert after.positions[NodeId("a")].x < after.positions[NodeId("b")].x
    assert after.positions[NodeId("a")].y == after.positions[NodeId("b")].y


@given(diagrams(), st.data())
def test_an_arranged_part_covers_no_other_node(diagram: Diagram, data: st.DataObject) -> None:
    if not diagram.nodes:
        return
    # Beside a frame that takes the whole ground there is no room for what it does not hold.
    assume(all(max(one.width, one.height) < FARTHEST / 10 for one in diagram.frames.values()))
    spots = {node: Position(400.0 * (n % 3), 300.0 * (n // 3))
             for n, node in enumerate(diagram.nodes)}  # fmt: skip
    placed = move_nodes(diagram, spots)
    part = data.draw(st.sets(st.sampled_from(sorted(diagram.nodes)), min_size=1))
    found = boxes(arranged(placed, nodes=part))
    assert not any(found[one].meets(found[two]) for one, two in combinations(diagram.nodes, 2))


def test_bends_go_from_the_wires_between_arranged_nodes_alone() -> None:
    bend = (Position(1, 2),)
    before = replace(scattered(*CHAIN), bends={WireId("a b"): bend, WireId("b c"): bend})
    after = arranged(before, nodes=[NodeId("a"), NodeId("b")])
    assert after.bends == {WireId("b c"): bend}
    assert arranged(before).bends == {}


def test_a_locked_node_stays() -> None:
    before = replace(scattered(*CHAIN), locked=frozenset({NodeId("b")}))
    after = arranged(before)
    assert after.positions[NodeId("b")] == before.positions[NodeId("b")]
    assert after.positions[NodeId("a")] != before.positions[NodeId("a")]


def test_nothing_happens_where_everything_is_locked() -> None:
    before = scattered(*CHAIN)
    before = replace(before, locked=frozenset(before.nodes))
    assert arranged(before) == before


def test_a_frame_surrounds_its_nodes_again_with_its_note() -> None:
    before = framed(scattered(*CHAIN), "a", "b")
    after = arranged(before)
    around, found = frame_box(after), boxes(after)
    assert all(around.holds(found[NodeId(node)]) for node in ("a", "b"))
    way = around.left - frame_box(before).left
    assert way
    assert after.notes[NoteId("n")].x - before.notes[NoteId("n")].x == way


def test_a_frame_around_nodes_that_stay_stays() -> None:
    before = framed(scattered(*CHAIN), "digit")
    assert arranged(before, nodes=[NodeId("a"), NodeId("b")]).frames == before.frames


def test_a_frame_in_a_frame_stays_inside() -> None:
    before = framed(scattered(*CHAIN), "a", "b")
    inner = before.frames[FRAME]
    outer = replace(
        inner, x=inner.x - 10, y=inner.y - 50, width=inner.width + 20, height=inner.height + 60
    )
    before = replace(before, frames={FRAME: inner, FrameId("outer"): outer})
    after = arranged(before)
    big = after.frames[FrameId("outer")]
    whole = Rectangle(big.x, big.y, big.x + big.width, big.y + big.height)
    assert whole.holds(frame_box(after))
