"""Frames that go along with what they hold when nodes are put elsewhere."""

from collections.abc import Mapping

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, Frame, FrameId, Note, NoteId
from graphstudio.diagram.frame_tree import Held
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import Rectangle, around, rectangle_of, rectangles


def follow_nodes(
    before: Diagram, after: Diagram, held: Mapping[FrameId, Held], measures: Measures
) -> Diagram:
    """Return the diagram with frames around what they held before, and their notes in them.

    Args:
        before: where nodes, frames and notes lay.
        after: where nodes lie now.
        held: what each frame held, the inner frames first.
        measures: how large nodes are now.
    """
    if not held:
        return after
    boxes = rectangles(after.positions, measures)
    now: dict[FrameId, Rectangle] = {}
    notes = dict(after.notes)
    # The inner ones first, since what is around them has to hold them as they are then.
    for key, one in held.items():
        now[key] = one.box
        if all(before.positions[node] == after.positions[node] for node in one.nodes):
            continue
        inner = [now[other] for other in one.frames]
        content = around([*(boxes[node] for node in one.nodes), *inner])
        if content is not None:
            now[key] = one.margins.around(content)
            way = now[key].left - one.box.left, now[key].top - one.box.top
            notes |= _carried(before.notes, one.box, way)
    frames = {key: _at(frame, now.get(key)) for key, frame in after.frames.items()}
    return replace(after, frames=frames, notes=notes)


def _carried(
    notes: Mapping[NoteId, Note], box: Rectangle, way: tuple[float, float]
) -> dict[NoteId, Note]:
    """Return the notes that lay in a frame, as far along as the frame went."""
    return {
        key: replace(note, x=note.x + way[0], y=note.y + way[1])
        for key, note in notes.items()
        if box.holds(rectangle_of(note))
    }


def _at(frame: Frame, box: Rectangle | None) -> Frame:
    if box is None or box == rectangle_of(frame):
        return frame
    width, height = box.right - box.left, box.bottom - box.top
    return replace(frame, x=box.left, y=box.top, width=width, height=height)
