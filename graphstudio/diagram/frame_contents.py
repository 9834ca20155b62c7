"""Frames that go along with what they hold when nodes are put elsewhere."""

from collections.abc import Mapping

from msgspec.structs import replace

from graphstudio.diagram.diagram import Diagram, Frame, FrameId, Note, NoteId
from graphstudio.diagram.measures import Measures
from graphstudio.diagram.rectangles import Rectangle, around, rectangle_of, rectangles

_LEAST_MARGIN = 16.0
# Above the nodes of a frame stands its title.
_LEAST_TOP = 40.0


def follow_nodes(before: Diagram, after: Diagram, measures: Measures) -> Diagram:
    """Return the diagram with frames around what they held before, and their notes in them.

    Args:
        before: where nodes, frames and notes lay.
        after: where nodes lie now.
        measures: how large nodes are.
    """
    if not before.frames:
        return after
    old, new = rectangles(before.positions, measures), rectangles(after.positions, measures)
    boxes = {key: rectangle_of(frame) for key, frame in before.frames.items()}
    moved: dict[FrameId, Rectangle] = {}
    notes = dict(after.notes)
    # The inner ones first, since what is around them has to hold them as they are then.
    for key, box in sorted(boxes.items(), key=lambda one: (_area(one[1]), one[0])):
        held = [node for node in after.nodes if node in old and box.holds(old[node])]
        if all(old[node] == new[node] for node in held):
            continue
        inner = [other for other in moved if box.holds(boxes[other])]
        content = around([new[node] for node in held] + [moved[other] for other in inner])
        former = around([old[node] for node in held] + [boxes[other] for other in inner])
        if content is not None and former is not None:
            moved[key] = _with_margins(content, box, former)
            way = moved[key].left - box.left, moved[key].top - box.top
            notes |= _carried(before.notes, box, way)
    frames = {key: _at(frame, moved.get(key)) for key, frame in after.frames.items()}
    return replace(after, frames=frames, notes=notes)


def _with_margins(content: Rectangle, box: Rectangle, former: Rectangle) -> Rectangle:
    """Return the frame around its content, with about the margins that it had."""
    return Rectangle(
        content.left - max(former.left - box.left, _LEAST_MARGIN),
        content.top - max(former.top - box.top, _LEAST_TOP),
        content.right + max(box.right - former.right, _LEAST_MARGIN),
        content.bottom + max(box.bottom - former.bottom, _LEAST_MARGIN),
    )


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
    if box is None:
        return frame
    width, height = box.right - box.left, box.bottom - box.top
    return replace(frame, x=box.left, y=box.top, width=width, height=height)


def _area(box: Rectangle) -> float:
    return (box.right - box.left) * (box.bottom - box.top)
